"""Votes. One vote a State Party for which the Convention is in force on the day; abstentions do not count.

The roll is recorded: a vote in a meeting of States Parties is not secret.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register, writing
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import locked
from meetings.domain import presence, voting
from meetings.domain.decisions import DecisionRefused, held, taken
from meetings.domain.local_times import day_there
from meetings.domain.voting import Quorum, Tally
from meetings.enums import (
    Ballot,
    DecisionKind,
    DecisionMethod,
    DecisionOutcome,
    DecisionStatus,
    Majority,
)
from meetings.models import Decision, DecisionVote, Meeting
from meetings.workflow_decisions import CALL_OFF_VOTE, CLOSE_VOTE, OPEN_VOTE

# The majority that is proposed for a kind of decision; whoever opens the vote may choose another one.
BY_KIND: dict[str, str] = {
    DecisionKind.PROCEDURE: Majority.SIMPLE,
    DecisionKind.EXTENSION: Majority.EXTENSION,
}


def majority_for(kind: str) -> str:
    """What the Convention and the rules of procedure ask for a decision of this kind."""
    return BY_KIND.get(kind, Majority.TWO_THIRDS)


@transaction.atomic
def open_vote(*, decision: Decision, version: int, majority: str, by: User, at: datetime) -> Decision:
    """Call the vote: from now on States Parties answer.

    :raises DecisionChanged: if the draft was changed since it was read.
    :raises DecisionRefused: if an extension or an amendment is to be decided by another majority than the
        Convention's, the day is none of the meeting's, or no quorum is noted for it.
    """
    decision = held(decision, version)
    OPEN_VOTE.check(decision)
    if decision.kind == DecisionKind.EXTENSION and majority != Majority.EXTENSION:
        raise DecisionRefused(
            _("An extension is decided by a majority of States Parties present and voting (Articles 3(5) and 4(7)).")
        )
    if majority not in Majority.values:
        raise DecisionRefused(_("Choose a majority."))
    day = day_there(at, decision.meeting.time_zone)
    room = _require_quorum(decision, day)
    decision.majority, decision.method = majority, DecisionMethod.VOTE
    decision.opened_at = None
    decision.entitled, decision.present = room.base, room.present
    decision.version += 1
    OPEN_VOTE.apply(decision)
    OPEN_VOTE.record(decision, by=by, at=at, data=_told(decision, majority=majority))
    return decision


@transaction.atomic
def cast(*, decision: Decision, state: State, ballot: str, by: User, at: datetime) -> DecisionVote:
    """One State Party's vote. It counts once and is not changed.

    :raises DecisionRefused: if the vote is closed, the Convention is not in force for the State on that day, or
        another delegate of the State has voted.
    """
    decision = locked(decision)
    if decision.status != DecisionStatus.VOTING:
        raise DecisionRefused(_("The vote is closed. Your vote was not counted."))
    if ballot not in Ballot.values:
        raise DecisionRefused(_("Choose yes, no or abstention."))
    try:
        voting.require_vote(state, on=day_there(at, decision.meeting.time_zone))
    except voting.MayNotVote as refusal:
        raise DecisionRefused(str(refusal)) from refusal
    earlier = decision.votes.filter(state=state).select_related("cast_by").first()
    if earlier:
        raise DecisionRefused(
            _("%(state)s has voted: %(ballot)s, by %(name)s. A State votes once.")
            % {"state": state.name, "ballot": earlier.get_ballot_display(), "name": earlier.cast_by}
        )
    vote = DecisionVote.objects.create(decision=decision, state=state, ballot=ballot, cast_by=by, cast_at=at)
    register.append(
        action="meetings.decision.vote",
        by=by,
        at=at,
        state=state,
        obj=decision,
        data=_told(decision, ballot=ballot),
    )
    return vote


@transaction.atomic
def close_vote(*, decision: Decision, version: int, confirmed: str, by: User, at: datetime) -> Decision:
    """Close the vote and record the result: adopted if the majority is reached, else not adopted.

    :param confirmed: the result that the chair read and confirmed, as ``result_code`` writes it.

    :raises DecisionChanged: if somebody closed it first.
    :raises DecisionRefused: if no State Party has voted yes or no, no quorum is noted for the day, or the result
        is another than the one confirmed.
    """
    decision = held(decision, version)
    CLOSE_VOTE.check(decision)
    day = day_there(at, decision.meeting.time_zone)
    room = _require_quorum(decision, day)
    count = counted(decision)
    if not count.voting:
        raise DecisionRefused(_("No State Party has voted yes or no. There is nothing to count."))
    if confirmed != result_code(count):
        raise DecisionRefused(_("The vote is not closed: read the result as it stands now, and confirm it."))
    decision.yes, decision.no, decision.abstaining = count.yes, count.no, count.abstaining
    decision.outcome = outcome_of(decision, count)
    decision.entitled, decision.present, decision.decided_on = room.base, room.present, day
    return taken(decision, CLOSE_VOTE, by=by, at=at, yes=count.yes, no=count.no, abstaining=count.abstaining)


@transaction.atomic
def call_off(*, decision: Decision, version: int, by: User, at: datetime) -> Decision:
    """Back to a draft; what was voted does not count and is discarded. The register keeps how many had voted.

    :raises DecisionChanged: if somebody else has changed it since it was read.
    :raises TransitionRefused: if no vote is open.
    """
    decision = held(decision, version)
    CALL_OFF_VOTE.check(decision)
    discarded, _rows = decision.votes.all().delete()
    decision.method, decision.majority = DecisionMethod.AGREEMENT, ""
    decision.entitled = decision.present = None
    decision.version += 1
    CALL_OFF_VOTE.apply(decision)
    CALL_OFF_VOTE.record(decision, by=by, at=at, data=_told(decision, discarded=discarded))
    return decision


def counted(decision: Decision) -> Tally:
    """How the votes stand now. One query."""
    return voting.tally(decision.votes.values_list("ballot", flat=True))


def recorded(decision: Decision) -> Tally | None:
    """The count that was recorded; ``None`` where it was not decided by vote."""
    if decision.yes is None or decision.no is None:
        return None
    return Tally(decision.yes, decision.no, decision.abstaining or 0)


def outcome_of(decision: Decision, count: Tally) -> DecisionOutcome:
    """What the decision is if the vote is closed with this count."""
    return DecisionOutcome.ADOPTED if voting.is_carried(decision.majority, count) else DecisionOutcome.NOT_ADOPTED


def result_code(count: Tally) -> str:
    """ "4-2-1": a count as the form that confirms it sends it."""
    return f"{count.yes}-{count.no}-{count.abstaining}"


def quorum_at_vote(decision: Decision) -> Quorum | None:
    """What was noted of the quorum when the vote was opened or closed; ``None`` where nothing was."""
    if decision.entitled is None or decision.present is None:
        return None
    return Quorum(decision.entitled, voting.quorum_rule().needed(decision.entitled), decision.present)


def why_no_vote(meeting: Meeting, day: date, room: Quorum) -> str:
    """Why no vote can be opened or closed on a day; empty where it can."""
    if day not in presence.days_of(meeting):
        return _("A vote is opened and closed on a day of the meeting. %(day)s is none.") % {
            "day": writing.date_text(day)
        }
    return "" if room.is_met else _("No quorum is noted for %(day)s.") % {"day": writing.date_text(day)}


def _require_quorum(decision: Decision, day: date) -> Quorum:
    room = presence.room(decision.meeting, on=day).quorum
    if why := why_no_vote(decision.meeting, day, room):
        raise DecisionRefused(why)
    return room


def _told(decision: Decision, **data: object) -> dict[str, object]:
    return {"meeting": decision.meeting.key, "number": decision.number} | data
