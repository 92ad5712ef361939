"""The decision on a request closes it and moves the clock of the State, in one transaction."""

from datetime import date

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry, StateClock
from compliance.enums import BenchmarkStage
from compliance.models import ExtensionRequest
from meetings.domain import decisions, silence
from meetings.enums import DecisionOutcome
from tests.compliance.factories_analysis import AT, DECIDED_AT, SURVEY, decided, drafted, grouped, lodged, written
from tests.factories import person
from tests.meetings.decisions import A_WEEK, put_to_silence
from tests.meetings.factories import meeting

pytestmark = pytest.mark.django_db


def iso():
    return person(Role.ISO_STAFF, "iso")


def stands(request):
    request = ExtensionRequest.objects.get(pk=request.pk)
    clock = StateClock.objects.get(pk=request.clock_id)
    return request.status, request.outcome, request.granted_until, clock.current, clock.granted_basis


def test_less_than_was_asked_is_granted_with_the_benchmarks_and_the_clock_moves_with_the_record():
    by = iso()
    request = grouped(lodged(deadline_then=date(2030, 8, 1), asked_until=date(2035, 8, 1)), by=by)
    draft = written(request, by=by)
    draft.issued_at = AT
    draft.save()

    decision = drafted(request, by=by, granted_until=date(2032, 8, 1))
    before = stands(request)
    decisions.record(
        decision=decision, version=1, outcome=DecisionOutcome.ADOPTED, decided_on=date(2027, 9, 14), by=by,
        at=DECIDED_AT,
    )  # fmt: skip

    assert before[:2] == ("lodged", "")
    assert stands(request) == (
        "decided", "granted_less", date(2032, 8, 1), date(2032, 8, 1), "14MSP, decision 1",
    )  # fmt: skip
    rows = request.benchmarks.filter(stage=BenchmarkStage.DECISION).values_list("text", "due")
    assert list(rows) == [(SURVEY.text, SURVEY.due)]


def test_more_than_the_treaty_allows_is_recorded_and_told():
    request = lodged(deadline_then=date(2030, 8, 1), asked_until=date(2037, 8, 1))

    decided(request, by=iso(), granted_until=date(2037, 8, 1))

    assert stands(request)[:3] == ("decided", "granted", date(2037, 8, 1))
    told = RegisterEntry.objects.filter(action="compliance.extensionrequest.decide").latest("pk").payload
    assert "1 August 2035" in told


def test_a_decision_that_grants_without_a_day_stays_a_draft():
    request = lodged()

    with pytest.raises(decisions.DecisionRefused, match="Give the day"):
        decided(request, by=iso(), granted_until=None)

    request.refresh_from_db()
    assert (request.status, request.outcome) == ("lodged", "")


def test_not_adopted_moves_no_clock_and_a_corrected_record_moves_it_there_and_back():
    by = iso()
    request = lodged()
    before = StateClock.objects.get(pk=request.clock_id).current
    until = before.replace(year=before.year + 1)
    decision = decided(request, by=by, outcome=DecisionOutcome.NOT_ADOPTED, granted_until=until)
    refused = stands(request)

    def corrected(decision, outcome):
        return decisions.correct(
            decision=decision, version=decision.version, words=decisions.words_of(decision), outcome=outcome,
            note="The record was wrong.", by=by, at=DECIDED_AT,
        )  # fmt: skip

    decision = corrected(decision, DecisionOutcome.ADOPTED)
    granted = stands(request)
    corrected(decision, DecisionOutcome.NOT_ADOPTED)

    assert refused[:4] == ("decided", "not_granted", None, before)
    assert granted[:4] == ("decided", "granted_less", until, until)
    assert stands(request)[:4] == ("decided", "not_granted", None, before)


def test_deferred_it_stays_open_for_the_next_meeting_and_can_be_decided_there():
    by = iso()
    request = lodged()
    later = meeting("15msp", ordinal=15, year=2028, starts=date(2028, 9, 4), ends=date(2028, 9, 8))
    decided(request, by=by, outcome=DecisionOutcome.DEFERRED)

    request.refresh_from_db()
    assert (request.status, request.outcome, request.meeting) == ("lodged", "deferred", later)
    drafted(request, by=by)
    request.refresh_from_db()
    assert request.decision.meeting == later


def test_silence_between_meetings_moves_the_clock_at_its_instant():
    by = iso()
    request = lodged()
    decision = put_to_silence(drafted(request, by=by), by=by)
    before = stands(request)

    silence.sweep(at=AT + A_WEEK)

    request.refresh_from_db()
    assert before[0] == "lodged"
    assert stands(request)[:4] == ("decided", "granted", request.asked_until, request.asked_until)
    assert request.decided_on == decision.closes_at.date()


def test_a_decision_drafted_without_the_request_finds_the_one_that_the_state_has_before_the_meeting():
    from meetings.enums import DecisionKind
    from tests.meetings.decisions import taken

    request = lodged()
    taken(kind=DecisionKind.EXTENSION, about_state=request.state, granted_until=request.asked_until, title="Lao PDR")

    assert stands(request)[:2] == ("decided", "granted")


def test_a_record_corrected_to_a_deferral_opens_the_request_again_and_takes_the_new_day_back():
    by = iso()
    request = lodged()
    before = StateClock.objects.get(pk=request.clock_id).current
    decision = decided(request, by=by)

    decisions.correct(
        decision=decision, version=decision.version, words=decisions.words_of(decision),
        outcome=DecisionOutcome.DEFERRED, note="It was deferred.", by=by, at=DECIDED_AT,
    )  # fmt: skip

    assert stands(request)[:4] == ("analysed", "deferred", None, before)
