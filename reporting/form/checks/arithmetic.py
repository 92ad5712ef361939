"""Sums and products inside one table."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.form.checks import spans
from reporting.form.checks.rules import (
    ARITHMETIC,
    WARNS,
    Found,
    ReportFacts,
    check,
    labels,
    number_text,
    row_name,
    rows,
)
from reporting.form.common import Json
from reporting.form.parts import Edition
from reporting.form.values.base import quoted

VICTIMS = ("risk_education", "victim_assistance")


@check(
    "product_differs",
    WARNS,
    gettext_lazy("Munitions times submunitions in each make the submunitions in all."),
    group=ARITHMETIC,
    sections=("stockpiles",),
    paragraphs=("7.1(b)",),
)
def _product_differs(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, table, row in rows(edition, content):
        for column in table.columns:
            if not column.product_of:
                continue
            numbers = [_exact(row["cells"].get(key)) for key in (column.key, *column.product_of)]
            if None in numbers:
                continue
            stated, first, second = (int(number or 0) for number in numbers)
            if stated != first * second:
                yield (
                    section.key,
                    f"{table.key}.{row['id']}.{column.key}",
                    _("“%(table)s”, row “%(row)s”: %(first)s times %(second)s is %(product)s, not %(stated)s.")
                    % {
                        "table": table.title,
                        "row": row_name(table, row),
                        **{
                            key: number_text(number)
                            for key, number in (
                                ("first", first),
                                ("second", second),
                                ("product", first * second),
                                ("stated", stated),
                            )
                        },
                    },
                )


def _exact(cell: Json | None) -> int | None:
    return int(cell["number"]) if cell and cell["is"] == "given" and cell["precision"] == "exact" else None


@check(
    "sum_differs",
    WARNS,
    gettext_lazy("Girls, boys, women and men add up to the total."),
    group=ARITHMETIC,
    sections=VICTIMS,
    paragraphs=("7.1(j)", "7.1(k)"),
)
def _sum_differs(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, table, row in rows(edition, content):
        for column in table.columns:
            stated = row["cells"].get(column.key)
            given = [key for key in column.sum_of if row["cells"].get(key)]
            if not given or stated is None:
                continue
            added = spans.added(spans.of_cell(row["cells"][key]) for key in given)
            at_most = added if len(given) == len(column.sum_of) else added + spans.UNKNOWN
            total = spans.of_cell(stated)
            if at_most.is_above(total) or total.is_above(at_most):
                yield (
                    section.key,
                    f"{table.key}.{row['id']}.{column.key}",
                    _(
                        "“%(table)s”, row “%(row)s”: %(parts)s make %(sum)s, but “%(total)s” says %(stated)s. "
                        "Check the figures."
                    )
                    % {
                        "table": table.title,
                        "row": quoted(row_name(table, row)),
                        "parts": labels(table.field(key) for key in given),
                        "sum": number_text(int(added.said), added.precision),
                        "total": column.label,
                        "stated": number_text(int(total.said), total.precision),
                    },
                )


@check(
    "part_exceeds",
    WARNS,
    gettext_lazy("A part is not larger than the whole: persons with disabilities are among all who were served."),
    group=ARITHMETIC,
    sections=("victim_assistance",),
    paragraphs=("7.1(k)",),
)
def _part_exceeds(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, table, row in rows(edition, content):
        for column in table.columns:
            if not column.part_of:
                continue
            part, whole = (spans.of_cell(row["cells"].get(key)) for key in (column.key, column.part_of))
            if part.is_above(whole):
                yield (
                    section.key,
                    f"{table.key}.{row['id']}.{column.key}",
                    _(
                        "“%(table)s”, row “%(row)s”: %(part)s in “%(name)s” are more than %(whole)s in “%(all)s”. "
                        "Check the figures."
                    )
                    % {
                        "table": table.title,
                        "row": quoted(row_name(table, row)),
                        "name": column.label,
                        "all": table.field(column.part_of).label,
                        "part": number_text(int(part.said), part.precision),
                        "whole": number_text(int(whole.said), whole.precision),
                    },
                )


@check("row_twice", WARNS, gettext_lazy("No row stands in a table twice with the same answers."), group=ARITHMETIC)
def _row_twice(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    met: set[tuple[object, ...]] = set()
    for section, table, row in rows(edition, content):
        said = tuple(
            (key, *((name, str(value)) for name, value in sorted(cell.items()) if name not in ("from", "problem")))
            for key, cell in sorted(row["cells"].items())
        )
        key = (section.key, table.key, said)
        if key in met and said:
            yield (
                section.key,
                f"{table.key}.{row['id']}",
                _("“%(table)s”: the row “%(row)s” stands here twice with the same answers. Remove one of them.")
                % {"table": table.title, "row": quoted(row_name(table, row))},
            )
        met.add(key)
