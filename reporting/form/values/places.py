"""Places by coordinates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.form.common import Json, StrOrPromise
from reporting.form.values.base import Kind, Unreadable, Value, quoted
from reporting.form.values.numbers import plain
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


class NotAPlace(Exception):
    """The text is not one pair of coordinates."""


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
        points: list[list[str]] = []
        grids = [piece for piece in pieces if _GRID.fullmatch(piece.strip())]
        if pieces and len(grids) == len(pieces):
            return {"points": [], "written": text}
        for piece in pieces:
            try:
                points.append(_point(piece))
            except NotAPlace:
                raise Unreadable(
                    _("“%(text)s” cannot be read as a place. Write latitude and longitude like 18.2035, 103.8950.")
                    % {"text": quoted(piece)}
                ) from None
        if not points or len(text) > 20_000:
            raise Unreadable(
                _("“%(text)s” cannot be read as a place. Write latitude and longitude like 18.2035, 103.8950.")
                % {"text": quoted(text)}
            )
        return {"points": points, "written": text}

    def write(self, value: Value, language: str) -> str:
        return str(value["written"])


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
        raise Unreadable(
            _("“%(text)s” lies outside the globe. Latitude goes from -90 to 90, longitude from -180 to 180.")
            % {"text": quoted(piece)}
        )
    return [plain(latitude), plain(longitude)]
