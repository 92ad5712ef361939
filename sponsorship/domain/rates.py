"""What an amount is worth in another currency on a day, by the rates that the office entered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from ccm_portal.core.writing import date_text
from committees.domain.said import WorkRefused
from sponsorship.domain import money
from sponsorship.models import ExchangeRate

COUNTS_FOR = timedelta(days=45)


@dataclass(frozen=True, kw_only=True)
class Converted:
    """An amount in another currency, to its smallest unit, and the rate behind it: none within one currency."""

    amount: Decimal
    rate: ExchangeRate | None


class RateMissing(WorkRefused):
    """No rate between two currencies counts on the day. The message says which one to enter."""

    def __init__(self, currency: str, into: str, on: date) -> None:
        super().__init__(
            _("Enter an exchange rate between %(currency)s and %(into)s that counts on %(day)s first.")
            % {"currency": currency, "into": into, "day": date_text(on)}
        )
        self.currency, self.into, self.on = currency, into, on


@dataclass(frozen=True)
class Rates:
    """The rates that count on a day, read once: the newest of each pair, whichever way round it was entered."""

    on: date
    rows: dict[frozenset[str], ExchangeRate]

    @classmethod
    def of(cls, on: date, *, currencies: Iterable[str] | None = None) -> "Rates":
        """:param currencies: only between these, where given."""
        found = ExchangeRate.objects.filter(day__lte=on, day__gt=on - COUNTS_FOR).order_by("day", "pk")
        if currencies is not None:
            found = found.filter(base__in=(codes := list(currencies)), quote__in=codes)
        return cls(on, {frozenset((row.base, row.quote)): row for row in found})

    def row(self, currency: str, into: str) -> ExchangeRate:
        """:raises RateMissing: where none counts."""
        found = self.rows.get(frozenset((currency, into)))
        if found is None:
            raise RateMissing(currency, into, self.on)
        return found

    def knows(self, currency: str, into: str) -> bool:
        return currency == into or frozenset((currency, into)) in self.rows

    def worth(self, amount: Decimal, currency: str, into: str) -> Converted:
        """:raises RateMissing: where no rate counts."""
        if currency == into:
            return Converted(amount=money.rounded(amount, into), rate=None)
        row = self.row(currency, into)
        exact = amount * row.rate if row.base == currency else amount / row.rate
        return Converted(amount=money.rounded(exact, into), rate=row)

    def price(self, worth: Decimal, into: str, currency: str) -> Decimal:
        """How much of ``currency`` is worth ``worth`` of ``into``: rounded up, so that it is never too little.

        :raises RateMissing: where no rate counts.
        """
        if currency == into:
            return worth
        row = self.row(currency, into)
        exact = worth / row.rate if row.base == currency else worth * row.rate
        return exact.quantize(money.unit(currency), rounding=ROUND_CEILING)


def worth(amount: Decimal, currency: str, into: str, *, on: date) -> Converted:
    """What ``amount`` was worth on the day. A rate counts from its day for 45 days, in both directions.

    :raises RateMissing: where no rate counts; a ``WorkRefused``, so its message may be shown.
    """
    return Rates.of(on, currencies=(currency, into)).worth(amount, currency, into)
