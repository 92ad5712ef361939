"""Rounds: planned, changed, their call opened, its closing time moved, closed when it is over."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import TransitionRefused, locked
from committees.domain.said import WorkRefused, refuse_stale, said
from meetings.enums import MeetingStatus
from meetings.models import Meeting, NeighbourMeeting
from meetings.rules import is_public
from sponsorship import emails_rounds
from sponsorship import workflow_rounds as workflow
from sponsorship.domain.policies import locked_policy
from sponsorship.enums import STANDING_OFFERS, RoundStatus
from sponsorship.models import ClosingChange, Policy, Round

# What an address of sponsorship means otherwise, so that no round may be called so.
RESERVED = frozenset(
    {
        "rounds", "money", "policies", "facts", "rules", "travel", "sealed", "settlement", "settlements", "reports",
        "report", "offers", "contributions", "donors", "rates", "programmes", "new", "accounts", "ledger", "visas",
        "assessors", "costs", "purge", "readings", "bank", "duties",
    }
)  # fmt: skip
LONGEST_LINE = 300
# What stands once the call was opened; the closing time moves only with a reason.
FIXED = ("meeting", "policy", "currency", "opens_on", "closes_at")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that is planned of a round."""

    meeting: Meeting
    policy: Policy
    places: int
    opens_on: date
    closes_at: datetime
    shared_with: NeighbourMeeting | None = None
    currency: str = "CHF"
    call: str = ""
    reply_days: int = 10
    visa_days: int = 30
    passport_months: int = 3
    purge_days: int = 90


@transaction.atomic
def plan(*, key: str, plan: Plan, by: User, at: datetime) -> Round:
    """A round of sponsorship for a meeting, not open yet. Money is not needed for that.

    :raises WorkRefused: if the address is taken or means something else, or the days do not fit.
    """
    key = plan_key(key)
    _refuse_unfit(plan)
    try:
        with transaction.atomic():
            round = Round.objects.create(key=key, made_by=by, made_at=at, **_values(plan) | {"call": said(plan.call)})
    except IntegrityError as error:
        raise WorkRefused(_("There is a round with this address already.")) from error
    _noted("plan", round, by=by, at=at, meeting=plan.meeting.key, places=plan.places, policy=plan.policy.number)
    return round


@transaction.atomic
def change(*, round: Round, plan: Plan, version: int, by: User, at: datetime) -> Round:
    """Change what is planned. Once the call was opened, its meeting, policy, currency and days stand.

    :raises WorkChanged: if somebody else has changed it since.
    :raises WorkRefused: if it is settled, what stands would move, or fewer places are left than are offered.
    """
    round = held(round)
    refuse_stale(round, version)
    if round.status == RoundStatus.SETTLED:
        raise WorkRefused(_("This round is settled: it stays as it is."))
    values = _values(plan) | {"call": said(plan.call)}
    moved = sorted(name for name, value in values.items() if getattr(round, name) != value)
    if round.opened_at and set(FIXED) & set(moved):
        raise WorkRefused(_("The call was opened: meeting, rules, currency and days stand as they were announced."))
    if not round.opened_at:
        _refuse_unfit(plan)
    standing = round.offers.filter(status__in=STANDING_OFFERS).count()
    if plan.places < standing:
        raise WorkRefused(
            ngettext("%(count)s place is offered already.", "%(count)s places are offered already.", standing)
            % {"count": standing}
        )
    for name, value in values.items():
        setattr(round, name, value)
    round.version += 1
    round.save()
    _noted("change", round, by=by, at=at, changed=moved, places=round.places)
    return round


@transaction.atomic
def open_call(*, round: Round, version: int, by: User, at: datetime) -> Round:
    """Open the call: everybody reads it, and the delegates of every State that is eligible are written to.

    :raises WorkChanged: if somebody else has changed it since.
    :raises WorkRefused: if the rules are not adopted, no cost is assumed, or the closing time is over.
    :raises TransitionRefused: if it is open already, or over.
    """
    round = held(round)
    refuse_stale(round, version)
    workflow.OPEN.check(round)
    if problems := what_is_missing(round, policy=locked_policy(round.policy), at=at):
        raise WorkRefused(" ".join(problems))
    round.opened_at = at
    round.version += 1
    workflow.OPEN.apply(round)
    told = emails_rounds.call_opened(round, at=at)
    workflow.OPEN.record(round, by=by, at=at, data={"round": round.key, "written_to": told})
    return round


