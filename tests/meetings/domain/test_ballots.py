"""States Parties vote: one vote each, of those for which the Convention is in force on the day."""

import json
import threading
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection

from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry, State
from ccm_portal.core.workflow import TransitionRefused
from meetings.domain import ballots, decisions
from meetings.domain.voting import Tally
from meetings.enums import Ballot, DecisionKind, Majority
from meetings.models import Decision, DecisionVote
from tests.factories import person, state
from tests.meetings.decisions import AT as DRAFTED_AT
from tests.meetings.decisions import VOTED_AT as AT
from tests.meetings.decisions import called as opened
from tests.meetings.decisions import closed, drafted, with_quorum

pytestmark = pytest.mark.django_db(transaction=True)


def called(majority=Majority.TWO_THIRDS, **fields):
    """A vote that is open."""
    by = person(Role.ISO_STAFF, "iso")
    draft = drafted(by=by, **fields)
    return opened(draft, by=by, majority=majority), by


def votes(decision, ballot, *codes, at=AT):
    for code in codes:
        ballots.cast(decision=decision, state=state(code), ballot=ballot, by=person(Role.APPROVER, code), at=at)


def test_a_vote_is_opened_counted_and_recorded():
    one, by = called()
    votes(one, Ballot.YES, "LAO", "CHE", "NOR", "ZMB")
    votes(one, Ballot.NO, "AUT", "LBN")
    votes(one, Ballot.ABSTAIN, "FRA")

    done = closed(one, by=by)

    assert (done.status, done.outcome, done.yes, done.no, done.abstaining, done.decided_on) == (
        "taken", "adopted", 4, 2, 1, AT.date(),
    )  # fmt: skip
    assert (done.entitled, done.present) == (1, 1)


def test_an_extension_is_decided_by_the_majority_that_the_convention_names():
    by = person(Role.ISO_STAFF, "iso")
    draft = drafted(by=by, kind=DecisionKind.EXTENSION, about_state=state("LAO"))

    with pytest.raises(decisions.DecisionRefused) as refusal:
        ballots.open_vote(decision=draft, version=draft.version, majority=Majority.TWO_THIRDS, by=by, at=AT)

    assert str(refusal.value) == (
        "An extension is decided by a majority of States Parties present and voting (Articles 3(5) and 4(7))."
    )
    assert ballots.majority_for(DecisionKind.EXTENSION) == Majority.EXTENSION


def test_two_delegates_of_one_state_are_one_vote_and_the_second_is_told():
    one, _by = called()
    first = person(Role.HEAD_OF_DELEGATION, "LAO")
    ballots.cast(decision=one, state=state("LAO"), ballot=Ballot.YES, by=first, at=AT)

    with pytest.raises(decisions.DecisionRefused) as refusal:
        votes(one, Ballot.NO, "LAO")

    assert str(refusal.value) == f"{state('LAO').name} has voted: Yes, by {first.name}. A State votes once."
    assert [vote.ballot for vote in one.votes.all()] == ["yes"]


def test_a_state_for_which_the_convention_is_not_in_force_does_not_vote():
    """Vanuatu deposited on 5 September 2025; in force on 1 March 2026. At the 13MSP it had no vote yet."""
    vanuatu = State.objects.get(iso3="VUT")
    one, _by = called()
    before, after = datetime(2025, 9, 17, 10, tzinfo=UTC), datetime(2026, 3, 2, 10, tzinfo=UTC)

    with pytest.raises(decisions.DecisionRefused) as early:
        ballots.cast(decision=one, state=vanuatu, ballot=Ballot.YES, by=person(Role.APPROVER, "VUT"), at=before)
    with pytest.raises(decisions.DecisionRefused) as never:
        votes(one, Ballot.YES, "USA")
    vote = ballots.cast(decision=one, state=vanuatu, ballot=Ballot.YES, by=person(Role.APPROVER, "VUT"), at=after)

    assert str(early.value) == (
        "Vanuatu has deposited its instrument; the Convention enters into force for it on 1 March 2026."
        " It has no vote on 17 September 2025."
    )
    assert str(never.value).endswith("is not a party to the Convention. It has no vote on 14 September 2027.")
    assert vote.state.entry_into_force == date(2026, 3, 1)


def test_a_vote_after_the_closing_is_not_counted():
    one, by = called()
    votes(one, Ballot.YES, "LAO")
    closed(one, by=by)

    with pytest.raises(decisions.DecisionRefused) as refusal:
        votes(one, Ballot.NO, "CHE", at=AT + timedelta(seconds=1))

    assert (str(refusal.value), Decision.objects.get().no) == ("The vote is closed. Your vote was not counted.", 0)


def test_a_vote_in_which_nobody_said_yes_or_no_decides_nothing():
    one, by = called()
    votes(one, Ballot.ABSTAIN, "LAO")

    with pytest.raises(decisions.DecisionRefused):
        closed(one, by=by)
    assert Decision.objects.get().status == "voting"


# A vote that comes while the chair closes. What is recorded and what is in the roll must agree.


