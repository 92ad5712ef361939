"""Rounds as pages show them: their rules in words, what is assumed, what is owed for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import F, QuerySet

from meetings.models import Meeting, NeighbourMeeting
from sponsorship.domain import costs, funds
from sponsorship.domain.eligibility_words import rule_title
from sponsorship.domain.rates import RateMissing
from sponsorship.enums import RoundStatus, RuleEffect
from sponsorship.models import CostAssumption, Policy, Round

BADGES = {
    RoundStatus.PLANNED: "proposed",
    RoundStatus.OPEN: "in-progress",
    RoundStatus.CLOSED: "waiting",
    RoundStatus.DECIDED: "waiting",
    RoundStatus.ANNOUNCED: "published",
    RoundStatus.SETTLED: "done",
}
NEIGHBOURS_WITHIN = timedelta(days=14)


@dataclass(frozen=True)
class RuleRow:
    """A rule in words."""

    title: str
    effect: str
    points: int


def shown_status(round: Round) -> RoundStatus:
    """How the round stands for everybody: that it is decided is not told before the announcement."""
    return RoundStatus.CLOSED if round.status == RoundStatus.DECIDED else RoundStatus(round.status)


def badge(round: Round) -> tuple[str, str]:
    """The badge for everybody, and its words."""
    status = shown_status(round)
    return BADGES[status], str(status.label)


def rules_in_words(policy: Policy) -> list[tuple[str, list[RuleRow]]]:
    """By what they do: those that qualify, add, take away, exclude; each in the order of the policy."""
    rules = list(policy.rules.order_by("position", "pk"))
    return [
        (str(effect.label), rows)
        for effect in RuleEffect
        if (
            rows := [
                RuleRow(rule_title(rule.key, effect=rule.effect, span=rule.span), rule.effect, rule.points)
                for rule in rules
                if rule.effect == effect
            ]
        )
    ]


@dataclass(frozen=True)
class CostRow:
    """An assumption with what it comes to. ``where`` is empty for a journey from anywhere else."""

    cost: CostAssumption
    where: str
    total: Decimal


def cost_rows(round: Round) -> list[CostRow]:
    """The one for anywhere first, then regions, then States by name."""
    rows = [
        CostRow(
            one, one.state.name if one.state else one.region_group.name if one.region_group else "", costs.total(one)
        )
        for one in round.costs.select_related("state", "region_group")
    ]
    return sorted(rows, key=lambda row: (bool(row.cost.state_id), bool(row.cost.region_group_id), row.where))


def listed(rounds: QuerySet[Round]) -> list[Round]:
    """Those that can be applied to first, then what is planned, then the others; the latest meeting first."""
    first = (RoundStatus.OPEN, RoundStatus.PLANNED)
    found = rounds.order_by(F("meeting__starts").desc(), "pk")
    return sorted(found, key=lambda one: first.index(one.status) if one.status in first else len(first))


def has_money(round: Round, *, on: date) -> bool:
    """Whether there is any money for places of the round: free now, held or spent."""
    if round.offers.filter(accounts__balance__gt=0).exists():
        return True
    try:
        return funds.free_worth(round, on=on) > 0
    except RateMissing:
        return True  # there is some; what it is worth is the officers' question


def neighbours(meeting: Meeting) -> QuerySet[NeighbourMeeting]:
    """Meetings of related instruments near enough that one journey can serve both."""
    return NeighbourMeeting.objects.filter(
        starts__lte=meeting.ends + NEIGHBOURS_WITHIN, ends__gte=meeting.starts - NEIGHBOURS_WITHIN
    ).order_by("starts", "pk")


def is_open_now(round: Round, *, at: datetime) -> bool:
    """Whether applications are in time."""
    return round.status == RoundStatus.OPEN and round.closes_at > at
