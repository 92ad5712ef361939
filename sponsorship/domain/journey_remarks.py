"""What does not fit together in a journey, in words. Nothing is refused for it: whoever reads it decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.writing import date_text
from sponsorship.domain.visa_clock import journey
from sponsorship.domain.visa_rules import city_of
from sponsorship.models import Leg, Offer, TravelFile


@dataclass(frozen=True)
class Remark:
    """A sentence about one part of the file."""

    part: str
    words: str


def remarks(travel: TravelFile, legs: Sequence[Leg]) -> list[Remark]:
    """What a second look finds. ``legs`` in their order."""
    return [*_dates(travel), *_route(travel, legs), *_stay(travel), *_ticket(travel)]


def allowance(travel: TravelFile) -> tuple[int, Decimal, Decimal]:
    """Days, rate a day, and their product, in the round's currency; the days of the offer until others are noted."""
    offer = travel.offer
    days = offer.days if travel.days is None else travel.days
    return days, offer.daily_rate, days * offer.daily_rate


def _dates(travel: TravelFile) -> Iterator[Remark]:
    meeting = travel.offer.round.meeting
    if travel.arrives and travel.arrives > meeting.starts:
        words = _("The arrival is after the meeting begins on %(day)s.")
        yield Remark("dates", words % {"day": date_text(meeting.starts)})
    if travel.departs and travel.departs < meeting.ends:
        words = _("The departure is before the meeting ends on %(day)s.")
        yield Remark("dates", words % {"day": date_text(meeting.ends)})


def _route(travel: TravelFile, legs: Sequence[Leg]) -> Iterator[Remark]:
    if not legs:
        return
    for before, after in zip(legs, legs[1:], strict=False):
        number = {"number": after.position}
        if after.day < before.day:
            yield Remark("route", _("Leg %(number)s lies before the one in front of it.") % number)
        if not _same(before.destination, after.origin):
            words = _("Leg %(number)s does not begin where the one in front of it ends.")
            yield Remark("route", words % number)
    city = city_of(travel.offer.round.meeting)
    reaching = [leg for leg in legs if _same(leg.destination, city)]
    if city and not reaching:
        yield Remark("route", _("No leg leads to %(city)s.") % {"city": city})
    if not _same(legs[0].origin, legs[-1].destination):
        yield Remark("route", _("The route does not lead back to %(city)s.") % {"city": legs[0].origin})
    if reaching and travel.arrives and reaching[0].day > travel.arrives:
        words = _("By the route the arrival is on %(day)s.")
        yield Remark("route", words % {"day": date_text(reaching[0].day)})
    leaving = [leg for leg in legs if _same(leg.origin, city)]
    if leaving and travel.departs and leaving[-1].day != travel.departs:
        words = _("By the route the departure is on %(day)s.")
        yield Remark("route", words % {"day": date_text(leaving[-1].day)})


def _stay(travel: TravelFile) -> Iterator[Remark]:
    starts, ends = journey(travel, travel.offer.round)
    known = travel.arrives is not None and travel.departs is not None
    nights = (ends - starts) // timedelta(days=1)
    if known and travel.nights is not None and travel.nights != nights:
        words = ngettext(
            "There is %(count)s night between arrival and departure.",
            "There are %(count)s nights between arrival and departure.",
            nights,
        )
        yield Remark("stay", words % {"count": nights})
    if known and travel.days is not None and travel.days > nights + 1:
        words = ngettext("The journey has %(count)s day.", "The journey has %(count)s days.", nights + 1)
        yield Remark("stay", words % {"count": nights + 1})
    yield from _beyond_the_offer(travel, travel.offer)


def _beyond_the_offer(travel: TravelFile, offer: Offer) -> Iterator[Remark]:
    if (travel.nights or 0) > offer.nights:
        words = ngettext("Money is held for %(count)s night.", "Money is held for %(count)s nights.", offer.nights)
        yield Remark("stay", words % {"count": offer.nights})
    if (travel.days or 0) > offer.days:
        words = ngettext("Money is held for %(count)s day.", "Money is held for %(count)s days.", offer.days)
        yield Remark("stay", words % {"count": offer.days})


def _ticket(travel: TravelFile) -> Iterator[Remark]:
    offer = travel.offer
    same = travel.ticket_currency == offer.round.currency
    if same and travel.ticket_price is not None and travel.ticket_price > offer.ticket:
        yield Remark("ticket", _("The ticket costs more than was assumed for this offer."))
    if travel.ticket_bought_on and travel.arrives and travel.ticket_bought_on > travel.arrives:
        yield Remark("ticket", _("The ticket was bought after the arrival."))


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
