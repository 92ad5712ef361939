"""What an adopted decision carries out: States are elected, a meeting moves to its days and place."""

from datetime import date

import pytest

from ccm_portal.core.enums import Role
from committees.domain.nominations import Case, nominate
from committees.models import Term
from meetings.domain import decision_effects, decisions, venues
from meetings.enums import DecisionKind, DecisionOutcome
from meetings.models import Decision, Meeting, MeetingElection
from tests.committees.factories import body
from tests.factories import person, state
from tests.meetings.decisions import AT, drafted, taken
from tests.meetings.factories import meeting

pytestmark = pytest.mark.django_db


def nominated(iso3="NOR"):
    case = Case(experience="Ten years.", capacity="Two persons.", record="Led before.")
    return nominate(
        body=body("clearance"), state=state(iso3), starts=date(2027, 9, 17), ends=date(2029, 9, 17), case=case,
        by=person(Role.HEAD_OF_DELEGATION, iso3), at=AT,
    )  # fmt: skip


def test_a_state_is_elected_by_the_decision_and_its_term_names_it():
    one = nominated()

    done = taken(kind=DecisionKind.OFFICERS, title="Leaders", settles=(one,))

    term = Term.objects.get()
    one.refresh_from_db()
    assert (one.status, term.state.iso3, term.starts, term.basis) == (
        "elected", "NOR", date(2027, 9, 17), "14MSP, decision 1",
    )  # fmt: skip
    assert MeetingElection.objects.get().decision == done


def test_a_decision_that_is_not_adopted_elects_nobody():
    one = nominated()

    taken(kind=DecisionKind.OFFICERS, title="Leaders", settles=(one,), outcome=DecisionOutcome.NOT_ADOPTED)

    one.refresh_from_db()
    assert (one.status, Term.objects.count()) == ("nominated", 0)


def test_a_nomination_that_cannot_be_elected_any_more_leaves_the_decision_a_draft():
    one = nominated()
    taken(kind=DecisionKind.OFFICERS, title="Leaders", settles=(one,))

    with pytest.raises(decisions.DecisionRefused) as refusal:
        taken(kind=DecisionKind.OFFICERS, title="Leaders once more", settles=(one,))

    assert str(refusal.value) == "Norway: another decision has settled this nomination."
    assert [decision.status for decision in Decision.objects.order_by("number")] == ["taken", "draft"]


def venue(next_one, **fields):
    given = {
        "kind": DecisionKind.VENUE,
        "title": "Dates and venue of the next meeting",
        "about_meeting": next_one,
        "about_starts": date(2028, 9, 4),
        "about_ends": date(2028, 9, 7),
        "about_city": "Vientiane",
        "about_host": state("LAO"),
    }
    return taken(**(given | fields))


def test_a_decision_on_dates_and_venue_moves_the_meeting_and_keeps_the_days_before():
    meeting()
    following = meeting("15msp", ordinal=15, year=2028, starts=date(2028, 9, 11), ends=date(2028, 9, 14))

    venue(following)

    moved = Meeting.objects.get(key="15msp")
    part = moved.parts.get()
    before = part.date_changes.get()
    assert (moved.starts, moved.ends, part.city, part.host.iso3) == (
        date(2028, 9, 4), date(2028, 9, 7), "Vientiane", "LAO",
    )  # fmt: skip
    assert (before.starts, before.basis) == (date(2028, 9, 11), "14MSP, decision 1")
    assert moved.sequence > following.sequence


def test_an_offer_to_host_it_there_is_chosen():
    meeting()
    following = meeting("15msp", ordinal=15, year=2028, starts=date(2028, 9, 4), ends=date(2028, 9, 7))
    offer = venues.propose(
        meeting=following, host=state("LAO"), city="Vientiane", venue="National Convention Centre", text="",
        by=person(Role.HEAD_OF_DELEGATION, "LAO"), at=AT,
    )  # fmt: skip

    venue(following)

    offer.refresh_from_db()
    assert (offer.status, following.parts.get().venue) == ("chosen", "National Convention Centre")


def test_a_meeting_does_not_decide_its_own_dates():
    of = meeting()

    with pytest.raises(decisions.DecisionRefused) as refusal:
        drafted(of, kind=DecisionKind.VENUE, about_meeting=of)

    assert str(refusal.value) == "A meeting does not decide its own dates. Choose another meeting, or none."


def test_an_app_above_is_handed_each_recorded_or_corrected_decision_of_a_kind_and_may_refuse_it(monkeypatch):
    told = []

    def effect(decision, by, at):
        told.append((decision.number, decision.outcome))
        if decision.outcome == DecisionOutcome.DEFERRED:
            raise decision_effects.CannotFollow("Not that.")

    monkeypatch.setattr(decision_effects, "_effects", {})
    decision_effects.register_effect(DecisionKind.GUIDANCE, effect)
    by = person(Role.ISO_STAFF, "iso")
    one = taken(by=by, outcome=DecisionOutcome.NOT_ADOPTED)
    taken(by=by, kind=DecisionKind.PROCEDURE)
    corrected = decisions.correct(
        decision=one, version=one.version, words=decisions.words_of(one), outcome=DecisionOutcome.ADOPTED,
        note="It was adopted.", by=by, at=AT,
    )  # fmt: skip
    with pytest.raises(decisions.DecisionRefused, match="Not that"):
        decisions.correct(
            decision=corrected, version=corrected.version, words=decisions.words_of(one),
            outcome=DecisionOutcome.DEFERRED, note="It was deferred.", by=by, at=AT,
        )  # fmt: skip

    assert told == [(1, "not_adopted"), (1, "adopted"), (1, "deferred")]
    assert Decision.objects.get(number=1).outcome == "adopted"
