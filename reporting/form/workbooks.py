"""The workbook of a section: its tables and questions as sheets that are filled offline and read again.

Each sheet has the labels of its columns in the person's language, a hidden row of keys below them, and a grey first
column with the ids of the rows, by which a row is recognised wherever it was moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from ccm_portal.core import sheets
from ccm_portal.core.writing import labelled
from reporting.form.common import Json
from reporting.form.parts import Edition, Field, Part, Section, Table
from reporting.form.values import Choice, Number, Quantity, YesNo
from reporting.form.values.vocabulary import SPECIAL, YES_NO, say

FORMAT = "ccm-workbook/1"
ROW_ID = "id"
QUESTION, ANSWER, HELP = "question", "answer", "help"


def place_of(edition: Edition, section: Section, part: Part) -> str:
    """What stands in the hidden row, by which a sheet is recognised whatever it is called."""
    return f"ccm:{edition.key}/{section.key}/{part.key}"


def workbook(
    edition: Edition, section: Section, answers: Json, *, language: str, title: str, rows_of: str, at: datetime
) -> sheets.Book:
    """The workbook with the rows of ``answers``. ``rows_of`` says in words whose rows they are."""
    with override(language):
        parts = [_sheet(edition, section, part, answers, language) for part in section.parts]
        return sheets.Book(
            title=title,
            mark=f"{FORMAT} {edition.key}/{section.key}",
            at=at,
            sheets=[_read_me(edition, section, title, rows_of, parts), *parts],
            language=language,
        )


def table_rows(
    edition: Edition, section: Section, part: Part, answers: Json, *, language: str
) -> list[Sequence[object]]:
    """One part as rows for CSV: labels, keys, answers."""
    with override(language):
        sheet = _sheet(edition, section, part, answers, language)
    labels = [column.label for column in sheet.columns]
    return [[*labels], [column.key for column in sheet.columns], *([*row] for row in sheet.rows)]


def _read_me(
    edition: Edition, section: Section, title: str, rows_of: str, parts: Iterable[sheets.Sheet]
) -> sheets.Page:
    return sheets.Page(
        title=_("Read me"),
        heading=title,
        lines=[
            (_("Section"), str(section.title)),
            (_("Rows"), rows_of),
            ("", ""),
            (_("How to fill it in"), _("Each of the other sheets is one part of the section. One row, one entry.")),
            ("", _("Change what has changed. Write new rows below the last one, with the first cell left empty.")),
            ("", _("Leave the grey first column as it is: by it the portal knows which row is which.")),
            ("", _("Write figures as you would in the portal: 1200, about 200, at least 50, 12.5 km2, unknown, none.")),
            ("", _("Write a date as text if you do not know the day: May 2014, or 2014.")),
            ("", _("Write no formulas. The portal does not work them out; it asks you for the figure itself.")),
            ("", _("Upload the file on the page of the section. You see row by row what was read before it counts.")),
            ("", ""),
            *((_("Sheet"), sheet.title) for sheet in parts),
            ("", ""),
            (_("Workbook"), f"{FORMAT} {edition.key}/{section.key}"),
        ],
    )


def _sheet(edition: Edition, section: Section, part: Part, answers: Json, language: str) -> sheets.Sheet:
    state = answers.get("parts", {}).get(part.key, {})
    place = place_of(edition, section, part)
    if isinstance(part, Table):
        columns = [
            sheets.Column(label=_("Row (leave as it is)"), key=place, width=12, faint=True),
            *(_column(field, language) for field in part.columns),
        ]
        rows = [
            [row["id"], *(written(field, row["cells"].get(field.key), language) for field in part.columns)]
            for row in state.get("rows", [])
        ]
        return sheets.Sheet(title=str(part.title), columns=columns, rows=rows, keyed=True)
    values = state.get("values", {})
    return sheets.Sheet(
        title=str(part.title),
        columns=[
            sheets.Column(label=_("Row (leave as it is)"), key=place, width=16, faint=True),
            sheets.Column(label=_("Question"), key=QUESTION, width=36),
            sheets.Column(label=_("Answer"), key=ANSWER, width=60),
            sheets.Column(label=_("What to write"), key=HELP, width=60),
        ],
        rows=[
            [field.key, str(field.label), written(field, values.get(field.key), language), _help(field, language)]
            for field in part.fields
        ],
        keyed=True,
    )


def _column(field: Field, language: str) -> sheets.Column:
    return sheets.Column(label=str(field.label), key=field.key, width=24, choices=offered(field, language))


def offered(field: Field, language: str) -> tuple[str, ...]:
    """The answers to choose from, in words; none where anything may be written."""
    kind = field.kind
    if isinstance(kind, Choice):
        answers = [label for _key, label in kind.choices(language=language)]
    elif isinstance(kind, YesNo):
        answers = [say(YES_NO, word, language) for word in ("yes", "no")]
    else:
        return ()
    return (*answers, *(say(SPECIAL, word, language) for word in SPECIAL if word in kind.special))


def _help(field: Field, language: str) -> str:
    told = f"{field.guidance} {field.kind.hint}".strip()
    choices = offered(field, language)
    return f"{told} {labelled(_('One of'), ' / '.join(choices))}".strip() if choices else told


def written(field: Field, cell: Json | None, language: str) -> sheets.Value:
    """An answer as it stands in the workbook: exact numbers as numbers, all else as text that reads the same again."""
    if cell is None:
        return None
    kind = field.kind
    if cell["is"] == "given" and isinstance(kind, Quantity | Number) and cell["precision"] == "exact":
        return Decimal(str(cell["number"]))
    if cell["is"] == "given" and isinstance(kind, Choice):
        return kind.show(cell, language=language)
    return kind.text(cell, language=language)
