"""Silence procedures between meetings: adopted at an instant, unless a State Party objects before it.

An objection and the closing take the same lock, so one of them is first; whatever comes after it is told so.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain
from meetings import emails_decisions
from meetings.domain import local_times, voting
from meetings.domain.decisions import LONGEST, DecisionRefused, held, taken
from meetings.domain.local_times import day_there
from meetings.enums import DecisionMethod, DecisionOutcome, DecisionStatus
from meetings.models import Decision, DecisionFollowUp, SilenceObjection
from meetings.rules import is_public
from meetings.rules_decisions import ISO_OWNER
from meetings.workflow_decisions import ADOPT, BREAK, OPEN_SILENCE

SHORTEST = timedelta(days=1)
ENDINGS = (DecisionOutcome.NOT_ADOPTED, DecisionOutcome.DEFERRED)


@transaction.atomic
def open_silence(
    *, decision: Decision, version: int, closes_at: datetime, on_objection: str, by: User, at: datetime
) -> Decision:
    """Put the proposal to all States Parties, now. Their delegates are told by mail until when they may object.

    :param on_objection: what an objection makes of it: not adopted, or deferred to a meeting.
    :raises DecisionChanged: if the draft was changed since it was read.
    :raises DecisionRefused: if the meeting is not public, or less than a day is left.
    """
    decision = held(decision, version)
    OPEN_SILENCE.check(decision)
    if not is_public(decision.meeting):
        raise DecisionRefused(_("Only decisions of announced, open meetings go to all States Parties."))
    if closes_at < at + SHORTEST:
        raise DecisionRefused(_("Leave States Parties at least one day."))
    if on_objection not in ENDINGS:
        raise DecisionRefused(_("Choose what an objection makes of it."))
    decision.method, decision.between_meetings = DecisionMethod.SILENCE, True
    decision.opened_at, decision.closes_at, decision.on_objection = at, closes_at, on_objection
    decision.recorded_by = by  # for whom the sweeper adopts it
    decision.version += 1
    OPEN_SILENCE.apply(decision)
    emails_decisions.silence_opened(decision, on=at.date(), at=at)
    OPEN_SILENCE.record(
        decision,
        by=by,
        at=at,
        data={"meeting": decision.meeting.key, "number": decision.number, "closes_at": closes_at.isoformat()},
    )
    return decision


@transaction.atomic
def object_to(*, decision: Decision, state: State, text: str, by: User, at: datetime) -> SilenceObjection:
    """Break the silence for a State Party: the decision ends as was said when it was opened.

    :raises DecisionRefused: if it ended before, by its instant or by another objection, or the Convention is not in
        force for the State.
    """
    decision = locked(decision)
    if decision.status != DecisionStatus.OPEN:
        raise DecisionRefused(
            _("Another State Party has objected: the procedure is over.")
            if decision.outcome in ENDINGS
            else _("The time to object is over. The decision is adopted.")
        )
    if decision.closes_at and at >= decision.closes_at:
        raise DecisionRefused(_("The time to object is over."))
    try:
        voting.require_vote(state, on=at.date())
    except voting.MayNotVote as refusal:
        raise DecisionRefused(str(refusal)) from refusal
    text = plain(text)
    if len(text) > LONGEST:
        raise DecisionRefused(_("Write at most %(limit)s characters.") % {"limit": LONGEST})
    objection = SilenceObjection.objects.create(decision=decision, state=state, text=text, made_by=by, made_at=at)
    decision.outcome, decision.decided_on = decision.on_objection, day_there(at, decision.meeting.time_zone)
    emails_decisions.silence_broken(decision, on=at.date(), at=at)
    taken(decision, BREAK, by=by, at=at, objection=state.iso3)
    return objection


@transaction.atomic
def close(*, decision: Decision, at: datetime) -> bool:
    """Adopt it if its instant has passed and nobody objected. Where something that it says cannot be carried out any
    more, it is adopted all the same, and the ISO finds on its desk what to do by hand.

    :returns: whether this call did it; several at once do it once.
    """
    decision = locked(decision)
    if decision.status != DecisionStatus.OPEN or decision.closes_at is None or at < decision.closes_at:
        return False
    try:
        with transaction.atomic():
            _adopt(locked(decision), at=at)
    except DecisionRefused as refusal:
        with translation.override("en"):
            what = _("Carry out by hand: %(why)s") % {"why": refusal}
        DecisionFollowUp.objects.create(decision=decision, what=what[:300], owner_name=ISO_OWNER)
        _adopt(decision, at=at, carry_out=False)
    return True


def _adopt(decision: Decision, *, at: datetime, carry_out: bool = True) -> None:
    decision.outcome = DecisionOutcome.ADOPTED
    decision.decided_on = day_there(decision.closes_at or at, decision.meeting.time_zone)
    emails_decisions.silence_kept(decision, at=at)
    taken(decision, ADOPT, by=None, at=at, carry_out=carry_out)


def instant_at(local: datetime, zone: str) -> datetime:
    """The instant at which the clocks of the venue show this.

    :raises DecisionRefused: if they never do, or twice, since they are changed that night.
    """
    try:
        return local_times.moment(local.date(), local.time(), zone)
    except local_times.TimeAsked as refusal:
        twice = _("This hour comes twice there: the clocks are put back. Choose another one.")
        raise DecisionRefused(twice) from refusal
    except local_times.TimeRefused as refusal:
        raise DecisionRefused(str(refusal)) from refusal


def sweep(*, at: datetime) -> int:
    """Adopt what nobody objected to in time. Returns how many."""
    return sum(close(decision=decision, at=at) for decision in over(at))


def over(at: datetime) -> Iterable[Decision]:
    """Silence procedures whose instant has passed and that still run."""
    return Decision.objects.filter(status=DecisionStatus.OPEN, closes_at__lte=at).order_by("closes_at", "pk")
