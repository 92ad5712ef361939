"""The figures of a report on a round, as data: to one donor, or to the meeting. Amounts come from the ledger, as text
with all their digits, so that they are what they were when the report is read again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from ccm_portal.core.enums import Known
from committees.enums import Gender
from sponsorship.domain import round_money
from sponsorship.domain.earmarks import least_developed
from sponsorship.domain.funds import WORTH
from sponsorship.domain.round_money import ZERO
from sponsorship.domain.round_settling import unsettled
from sponsorship.enums import TO_SETTLE, AccountKind, CostKind, OfferStatus, RuleKey, TicketStatus
from sponsorship.models import ActualCost, Contribution, Offer, PolicyRule, Posting, Round

FORMAT = 1
TRAVELS = (OfferStatus.ACCEPTED, *TO_SETTLE)


def of_donor(round: Round, contribution: Contribution, *, at: datetime) -> dict[str, Any]:
    """What one contribution did in a round. It says how many people and of which regions, and names nobody."""
    money = round_money.of_round(round, on=at.date(), only=contribution)
    line = next(iter(money.lines), round_money.Line(contribution=contribution))
    spent = Posting.objects.filter(
        entry__round=round, account__contribution=contribution, account__kind=AccountKind.SPENT
    )
    by_offer = {
        row["account__offer"]: row
        for row in spent.values("account__offer").annotate(sum=Sum("amount"), worth=Sum(WORTH)).order_by()
        if row["sum"]
    }
    offers = list(_with_state(round.offers.filter(pk__in=by_offer)))
    regions = [
        {"region": region, "people": len(some)} | _sums(by_offer[one.pk] for one in some)
        for region, some in _by_region(offers)
    ]
    kinds = spent.values("entry__cost__kind").annotate(sum=Sum("amount"), worth=Sum(WORTH))
    return {
        "format": FORMAT,
        "to": "donor",
        "round": round.key,
        "currency": round.currency,
        "donor": donor_of(contribution),
        "contribution": contribution.pk,
        "reference": contribution.reference,
        "of": contribution.currency,
        "money": {
            name: str(getattr(line, name))
            for name in ("pledged", "received", "returned", "free", "held", "spent", "elsewhere", "exchanged")
        },
        "worth": {
            "free": None if line.free_worth is None else str(line.free_worth),
            "held": str(line.held_worth),
            "spent": str(line.spent_worth),
        },
        "kinds": [{"kind": row["entry__cost__kind"]} | _sums([row]) for row in _in_order(kinds) if row["sum"]],
        "people": _people(round, offers),
        "regions": regions,
        "unsettled": unsettled(round).count(),
    }


def of_meeting(round: Round, *, at: datetime) -> dict[str, Any]:
    """The round as the meeting reads it. Donors are named with what they gave unless they asked otherwise."""
    money = round_money.of_round(round, on=at.date())
    offers = list(_with_state(round.offers.all()))
    came = [one for one in offers if one.status == OfferStatus.TRAVELLED]
    travels = [one for one in offers if one.status in TRAVELS]
    costs = ActualCost.objects.filter(offer__round=round)
    by_kind = dict(costs.values_list("kind").annotate(sum=Sum("worth")).order_by("kind"))
    by_offer = dict(costs.values_list("offer").annotate(sum=Sum("worth")).order_by("offer"))
    planned = planned_by_kind(travels)
    absent = [one for one in offers if one.status == OfferStatus.NO_SHOW]
    sent = round.applications.filter(endorsed_at__isnull=False)
    return {
        "format": FORMAT,
        "to": "meeting",
        "round": round.key,
        "currency": round.currency,
        "applications": {"states": sent.count(), "people": sent.aggregate(n=Count("nominees"))["n"]},
        "places": round.places,
        "offers": {status.value: sum(one.status == status for one in offers) for status in OfferStatus},
        "moves": {
            "offered": round.waiting_moves.filter(offer__isnull=False).count(),
            "passed": round.waiting_moves.filter(offer=None).count(),
        },
        "absent": {
            "excused": sum(one.absence_excused is True for one in absent),
            "counted": sum(one.absence_excused is not True for one in absent),
        },
        "people": _people(round, came),
        "regions": [
            {
                "region": region,
                "people": sum(one.status == OfferStatus.TRAVELLED for one in some),
                "worth": str(sum((by_offer.get(one.pk) or ZERO for one in some), ZERO)),
            }
            for region, some in _by_region(travels)
        ],
        "kinds": [
            {
                "kind": kind.value,
                "planned": str(planned.get(kind, ZERO)),
                "worth": str(by_kind.get(kind) or ZERO),
            }
            for kind in CostKind
            if planned.get(kind) or by_kind.get(kind)
        ],
        "tickets": _tickets(round, offers),
        "money": {"spent": str(money.spent), "held": str(money.held)},
        "contributions": _contributions(money),
        "savings": _savings(round, came, costs),
        "programmes": [
            {"organisation": one.organisation.key, "persons": one.persons, "women": one.women}
            for one in round.observer_programmes.select_related("organisation").order_by("organisation__key")
        ],
        "unsettled": unsettled(round).count(),
    }


def planned_by_kind(offers: Iterable[Offer]) -> dict[str, Decimal]:
    """What was assumed when the offers were made, in the round's currency."""
    planned = dict.fromkeys((CostKind.TICKET, CostKind.HOTEL, CostKind.ALLOWANCE, CostKind.TERMINAL), ZERO)
    for one in offers:
        planned[CostKind.TICKET] += one.ticket
        planned[CostKind.HOTEL] += one.nights * one.night_rate
        planned[CostKind.ALLOWANCE] += one.days * one.daily_rate
        planned[CostKind.TERMINAL] += one.terminal
    return {str(kind): amount for kind, amount in planned.items()}


