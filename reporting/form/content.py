"""A whole report as JSON: what is previewed, checked, filed and read. ``docs/report-format.md`` describes it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Any

from reporting.form.answers import cells
from reporting.form.common import Json
from reporting.form.parts import Edition, Field, Part, Section, Table

FORMAT = "ccm-article7/1"

CHANGED, UNCHANGED, NOT_APPLICABLE = "changed", "unchanged", "not_applicable"
STANDINGS = (CHANGED, UNCHANGED, NOT_APPLICABLE)
ENTERED = "iso"  # the provenance of what the ISO entered from a State's paper


class Unfinished(ValueError):
    """A report cannot be frozen while an answer in it cannot be read."""


@dataclass(frozen=True)
class SectionState:
    """One section of a draft."""

    standing: str = ""
    answers: Json = default(default_factory=lambda: {"parts": {}})
    unchanged_since: Json | None = None


def build(
    edition: Edition,
    sections: Mapping[str, SectionState],
    *,
    state: str,
    kind: str,
    slug: str,
    language: str,
    year: int | None = None,
    provenance: str = "portal",
    provisional: bool = False,
) -> Json:
    """The report as it stands in a draft, answers that cannot be read included.

    ``provisional`` is in the content only where it is true.
    """
    built = {
        section.key: _section(section, sections.get(section.key, SectionState())) for section in edition.all_sections
    }
    content: Json = {
        "format": FORMAT,
        "edition": edition.key,
        "state": state,
        "kind": kind,
        "slug": slug,
        "year": year,
        "language": language,
        "provenance": provenance,
        "period": period_of(built[edition.header.key]),
        "sections": built,
    }
    if provisional:
        content["provisional"] = True
    composed: Json = _composed(content)
    return composed


def frozen(edition: Edition, content: Json) -> Json:
    """The report as it may be filed.

    :raises Unfinished: if an answer cannot be read.
    """
    for section, path, _field, cell in all_cells(edition, content):
        if cell and cell["is"] == "unreadable":
            raise Unfinished(f"{section.key}.{path}")
    return content


def all_cells(edition: Edition, content: Json) -> Iterator[tuple[Section, str, Field, Json | None]]:
    """Every question of a report with its answer, in the order of the form."""
    for section in edition.all_sections:
        for path, field, cell in cells(section, content["sections"].get(section.key, {})):
            yield section, path, field, cell


def period_of(header: Json) -> Json:
    """The period of a report from its header: {"from", "to", "as_written"}, each ``None`` if not given."""
    values = header["parts"].get("period", {}).get("values", {})

    def given(field: str, key: str) -> str | None:
        cell = values.get(field)
        return str(cell[key]) if cell and cell["is"] == "given" else None

    return {"from": given("starts", "date"), "to": given("ends", "date"), "as_written": given("as_written", "text")}


def left_out(sections: Mapping[str, SectionState]) -> frozenset[str]:
    """Sections with fresh answers that will not be filed, because they are marked unchanged or not applicable."""
    return frozenset(
        key
        for key, section in sections.items()
        if section.standing in (UNCHANGED, NOT_APPLICABLE) and _has_fresh_answers(section.answers)
    )


def _has_fresh_answers(answers: Json) -> bool:
    groups = [
        group
        for part in answers.get("parts", {}).values()
        for group in (part.get("values", {}), *(row["cells"] for row in part.get("rows", [])))
    ]
    return any(not str(cell.get("from", "")).startswith("carried:") for group in groups for cell in group.values())


def _section(section: Section, state: SectionState) -> Json:
    standing = state.standing
    if section.key == "header":
        standing = CHANGED
    built: Json = {"standing": standing, "unchanged_since": None, "parts": {}}
    if standing == UNCHANGED:
        built["unchanged_since"] = state.unchanged_since
    elif standing != NOT_APPLICABLE:
        for part in section.parts:
            answered = _part(part, state.answers.get("parts", {}).get(part.key, {}))
            if answered:
                built["parts"][part.key] = answered
    return built


def _part(part: Part, state: Json) -> Json | None:
    """The answers of a part without what is blank; ``None`` if all is."""
    if isinstance(part, Table):
        rows = [{"id": row["id"], "cells": dict(row["cells"])} for row in state.get("rows", []) if row["cells"]]
        none = bool(state.get("none")) and not rows
        return {"none": none, "rows": rows} if rows or none else None
    values = dict(state.get("values", {}))
    return {"values": values} if values else None


def _composed(thing: Any) -> Any:
    """The same with every text in composed form (NFC)."""
    if isinstance(thing, str):
        return unicodedata.normalize("NFC", thing)
    if isinstance(thing, dict):
        return {_composed(key): _composed(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_composed(value) for value in thing]
    return thing
