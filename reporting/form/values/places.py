"""Places by coordinates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reporting.form.common import Json, StrOrPromise
from reporting.form.values.base import Kind, Unreadable, Value, quoted
from reporting.form.values.numbers import DECIMAL_SIGN, plain
from reporting.form.values.vocabulary import fold

_GRID = re.compile(
    r"\d{1,2}[C-HJ-NP-X] ?[A-HJ-NP-Z]{2} ?\d{1,5} ?\d{1,5}"
    r"|\d{1,2}[C-HJ-NP-X] \d{6}(?:\.\d+)?(?:m ?e)?[ ,]+\d{6,8}(?:\.\d+)?(?:m ?n)?",
    re.I,
)
_DECIMAL = re.compile(r"([+-]?\d{1,3}(?:\.\d+)?)°?\s*(?:[,;،，]\s*|\s+)([+-]?\d{1,3}(?:\.\d+)?)°?")
_ANGLE = r"(\d{1,3}(?:\.\d+)?)\s*[°ºd]?\s*(?:(\d{1,2}(?:\.\d+)?)\s*['m]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|s)\s*)?"
_LETTERED = re.compile(
    rf"(?:([nsew])\s*)?{_ANGLE}\s*(?(1)|([nsew]))[\s,;،，]*(?:([nsew])\s*)?{_ANGLE}\s*(?(6)|([nsew]))"
)
_BETWEEN = re.compile(r"\s*[;；؛\n|]\s*")
# 21,35: a decimal comma, or latitude 21 and longitude 35. Not 18.2,103.9 nor 21, 35: these are read in one way.
_TIGHT = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d.]|,\d)")

Points = list[list[str]]


class NotAPlace(Exception):
    """The text is not one pair of coordinates."""


class OutsideTheGlobe(Unreadable):
    """A pair of numbers that is on no map."""


@dataclass(frozen=True)
class Geo(Kind):
    """A point or the corners of an area: latitude and longitude, or a grid reference. The writing is kept."""

    name: ClassVar[str] = "geo"

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("18.2035, 103.8950, or several points separated by a semicolon, or a grid reference")

    def schema(self) -> Json:
        degrees = {"type": "string", "pattern": r"^-?[0-9]{1,3}(\.[0-9]+)?$"}
        point = {"type": "array", "items": degrees, "minItems": 2, "maxItems": 2}
        return {"points": {"type": "array", "items": point}, "written": {"type": "string", "minLength": 1}}

    def read(self, text: str, language: str) -> Value:
        pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
        grids = [piece for piece in pieces if _GRID.fullmatch(piece.strip())]
        if pieces and len(grids) == len(pieces):
            return {"points": [], "written": text}
        if not pieces or len(text) > 20_000:
            raise _no_place(text)
        folded = [fold(piece) for piece in pieces]
        if not any(_TIGHT.search(piece) for piece in folded):
            return {"points": _points(pieces), "written": text}
        points = _with_commas(text, folded, language)
        # in another language the text as typed would be read differently: what was read is kept instead
        return {"points": points, "written": _spelt(points)}

    def write(self, value: Value, language: str) -> str:
        return str(value["written"])

    def spell_out(self, value: Value, *, language: str = "en") -> str:
        shown = self.show(value, language=language)
        if value["is"] != "given" or not value["points"]:
            return shown
        points, spelt = value["points"], _spelt(value["points"])
        words = {"count": len(points), "points": spelt}
        if spelt != shown:
            told = ngettext("%(count)s point: %(points)s", "%(count)s points: %(points)s", len(points)) % words
        elif len(points) > 1:
            told = ngettext("%(count)s point", "%(count)s points", len(points)) % words
        else:
            return shown
        return f"{shown} ({told})"


def _spelt(points: Points) -> str:
    """The points as they are read in every language."""
    return "; ".join(f"{latitude}, {longitude}" for latitude, longitude in points)


def _no_place(text: str) -> Unreadable:
    return Unreadable(
        _("“%(text)s” cannot be read as a place. Write latitude and longitude like 18.2035, 103.8950.")
        % {"text": quoted(text)}
    )


def _points(pieces: list[str]) -> Points:
    """One point a piece; or latitude and longitude by turns.

    :raises Unreadable: naming the first piece that is no point.
    """
    try:
        return [_point(piece) for piece in pieces]
    except NotAPlace:
        pass
    try:
        if len(pieces) % 2 == 0:
            return [_point(f"{pieces[at]}; {pieces[at + 1]}") for at in range(0, len(pieces), 2)]
    except NotAPlace:
        pass
    raise _no_place(next(piece for piece in pieces if not _is_point(piece)))


def _is_point(piece: str) -> bool:
    try:
        _point(piece)
    except NotAPlace:
        return False
    return True


def _with_commas(text: str, pieces: list[str], language: str) -> Points:
    """The points of a text with commas that may be decimal signs: they are, in the languages that write them so.

    :raises Unreadable: if they may be or may not be, or if there is no such place.
    """
    decimal = _attempt([_TIGHT.sub(r"\1.\2", piece) for piece in pieces])
    joined = _attempt(pieces)
    if DECIMAL_SIGN.get(language) == ",":
        if isinstance(decimal, list):
            return decimal
        if isinstance(joined, list) and not all(_is_number(piece) for piece in pieces):
            return joined
        if isinstance(joined, list):
            raise _two_ways(text)
        raise decimal if isinstance(decimal, OutsideTheGlobe) else _no_place(text)
    if isinstance(joined, list) and not isinstance(decimal, list):
        return joined
    if isinstance(decimal, list):
        raise _two_ways(text)
    raise joined if isinstance(joined, OutsideTheGlobe) else _no_place(text)


def _attempt(pieces: list[str]) -> Points | Unreadable:
    try:
        return _points(pieces)
    except Unreadable as refusal:
        return refusal


def _is_number(piece: str) -> bool:
    return bool(_TIGHT.fullmatch(piece.strip(" +-°()[]")))


def _two_ways(text: str) -> Unreadable:
    return Unreadable(
        _(
            "“%(text)s” can be read as different places. Write decimals with a point,"
            " and a comma and a space between latitude and longitude: 21.35, 17.00."
        )
        % {"text": quoted(text)}
    )


def _point(piece: str) -> list[str]:
    folded = fold(piece).replace("′", "'").replace("''", '"').strip(" ()[].")
    if found := _DECIMAL.fullmatch(folded):
        return _within(Decimal(found[1]), Decimal(found[2]), piece)
    if found := _LETTERED.fullmatch(folded):
        first = _degrees(found[2], found[3], found[4])
        second = _degrees(found[7], found[8], found[9])
        one, other = found[1] or found[5], found[6] or found[10]
        if one and other and one in "ns" and other in "ew":
            return _within(-first if one == "s" else first, -second if other == "w" else second, piece)
        if one and other and one in "ew" and other in "ns":
            return _within(-second if other == "s" else second, -first if one == "w" else first, piece)
    raise NotAPlace


def _degrees(degrees: str, minutes: str | None, seconds: str | None) -> Decimal:
    if Decimal(minutes or 0) >= 60 or Decimal(seconds or 0) >= 60:
        raise NotAPlace
    total = Decimal(degrees) + Decimal(minutes or 0) / 60 + Decimal(seconds or 0) / 3600
    return round(total, 7)


def _within(latitude: Decimal, longitude: Decimal, piece: str) -> list[str]:
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise OutsideTheGlobe(
            _("“%(text)s” lies outside the globe. Latitude goes from -90 to 90, longitude from -180 to 180.")
            % {"text": quoted(piece)}
        )
    return [plain(latitude), plain(longitude)]
