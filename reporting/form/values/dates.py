"""Dates as far as they are known, and spans of time."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import ClassVar

from babel import Locale
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import writing
from ccm_portal.core.writing import ARABIC_MONTHS
from reporting.form.common import Json, StrOrPromise
from reporting.form.values.base import LOCALES, Kind, Unreadable, Value, quoted
from reporting.form.values.vocabulary import fold

FIRST_YEAR, LAST_YEAR = 1800, 2199
LONGEST_SPAN = 200  # characters; each sign that may join two dates is tried, so a longer text is not
DATE_SCHEMA: Json = {
    "type": "string",
    "pattern": "^(18|19|20|21)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
}

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_THREE_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")
_CHINESE = re.compile(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?")
_SMALL_WORDS = re.compile(
    r"(?<=\d)(?:st|nd|rd|th|er|re|-го|-е|º|°)(?=\s|$)|\b(?:of|de|del|the|le|el|г|года|году|year|سنة|عام|في)\b\.?|,"
)


class NotADate(Exception):
    """The text is not one date."""


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for locale in (*LOCALES.values(), "en_US", "ar_LB", "ar_DZ", "ar_MA"):
        months = Locale.parse(locale).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    key = fold(name).rstrip(".")
                    if not key.isdigit():
                        names.setdefault(key, number)
    names.update({"sept": 9, "set": 9})
    for number, pair in enumerate(ARABIC_MONTHS, 1):
        names.update(dict.fromkeys(map(fold, pair.split("/")), number))
    return names


def _iso(text: str, year: int, month: int | None = None, day: int | None = None) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotADate
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        raise NotADate
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise Unreadable(_("There is no day “%(text)s”. Check day and month.") % {"text": quoted(text)})
    return f"{year:04d}-{month:02d}-{day:02d}"


def read_date(text: str, *, shown: str = "") -> str:
    """The date as far as it is written: "2014", "2014-05" or "2014-05-05".

    ``shown`` is how it was typed, to be repeated in a sentence.

    :raises NotADate: if it is none.
    :raises Unreadable: if day and month cannot be told apart, or there is no such day.
    """
    folded = fold(text).strip(" .,")
    text = shown or text
    if found := _ISO.fullmatch(folded) or _CHINESE.fullmatch(folded.replace(" ", "")):
        year, month, day = (int(number) if number else None for number in found.groups())
        return _iso(text, year or 0, month, day)
    if found := _MONTH_YEAR.fullmatch(folded):
        return _iso(text, int(found[2]), int(found[1]))
    if found := _THREE_NUMBERS.fullmatch(folded):
        return _three_numbers(text, int(found[1]), int(found[3]), int(found[4]), dotted=found[2] == ".")
    return _with_month_name(text, folded)


def _three_numbers(text: str, first: int, second: int, year: int, *, dotted: bool) -> str:
    """Two numbers and a year. Points are written day first everywhere; strokes are not."""
    if first == second or dotted or (first > 12 and second <= 12):
        return _iso(text, year, second, first)
    if second > 12:
        return _iso(text, year, first, second)
    one, other = _iso(text, year, second, first), _iso(text, year, first, second)
    raise Unreadable(
        _("“%(text)s” can be two different days. Write %(first)s or %(second)s, or write the month as a word.")
        % {"text": quoted(text), "first": one, "second": other}
    )


def _with_month_name(text: str, folded: str) -> str:
    words = _SMALL_WORDS.sub(" ", folded).replace(".", " ").replace("/", " / ").split()
    numbers = [word for word in words if word.isdigit()]
    # Arabic writes a month with both of its names: كانون الأول/ديسمبر. They must be the same month.
    names = " ".join(word for word in words if not word.isdigit()).split("/")
    months = {_months().get(name.strip()) for name in names}
    month = months.pop() if len(months) == 1 else None
    if month is None or not numbers or len(numbers[-1]) != 4 or [len(n) > 2 for n in numbers[:-1]] not in ([], [False]):
        raise NotADate
    return _iso(text, int(numbers[-1]), month, int(numbers[0]) if len(numbers) == 2 else None)


def show_date(iso: str, language: str) -> str:
    """A date as far as it is known, written out: "5 May 2014", "May 2014", "2014"."""
    if len(iso) == 4:
        return iso
    if len(iso) == 7:
        return writing.month_text(int(iso[:4]), int(iso[5:]), language)
    return writing.date_text(date.fromisoformat(iso), language)


def first_day(iso: str) -> date:
    """The first day that a date, as far as it is known, can be."""
    return date.fromisoformat((iso + "-01-01")[:10])


def last_day(iso: str) -> date:
    """The last day that a date, as far as it is known, can be."""
    if len(iso) == 10:
        return date.fromisoformat(iso)
    year, month = int(iso[:4]), int(iso[5:7] or 12)
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass(frozen=True)
class PartialDate(Kind):
    """A day, a month or a year: as far as it is known."""

    name: ClassVar[str] = "date"

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("5 May 2014, May 2014, 2014, or unknown")

    def schema(self) -> Json:
        return {"date": DATE_SCHEMA}

    def read(self, text: str, language: str) -> Value:
        try:
            return {"date": read_date(text)}
        except NotADate:
            raise Unreadable(
                _("“%(text)s” is not a date. Write 5 May 2014, May 2014, 2014 or unknown.") % {"text": quoted(text)}
            ) from None

    def write(self, value: Value, language: str) -> str:
        return str(value["date"])

    def display(self, value: Value, language: str) -> str:
        return show_date(value["date"], language)


_FROM = r"from|since|between|du|de|depuis|del|desde|entre|с|со|начиная с|между|من|منذ|自|从"
_TO = r"to|until|till|and|through|au|a|jusqu'au|jusqu'en|et|en|al|hasta|y|по|до|и|الي|حتي|و|至|到|起至"
_JOINT = re.compile(
    rf"\s+-\s+|\s*[–—]\s*|\s*-{{2}}\s*|(?<=\d)\s*/\s*(?=\d{{4}})|\s+(?:{_TO})\s+|\s*[至到]\s*|-(?=\d{{4}}(?!\d))|(?<=\d{{4}})-(?=\d)"
)
_SHORT_END = re.compile(r"(\d{4})\s*[-–—/]\s*(1[3-9]|[2-9]\d)")  # up to 12 it could be a month
_LEADING = re.compile(rf"^(?:{_FROM})\b\s*|^[自从]\s*")
_UNTIL = re.compile(rf"^(?:{_TO})\s+|^[–—]\s*|^-\s+|^[至到]\s*")
_OPEN = re.compile(r"\s*[–—]$|\s+-$|\s*起$")


@dataclass(frozen=True)
class DateRange(Kind):
    """A span of time. Each end is a date as far as it is known; one end may be open."""

    name: ClassVar[str] = "date_range"

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("2014, May 2014 to June 2016, 1964 to 1973, or unknown")

    def schema(self) -> Json:
        return dict.fromkeys(("starts", "ends"), {**DATE_SCHEMA, "type": ["string", "null"]})

    def read(self, text: str, language: str) -> Value:
        folded = fold(text).strip(" .,").replace("ى", "ي").replace("إ", "ا")
        if short := _SHORT_END.fullmatch(folded):
            folded = f"{short[1]} – {short[1][:2]}{short[2]}"
        found = None
        if len(folded) <= LONGEST_SPAN:
            if whole := self._date(folded, text):
                return {"starts": whole, "ends": whole}
            found = self._ends(folded, text) or self._open(folded, text)
        if found is None:
            raise Unreadable(
                _("“%(text)s” is not a date or a span of time. Write 2014, or 5 May 2014 to 30 June 2016, or unknown.")
                % {"text": quoted(text)}
            )
        starts, ends = found
        if starts and ends and first_day(starts) > last_day(ends):
            raise Unreadable(_("“%(text)s” ends before it starts. Check the two dates.") % {"text": quoted(text)})
        return {"starts": starts, "ends": ends}

    def _date(self, folded: str, typed: str) -> str | None:
        at = typed.casefold().find(folded)
        try:
            return read_date(folded, shown=typed[at : at + len(folded)] if at >= 0 else folded)
        except NotADate:
            return None

    def _ends(self, folded: str, typed: str) -> tuple[str | None, str | None] | None:
        inner = _LEADING.sub("", folded)
        for joint in _JOINT.finditer(inner):
            starts, ends = self._date(inner[: joint.start()], typed), self._date(inner[joint.end() :], typed)
            if starts and ends:
                return starts, ends
        return None

    def _open(self, folded: str, typed: str) -> tuple[str | None, str | None] | None:
        if _LEADING.match(folded) or _OPEN.search(folded):
            starts = self._date(_OPEN.sub("", _LEADING.sub("", folded)), typed)
            return (starts, None) if starts else None
        ends = self._date(_UNTIL.sub("", folded), typed) if _UNTIL.match(folded) else None
        return (None, ends) if ends else None

    def write(self, value: Value, language: str) -> str:
        if value["starts"] == value["ends"]:
            return str(value["starts"])
        return f"{value['starts'] or ''} – {value['ends'] or ''}".strip()

    def display(self, value: Value, language: str) -> str:
        starts, ends = (show_date(iso, language) if iso else "" for iso in (value["starts"], value["ends"]))
        return starts if starts == ends else f"{starts} – {ends}".strip()
