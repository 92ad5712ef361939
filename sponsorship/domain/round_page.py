"""A round as its officer sees it, on one page: money, offers, people, what endangers journeys, what is not settled, and
what comes next. Read in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.writing import number_text
from sponsorship.domain import round_money
from sponsorship.domain.risks import Risk, risks
from sponsorship.domain.round_money import ZERO, RoundMoney
from sponsorship.domain.settlement_reading import is_to_settle
from sponsorship.enums import STANDING_OFFERS, NomineeStatus, OfferStatus
from sponsorship.models import ActualCost, Nominee, Offer, Round

# Who stands first in the table of people.
ORDER = (
    OfferStatus.OFFERED,
    OfferStatus.ACCEPTED,
    OfferStatus.TRAVELLED,
    OfferStatus.NO_SHOW,
    OfferStatus.WITHDRAWN,
    OfferStatus.DECLINED,
    OfferStatus.LAPSED,
)


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person with an offer, or on the waiting list."""

    nominee: Nominee
    offer: Offer | None = None
    paid: Decimal = ZERO
    risks: list[Risk] = field(default_factory=list)
    to_settle: bool = False
    place: int | None = None  # on the waiting list, the first at 1

    @property
    def travel(self) -> object | None:
        return getattr(self.offer, "travel", None) if self.offer else None


@dataclass(frozen=True, kw_only=True)
class RoundPage:
    """What the page shows."""

    round: Round
    money: RoundMoney
    offers: Mapping[str, int]
    people: list[Person]
    waiting: int
    states: int  # that sent an application
    nominated: int

    @property
    def standing(self) -> int:
        """Places that are taken."""
        return sum(self.offers[status] for status in STANDING_OFFERS)

    @property
    def offered(self) -> list[tuple[str, int]]:
        return [(str(status.label), self.offers[status]) for status in OfferStatus if self.offers[status]]

    @property
    def at_risk(self) -> list[Person]:
        found = [person for person in self.people if person.risks]
        return sorted(found, key=lambda one: (not one.risks[0].is_late, one.risks[0].by or date.max))

    @property
    def unsettled(self) -> list[Person]:
        return [person for person in self.people if person.to_settle]

    @property
    def late(self) -> int:
        """Journeys of which something is late or lost."""
        return sum(any(risk.is_late for risk in person.risks) for person in self.people)


def of_round(round: Round, *, on: date) -> RoundPage:
    """:param on: the day whose rates and dangers count."""
    nominees = list(
        Nominee.objects.filter(application__round=round, application__endorsed_at__isnull=False)
        .select_related("application__state")
        .order_by("waiting_rank", "application__state__iso3", "rank")
    )
    latest: dict[object, Offer] = {}
    for offer in round.offers.select_related("travel").order_by("offered_at", "pk"):
        latest[offer.nominee_id] = offer
    costs = ActualCost.objects.filter(offer__round=round).values_list("offer")
    paid = dict(costs.annotate(sum=Sum("worth")).order_by("offer"))
    dangers = {travel.offer_id: found for travel, found in risks(round, on=on).items()}
    people, place = [], 0
    for nominee in nominees:
        held = latest.get(nominee.pk)
        waits = nominee.status == NomineeStatus.WAITING
        place += waits
        if held is None and not waits:
            continue
        if held:
            held.nominee, held.round = nominee, round
        people.append(
            Person(
                nominee=nominee,
                offer=None if waits else held,
                paid=(paid.get(held.pk) or ZERO) if held else ZERO,
                risks=dangers.get(held.pk, []) if held else [],
                to_settle=bool(held) and is_to_settle(held),  # type: ignore[arg-type]
                place=place if waits else None,
            )
        )
    made = dict(round.offers.values_list("status").annotate(count=Count("pk")).order_by("status"))
    return RoundPage(
        round=round,
        money=round_money.of_round(round, on=on),
        offers={status: made.get(status, 0) for status in OfferStatus},
        people=sorted(people, key=_rank),
        waiting=sum(nominee.status == NomineeStatus.WAITING for nominee in nominees),
        states=len({nominee.application.state_id for nominee in nominees}),
        nominated=len(nominees),
    )


def in_words(page: RoundPage) -> str:
    """12 States nominated 15 people for 5 places."""
    if not page.nominated:
        return _("Nobody is nominated yet.")
    states = ngettext("%(count)s State", "%(count)s States", page.states) % {"count": number_text(page.states)}
    people = ngettext("%(count)s person", "%(count)s people", page.nominated) % {"count": number_text(page.nominated)}
    return _("%(states)s nominated %(people)s; places: %(places)s.") % {
        "states": states,
        "people": people,
        "places": number_text(page.round.places),
    }


def _rank(person: Person) -> tuple[int, int]:
    if person.offer is None:
        return (len(ORDER), person.place or 0)
    return (ORDER.index(OfferStatus(person.offer.status)), 0)
