"""Starting from what an earlier report said."""

from __future__ import annotations

import copy

from reporting.form.answers import blank
from reporting.form.common import Json
from reporting.form.parts import Section


def carry_section(section_content: Json, *, slug: str) -> Json:
    """The answers of a filed section, ready to be changed, each marked as carried from that report."""
    parts: Json = {}
    for key, part in section_content["parts"].items():
        if "values" in part:
            parts[key] = {"values": {name: carry_cell(cell, slug=slug) for name, cell in part["values"].items()}}
            continue
        rows = [
            {"id": row["id"], "cells": {name: carry_cell(cell, slug=slug) for name, cell in row["cells"].items()}}
            for row in part["rows"]
        ]
        parts[key] = {"none": part["none"], "rows": rows}
    return {"parts": parts}


def carry_cell(cell: Json, *, slug: str) -> Json:
    """One answer of a filed report, marked as carried from it."""
    return {**copy.deepcopy(cell), "from": f"carried:{slug}"}


def carry_into(section: Section, section_content: Json, *, slug: str) -> tuple[Json, list[str]]:
    """Carry a section into the form of an edition.

    :returns: the answers, and the places of the earlier report for which this edition has no question.
    """
    carried = carry_section(section_content, slug=slug)
    answers = blank(section)
    homeless: list[str] = []
    for key, state in carried["parts"].items():
        part = next((part for part in section.parts if part.key == key), None)
        if part is None or part.is_table != ("rows" in state):
            homeless.append(key)
            continue
        known = {field.key for field in part.fields}
        groups = [row["cells"] for row in state["rows"]] if part.is_table else [state["values"]]
        homeless += sorted({f"{key}.{name}" for cells in groups for name in cells if name not in known})
        for cells in groups:
            for name in [name for name in cells if name not in known]:
                del cells[name]
        answers["parts"][key].update(state)
    return answers, homeless
