"""Counts and plain numbers, as people write them in six languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import ClassVar

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.form.common import Json, StrOrPromise
from reporting.form.values.base import DIGITS_SCHEMA, PRECISION_SCHEMA, Kind, Unreadable, Value, locale_of, quoted
from reporting.form.values.vocabulary import fold, split_precision, with_precision

DECIMAL_SIGN = {"en": ".", "fr": ",", "es": ",", "ru": ",", "ar": ".", "zh-hans": "."}
COMMA_GROUPS = ("en", "zh-hans")  # where 1,234 can only be read as one thousand two hundred and thirty-four
LONGEST = 15

NUMBER = r"\d[\d .,'٬٫،]*"

_GROUPED = re.compile(r"\d{1,3}(?:[ '٬]\d{3})+(?:[.,٫]\d+)?")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")


class NotANumber(Exception):
    """The text is not one number."""


class TwoReadings(Exception):
    """The text can be read as two numbers."""

    def __init__(self, first: Decimal, second: Decimal) -> None:
        super().__init__(first, second)
        self.first, self.second = first, second


def plain(number: Decimal) -> str:
    """Digits without exponent and without idle zeros: "1.2"."""
    digits = format(number, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def as_written(number: str, language: str) -> str:
    """A plain number as editable text that has one reading only."""
    whole, point, fraction = number.partition(".")
    if len(fraction) == 3 and len(whole) <= 3 and whole != "0":
        fraction += "0"
    return whole + (DECIMAL_SIGN.get(language, ".") + fraction if point else "")


def in_locale(number: str, language: str) -> str:
    return format_decimal(Decimal(number), locale=locale_of(language), decimal_quantization=False)


def read_number(text: str, *, language: str, whole: bool = False) -> Decimal:
    """Read one number that is not negative.

    :raises NotANumber: if it is none.
    :raises TwoReadings: if a point or comma may be a decimal sign or not.
    """
    text = text.strip().replace("،", ",").rstrip(".,")
    if re.fullmatch(r"\d+", text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub(r"[ '٬]", "", text).replace(",", ".").replace("٫", "."))
    if re.fullmatch(r"\d*٫\d+", text):
        return Decimal("0" + text.replace("٫", "."))
    signs = [sign for sign in text if sign in ".,"]
    if not re.fullmatch(r"\d*(?:[.,]\d+)+", text):
        raise NotANumber
    if len(signs) == 1:
        return _one_sign(text, signs[0], language=language, whole=whole)
    return _several_signs(text, signs)


def _one_sign(text: str, sign: str, *, language: str, whole: bool) -> Decimal:
    left, right = text.split(sign)
    fraction = Decimal(f"{left or '0'}.{right}")
    if len(right) != 3 or not 1 <= len(left) <= 3 or left.startswith("0"):
        return fraction
    thousands = Decimal(left + right)
    if whole and sign != DECIMAL_SIGN.get(language, "."):
        return thousands
    if not whole and sign == "," and language in COMMA_GROUPS:
        return thousands
    raise TwoReadings(thousands, fraction)


def _several_signs(text: str, signs: list[str]) -> Decimal:
    last = signs[-1]
    if len(set(signs)) == 1:
        if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(last)}\d{{3}})+", text) or _INDIAN.fullmatch(text):
            return Decimal(text.replace(last, ""))
        raise NotANumber
    group, fraction = text.rsplit(last, 1)
    other = signs[0]
    grouped = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(other)}\d{{3}})+", group) or _INDIAN.fullmatch(group)
    if other == last or not grouped:
        raise NotANumber
    return Decimal(group.replace(other, "") + "." + fraction)


def two_readings(text: str, found: TwoReadings, language: str, unit: str = "") -> Unreadable:
    first, second = (as_written(plain(number), language) for number in (found.first, found.second))
    unit = f" {unit}" if unit else ""
    return Unreadable(
        _("“%(text)s” can be read as two different numbers. Write %(first)s or %(second)s.")
        % {"text": quoted(text), "first": first + unit, "second": second + unit}
    )


def too_long(text: str) -> Unreadable:
    return Unreadable(_("“%(text)s” has too many digits. Check the number.") % {"text": quoted(text)})


def multiply(amount: Decimal, factor: Decimal) -> Decimal:
    with localcontext() as exact:
        exact.prec = 80
        return amount * factor


def read_amount(text: str, folded: str, *, language: str, unit: str = "") -> Decimal:
    """Read an amount that may have decimals. ``text`` is what the person wrote, for the sentence.

    :raises NotANumber: if it is none.
    :raises Unreadable: if it has two readings or too many digits.
    """
    try:
        amount = read_number(folded, language=language)
    except TwoReadings as found:
        raise two_readings(text, found, language, unit) from None
    whole, _point, fraction = plain(amount).partition(".")
    if len(whole) > LONGEST or len(fraction) > LONGEST:
        raise too_long(text)
    return amount


@dataclass(frozen=True)
class Quantity(Kind):
    """How many: a whole number, exact or not."""

    name: ClassVar[str] = "quantity"
    numeric: ClassVar[bool] = True

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("12, about 12, at least 12, or unknown")

    def schema(self) -> Json:
        number = {"type": "integer", "minimum": 0, "maximum": 10**LONGEST - 1}
        return {"number": number, "precision": PRECISION_SCHEMA}

    def read(self, text: str, language: str) -> Value:
        precision, rest = split_precision(fold(text))
        try:
            number = read_number(rest, language=language, whole=True)
        except TwoReadings as found:
            if found.second == found.second.to_integral_value():
                raise two_readings(text, found, language) from None
            raise Unreadable(
                _("“%(text)s” can be read as a fraction. Write %(number)s if that is what you mean.")
                % {"text": quoted(text), "number": plain(found.first)}
            ) from None
        except NotANumber:
            raise Unreadable(
                _("“%(text)s” is not a number. Write 12, about 12, at least 12, or unknown.") % {"text": quoted(text)}
            ) from None
        if number != number.to_integral_value():
            raise Unreadable(
                _("“%(text)s” is not a whole number. Write it without a fraction.") % {"text": quoted(text)}
            )
        if len(plain(number)) > LONGEST:
            raise too_long(text)
        return {"number": int(number), "precision": precision}

    def write(self, value: Value, language: str) -> str:
        return with_precision(value["precision"], str(value["number"]), language)

    def display(self, value: Value, language: str) -> str:
        return with_precision(value["precision"], in_locale(str(value["number"]), language), language)


@dataclass(frozen=True)
class Number(Kind):
    """A number that may have decimals."""

    name: ClassVar[str] = "number"
    numeric: ClassVar[bool] = True

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("12, 12.5, about 12, or unknown")

    def schema(self) -> Json:
        return {"number": DIGITS_SCHEMA, "precision": PRECISION_SCHEMA}

    def read(self, text: str, language: str) -> Value:
        precision, rest = split_precision(fold(text))
        try:
            amount = read_amount(text, rest, language=language)
        except NotANumber:
            raise Unreadable(
                _("“%(text)s” is not a number. Write 12, 12.5, about 12, or unknown.") % {"text": quoted(text)}
            ) from None
        return {"number": plain(amount), "precision": precision}

    def write(self, value: Value, language: str) -> str:
        return with_precision(value["precision"], as_written(value["number"], language), language)

    def display(self, value: Value, language: str) -> str:
        return with_precision(value["precision"], in_locale(value["number"], language), language)
