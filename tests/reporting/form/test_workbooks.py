"""A section's workbook: written, filled as people fill it, and read again."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from ccm_portal.core import sheets
from ccm_portal.core.sheet_reading import read_file
from reporting.form import answers as forms
from reporting.form.editions import edition
from reporting.form.workbook_reading import WorkbookRefused, read
from reporting.form.workbook_review import Review, in_words
from reporting.form.workbooks import table_rows, workbook
from tests.reporting.form.sample import fill

AT = datetime(2026, 4, 28, 9, 30, tzinfo=UTC)
FORM = edition("2010")
STOCKPILES = FORM.section("stockpiles")
ORIGIN = "imported:stocks.xlsx"
ROWS = [
    {"munition_type": "M26", "munitions": "1 200", "lot_numbers": "2-76"},
    {"munition_type": "=1+1", "munitions": "about 200", "lot_numbers": "@lot"},
]
STARTED = fill(
    "stockpiles",
    {"programme.method": "open_burning", "programme.starts": "2014-05"},
    rows={"stocks": ROWS, "destruction_sites": [{"site": "North", "method": "open_burning"}]},
)


def made(answers=STARTED, *, language="en"):
    """The workbook as a person opens it."""
    content = sheets.xlsx(
        workbook(FORM, STOCKPILES, answers, language=language, title="T", rows_of="The draft's", at=AT)
    )
    return load_workbook(io.BytesIO(content))


def sheet(book, key):
    """The sheet of a part, whatever its title."""
    return next(one for one in book if str(one["A2"].value).endswith(f"/{key}"))


def column(page, key):
    return next(cell.column for cell in page[2] if cell.value == key)


def put(page, row, key, value, *, look="General"):
    """Write into a cell as a spreadsheet does."""
    cell = page.cell(row, column(page, key))
    cell.value, cell.number_format = value, look
    return cell


def bytes_of(book):
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read_again(book, *, language="en", most_rows=100):
    content = book if isinstance(book, bytes) else bytes_of(book)
    return read(FORM, STOCKPILES, read_file(content), language=language, origin=ORIGIN, most_rows=most_rows)


def review(found, answers=STARTED, **known):
    return Review(STOCKPILES, answers, found, **known)


def sentences(found):
    return [(one["column"], one["row"], one["sentence"]) for one in found["problems"]]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_workbook_that_nobody_touched_changes_nothing(language):
    found = read_again(made(language=language), language=language)
    whole = review(found)

    assert (found["problems"], found["unknown"]) == ([], {"sheets": [], "columns": []})
    assert whole.counts() == {"changed": 0, "new": 0, "missing": 0, "same": 5}
    assert whole.merged(STARTED, remove=True)["parts"] == STARTED["parts"]


def test_no_cell_of_it_is_a_formula_and_a_lot_stays_text():
    page = sheet(made(), "stocks")

    kinds = {cell.data_type for row in page.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "inlineStr"}
    assert [page.cell(row, column(page, "lot_numbers")).value for row in (3, 4)] == ["2-76", "@lot"]
    assert page.cell(3, column(page, "munitions")).value == 1200
    assert page.cell(4, column(page, "munitions")).value == "about 200"
    assert page.column_dimensions["H"].number_format == "@"


def test_what_a_french_speaker_types_is_read_as_french():
    book = made(language="fr")
    page = sheet(book, "stocks")
    put(page, 3, "munitions", "environ 200", look="@")
    put(page, 4, "munitions", "1 200")
    put(page, 5, "munition_type", "BL-755")
    put(page, 5, "munitions", 37)
    put(sheet(book, "programme"), 3, "answer", "inconnu")
    put(page, 5, "notes", "1 200,5")
    found = read_again(book, language="fr")

    rows = found["tables"]["stocks"]["rows"]
    assert found["problems"] == []
    assert [row["cells"]["munitions"] for row in rows] == [
        {"is": "given", "number": 200, "precision": "about", "from": ORIGIN},
        {"is": "given", "number": 1200, "precision": "exact", "from": ORIGIN},
        {"is": "given", "number": 37, "precision": "exact", "from": ORIGIN},
    ]
    assert rows[2] == {"row": 5, "id": "", "cells": {**rows[2]["cells"]}}


def test_a_french_figure_with_decimals_is_a_number():
    section = FORM.section("technical_characteristics")
    part, asked = next(
        (part, one)
        for part in section.parts
        for one in part.fields
        if part.is_table and one.kind.name in ("number", "mass", "length")
    )
    book = Workbook()
    book.active.append(["Row", str(asked.label)])
    book.active.append([f"ccm:2010/{section.key}/{part.key}", asked.key])
    book.active.append([None, "1 200,5"])
    book.active.append([None, 1200.5])
    found = read(FORM, section, read_file(bytes_of(book)), language="fr", origin=ORIGIN, most_rows=9)

    one, other = (row["cells"][asked.key] for row in found["tables"][part.key]["rows"])
    assert (found["problems"], one) == ([], other)
    assert "1200.5" in one.values()


def test_each_mistake_is_told_at_its_place_with_what_to_write():
    book = made()
    page = sheet(book, "stocks")
    put(page, 3, "munitions", "=SUM(B1:B2)")
    put(page, 3, "lot_numbers", datetime(1976, 2, 1), look="mmm-yy")
    put(page, 4, "munitions", "a few")
    put(page, 4, "lot_numbers", 12345678901234567890)
    found = read_again(book)

    munitions, lots = (sheets.get_column_letter(column(page, key)) for key in ("munitions", "lot_numbers"))
    told = {(place, row): sentence for place, row, sentence in sentences(found)}
    assert told[munitions, 3] == "This cell holds a formula. Write the figure itself."
    assert told[lots, 3].startswith("Excel has made a date of this: February 1976.")
    assert "2-76" in told[lots, 3]
    assert told[munitions, 4].startswith("“a few” is not a")
    assert told[lots, 4].startswith("Excel rounds numbers of more than 15 figures.")
    unread = found["tables"]["stocks"]["rows"][0]["cells"]["munitions"]
    assert (unread["is"], unread["raw"]) == ("unreadable", "=SUM(B1:B2)")


def test_dates_and_numbers_of_a_spreadsheet_become_what_the_form_reads():
    book = made()
    page = sheet(book, "destroyed")
    put(page, 3, "munition_type", 26)
    put(page, 3, "munitions", 12.0)
    put(page, 3, "dates", datetime(2014, 5, 5), look="yyyy-mm-dd")
    put(page, 4, "munition_type", "x")
    put(page, 4, "dates", datetime(2014, 5, 1), look="mmm-yy")
    found = read_again(book)

    first, second = (row["cells"] for row in found["tables"]["destroyed"]["rows"])
    assert found["problems"] == []
    assert first["munition_type"]["text"] == "26"
    assert first["munitions"]["number"] == 12
    assert (first["dates"]["starts"], second["dates"]["starts"]) == ("2014-05-05", "2014-05")


def test_what_the_form_does_not_ask_for_is_named():
    book = made()
    page = sheet(book, "stocks")
    page.cell(1, 20).value, page.cell(3, 20).value = "Shelf", "12"
    book.create_sheet("Budget").append(["x"])
    found = read_again(book)

    assert found["unknown"] == {
        "sheets": ["Budget"],
        "columns": [{"sheet": page.title, "column": "T", "label": "Shelf", "filled": 1}],
    }


def test_rows_are_recognised_by_their_ids_wherever_they_stand():
    book = made()
    page = sheet(book, "stocks")
    page.delete_rows(3)
    put(page, 3, "munitions", "300")
    put(page, 4, "munition_type", "New")
    page.cell(5, 1).value = "r2"
    put(page, 5, "munition_type", "Copied")
    whole = review(read_again(book))

    met = [(one.what, one.row_id) for one in whole.met if one.part.key == "stocks"]
    assert met == [("changed", "r2"), ("new", "r3"), ("new", "r4"), ("missing", "r1")]
    changed = in_words(next(one for one in whole.met if one.what == "changed"), language="en")
    assert [(cell.label, cell.old, cell.new) for cell in changed.cells] == [("Munitions", "about 200", "300")]
    kept = whole.merged(STARTED, remove=False)["parts"]["stocks"]
    assert [row["id"] for row in kept["rows"]] == ["r1", "r2", "r3", "r4"]
    assert kept["next"] == 5
    assert [row["id"] for row in whole.merged(STARTED, remove=True)["parts"]["stocks"]["rows"]] == ["r2", "r3", "r4"]
    assert list(whole.removed(STARTED)) == ["stocks.r1"]


def test_rows_of_the_earlier_report_come_back_under_their_ids():
    empty = forms.blank(STOCKPILES)
    whole = review(read_again(made()), empty, known_ids={"stocks": {"r2"}})

    assert [(one.what, one.row_id) for one in whole.met if one.part.key == "stocks"] == [("new", "r1"), ("new", "r2")]


def test_a_column_that_was_deleted_says_nothing_about_its_answers():
    book = made()
    page = sheet(book, "stocks")
    page.delete_cols(column(page, "lot_numbers"))
    whole = review(read_again(book))

    assert whole.counts()["changed"] == 0


def test_a_table_as_csv_is_read_as_well_with_any_sign_between_the_cells():
    part = STOCKPILES.part("stocks")
    text = sheets.csv_text(table_rows(FORM, STOCKPILES, part, STARTED, language="fr"))
    for content in (text, text.replace(",", ";")):
        whole = review(read_again(content.encode(), language="fr"))
        assert whole.counts() == {"changed": 0, "new": 0, "missing": 0, "same": 2}


def test_a_table_without_keys_is_known_by_its_labels_in_any_language():
    part = STOCKPILES.part("stocks")
    with override("fr"):
        labels = [str(one.label) for one in part.columns]
    content = sheets.csv_text([labels, ["M26", "12"]]).encode()
    found = read_again(content, language="en")

    assert found["tables"]["stocks"]["rows"][0]["cells"]["munitions"]["number"] == 12


def test_a_workbook_of_another_section_says_where_it_belongs():
    other = FORM.section("conversion")
    content = sheets.xlsx(workbook(FORM, other, forms.blank(other), language="en", title="T", rows_of="x", at=AT))
    with pytest.raises(WorkbookRefused, match="is of the section “"):
        read_again(content)


def test_more_rows_than_a_table_holds_are_refused():
    with pytest.raises(WorkbookRefused, match="has 2 rows; a table has room for 1"):
        read_again(made(), most_rows=1)


PREFIXES = ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "  @", "＝", "＋", "\ufeff="]
TEXT_COLUMNS = [
    (section, part, one)
    for section, part, one in FORM.fields()
    if part.is_table and one.kind.name in ("text", "long_text")
]


@pytest.mark.parametrize(("section", "part", "one"), TEXT_COLUMNS, ids=lambda it: it.key)
def test_no_text_in_any_column_runs_in_the_workbook_or_as_csv_and_each_is_read_as_it_stands(section, part, one):
    typed = [f"{prefix}1+cmd|'/c calc'!A0" for prefix in PREFIXES]
    answers = fill(section.key, {}, rows={part.key: [{one.key: text} for text in typed]})
    book = workbook(FORM, section, answers, language="en", title=typed[0], rows_of=typed[0], at=AT)
    content = sheets.xlsx(book)
    text = sheets.csv_text(table_rows(FORM, section, part, answers, language="en"))

    cells = [cell for page in load_workbook(io.BytesIO(content)) for row in page.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [value for line in lines for value in line if sheets.may_run(value) and not value.startswith("'")] == []
    for file in (content, text.encode()):
        found = read(FORM, section, read_file(file), language="en", origin=ORIGIN, most_rows=100)
        assert Review(section, answers, found).counts() == {"changed": 0, "new": 0, "missing": 0, "same": len(PREFIXES)}
