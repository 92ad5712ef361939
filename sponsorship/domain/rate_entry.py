"""Entering an exchange rate. What looks like a slip is asked again before it is taken: a rate is never changed."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.writing import date_text, number_text
from committees.domain.said import WorkRefused, said
from sponsorship.models import ExchangeRate

FAR = Decimal(10)  # times off the last one
SMALLEST, MOST = Decimal("0.00000001"), 1_000_000
NEAR = Decimal("1.03")  # so near to the last one that it cannot be the wrong way round


class RateDoubtful(WorkRefused):
    """It looks like a slip. Entered once more with ``sure``, it is taken."""


@transaction.atomic
def add(
    *, base: str, quote: str, day: date, rate: Decimal, source: str, sure: bool, by: User, at: datetime
) -> ExchangeRate:
    """Enter how many ``quote`` one ``base`` was worth on a day.

    :raises RateDoubtful: where it is far from the last one, or looks like it the wrong way round, and nobody is sure.
    :raises WorkRefused: where the day is ahead, or has a rate of the pair already.
    """
    if base == quote:
        raise WorkRefused(_("Choose two currencies."))
    if not SMALLEST <= rate < MOST:
        raise WorkRefused(_("The rate must be more than zero, and less than %(most)s.") % {"most": number_text(MOST)})
    if day > at.date():
        raise WorkRefused(_("%(day)s is still ahead.") % {"day": date_text(day)})
    rate = rate.quantize(SMALLEST)
    source = said(source, longest=300, empty=_("Write where the rate is from."))
    ways = Q(base=base, quote=quote) | Q(base=quote, quote=base)
    if there := ExchangeRate.objects.filter(ways, day=day).order_by("pk").first():
        raise WorkRefused(_("That day has a rate already: %(rate)s.") % {"rate": in_words(there)})
    last = ExchangeRate.objects.filter(ways).order_by("-day", "-pk").first()
    if last and not sure:
        _doubt(last, base, rate)
    made = ExchangeRate.objects.create(
        base=base, quote=quote, day=day, rate=rate, source=source, noted_by=by, noted_at=at
    )
    register.append(
        action="sponsorship.exchangerate.add",
        by=by,
        at=at,
        obj=made,
        data={"pair": f"{base}/{quote}", "day": day.isoformat(), "rate": str(rate)},
    )
    return made


def in_words(rate: ExchangeRate) -> str:
    """1 EUR = 0.9333 CHF (20 November 2026)."""
    return _("1 %(base)s = %(rate)s %(quote)s (%(day)s)") % {
        "base": rate.base,
        "rate": number_text(rate.rate.normalize()),
        "quote": rate.quote,
        "day": date_text(rate.day),
    }


def _doubt(last: ExchangeRate, base: str, rate: Decimal) -> None:
    before = last.rate if last.base == base else 1 / last.rate
    off, turned = _ratio(rate, before), _ratio(rate, 1 / before)
    told = {"rate": in_words(last)}
    if off > NEAR and turned < off and turned < FAR:
        raise RateDoubtful(_("Is it the other way round? The last one was %(rate)s.") % told)
    if off >= FAR:
        raise RateDoubtful(_("This is far from the last one: %(rate)s.") % told)


def _ratio(one: Decimal, other: Decimal) -> Decimal:
    return max(one / other, other / one)