def donor_of(contribution: Contribution) -> dict[str, str]:
    if contribution.state:
        return {"state": contribution.state.slug}
    return {"organisation": contribution.organisation.key if contribution.organisation else ""}


def _with_state(offers: Any) -> Any:
    related = ("nominee__application__state__region_group", "travel")
    return offers.select_related(*related).order_by("offered_at", "pk")


def _by_region(offers: Iterable[Offer]) -> list[tuple[str, list[Offer]]]:
    found: dict[str, list[Offer]] = {}
    for one in offers:
        group = one.nominee.application.state.region_group
        found.setdefault(group.key if group else "", []).append(one)
    return sorted(found.items())


def _people(round: Round, offers: list[Offer]) -> dict[str, int]:
    """How many, and of whom: a woman from an affected least developed country counts in each."""
    rule = PolicyRule.objects.filter(policy=round.policy_id, key=RuleKey.LEAST_DEVELOPED).first()
    poor = least_developed(round.closes_at.date(), years_after=(rule and rule.span) or 0) if offers else set()
    states = [one.nominee.application.state for one in offers]
    genders = [one.nominee.gender for one in offers]
    return {
        "all": len(offers),
        "states": len({state.pk for state in states}),
        "women": genders.count(Gender.WOMAN),
        "men": genders.count(Gender.MAN),
        "not_said": len(genders) - genders.count(Gender.WOMAN) - genders.count(Gender.MAN),
        "affected": sum(state.affected == Known.YES for state in states),
        "least_developed": sum(state.pk in poor for state in states),
    }


def _sums(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    found = list(rows)
    return {name: str(sum((row[of] for row in found), ZERO)) for name, of in (("spent", "sum"), ("worth", "worth"))}


def _in_order(rows: Iterable[Any]) -> list[Any]:
    kinds = [str(kind) for kind in CostKind]
    return sorted(rows, key=lambda row: kinds.index(row["entry__cost__kind"]))


def _tickets(round: Round, offers: list[Offer]) -> dict[str, Any]:
    back = ActualCost.objects.filter(offer__round=round, kind=CostKind.TICKET, is_undone=False, undoes=None)
    return {
        "returned": sum(one.ticket_status == TicketStatus.RETURNED for one in offers),
        "lost": sum(one.ticket_status == TicketStatus.LOST for one in offers),
        "refunded": str(-(back.filter(amount__lt=0).aggregate(sum=Sum("worth"))["sum"] or ZERO)),
    }


def _contributions(money: round_money.RoundMoney) -> list[dict[str, Any]]:
    """By donor; those who asked not to be named together, by currency."""
    named = [
        {"donor": donor_of(line.contribution), "of": line.contribution.currency} | _given([line])
        for line in money.lines
        if line.contribution.is_named
    ]
    quiet: dict[str, list[round_money.Line]] = {}
    for line in money.lines:
        if not line.contribution.is_named:
            quiet.setdefault(line.contribution.currency, []).append(line)
    return named + [{"donor": {}, "of": of} | _given(lines) for of, lines in sorted(quiet.items())]


def _given(lines: list[round_money.Line]) -> dict[str, str]:
    return {
        "pledged": str(sum((line.pledged for line in lines), ZERO)),
        "received": str(sum((line.received for line in lines), ZERO)),
        "spent": str(sum((line.spent for line in lines), ZERO)),
        "worth": str(sum((line.spent_worth for line in lines), ZERO)),
    }


def _savings(round: Round, came: list[Offer], costs: Any) -> dict[str, Any] | None:
    """Who stayed for the neighbour's meeting as well came with one ticket: a second one, at the price of the first, was
    not bought."""
    neighbour = round.shared_with
    if neighbour is None:
        return None
    meeting = round.meeting
    both = [
        one.pk
        for one in came
        if (travel := getattr(one, "travel", None))
        and travel.arrives
        and travel.departs
        and travel.arrives <= min(meeting.ends, neighbour.ends)
        and travel.departs >= max(meeting.starts, neighbour.starts)
    ]
    tickets = costs.filter(Q(kind=CostKind.TICKET), offer__in=both).aggregate(sum=Sum("worth"))["sum"]
    return {"neighbour": neighbour.key, "title": neighbour.title, "people": len(both), "worth": str(tickets or ZERO)}
