"""What a report must answer, and what is asked of every row."""

from __future__ import annotations

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ccm_portal.core.writing import labelled
from reporting.form.checks.rules import (
    BLOCKS,
    REQUIRED,
    WARNS,
    Found,
    ReportFacts,
    changed,
    check,
    labels,
    row_name,
    rows,
    state_of,
)
from reporting.form.common import Json
from reporting.form.content import CHANGED, NOT_APPLICABLE, UNCHANGED, all_cells
from reporting.form.need import Need
from reporting.form.parts import Edition, Fields, Section, Table
from reporting.form.values import Unreadable
from reporting.form.values.base import quoted


@check(
    "unreadable",
    BLOCKS,
    gettext_lazy("Every answer can be read as what it should be: a number, a date, an area."),
    group=REQUIRED,
)
def _unreadable(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, path, field, cell in all_cells(edition, content):
        if cell and cell["is"] == "unreadable":
            sentence = cell["problem"]
            try:
                field.kind.parse(cell["raw"], language=get_language() or "en")
            except Unreadable as problem:
                sentence = problem.sentence
            yield section.key, path, _in_row(content, section, path, labelled(field.label, sentence))


def _in_row(content: Json, section: Section, path: str, problem: str) -> str:
    """The problem with a box, and in which row it is if it is in a table."""
    part, _dot, place = path.partition(".")
    table, row_id = section.part(part), place.partition(".")[0]
    if not isinstance(table, Table):
        return problem
    row = next(row for row in state_of(content, section)["parts"][part]["rows"] if row["id"] == row_id)
    return _("“%(table)s”, row “%(row)s”: %(problem)s") % {
        "table": table.title,
        "row": quoted(row_name(table, row)),
        "problem": problem,
    }


@check(
    "no_standing", BLOCKS, gettext_lazy("Every section is marked changed, unchanged or not applicable."), group=REQUIRED
)
def _no_standing(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if state_of(content, section)["standing"] not in (CHANGED, UNCHANGED, NOT_APPLICABLE):
            if facts.kind != "initial":
                sentence = _("“%(section)s”: say whether this section has changed, is unchanged or does not apply.")
            elif section.may_be_not_applicable:
                sentence = _("“%(section)s”: answer this section, or say that it does not apply.")
            else:
                sentence = _("“%(section)s”: answer this section.")
            yield section.key, "", sentence % {"section": section.title}


@check(
    "initial_unchanged",
    BLOCKS,
    gettext_lazy("An initial report says nothing is “unchanged”: nothing came before it."),
    group=REQUIRED,
)
def _initial_unchanged(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if facts.kind == "initial" and state_of(content, section)["standing"] == UNCHANGED:
            yield (
                section.key,
                "",
                _("“%(section)s” cannot be unchanged in an initial report. Answer it, or mark it not applicable.")
                % {"section": section.title},
            )


@check(
    "unchanged_since_nothing",
    BLOCKS,
    gettext_lazy("An unchanged section names the earlier report it rests on."),
    group=REQUIRED,
)
def _unchanged_since_nothing(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        state = state_of(content, section)
        if facts.kind != "initial" and state["standing"] == UNCHANGED and not state["unchanged_since"]:
            yield (
                section.key,
                "",
                _("“%(section)s” is marked unchanged, but no earlier report holds it. Mark it changed and answer it.")
                % {"section": section.title},
            )


@check(
    "always_applies",
    BLOCKS,
    gettext_lazy("National implementation measures always apply."),
    group=REQUIRED,
    sections=("national_measures",),
    paragraphs=("7.1(a)",),
)
def _always_applies(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if not section.may_be_not_applicable and state_of(content, section)["standing"] == NOT_APPLICABLE:
            yield (
                section.key,
                "",
                _("“%(section)s” always applies. If there is nothing yet, mark it changed and say so in its tables.")
                % {"section": section.title},
            )


@check(
    "no_contact",
    BLOCKS,
    gettext_lazy("At least one national point of contact is named."),
    group=REQUIRED,
    sections=("header",),
    paragraphs=("7.1(l)",),
)
def _no_contact(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    if not state_of(content, edition.header)["parts"].get("contacts", {}).get("rows"):
        yield edition.header.key, "contacts", _("Name at least one national point of contact.")


@check(
    "row_without_key",
    BLOCKS,
    gettext_lazy("Every row of a table says what it is about, where the Convention asks it."),
    group=REQUIRED,
)
def _row_without_key(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    yield from _rows_without_name(edition, content, treaty=True)


@check("row_without_name", WARNS, gettext_lazy("Every row of a table says what it is about."), group=REQUIRED)
def _row_without_name(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    yield from _rows_without_name(edition, content, treaty=False)


def _rows_without_name(edition: Edition, content: Json, *, treaty: bool) -> Found:
    for section, table, row in rows(edition, content):
        naming = table.naming_columns
        asked = any(column.need is Need.TREATY for column in naming)
        if naming and asked == treaty and not any(column.key in row["cells"] for column in naming):
            yield (
                section.key,
                f"{table.key}.{row['id']}.{naming[0].key}",
                _("“%(table)s”: the row with “%(row)s” does not say what it is about. Fill in: %(missing)s.")
                % {"table": table.title, "row": row_name(table, row), "missing": labels(list(naming))},
            )


@check("row_incomplete", WARNS, gettext_lazy("Every row answers what the Convention asks of it."), group=REQUIRED)
def _row_incomplete(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, table, row in rows(edition, content):
        missing = [
            column
            for column in table.columns
            if column.need is Need.TREATY and not column.names_row and column.key not in row["cells"]
        ]
        if missing:
            yield (
                section.key,
                f"{table.key}.{row['id']}.{missing[0].key}",
                _("“%(table)s”, row “%(row)s”: still empty are %(missing)s. Write unknown if you do not know.")
                % {"table": table.title, "row": row_name(table, row), "missing": labels(missing)},
            )


@check(
    "not_answered",
    WARNS,
    gettext_lazy("What the Convention asks for is answered, or there is nothing to report."),
    group=REQUIRED,
)
def _not_answered(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section, parts in changed(edition, content):
        tables = [part for part in section.parts if isinstance(part, Table) and part.need is Need.TREATY]
        nothing = bool(tables) and all(parts.get(table.key, {}).get("none") for table in tables)
        for part in section.parts:
            if part.need is not Need.TREATY or section is edition.header:
                continue
            if isinstance(part, Fields) and part.key in parts:
                values = parts[part.key]["values"]
                missing = [field for field in part.fields if field.need is Need.TREATY and field.key not in values]
                if missing:
                    yield (
                        section.key,
                        f"{part.key}.{missing[0].key}",
                        _("“%(part)s”: still empty are %(missing)s.")
                        % {"part": part.title, "missing": labels(missing)},
                    )
            elif part.key in parts:
                continue
            elif isinstance(part, Table):
                yield (
                    section.key,
                    part.key,
                    _("“%(table)s” is empty. Add a row, or say that there is nothing to report.")
                    % {"table": part.title},
                )
            elif not nothing:
                yield section.key, part.key, _("“%(part)s” is not answered yet.") % {"part": part.title}


@check(
    "answers_left_out",
    WARNS,
    gettext_lazy("No fresh answers stand in a section that is marked unchanged or not applicable."),
    group=REQUIRED,
)
def _answers_left_out(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for section in edition.sections:
        if section.key in facts.left_out:
            yield (
                section.key,
                "",
                _("“%(section)s” has new answers that will not be filed. Mark it changed if they should be.")
                % {"section": section.title},
            )
