"""Spreadsheets that come in: judged by content and limited before they are opened."""

import io
import zipfile
from datetime import datetime

import pytest
from openpyxl import Workbook

from ccm_portal.core import sheet_reading
from ccm_portal.core.sheet_reading import FoundCell, SheetRefused, read_file


def book(*rows, **cells):
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for place, value in cells.items():
        made.active[place] = value
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def packed(parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return kept.getvalue()


def repacked(content, **changed):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return packed({name: file.read(name) for name in file.namelist()} | changed)


def why(content):
    with pytest.raises(SheetRefused) as refusal:
        read_file(content)
    return str(refusal.value)


def test_cells_are_told_by_kind_and_place():
    [sheet] = read_file(book(["a", None, 12, 1.5, True], [None], [datetime(2014, 5, 5), "=1+1", "  "]))

    assert sheet.rows == {
        1: {
            1: FoundCell("text", "a"),
            3: FoundCell("number", 12, "General"),
            4: FoundCell("number", 1.5, "General"),
            5: FoundCell("truth", True),
        },
        3: {1: FoundCell("date", datetime(2014, 5, 5), "yyyy-mm-dd h:mm:ss"), 2: FoundCell("formula", "=1+1")},
    }


def test_a_formula_is_told_with_its_last_result():
    content = book(["=1+1"])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        page = file.read("xl/worksheets/sheet1.xml").decode()
    kept = page.replace("<v></v>", "<v>42</v>").replace("<v />", "<v>42</v>")

    [sheet] = read_file(repacked(content, **{"xl/worksheets/sheet1.xml": kept}))

    assert sheet.rows[1][1] == FoundCell("formula", "=1+1", "", "42")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 x", "This is no workbook."),
        (b"<html><table>", "This is no workbook."),
        (b"\x89PNG\r\n\x1a\n\x00", "This is no workbook."),
        (packed({"a.txt": "x"}), "This is no workbook."),
        (packed({"mimetype": "x", "content.xml": "x"}), "This is an OpenDocument file."),
        (b"PK\x03\x04 broken", "This workbook is damaged."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "This is a workbook of the old kind (.xls)."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "This workbook is protected by a password.",
        ),
        (repacked(book(["x"]), **{"xl/vbaProject.bin": b"x"}), "This workbook holds macros."),
        (packed({"[Content_Types].xml": "<Types/>"}), "This workbook cannot be read."),
        ("Straße".encode("latin-1"), "The letters of this file cannot be read."),
        (b'"open,1\n2', "This CSV file cannot be read."),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(content, sentence):
    assert why(content).startswith(sentence)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(sheet_reading, "load_workbook", lambda *given, **more: pytest.fail("opened"))
    whole = book(["x"])
    nulls = b"\x00" * 20_000_000

    for bomb in (
        repacked(whole, **{"xl/media/a.bin": nulls}),
        repacked(whole, **{f"xl/media/{n}.bin": b"" for n in range(500)}),
    ):
        assert why(bomb).startswith("This workbook unpacks to more")


def test_entities_are_never_expanded():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        '<c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
    )
    assert why(repacked(book(["x"]), **{"xl/worksheets/sheet1.xml": bomb})).startswith("This workbook cannot be read.")


def test_a_cell_far_away_is_not_read_as_a_million_rows():
    [sheet] = read_file(book(["x"], A1048576="far"))
    assert list(sheet.rows) == [1, 1048576]

    assert why(book(["x"], XFD1="wide")).startswith("The sheet “Sheet” is larger than a table can be.")


def test_a_file_above_five_megabytes_is_refused():
    assert why(b"x" * (5 * 1024 * 1024 + 1)) == "A workbook may have at most 5 MB."


def test_csv_is_read_with_its_guard_taken_off():
    [sheet] = read_file("\ufeff'=1+1;2-76\r\n'tis;\"a;b\"\r\n".encode())

    assert {n: [cell.value for cell in row.values()] for n, row in sheet.rows.items()} == {
        1: ["=1+1", "2-76"],
        2: ["'tis", "a;b"],
    }
    [sheet] = read_file("a\tb".encode("utf-16"))
    assert [cell.value for cell in sheet.rows[1].values()] == ["a", "b"]