def vote_while_closing(monkeypatch):
    one, by = called()
    votes(one, Ballot.YES, "LAO")
    count, told = ballots.counted, []
    closing = threading.Event()

    def slow(decision):
        tally = count(decision)
        closing.set()
        time.sleep(0.4)
        return tally

    monkeypatch.setattr(ballots, "counted", slow)
    late = person(Role.APPROVER, "CHE")

    def vote():
        closing.wait(5)
        try:
            ballots.cast(decision=one, state=state("CHE"), ballot=Ballot.NO, by=late, at=AT)
        except (decisions.DecisionRefused, DatabaseError) as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    thread = threading.Thread(target=vote)
    thread.start()
    ballots.close_vote(decision=one, version=one.version, confirmed="1-0-0", by=by, at=AT)
    thread.join()
    return told, Decision.objects.get().no, DecisionVote.objects.filter(ballot=Ballot.NO).count()


def test_a_vote_cast_while_the_chair_closes_is_counted_or_refused(monkeypatch):
    assert vote_while_closing(monkeypatch) == (["The vote is closed. Your vote was not counted."], 0, 0)


def test_the_lock_is_what_keeps_the_count_and_the_roll_together(monkeypatch):
    """Without it the voter and the chair wait for one another, and the database throws one of them out."""
    monkeypatch.setattr(ballots, "locked", lambda one: Decision.objects.get(pk=one.pk))

    try:
        outcome = vote_while_closing(monkeypatch)
    except DatabaseError as collision:
        outcome = collision

    assert outcome != (["The vote is closed. Your vote was not counted."], 0, 0)


def test_a_vote_is_called_off_and_what_was_voted_is_discarded():
    one, by = called()
    votes(one, Ballot.YES, "LAO", "CHE")

    draft = ballots.call_off(decision=one, version=one.version, by=by, at=AT)

    assert (draft.status, draft.method, draft.majority, draft.entitled, draft.present, list(draft.votes.all())) == (
        "draft", "agreement", "", None, None, [],
    )  # fmt: skip
    act = RegisterEntry.objects.order_by("number").last()
    assert (act.action, json.loads(act.payload)["data"]["discarded"]) == ("meetings.decision.call_off_vote", 2)
    again = opened(draft, by=by, majority=Majority.SIMPLE)
    votes(again, Ballot.NO, "LAO")
    assert ballots.counted(again) == Tally(yes=0, no=1)


def test_a_vote_that_is_closed_is_not_called_off():
    one, by = called()
    votes(one, Ballot.YES, "LAO")
    read = one.version
    done = closed(one, by=by)

    with pytest.raises(decisions.DecisionChanged):
        ballots.call_off(decision=one, version=read, by=by, at=AT)
    with pytest.raises(TransitionRefused):
        ballots.call_off(decision=one, version=done.version, by=by, at=AT)

    done.refresh_from_db()
    assert (done.status, done.votes.count()) == ("taken", 1)


def refused(act, **given):
    with pytest.raises(decisions.DecisionRefused) as refusal:
        act(**given)
    return str(refusal.value)


def test_a_vote_opens_only_on_a_day_of_the_meeting_and_with_a_quorum_noted_for_it():
    by = person(Role.ISO_STAFF, "iso")
    draft = drafted(by=by)
    given = {"decision": draft, "version": draft.version, "majority": Majority.SIMPLE, "by": by}

    early = refused(ballots.open_vote, at=DRAFTED_AT, **given)
    unnoted = refused(ballots.open_vote, at=AT, **given)
    with_quorum(draft.meeting, at=AT - timedelta(days=1))
    the_day_before = refused(ballots.open_vote, at=AT, **given)

    assert (early, unnoted, the_day_before) == (
        "A vote is opened and closed on a day of the meeting. 2 November 2026 is none.",
        "No quorum is noted for 14 September 2027.",
        "No quorum is noted for 14 September 2027.",
    )
    assert Decision.objects.get().status == "draft"


def test_a_vote_is_not_closed_without_a_quorum_nor_with_another_result_than_the_one_confirmed():
    one, by = called()
    votes(one, Ballot.YES, "LAO", "CHE")
    given = {"decision": one, "version": one.version, "by": by}

    unconfirmed = refused(ballots.close_vote, confirmed="", at=AT, **given)
    outdated = refused(ballots.close_vote, confirmed="1-0-0", at=AT, **given)
    next_day = refused(ballots.close_vote, confirmed="2-0-0", at=AT + timedelta(days=1), **given)
    one.meeting.presences.all().delete()
    no_quorum = refused(ballots.close_vote, confirmed="2-0-0", at=AT, **given)

    assert (unconfirmed, outdated, next_day, no_quorum) == (
        "The vote is not closed: read the result as it stands now, and confirm it.",
        "The vote is not closed: read the result as it stands now, and confirm it.",
        "No quorum is noted for 15 September 2027.",
        "No quorum is noted for 14 September 2027.",
    )
    assert Decision.objects.get().status == "voting"
