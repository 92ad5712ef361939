"""Amounts with a unit: areas, masses, lengths and money. The unit that was reported is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import ClassVar

from babel.numbers import list_currencies
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core.writing import listed
from reporting.form.common import Json, StrOrPromise
from reporting.form.values.base import DIGITS_SCHEMA, PRECISION_SCHEMA, Kind, Unreadable, Value, quoted
from reporting.form.values.numbers import NUMBER, NotANumber, as_written, in_locale, multiply, plain, read_amount
from reporting.form.values.vocabulary import TIMES, fold, split_precision, with_precision

UNIT_WORDS: dict[str, tuple[str, ...]] = {
    "m2": (
        "m2", "sq m", "sqm", "sq metres", "sq meters", "square metre", "square metres", "square meter",
        "square meters", "metres carres", "metre carre", "metros cuadrados", "metro cuadrado", "м2", "кв м",
        "квадратных метров", "квадратный метр", "квадратных метра", "م2", "متر مربع", "أمتار مربعة", "مترا مربعا",
        "平方米",
    ),
    "ha": (
        "ha", "hectare", "hectares", "hectarea", "hectareas", "га", "гектар", "гектара", "гектаров", "هكتار",
        "هكتارات", "هكتارا", "公顷",
    ),
    "km2": (
        "km2", "sq km", "sqkm", "sq kilometres", "square kilometre", "square kilometres", "square kilometer",
        "square kilometers", "kilometres carres", "kilometre carre", "kilometros cuadrados", "kilometro cuadrado",
        "км2", "кв км", "квадратных километров", "квадратный километр", "квадратных километра", "كم2", "كم مربع",
        "كيلومتر مربع", "كيلومترا مربعا", "平方公里", "平方千米",
    ),
    "mi2": (
        "mi2", "sq mi", "sq mile", "sq miles", "square mile", "square miles",
    ),
    "acre": (
        "acre", "acres", "ac",
    ),
    "g": (
        "g", "gr", "gram", "grams", "gramme", "grammes", "gramo", "gramos", "г", "гр", "грамм", "граммов", "غ",
        "غرام", "克",
    ),
    "kg": (
        "kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes", "kilogramo", "kilogramos",
        "кг", "килограмм", "килограммов", "كغ", "كيلوغرام", "千克", "公斤",
    ),
    "t": (
        "t", "tonne", "tonnes", "metric ton", "metric tons", "tonelada", "toneladas", "т", "тонн", "тонна", "тонны",
        "طن", "吨",
    ),
    "mm": (
        "mm", "millimetre", "millimetres", "millimeter", "millimeters", "milimetro", "milimetros", "мм",
        "миллиметр", "миллиметров", "مم", "ملم", "毫米",
    ),
    "cm": (
        "cm", "centimetre", "centimetres", "centimeter", "centimeters", "centimetro", "centimetros", "см",
        "сантиметров", "سم", "厘米",
    ),
    "m": (
        "m", "metre", "metres", "meter", "meters", "metro", "metros", "м", "метр", "метров", "متر", "م", "米",
    ),
    "in": (
        "in", "inch", "inches", '"', "pouce", "pouces", "pulgada", "pulgadas", "дюйм", "дюймов",
    ),
}  # fmt: skip

UNIT_SIGNS: dict[str, dict[str, str]] = {
    "m2": {"en": "m²", "ru": "м²", "ar": "م²", "zh-hans": "平方米"},
    "ha": {"en": "ha", "ru": "га", "ar": "هكتار", "zh-hans": "公顷"},
    "km2": {"en": "km²", "ru": "км²", "ar": "كم²", "zh-hans": "平方公里"},
    "mi2": {"en": "sq mi"},
    "acre": {"en": "acres"},
    "g": {"en": "g", "ru": "г", "ar": "غ", "zh-hans": "克"},
    "kg": {"en": "kg", "ru": "кг", "ar": "كغ", "zh-hans": "千克"},
    "t": {"en": "t", "ru": "т", "ar": "طن", "zh-hans": "吨"},
    "mm": {"en": "mm", "ru": "мм", "ar": "مم", "zh-hans": "毫米"},
    "cm": {"en": "cm", "ru": "см", "ar": "سم", "zh-hans": "厘米"},
    "m": {"en": "m", "ru": "м", "ar": "م", "zh-hans": "米"},
    "in": {"en": "in"},
}

_AMOUNT = re.compile(rf"({NUMBER}|\d?[.,٫]\d+)(.*)")


def _unit_key(folded: str) -> str:
    return re.sub(r"[ .\-]", "", folded)


@cache
def _units() -> dict[str, str]:
    return {_unit_key(fold(word)): unit for unit, words in UNIT_WORDS.items() for word in words}


def unit_sign(unit: str, language: str) -> str:
    signs = UNIT_SIGNS[unit]
    return signs.get(language, signs["en"])


def _amount_text(amount: str, unit: str, language: str) -> str:
    return f"{in_locale(amount, language)} {unit_sign(unit, language)}"


def size_text(amount: str, unit: str, square_metres: str, language: str) -> str:
    """1.2 km² (1,200,000 m²): land in the unit that was reported, and in the one that can be compared.

    Acres and square miles are no whole number of square metres; beside them these are rounded.
    """
    if unit == "m2":
        return _amount_text(amount, unit, language)
    metres = Decimal(square_metres)
    if unit in ("acre", "mi2") and metres >= 1:
        metres = metres.to_integral_value()
    return _("%(size)s (%(square_metres)s)") % {
        "size": _amount_text(amount, unit, language),
        "square_metres": _amount_text(plain(metres), "m2", language),
    }


def money_text(amount: str, currency: str, language: str) -> str:
    return f"{in_locale(amount, language)} {currency}"


@dataclass(frozen=True)
class Measure(Kind):
    """An amount with a unit. It is kept as reported, beside the same amount in the smallest unit."""

    numeric: ClassVar[bool] = True
    factors: ClassVar[Mapping[str, Decimal]] = {}
    base: ClassVar[str] = ""
    default_unit: str = ""

    def schema(self) -> Json:
        unit = {"enum": list(self.factors)}
        return {"amount": DIGITS_SCHEMA, "unit": unit, self.base: DIGITS_SCHEMA, "precision": PRECISION_SCHEMA}

    def read(self, text: str, language: str) -> Value:
        precision, rest = split_precision(fold(text))
        found = _AMOUNT.fullmatch(rest)
        if not found:
            raise self._refused(text)
        amount_text, word = found[1].strip(), _unit_key(found[2])
        unit = self._unit(word)
        try:
            amount = read_amount(text, amount_text, language=language, unit=unit)
        except NotANumber:
            raise self._refused(text) from None
        if not word:
            unit = unit or (next(iter(self.factors)) if amount == 0 else "")
        if word and not unit:
            raise Unreadable(
                _("“%(text)s” has a unit that is not known here. Write for instance %(examples)s.")
                % {"text": quoted(text), "examples": self._examples("12")}
            )
        if not unit:
            raise Unreadable(
                _("“%(text)s” does not say the unit. Write for instance %(examples)s.")
                % {"text": quoted(text), "examples": self._examples(as_written(plain(amount), language))}
            )
        return {
            "amount": plain(amount),
            "unit": unit,
            self.base: plain(multiply(amount, self.factors[unit])),
            "precision": precision,
        }

    def write(self, value: Value, language: str) -> str:
        amount = f"{as_written(value['amount'], language)} {value['unit']}"
        return with_precision(value["precision"], amount, language)

    def display(self, value: Value, language: str) -> str:
        return with_precision(value["precision"], _amount_text(value["amount"], value["unit"], language), language)

    def _unit(self, word: str) -> str:
        if not word:
            return self.default_unit
        unit = _units().get(word, "")
        return unit if unit in self.factors else ""

    def _examples(self, amount: str) -> str:
        return listed(f"{amount} {unit}" for unit in list(self.factors)[:3])

    def _refused(self, text: str) -> Unreadable:
        return Unreadable(
            _("“%(text)s” is not an amount. Write for instance %(examples)s, or unknown.")
            % {"text": quoted(text), "examples": self._examples("12")}
        )


@dataclass(frozen=True)
class Area(Measure):
    """A size of land: square metres inside, the reported unit beside it."""

    name: ClassVar[str] = "area"
    base: ClassVar[str] = "square_metres"
    factors: ClassVar[Mapping[str, Decimal]] = {
        "m2": Decimal(1),
        "ha": Decimal(10_000),
        "km2": Decimal(1_000_000),
        "mi2": Decimal("2589988.110336"),
        "acre": Decimal("4046.8564224"),
    }

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("With its unit: 12500 m2, 1.25 ha, about 3 km2, or unknown")

    def spell_out(self, value: Value, *, language: str = "en") -> str:
        if value["is"] != "given":
            return self.show(value, language=language)
        size = size_text(value["amount"], value["unit"], value[self.base], language)
        return with_precision(value["precision"], size, language)


@dataclass(frozen=True)
class Mass(Measure):
    """A mass: grams inside."""

    name: ClassVar[str] = "mass"
    base: ClassVar[str] = "grams"
    factors: ClassVar[Mapping[str, Decimal]] = {"g": Decimal(1), "kg": Decimal(1_000), "t": Decimal(1_000_000)}
    default_unit: str = "g"

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("In grams, or with another unit: 30, 1.2 kg")


@dataclass(frozen=True)
class Length(Measure):
    """A length: millimetres inside."""

    name: ClassVar[str] = "length"
    base: ClassVar[str] = "millimetres"
    factors: ClassVar[Mapping[str, Decimal]] = {
        "mm": Decimal(1),
        "cm": Decimal(10),
        "m": Decimal(1_000),
        "in": Decimal("25.4"),
    }
    default_unit: str = "mm"

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("In millimetres, or with another unit: 155, 1.2 m")


_SIGNS = {
    "€": "EUR",
    "us$": "USD",
    "usd$": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "евро": "EUR",
    "يورو": "EUR",
    "欧元": "EUR",
}


@dataclass(frozen=True)
class Money(Kind):
    """A sum with its currency, by its three letters."""

    name: ClassVar[str] = "money"
    numeric: ClassVar[bool] = True

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("With its currency: 5000 USD, about 1.2 million EUR, or unknown")

    def schema(self) -> Json:
        currency = {"type": "string", "pattern": "^[A-Z]{3}$"}
        return {"amount": DIGITS_SCHEMA, "currency": currency, "precision": PRECISION_SCHEMA}

    def read(self, text: str, language: str) -> Value:
        precision, rest = split_precision(fold(text))
        found = re.fullmatch(rf"([^\d.,٫]*?)\s*({NUMBER}|\d?[.,٫]\d+)\s*(.*)", rest)
        if not found:
            raise self._refused(text)
        before, amount_text, after = found[1].strip(), found[2].strip(), found[3].strip()
        times, after = _times(after)
        try:
            amount = multiply(read_amount(text, amount_text, language=language), Decimal(times))
        except NotANumber:
            raise self._refused(text) from None
        if before and after:
            raise self._refused(text)
        currency = _currency(before or after)
        if currency is None:
            digits = as_written(plain(amount), language)
            raise Unreadable(
                _("“%(text)s” does not say which currency. Write its three letters, like %(examples)s.")
                % {"text": quoted(text), "examples": f"{digits} USD, {digits} EUR, {digits} CHF"}
            )
        return {"amount": plain(amount), "currency": currency, "precision": precision}

    def write(self, value: Value, language: str) -> str:
        amount = f"{as_written(value['amount'], language)} {value['currency']}"
        return with_precision(value["precision"], amount, language)

    def display(self, value: Value, language: str) -> str:
        amount = money_text(value["amount"], value["currency"], language)
        return with_precision(value["precision"], amount, language)

    def _refused(self, text: str) -> Unreadable:
        return Unreadable(
            _("“%(text)s” is not a sum of money. Write for instance 5000 USD, about 5000 EUR, or unknown.")
            % {"text": quoted(text)}
        )


def _times(after: str) -> tuple[int, str]:
    """Take "million" off: "million usd" is a million times "usd"."""
    for word in sorted(_times_words(), key=len, reverse=True):
        found = re.match(
            rf"{re.escape(word)}\.?(?:\s+(?:de\s+|d')?|$)" if word[0] < "\u4e00" else re.escape(word), after
        )
        if found:
            return _times_words()[word], after[found.end() :].strip()
    return 1, after


@cache
def _times_words() -> dict[str, int]:
    return {fold(word): times for word, times in TIMES.items()}


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def _currency(word: str) -> str | None:
    code = word.upper().rstrip(".")
    return code if code in _currencies() else _SIGNS.get(word)