def what_is_missing(round: Round, *, policy: Policy, at: datetime) -> list[str]:
    """Why the call of a planned round cannot be opened yet, in words; nothing where it can."""
    told = []
    if policy.adopted_on is None:
        told.append(_("The rules are not adopted: everybody has to be able to read them before the call."))
    if not policy.rules.exists():
        told.append(_("The policy has no rule."))
    if not round.costs.filter(state=None, region_group=None).exists():
        told.append(_("No cost is assumed for a journey from anywhere."))
    if round.closes_at <= at:
        told.append(_("The closing time is over."))
    if not is_public(round.meeting) or round.meeting.status == MeetingStatus.CANCELLED:
        told.append(_("The meeting is not announced, or it is cancelled."))
    return told


@transaction.atomic
def move_closing(*, round: Round, closes_at: datetime, reason: str, version: int, by: User, at: datetime) -> Round:
    """Move the closing time of an open call, or open again one that is closed. The reason is public.

    :raises WorkChanged: if somebody else has changed it since.
    :raises WorkRefused: if no reason is given, or the time is over or not before the meeting.
    :raises TransitionRefused: if the call was never opened, or its applications are decided.
    """
    round = held(round)
    refuse_stale(round, version)
    again = round.status != RoundStatus.OPEN
    if again:
        workflow.REOPEN.check(round)
    reason = said(reason, longest=LONGEST_LINE, empty=_("Say why. Everybody can read it."))
    if closes_at <= at:
        raise WorkRefused(_("The closing time is over."))
    if closes_at == round.closes_at:
        raise WorkRefused(_("That is the closing time it has."))
    if closes_at.date() >= round.meeting.starts:
        raise WorkRefused(_("The call closes before the meeting begins."))
    before = round.closes_at
    ClosingChange.objects.create(round=round, closed_at=before, reason=reason, moved_by=by, moved_at=at)
    round.closes_at = closes_at
    round.version += 1
    data: dict[str, object] = {"round": round.key, "from": before.isoformat(), "to": closes_at.isoformat()}
    if again:
        workflow.REOPEN.apply(round)
        workflow.REOPEN.record(round, by=by, at=at, data=data | {"to": round.status, "until": closes_at.isoformat()})
        return round
    round.save()
    _noted("move_closing", round, by=by, at=at, **{name: value for name, value in data.items() if name != "round"})
    return round


@transaction.atomic
def close(*, round: Round, at: datetime) -> bool:
    """Close a call whose time is over. Nobody does it: the time does.

    :returns: whether it was closed now.
    """
    round = held(round)
    if round.status != RoundStatus.OPEN or round.closes_at > at:
        return False
    round.version += 1
    workflow.CLOSE.apply(round)
    workflow.CLOSE.record(round, by=None, at=at, data={"round": round.key})
    return True


def sweep(*, at: datetime) -> int:
    """Close every call whose time is over."""
    over = Round.objects.filter(status=RoundStatus.OPEN, closes_at__lte=at).order_by("pk")
    closed = 0
    for round in over:
        try:
            closed += close(round=round, at=at)
        except TransitionRefused:
            continue
    return closed


@transaction.atomic
def drop(*, round: Round, version: int, by: User, at: datetime) -> None:
    """A plan is given up: it was never opened, so nothing is lost.

    :raises WorkChanged: if somebody else has changed it since.
    :raises WorkRefused: if its call was opened, or money is meant for it.
    """
    round = held(round)
    refuse_stale(round, version)
    if round.opened_at or round.status != RoundStatus.PLANNED or round.offers.exists():
        raise WorkRefused(_("Its call was opened: it stays."))
    key, meeting = round.key, round.meeting.key
    round.delete()
    register.append(action="sponsorship.round.drop", by=by, at=at, data={"round": key, "meeting": meeting})


def held(round: Round) -> Round:
    """As it stands, nobody else's until the transaction ends."""
    return locked(round)


def plan_key(key: str) -> str:
    """The round's part of an address.

    :raises WorkRefused: if it means something else there.
    """
    key = said(key, longest=60, empty=_("Give it an address."))
    if key in RESERVED:
        raise WorkRefused(_("This address means something else. Choose another."))
    return key


def _refuse_unfit(plan: Plan) -> None:
    if plan.places < 1:
        raise WorkRefused(_("A round has one place or more."))
    if plan.closes_at.date() < plan.opens_on:
        raise WorkRefused(_("The call closes after it opens."))
    if plan.closes_at.date() >= plan.meeting.starts:
        raise WorkRefused(_("The call closes before the meeting begins."))
    if plan.meeting.status == MeetingStatus.CANCELLED:
        raise WorkRefused(_("The meeting is not announced, or it is cancelled."))


def _values(plan: Plan) -> dict[str, Any]:
    return {one.name: getattr(plan, one.name) for one in fields(plan)}


def _noted(act: str, round: Round, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register: the transaction's last statement."""
    register.append(action=f"sponsorship.round.{act}", by=by, at=at, obj=round, data={"round": round.key} | data)
