"""The countable answers of a report, one by one: what statistics are made of.

What counts is declared on the form's fields (``Field.measure``). These rules hold:

* A number is a figure with the precision that the State gave it. "None" and 0 are the figure 0.
* "Unknown", "not applicable" and blank are no figure: silence is not zero.
* A table of which the State says that there is nothing to report gives a 0 for every measure in it.
* A section that stands unchanged repeats what it held (stocks, areas), which is true of the new year as well. What it
  repeats of an earlier period (destroyed, cleared, spent) is counted where it was first said, never again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import product

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from ccm_portal.core.writing import labelled, listed
from reporting.form.carried import is_of_period
from reporting.form.common import Json, StrOrPromise
from reporting.form.content import UNCHANGED
from reporting.form.editions import EDITIONS
from reporting.form.parts import Edition, Field, Fields, Part, Section, Table
from reporting.form.values import Area, Choice, Money

NOT_SAID = "unknown"
SQUARE_METRES = "m2"
LARGEST = Decimal(10) ** 24  # beyond that, nothing that a State could mean fits the column
PLACES = Decimal("0.000001")

_NAMES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Figure:
    """One number that a report gives. ``path`` is its cell: "section.part.row.column"."""

    measure: str
    path: str
    number: Decimal
    item: str = ""
    precision: str = "exact"
    unit: str = ""  # "m2" for land, a currency for money, "" for what is counted


@dataclass(frozen=True)
class Measure:
    """Something that reports give numbers of. ``of_period`` tells what happened in a year from what there is."""

    key: str
    section: str
    label: StrOrPromise
    is_area: bool
    is_money: bool
    of_period: bool


@cache
def measures() -> dict[str, Measure]:
    """Everything that the editions of the form count, in the order of the form."""
    found: dict[str, Measure] = {}
    for edition in EDITIONS.values():
        for section, part, field in edition.fields():
            for key, choices in _measures_of(part, field):
                found[key] = Measure(
                    key=key,
                    section=section.key,
                    label=_label(part, field, choices),
                    is_area=isinstance(field.kind, Area),
                    is_money=isinstance(field.kind, Money),
                    of_period=field.of_period or _choices_of_period(part, choices),
                )
    return found


def figures_of(edition: Edition, content: Json) -> list[Figure]:
    """Every countable answer of a report, in the order of the form."""
    return [figure for section in edition.all_sections for figure in _of_section(section, content)]


def _of_section(section: Section, content: Json) -> Iterator[Figure]:
    said = content["sections"].get(section.key, {"standing": "", "parts": {}})
    again = said["standing"] == UNCHANGED
    for part in section.parts:
        state = said["parts"].get(part.key)
        if state is None:
            continue
        place = f"{section.key}.{part.key}"
        if isinstance(part, Fields):
            yield from _of_cells(part, state["values"], place, "", again)
        elif state["none"]:
            yield from _zeros(part, place, again)
        else:
            for row in state["rows"]:
                repeats = again and is_of_period(part, row)
                if not repeats:
                    yield from _of_cells(part, row["cells"], f"{place}.{row['id']}", _item(part, row), again)


def _of_cells(part: Part, cells: Json, place: str, item: str, again: bool) -> Iterator[Figure]:
    for field in part.fields:
        cell = cells.get(field.key)
        if not field.measure or cell is None or (again and field.of_period):
            continue
        number, unit = number_of(field, cell)
        if number is None or number >= LARGEST:
            continue
        yield Figure(
            measure=measure_named(field, cells),
            path=f"{place}.{field.key}",
            item=item,
            number=number.quantize(PLACES),
            precision=cell.get("precision", "exact"),
            unit=unit,
        )


def number_of(field: Field, cell: Json) -> tuple[Decimal | None, str]:
    """The number of an answer with its unit; ``None`` if it gives none."""
    unit = SQUARE_METRES if isinstance(field.kind, Area) else ""
    if cell["is"] == "none":
        return Decimal(0), unit
    if cell["is"] != "given":
        return None, ""
    if isinstance(field.kind, Money):
        return Decimal(cell["amount"]), str(cell["currency"])
    return Decimal(cell["square_metres"] if isinstance(field.kind, Area) else cell["number"]), unit


def _zeros(table: Table, place: str, again: bool) -> Iterator[Figure]:
    """What "nothing to report" says of each measure of a table."""
    for field in table.columns:
        for key, choices in _measures_of(table, field):
            repeats = again and (field.of_period or _choices_of_period(table, choices))
            if repeats or NOT_SAID in choices.values():
                continue
            unit = SQUARE_METRES if isinstance(field.kind, Area) else ""
            path = ".".join([place, "none", *choices.values(), field.key])
            yield Figure(measure=key, path=path, number=Decimal(0).quantize(PLACES), unit=unit)


def measure_named(field: Field, cells: Json) -> str:
    """The measure of a box, with what its row answers in the place of names."""
    return _NAMES.sub(lambda name: str(cells.get(name[1], {}).get("choice", NOT_SAID)), field.measure)


def _measures_of(part: Part, field: Field) -> Iterator[tuple[str, dict[str, str]]]:
    """The measures that a field can give, each with the choices that make it."""
    if not field.measure:
        return
    names = _NAMES.findall(field.measure)
    options = [[*(option.key for option in _choice(part, name).options), NOT_SAID] for name in names]
    for chosen in product(*options):
        choices = dict(zip(names, chosen, strict=True))
        yield field.measure.format(**choices), choices


def _choice(part: Part, key: str) -> Choice:
    kind = part.field(key).kind
    if not isinstance(kind, Choice):
        raise TypeError(f"{part.key}.{key} is no choice, so no measure can be named after it.")
    return kind


def _choices_of_period(part: Part, choices: dict[str, str]) -> bool:
    if isinstance(part, Fields):
        return False
    return is_of_period(part, {"cells": {key: {"choice": choice} for key, choice in choices.items()}})


def _label(part: Part, field: Field, choices: dict[str, str]) -> StrOrPromise:
    """Cluster munitions held: Munitions. Written when it is read, in the reader's language."""

    def written() -> str:
        told = [_option(part, key, choice) for key, choice in choices.items()]
        return labelled(labelled(part.title, listed(told)) if told else part.title, field.label)

    return lazy(written, str)()


def _option(part: Part, key: str, choice: str) -> str:
    option = _choice(part, key).option(choice)
    return str(option.label) if option else _("not said")


def _item(table: Table, row: Json) -> str:
    """What the row is about, in the State's words; "" if it does not say."""
    for column in table.naming_columns:
        cell = row["cells"].get(column.key)
        if cell and cell["is"] == "given" and "text" in cell:
            return str(cell["text"])[:300]
    return ""
