"""Figures beside those of the last report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core.writing import labelled
from reporting.form.checks.rules import (
    LAST_YEAR,
    WARNS,
    Found,
    ReportFacts,
    area_text,
    check,
    number_text,
    section_state,
)
from reporting.form.common import Json
from reporting.form.content import UNCHANGED
from reporting.form.editions import edition as edition_of
from reporting.form.figures import SQUARE_METRES, Figure, Measure, figures_of, measures, number_of
from reporting.form.parts import Edition, Table

TIMES = 10
# What is smaller jumps from year to year without meaning anything.
WORTH_TELLING = {"": Decimal(1_000), SQUARE_METRES: Decimal(100_000)}
MONEY_WORTH_TELLING = Decimal(100_000)


@dataclass
class _Sum:
    measure: Measure
    number: Decimal
    unit: str
    path: str


@check(
    "figure_jumps",
    WARNS,
    gettext_lazy("No figure is ten times as large as in the last report, and none of the period a tenth of it."),
    group=LAST_YEAR,
)
def _figure_jumps(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    told: set[str] = set()
    for before, now in _pairs(edition, content, facts):
        section, part = now.path.split(".")[:2]
        smaller, larger = sorted((before.number, now.number))
        # What there is may well shrink: it was destroyed, or cleared. The balances see to that.
        jumps = smaller > 0 and larger >= smaller * TIMES and (now.measure.of_period or now.number > before.number)
        if jumps and larger >= WORTH_TELLING.get(now.unit, MONEY_WORTH_TELLING) and f"{section}.{part}" not in told:
            told.add(f"{section}.{part}")
            yield (
                section,
                now.path.partition(".")[2],
                labelled(
                    now.measure.label,
                    _(
                        "%(now)s in all, after %(before)s in the last report. "
                        "Check the figure and its unit, or say in the notes why."
                    )
                    % {"now": _text(now), "before": _text(before)},
                ),
            )


@check(
    "total_falls",
    WARNS,
    gettext_lazy("What is counted over all years does not fall: casualties so far."),
    group=LAST_YEAR,
    sections=("victim_assistance",),
    paragraphs=("7.1(k)",),
)
def _total_falls(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for before, now in _pairs(edition, content, facts):
        if now.measure.key.startswith("casualties_cumulative_") and now.number < before.number:
            yield (
                now.measure.section,
                now.path.partition(".")[2],
                labelled(
                    now.measure.label,
                    _("%(now)s, but %(before)s in the last report. Check the figure, or say in the notes why.")
                    % {"now": _text(now), "before": _text(before)},
                ),
            )


def _pairs(edition: Edition, content: Json, facts: ReportFacts) -> Iterator[tuple[_Sum, _Sum]]:
    """The sums of a measure in the last report and in this one, where both tell every number of it."""
    if facts.previous is None:
        return
    before = _sums(edition_of(facts.previous["edition"]), facts.previous)
    for key, now in _sums(edition, content).items():
        if key in before and section_state(content, now.measure.section)["standing"] != UNCHANGED:
            yield before[key], now


def _sums(edition: Edition, content: Json) -> dict[tuple[str, str], _Sum]:
    """The sum of every measure and unit of which no number is missing."""
    holes = set(_with_holes(edition, content))
    sums: dict[tuple[str, str], _Sum] = {}
    for figure in figures_of(edition, content):
        if _column(figure) in holes:
            continue
        key = (figure.measure, figure.unit)
        if key in sums:
            sums[key].number += figure.number
        else:
            sums[key] = _Sum(measures()[figure.measure], figure.number, figure.unit, figure.path)
    return sums


def _column(figure: Figure) -> tuple[str, str, str]:
    names = figure.path.split(".")
    return names[0], names[1], names[-1]


def _with_holes(edition: Edition, content: Json) -> Iterator[tuple[str, str, str]]:
    """The columns in which a row gives no number."""
    for section, part, field in edition.fields():
        if field.measure and isinstance(part, Table):
            for row in section_state(content, section.key)["parts"].get(part.key, {}).get("rows", []):
                cell = row["cells"].get(field.key)
                if cell is None or number_of(field, cell)[0] is None:
                    yield section.key, part.key, field.key


def _text(figure: _Sum) -> str:
    if figure.measure.is_area:
        return area_text(figure.number)
    if figure.measure.is_money:
        return f"{number_text(figure.number)} {figure.unit}"
    return number_text(int(figure.number))
