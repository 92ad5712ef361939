"""Between meetings: adopted at an instant, unless a State Party objects before it."""

import threading
import time
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection

from ccm_portal.core import outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry, State
from committees.domain.nominations import Case, nominate
from meetings.domain import decisions, silence
from meetings.enums import DecisionKind
from meetings.models import Decision, SilenceObjection
from meetings.rules_decisions import public_decisions
from tests.committees.factories import body
from tests.factories import person, state
from tests.meetings.decisions import A_WEEK, AT, drafted, put_to_silence, taken

pytestmark = pytest.mark.django_db(transaction=True)
ENDS = AT + A_WEEK


def running():
    by = person(Role.ISO_STAFF, "iso")
    return put_to_silence(drafted(by=by, text="CANARY-M1 the text"), by=by)


def test_delegates_of_states_parties_are_told_once_and_the_text_is_in_no_mail(mailoutbox):
    lao, vanuatu = person(Role.DRAFTER, "LAO"), person(Role.HEAD_OF_DELEGATION, "VUT")
    person(Role.DRAFTER, "USA")
    State.objects.update(mission_email="")
    State.objects.filter(iso3__in=("CHE", "USA")).update(mission_email="mission@example.org")
    one = running()
    for message in OutgoingMessage.objects.all():
        outbox.deliver(pk=message.pk, at=AT)

    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([lao.email, vanuatu.email, "mission@example.org"])
    assert [mail for mail in mailoutbox if "CANARY" in mail.subject + mail.body] == []
    assert "9 November 2026, 10:00 UTC (11:00 in Geneva)" in mailoutbox[0].body
    assert (one.status, one.between_meetings, list(public_decisions())) == ("open", True, [])


def test_nobody_objecting_until_the_instant_it_is_adopted_once():
    running()

    done = [silence.sweep(at=when) for when in (ENDS - timedelta(seconds=1), ENDS, ENDS)]

    one = Decision.objects.get()
    assert (done, one.status, one.outcome, one.decided_on, one.recorded_at) == (
        [0, 1, 0], "taken", "adopted", ENDS.date(), ENDS,
    )  # fmt: skip
    assert one.texts.count() == 1


def test_an_objection_ends_it_and_the_next_one_comes_too_late():
    one = running()
    lebanon = person(Role.APPROVER, "LBN")
    silence.object_to(decision=one, state=state("LBN"), text="We need more time.", by=lebanon, at=AT)

    with pytest.raises(decisions.DecisionRefused) as refusal:
        silence.object_to(decision=one, state=state("CHE"), text="", by=lebanon, at=AT)

    ended = Decision.objects.get()
    assert (ended.status, ended.outcome, silence.sweep(at=ENDS)) == ("taken", "not_adopted", 0)
    assert str(refusal.value) == "Another State Party has objected: the procedure is over."
    assert [row.state.iso3 for row in SilenceObjection.objects.all()] == ["LBN"]


def test_an_objection_at_the_instant_or_of_a_state_not_bound_is_refused_in_words():
    one = running()
    said = []
    for code, when in (("LBN", ENDS), ("USA", AT)):
        with pytest.raises(decisions.DecisionRefused) as refusal:
            silence.object_to(decision=one, state=state(code), text="", by=person(Role.APPROVER, code), at=when)
        said.append(str(refusal.value))

    assert said == [
        "The time to object is over.",
        "United States of America is not a party to the Convention. It has no vote on 2 November 2026.",
    ]


def test_less_than_a_day_is_no_silence_procedure():
    by = person(Role.ISO_STAFF, "iso")
    with pytest.raises(decisions.DecisionRefused) as refusal:
        put_to_silence(drafted(by=by), by=by, until=AT + timedelta(hours=23))

    assert str(refusal.value) == "Leave States Parties at least one day."


def test_what_cannot_be_carried_out_any_more_is_adopted_and_left_to_the_iso_by_hand():
    office = person(Role.ISO_STAFF, "iso")
    case = Case(experience="Ten years.", capacity="Two persons.", record="Led before.")
    nomination = nominate(
        body=body("clearance"), state=state("NOR"), starts=date(2027, 9, 17), ends=date(2029, 9, 17), case=case,
        by=person(Role.HEAD_OF_DELEGATION, "NOR"), at=AT,
    )  # fmt: skip
    put_to_silence(drafted(by=office, kind=DecisionKind.OFFICERS, settles=(nomination,)), by=office)
    taken(by=office, kind=DecisionKind.OFFICERS, settles=(nomination,))

    silence.sweep(at=ENDS)

    adopted = Decision.objects.get(number=1)
    assert (adopted.status, adopted.outcome, adopted.elections.count()) == ("taken", "adopted", 0)
    assert [(one.owner_name, one.what) for one in adopted.follow_ups.all()] == [
        ("ISO", "Carry out by hand: Norway: another decision has settled this nomination.")
    ]


# The sweeper closes while an objection, made in time, is being written.


def objection_while_closing(monkeypatch):
    one = running()
    lebanon = person(Role.APPROVER, "LBN")
    told, writing, broken = [], threading.Event(), silence.emails_decisions.silence_broken

    def slow(*args, **kwargs):
        writing.set()
        time.sleep(0.4)
        broken(*args, **kwargs)

    monkeypatch.setattr(silence.emails_decisions, "silence_broken", slow)

    def objects():
        try:
            silence.object_to(decision=one, state=state("LBN"), text="", by=lebanon, at=ENDS - timedelta(seconds=1))
            told.append("objected")
        except (decisions.DecisionRefused, DatabaseError) as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    thread = threading.Thread(target=objects)
    thread.start()
    writing.wait(5)
    swept = silence.sweep(at=ENDS)
    thread.join()
    acts = RegisterEntry.objects.filter(action__in=("meetings.decision.adopt", "meetings.decision.break"))
    return told, swept, sorted(acts.values_list("action", flat=True))


def test_an_objection_and_the_closing_do_not_both_end_it(monkeypatch):
    assert objection_while_closing(monkeypatch) == (["objected"], 0, ["meetings.decision.break"])
    assert Decision.objects.get().outcome == "not_adopted"


def test_the_lock_is_what_keeps_the_two_apart(monkeypatch):
    monkeypatch.setattr(silence, "locked", lambda one: Decision.objects.select_related("meeting").get(pk=one.pk))

    try:
        outcome = objection_while_closing(monkeypatch)
    except DatabaseError as collision:  # both wrote the text that is kept, or each waited for the other
        outcome = collision

    assert outcome != (["objected"], 0, ["meetings.decision.break"])
