"""Spreadsheets that leave: nothing in them runs, and what was put in is read again."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from ccm_portal.core import sheets
from ccm_portal.core.sheets import Book, Column, Page, Sheet

AT = datetime(2026, 4, 28, 9, 30, tzinfo=UTC)
PREFIXES = ["=", "+", "-", "@", "\t", "\r", "\n=", " =", "  @", "＝", "＋", "\ufeff="]
RUNS = [f"{prefix}1+cmd|'/c calc'!A0" for prefix in PREFIXES] + ['=HYPERLINK("http://x","y")', "=DDE(1)", "-2+3", "'=1"]
PLAIN = ["2-76", "1.2 km2", "'tis", "a=b", "", "about 200", "Ünïcödé", "3=4"]


def book(*tables, language="en"):
    return Book(title="A book", mark="From here & there.", at=AT, sheets=tables, language=language)


def table(rows, *, title="Table", labels=("Label",), **more):
    return Sheet(title=title, columns=[Column(label=label) for label in labels], rows=rows, **more)


def read(content):
    return load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("text", RUNS + PLAIN)
def test_no_text_becomes_a_formula_and_each_is_read_as_it_was(text):
    made = read(
        sheets.xlsx(
            book(
                table([[text]], labels=(text,), title=text or "x"), Page(title="P", heading=text, lines=[(text, text)])
            )
        )
    )

    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    body = made.worksheets[0]["A2"]
    assert (body.value or "").replace("\r", "\n") == text.replace("\r", "\n")
    assert (body.number_format, body.quotePrefix) == ("@", True)


@pytest.mark.parametrize("text", RUNS)
def test_a_text_that_could_run_is_guarded_in_csv(text):
    line = next(csv.reader(io.StringIO(sheets.csv_text([[text]]).removeprefix("\ufeff"), newline="")))

    assert line[0].startswith("'")
    assert sheets.unguarded(line[0]) == text


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_text_stands_in_csv_as_it_is(text):
    assert sheets.guarded(text) == text
    assert sheets.unguarded(text) == text


def test_numbers_and_days_are_numbers_and_days():
    rows = [[12, Decimal("1.5"), date(2014, 5, 5), None], [-3, Decimal("1234567890123456789"), None, "x"]]
    sheet = read(sheets.xlsx(book(table(rows, labels="abcd")))).worksheets[0]

    found = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert found[0][:3] == [(12, "n"), (1.5, "n"), (datetime(2014, 5, 5), "d")]
    assert found[1][:2] == [(-3, "n"), ("1234567890123456789", "s")]
    assert sheets.csv_text(rows) == "\ufeff12,1.5,2014-05-05,\r\n-3,1234567890123456789,,x\r\n"


def test_what_xml_cannot_hold_is_left_out():
    text = "a\x00b\x0bc\ud800d\ufffee"

    assert read(sheets.xlsx(book(table([[text]])))).worksheets[0]["A2"].value == "abcde"


def test_the_names_of_sheets_are_short_safe_and_each_once():
    wanted = ["A/b:c*d?[e]", "History", "Same", "same", "", "x" * 40, "x" * 41]

    assert sheets.sheet_titles(wanted) == [
        "A b c d e",
        "History 2",
        "Same",
        "same 2",
        "1",
        "x" * 30 + "…",
        "x" * 28 + "… 2",
    ]


def test_the_same_book_gives_the_same_bytes():
    one = book(table([["x", 1]], labels="ab"))

    assert sheets.xlsx(one) == sheets.xlsx(one)
    made = read(sheets.xlsx(one))
    assert made.properties.modified == made.properties.created == datetime(2026, 4, 28, 9, 30)
    assert made.properties.description == "From here & there."


def test_an_arabic_book_runs_from_right_to_left_and_its_head_stays():
    made = read(sheets.xlsx(book(table([["x"]]), language="ar"))).worksheets[0]

    assert made.sheet_view.rightToLeft
    assert made.freeze_panes == "A2"
    assert not read(sheets.xlsx(book(table([["x"]])))).worksheets[0].sheet_view.rightToLeft


def test_keys_stand_in_a_hidden_row_and_choices_are_offered_but_not_enforced():
    columns = [Column(label="Row", key="id", faint=True), Column(label="Answer", key="answer", choices=["Yes", "No"])]
    made = read(sheets.xlsx(book(Sheet(title="T", columns=columns, rows=[["r1", "Yes"]], keyed=True))))

    sheet = made["T"]
    assert [cell.value for cell in sheet[2]] == ["id", "answer"]
    assert sheet.row_dimensions[2].hidden
    assert sheet.freeze_panes == "B3"
    offered = sheet.data_validations.dataValidation[0]
    assert (offered.formula1, bool(offered.showErrorMessage)) == ("'choices'!$A$1:$A$2", False)
    assert made["choices"].sheet_state == "hidden"
