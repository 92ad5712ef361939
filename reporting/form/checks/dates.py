"""The time that a report covers, and dates in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core.writing import labelled
from reporting.form.carried import is_of_period, tables_of_earlier_reports
from reporting.form.checks.rules import (
    TIME,
    WARNS,
    Found,
    ReportFacts,
    changed,
    check,
    date_words,
    row_name,
    section_state,
)
from reporting.form.common import Json
from reporting.form.parts import Edition, Field, Fields, Section, Table
from reporting.form.values.base import quoted
from reporting.form.values.dates import first_day, last_day

INITIAL = "initial"


@check("period_missing", WARNS, gettext_lazy("The report says which time it covers."), group=TIME, sections=("header",))
def _period_missing(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    period = content["period"]
    if not (period["from"] and period["to"]) and not period["as_written"]:
        yield edition.header.key, "period", _("Say which time this report covers.")


@check(
    "period_reversed",
    WARNS,
    gettext_lazy("The period of the report starts before it ends."),
    group=TIME,
    sections=("header",),
)
def _period_reversed(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    starts, ends = content["period"]["from"], content["period"]["to"]
    if starts and ends and first_day(starts) > last_day(ends):
        yield edition.header.key, "period.ends", _("The period ends before it starts. Check the two dates.")


@check(
    "period_to_come",
    WARNS,
    gettext_lazy("The period of the report is over on the day of filing."),
    group=TIME,
    sections=("header",),
)
def _period_to_come(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    ends = content["period"]["to"]
    if ends and facts.today and last_day(ends) > facts.today:
        day = date_words(ends)
        yield edition.header.key, "period.ends", _("The period runs to %(day)s, which is still to come.") % {"day": day}


@check(
    "period_carried", WARNS, gettext_lazy("Figures for the period are this report's, not an earlier one's."), group=TIME
)
def _period_carried(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, table, slug in tables_of_earlier_reports(edition, content):
        yield (
            section.key,
            table.key,
            _(
                "The figures for the period in “%(table)s” are those of an earlier report (%(report)s). "
                "Check that they are this year's."
            )
            % {"table": table.title, "report": slug},
        )


@check(
    "period_overlaps",
    WARNS,
    gettext_lazy("The period begins after the one of the last report has ended."),
    group=TIME,
    sections=("header",),
)
def _period_overlaps(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    ended, begins = _seam(content, facts)
    # The initial report runs to the day of its filing; the first annual one covers that whole year.
    if (
        ended
        and begins
        and facts.previous
        and facts.previous["kind"] != INITIAL
        and first_day(begins) <= last_day(ended)
    ):
        yield (
            edition.header.key,
            "period.starts",
            _(
                "The last report runs to %(ended)s, this one begins with %(begins)s. "
                "Check whether anything is told twice."
            )
            % {"ended": date_words(ended), "begins": date_words(begins)},
        )


@check(
    "period_gap",
    WARNS,
    gettext_lazy("No time lies between the period of the last report and this one."),
    group=TIME,
    sections=("header",),
)
def _period_gap(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    ended, begins = _seam(content, facts)
    if ended and begins and first_day(begins) > last_day(ended) + timedelta(days=1):
        yield (
            edition.header.key,
            "period.starts",
            _(
                "The last report runs to %(ended)s, this one begins with %(begins)s. "
                "Nothing is reported for the time between: check the dates, or file a report for it."
            )
            % {"ended": date_words(ended), "begins": date_words(begins)},
        )


def _seam(content: Json, facts: ReportFacts) -> tuple[str | None, str | None]:
    """Where the last report ended and this one begins."""
    return (facts.previous["period"]["to"] if facts.previous else None), content["period"]["from"]


@check(
    "ends_before_start",
    WARNS,
    gettext_lazy("What has a start and an end starts before it ends."),
    group=TIME,
)
def _ends_before_start(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, part, place, cells in _groups(edition, content):
        for field in part.fields:
            first, last = _span(cells.get(field.not_before))[0], _span(cells.get(field.key))[1]
            if field.not_before and first and last and last_day(last) < first_day(first):
                yield (
                    section.key,
                    f"{place}.{field.key}",
                    _("“%(later)s” (%(end)s) lies before “%(earlier)s” (%(start)s). Check the two dates.")
                    % {
                        "later": field.label,
                        "end": date_words(last),
                        "earlier": part.field(field.not_before).label,
                        "start": date_words(first),
                    },
                )


@check(
    "date_ahead",
    WARNS,
    gettext_lazy("What has happened does not lie in the future."),
    group=TIME,
)
def _date_ahead(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    if facts.today is None:
        return
    for section, path, field, _first, last in _past_dates(edition, content):
        if first_day(last) > facts.today:
            told = _("%(day)s is still to come. Check the year.") % {"day": date_words(last)}
            yield section.key, path, labelled(field.label, told)


@check(
    "date_outside_period",
    WARNS,
    gettext_lazy("What is told of the period happened in the period."),
    group=TIME,
)
def _date_outside_period(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    starts, ends = content["period"]["from"], content["period"]["to"]
    if not starts or not ends:
        return
    for section, table, place, cells in _groups(edition, content):
        if not isinstance(table, Table) or not is_of_period(table, {"cells": cells}):
            continue
        for field in table.columns:
            first, last = _span(cells.get(field.key))
            if first and last and (last_day(last) < first_day(starts) or first_day(first) > last_day(ends)):
                yield (
                    section.key,
                    f"{place}.{field.key}",
                    _(
                        "“%(table)s”, row “%(row)s”: %(day)s is not in the period of this report "
                        "(%(starts)s to %(ends)s). Check the date, or say in the notes why."
                    )
                    % {
                        "table": table.title,
                        "row": quoted(row_name(table, {"id": place, "cells": cells})),
                        "day": field.kind.show(cells[field.key]),
                        "starts": date_words(starts),
                        "ends": date_words(ends),
                    },
                )


def _groups(edition: Edition, content: Json) -> Iterator[tuple[Section, Fields | Table, str, Json]]:
    """The answers that stand together: those of a part, or those of a row."""
    for section, parts in changed(edition, content):
        for part in section.parts:
            state = parts.get(part.key, {})
            if isinstance(part, Fields):
                yield section, part, part.key, state.get("values", {})
            else:
                for row in state.get("rows", []):
                    yield section, part, f"{part.key}.{row['id']}", row["cells"]


def _span(cell: Json | None) -> tuple[str | None, str | None]:
    """The first and last day of an answer, as far as it is a date."""
    if cell is None or cell["is"] != "given":
        return None, None
    if "date" in cell:
        return cell["date"], cell["date"]
    return cell.get("starts"), cell.get("ends")


def _past_dates(edition: Edition, content: Json) -> Iterator[tuple[Section, str, Field, str, str]]:
    """The dates of what has happened: said so by the form, or told of the period."""
    for section, part, place, cells in _groups(edition, content):
        of_period = isinstance(part, Table) and is_of_period(part, {"cells": cells})
        for field in part.fields:
            if field.happened or of_period:
                first, last = _span(cells.get(field.key))
                if first or last:
                    yield section, f"{place}.{field.key}", field, first or last or "", last or first or ""


@check(
    "programme_over",
    WARNS,
    gettext_lazy("The planned end of a programme lies ahead as long as there is something left to do."),
    group=TIME,
    sections=("stockpiles", "contamination_clearance"),
    paragraphs=("7.1(e)", "7.1(h)"),
)
def _programme_over(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, field, tables in (
        ("stockpiles", "ends", ("stocks", "loose_submunitions")),
        ("contamination_clearance", "planned_end", ("known_areas", "suspected_areas")),
    ):
        parts = section_state(content, section)["parts"]
        _first, end = _span(parts.get("programme", {}).get("values", {}).get(field))
        left = [table for table in tables if parts.get(table, {}).get("rows")]
        if facts.today and end and last_day(end) < facts.today and left:
            label = edition.section(section).part("programme").field(field).label
            told = _(
                "%(day)s has passed, and “%(table)s” still lists some. Give the new date, or say what holds it up."
            ) % {
                "day": date_words(end),
                "table": edition.section(section).part(left[0]).title,
            }
            yield section, f"programme.{field}", labelled(label, told)
