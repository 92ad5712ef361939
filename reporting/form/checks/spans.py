"""Numbers as far as they are known: "about 100" is a span, "unknown" has no end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from reporting.form.common import Json

ABOUT = Decimal("0.2")  # "about 100" may be a fifth more or less


@dataclass(frozen=True)
class Span:
    """Between ``low`` and ``high`` (``None``: no end); ``said`` is the number that stands in the report."""

    low: Decimal
    high: Decimal | None
    said: Decimal
    precision: str = "exact"

    def __add__(self, other: Span) -> Span:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(self.low + other.low, high, self.said + other.said, _together(self, other))

    def __sub__(self, other: Span) -> Span:
        low = Decimal(0) if other.high is None else self.low - other.high
        high = None if self.high is None else self.high - other.low
        return Span(low, high, self.said - other.said, _together(self, _turned(other)))

    def is_above(self, other: Span) -> bool:
        """Whether it is more, however both are read."""
        return other.high is not None and self.low > other.high

    def is_zero(self) -> bool:
        return self.high == 0


NOTHING = Span(Decimal(0), Decimal(0), Decimal(0))
UNKNOWN = Span(Decimal(0), None, Decimal(0), "at_least")


def exactly(number: Decimal) -> Span:
    return Span(number, number, number)


def up_to(span: Span) -> Span:
    """Anything between nothing and that; of which nothing is said."""
    return Span(Decimal(0), span.high, Decimal(0), "exact" if span.is_zero() else "about")


def of_cell(cell: Json | None) -> Span:
    """What an answer leaves possible. A blank or unknown one leaves everything possible."""
    if cell is None or cell["is"] not in ("given", "none"):
        return UNKNOWN
    if cell["is"] == "none":
        return NOTHING
    said = Decimal(cell["square_metres"] if "square_metres" in cell else cell["number"])
    precision = cell["precision"]
    if precision == "about":
        return Span(said * (1 - ABOUT), said * (1 + ABOUT), said, precision)
    if precision == "at_least":
        return Span(said, None, said, precision)
    if precision == "at_most":
        return Span(Decimal(0), said, said, precision)
    return exactly(said)


def added(spans: Iterable[Span]) -> Span:
    total = NOTHING
    for span in spans:
        total += span
    return total


def _turned(span: Span) -> Span:
    """The same, taken away: what is at least that much leaves at most that much less."""
    turned = {"at_least": "at_most", "at_most": "at_least"}.get(span.precision, span.precision)
    return replace(span, precision=turned)


def _together(one: Span, other: Span) -> str:
    precisions = {one.precision, other.precision} - {"exact"}
    if not precisions:
        return "exact"
    return precisions.pop() if len(precisions) == 1 else "about"
