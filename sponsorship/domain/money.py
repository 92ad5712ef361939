"""Amounts and their digits: rounding, reading, sharing out, writing. No database."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal
from django.utils.translation import get_language

from ccm_portal.core import writing
from sponsorship.enums import CURRENCIES

CODE_FIRST = ("en", "ar", "zh-hans")


def unit(currency: str) -> Decimal:
    """The smallest amount: a cent, or one yen."""
    return Decimal(1).scaleb(-CURRENCIES[currency])


def rounded(amount: Decimal, currency: str) -> Decimal:
    """To the smallest amount of the currency, half of it upwards."""
    return amount.quantize(unit(currency), rounding=ROUND_HALF_UP)


def is_whole(amount: Decimal, currency: str) -> bool:
    """Whether the amount has no more digits than the currency knows."""
    return amount == rounded(amount, currency)


def shared(amount: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """``amount`` in parts by ``weights``, to the smallest unit, nothing lost: what rounding leaves over goes one unit
    each to the parts that lost most, the earlier first.

    :raises ValueError: where nothing has a weight.
    """
    whole = sum(weights, Decimal(0))
    if whole <= 0:
        raise ValueError("Nothing to share by.")
    exact = [amount * weight / whole for weight in weights]
    parts = [rounded(part, currency) for part in exact]
    left = amount - sum(parts, Decimal(0))
    step = unit(currency).copy_sign(left)
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n]) * (1 if left > 0 else -1))
    for n in order[: int(abs(left) / unit(currency))]:
        parts[n] += step
    return parts


def figures(amount: Decimal, currency: str) -> str:
    """1,250.00 in English, 1 250,00 in French: without the currency, where a column or a heading says it."""
    digits = "." + "0" * CURRENCIES[currency] if CURRENCIES[currency] else ""
    return format_decimal(amount, f"#,##0{digits}", locale=writing.locale())


def told(amount: Decimal, currency: str) -> str:
    """CHF 1,250.00 in English, 1 250,00 CHF in French. Nothing breaks between the two."""
    number = figures(amount, currency)
    parts = (currency, number) if (get_language() or "en") in CODE_FIRST else (number, currency)
    return "\u00a0".join(parts)
