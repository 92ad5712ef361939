"""How far a State has come against a clock, by its own reports: what is left, what is done in a year, and what that
rate means for the deadline."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import State
from ccm_portal.core.writing import date_text, number_text
from compliance.domain.obligation_rows import Obligation
from compliance.enums import ObligationKind
from reporting.domain import figures

RATE_YEARS = 3  # the rate is that of the last years that were reported, at most so many
SQUARE_KILOMETRE = Decimal(1_000_000)

STOCK_LEFT, STOCK_DONE = "stocks_munitions", ("destroyed_munitions",)
AREA_LEFT, AREA_PARTS = "remaining_area", ("known_area", "suspected_area")
AREA_DONE = ("area_cleared", "area_cancelled", "area_reduced")
MEASURES = (STOCK_LEFT, *STOCK_DONE, AREA_LEFT, *AREA_PARTS, *AREA_DONE)

Numbers = dict[int, Decimal]


@dataclass(frozen=True)
class Progress:
    """By year: munitions, or square kilometres. A year that is missing was not reported: that is not zero."""

    is_area: bool
    due: date
    left: Numbers
    done: Numbers

    @property
    def is_known(self) -> bool:
        return any(self.left.values()) or any(self.done.values())

    @property
    def last_year(self) -> int | None:
        """The last of which it is known what was left."""
        return max(self.left, default=None)

    @property
    def rate(self) -> Decimal | None:
        """What was done in a year, over the last years reported."""
        years = sorted(self.done)[-RATE_YEARS:]
        return sum((self.done[year] for year in years), Decimal(0)) / len(years) if years else None

    @property
    def years_needed(self) -> int | None:
        """Whole years at this rate, from the end of ``last_year``; None where no rate leads there."""
        if self.last_year is None or not self.rate:
            return None
        return int((self.left[self.last_year] / self.rate).to_integral_value(ROUND_CEILING))

    @property
    def rate_needed(self) -> Decimal | None:
        """What has to be done in a year from the end of ``last_year`` to be there by the deadline."""
        if self.last_year is None:
            return None
        days = (self.due - date(self.last_year, 12, 31)).days
        return self.left[self.last_year] / Decimal(days / 365.25) if days > 0 else None

    def amount(self, number: Decimal) -> str:
        """In words, with its unit."""
        told = number_text(rounded(number))
        if self.is_area:
            return _("%(number)s km²") % {"number": told}
        return ngettext("%(number)s munition", "%(number)s munitions", int(number)) % {"number": told}

    @property
    def years(self) -> list[int]:
        """All from the first to the last that was reported."""
        known = {*self.left, *self.done}
        return list(range(min(known), max(known) + 1)) if known else []

    def figures(self) -> list[dict[str, object]]:
        """The counts that matter."""
        rows: list[dict[str, object]] = []
        if self.last_year is not None:
            label = _("Left at the end of %(year)s") % {"year": self.last_year}
            rows.append({"label": label, "value": self.amount(self.left[self.last_year])})
        if self.rate is not None:
            rows.append({"label": _("Done in a year, lately"), "value": self.amount(self.rate)})
        if self.rate_needed is not None and self.left[self.last_year or 0]:
            rows.append({"label": _("Needed in a year until the deadline"), "value": self.amount(self.rate_needed)})
        return rows

    def series(self) -> list[dict[str, object]]:
        """For a chart with its table."""
        told = ((_("Left at the end of the year"), self.left), (_("Done in the year"), self.done))
        return [
            {"label": label, "values": [rounded(numbers[y]) if y in numbers else None for y in self.years]}
            for label, numbers in told
            if numbers
        ]

    @property
    def sentence(self) -> str:
        """What the rate means for the deadline."""
        if self.last_year is None:
            return _("What is left has not been reported here yet.")
        if not self.left[self.last_year]:
            return _("By the report for %(year)s, nothing is left.") % {"year": self.last_year}
        words = {"left": self.amount(self.left[self.last_year]), "year": self.last_year, "day": date_text(self.due)}
        if self.years_needed is None:
            return _("%(left)s were left at the end of %(year)s. No yearly rate can be told yet.") % words
        finish = self.last_year + self.years_needed
        words |= {"rate": self.amount(self.rate or Decimal(0)), "finish": finish}
        told = _("At %(rate)s a year, the %(left)s left would be done by the end of %(finish)s.") % words
        return f"{told} {self._against_the_deadline(finish)}"

    def _against_the_deadline(self, finish: int) -> str:
        words = {"day": date_text(self.due), "years": finish - self.due.year}
        if finish < self.due.year:
            return _("That is before the deadline, %(day)s.") % words
        if finish == self.due.year:
            return _("That is the year of the deadline, %(day)s.") % words
        return (
            ngettext(
                "That is %(years)s year after the deadline, %(day)s.",
                "That is %(years)s years after the deadline, %(day)s.",
                finish - self.due.year,
            )
            % words
        )


def rounded(number: Decimal) -> Decimal | int:
    """As it is shown: small numbers to two places, the others whole."""
    if number >= 10 or number == number.to_integral_value():
        return int(number.to_integral_value())
    return number.quantize(Decimal("0.01"))


def reported(state: State) -> dict[str, Numbers]:
    """What ``state`` reported of each measure, by year. One query."""
    sums = (
        figures.in_force()
        .filter(state=state, measure__in=MEASURES, year__isnull=False)
        .values("measure", "year")
        .annotate(number=Sum("number"))
        .order_by()
    )
    told: dict[str, Numbers] = defaultdict(dict)
    for row in sums:
        told[row["measure"]][row["year"] or 0] = row["number"]
    return told


def progress(row: Obligation, told: dict[str, Numbers]) -> Progress | None:
    """Against the clock of ``row``; None for what is no such clock. Reports do not tell the areas of one conflict from
    those of another, so later contamination has none of its own."""
    if row.kind == ObligationKind.STOCKPILE:
        left = told.get(STOCK_LEFT, {})
        return Progress(is_area=False, due=row.due, left=left, done=_added(told, STOCK_DONE))
    if row.kind != ObligationKind.CLEARANCE:
        return None
    left = _added(told, AREA_PARTS) | told.get(AREA_LEFT, {})
    return Progress(is_area=True, due=row.due, left=_in_km2(left), done=_in_km2(_added(told, AREA_DONE)))


def _added(told: dict[str, Numbers], measures: tuple[str, ...]) -> Numbers:
    sums: Numbers = defaultdict(Decimal)
    for measure in measures:
        for year, number in told.get(measure, {}).items():
            sums[year] += number
    return dict(sums)


def _in_km2(numbers: Numbers) -> Numbers:
    return {year: number / SQUARE_KILOMETRE for year, number in numbers.items()}
