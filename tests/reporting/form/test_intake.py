"""A report in a file, as people and programs write it."""

import copy
import json

import pytest

from reporting.form import files, intake
from reporting.form.answers import same_answer
from reporting.form.content import all_cells
from reporting.form.schema import validator
from tests.reporting.form import sample
from tests.reporting.form.sample import FORM, changed

STOCKS = ("sections", "stockpiles", "parts", "stocks")
WRITTEN = {
    "format": "ccm-article7/1",
    "state": "BGR",
    "kind": "initial",
    "language": "en",
    "sections": {
        "header": {"parts": {"period": {"values": {"as_written": "INITIAL REPORT", "starts": ""}}}},
        "stockpiles": {
            "parts": {
                "stocks": {
                    "rows": [
                        {"munition_type": "RBK", "munitions": "about 1,200", "lot_numbers": "2-76"},
                        {"munition_type": "", "munitions": None},
                        {"munition_type": "RBK-500", "munitions": 6},
                    ]
                },
                "programme": {"values": {"cost": {"is": "unknown"}}},
                "destruction_sites": {"none": True},
            }
        },
        "conversion": {"standing": "not_applicable"},
    },
}


def take(told):
    return intake.take(told, origin="imported:report.json")


def refused(told):
    return [(problem.pointer, problem.place, problem.sentence) for problem in take(told).problems]


def changed_at(told, steps, value):
    told = copy.deepcopy(told)
    there = told
    for step in steps[:-1]:
        there = there[step]
    there[steps[-1]] = value
    return told


def test_what_a_person_writes_becomes_a_report_that_fits_the_format():
    taken = take(WRITTEN)

    stockpiles = taken.content["sections"]["stockpiles"]
    mark = {"from": "imported:report.json"}
    assert taken.problems == []
    assert list(validator("2010").iter_errors(taken.content)) == []
    assert stockpiles == {
        "standing": "changed",
        "unchanged_since": None,
        "parts": {
            "stocks": {
                "none": False,
                "rows": [
                    {
                        "id": "r1",
                        "cells": {
                            "munition_type": {"is": "given", "text": "RBK", **mark},
                            "munitions": {"is": "given", "number": 1200, "precision": "about", **mark},
                            "lot_numbers": {"is": "given", "text": "2-76", **mark},
                        },
                    },
                    {
                        "id": "r2",
                        "cells": {
                            "munition_type": {"is": "given", "text": "RBK-500", **mark},
                            "munitions": {"is": "given", "number": 6, "precision": "exact", **mark},
                        },
                    },
                ],
            },
            "programme": {"values": {"cost": {"is": "unknown", **mark}}},
            "destruction_sites": {"none": True, "rows": []},
        },
    }
    assert taken.content["period"] == {"from": None, "to": None, "as_written": "INITIAL REPORT"}
    assert {key: section["standing"] for key, section in taken.content["sections"].items() if section["standing"]} == {
        "header": "changed",
        "stockpiles": "changed",
        "conversion": "not_applicable",
    }


def test_a_filed_report_is_taken_as_it_is_but_for_where_its_answers_come_from():
    stocks = {"stocks": [{"munition_type": "BL-755", "munitions": "about 6"}]}
    report = sample.report(stockpiles=changed("stockpiles", {}, rows=stocks), conversion=sample.unchanged())

    taken = take(report)

    assert taken.problems == []
    cells = list(zip(all_cells(FORM, report), all_cells(FORM, taken.content), strict=True))
    assert all(same_answer(one[3], other[3]) for one, other in cells)
    assert {cell["from"] for *_place, cell in all_cells(FORM, taken.content) if cell} == {"imported:report.json"}
    frame = {key: report[key] for key in report if key not in ("sections", "provenance")}
    assert {key: taken.content[key] for key in frame} == frame


def test_every_problem_is_named_with_its_place():
    told = changed_at(WRITTEN, (*STOCKS, "rows", 2, "munitions"), "many")
    told = changed_at(told, (*STOCKS, "rows", 0, "calibre"), "155 mm")
    told = changed_at(told, (*STOCKS, "remark"), "see above")
    told = changed_at(told, ("sections", "stockpile"), {})
    told = changed_at(told, ("author",), "a clerk")
    del told["language"]

    problems = refused(told)

    row = "Stockpiles and destruction, “Cluster munitions held”, row"
    assert {(pointer, place) for pointer, place, _sentence in problems} == {
        ("/sections/stockpiles/parts/stocks/rows/2/munitions", f"{row} 3, “Munitions”"),
        ("/sections/stockpiles/parts/stocks/rows/0/calibre", f"{row} 1"),
        ("/sections/stockpiles/parts/stocks/remark", "Stockpiles and destruction, “Cluster munitions held”"),
        ("/sections/stockpile", ""),
        ("/author", ""),
        ("/", ""),
    }
    said = {pointer: sentence for pointer, _place, sentence in problems}
    assert said["/sections/stockpiles/parts/stocks/rows/2/munitions"] == (
        "“many” is not a number. Write 12, about 12, at least 12, or unknown."
    )
    assert said["/sections/stockpiles/parts/stocks/rows/0/calibre"].startswith("“calibre” is not known here. Known are")
    assert said["/"] == "“language” is missing."


WRONG = [
    (("state",), 5, "5 cannot stand here. Write a text in quotes."),
    (("kind",), "yearly", '"yearly" cannot stand here. Write one of: "initial", "annual", "voluntary".'),
    (("edition",), "1999", "There is no form “1999” in the portal. Write one of: 2010."),
    (("sections",), [], "[] cannot stand here. Write names and values in {…}."),
    (("sections", "conversion"), 1, "1 cannot stand here. Write names and values in {…}."),
    (("sections", "conversion", "standing"), "unchanged", "An unchanged section names the report that said it."),
    (
        ("sections", "stockpiles", "standing"),
        "not_applicable",
        "The section is said not to apply, and there are answers. Say one of the two.",
    ),
    ((*STOCKS, "none"), True, "It is said that there is nothing to report, and there are rows. Say one of the two."),
    ((*STOCKS, "rows", 0, "id"), "Row 1", '"Row 1" is not written as the format asks.'),
    (
        (*STOCKS, "rows", 0, "munitions"),
        {"is": "unknown", "number": 6},
        "An answer like unknown, none or not applicable says nothing else.",
    ),
    ((*STOCKS, "rows", 0, "munitions"), [6], "[6] cannot stand here. Write names and values in {…}."),
    ((*STOCKS, "rows", 0, "munitions"), {"is": "given", "number": 6}, "“precision” is missing."),
    (("period",), {"from": "2011", "to": None, "as_written": None}, None),
    (
        ("sections", "stockpiles", "parts", "programme", "values", "cost"),
        {"is": "given", "amount": "5", "currency": "XQX", "precision": "exact"},
        "“5 XQX” does not say which currency. Write its three letters, like 5 USD, 5 EUR, 5 CHF.",
    ),
    (
        ("sections", "stockpiles", "parts", "programme", "values", "starts"),
        {"is": "given", "date": "2023-02-30"},
        "There is no day “2023-02-30”. Check day and month.",
    ),
    (
        ("sections", "contamination_clearance"),
        {
            "parts": {
                "programme": {
                    "values": {
                        "remaining": {
                            "is": "given",
                            "amount": "1",
                            "unit": "ha",
                            "square_metres": "1",
                            "precision": "exact",
                        }
                    }
                }
            }
        },
        "What is said here does not fit together: it would be read as “1 ha”.",
    ),
]


@pytest.mark.parametrize(("steps", "value", "sentence"), WRONG, ids=lambda value: str(value)[:40])
def test_what_does_not_fit_is_said_in_a_sentence(steps, value, sentence):
    said = [problem for _pointer, _place, problem in refused(changed_at(WRITTEN, steps, value))]

    assert said == [sentence or "This is not the period that the answers in the header give."]


def test_two_rows_of_one_name_are_not_taken_for_one():
    rows = [{"id": "a", "munition_type": "RBK"}, {"id": "a", "munition_type": "RBK-500"}]

    assert refused(changed_at(WRITTEN, (*STOCKS, "rows"), rows)) == [
        (
            "/sections/stockpiles/parts/stocks/rows/1",
            "Stockpiles and destruction, “Cluster munitions held”, row 2",
            "There is already a row “a”.",
        )
    ]


def test_a_row_without_a_name_gets_one_that_no_other_has():
    rows = [{"munition_type": "RBK"}, {"id": "r1", "munition_type": "RBK-500"}]

    taken = take(changed_at(WRITTEN, (*STOCKS, "rows"), rows))

    assert [row["id"] for row in taken.content["sections"]["stockpiles"]["parts"]["stocks"]["rows"]] == ["r2", "r1"]


@pytest.mark.parametrize("rows", [[{"munitions": "many"}] * 2_000, [1] * 2_000], ids=["unreadable", "out of form"])
def test_a_file_in_which_everything_is_wrong_is_not_answered_without_end(rows):
    problems = refused(changed_at(WRITTEN, (*STOCKS, "rows"), rows))

    assert (len(problems), problems[-1]) == (501, ("/", "", "There are more problems than these 500."))


UNREADABLE = {
    b"\x89PNG": "This is no JSON file: it is not text in UTF-8.",
    b"kind: annual": "This is no JSON file: it cannot be read from line 1, character 1.",
    b"[]": "This JSON file holds no report: it must begin with {.",
    b'{"year": 2025.0}': "2025.0 is a number with a fraction. Write it in quotes, so that nothing is rounded.",
    b'{"year": 2024, "year": 2025}': "The name “year” stands twice in one place of the file.",
    b'{"a": "\\ud800"}': "This JSON file holds a half of a letter (a lone surrogate), which no text can hold.",
    b"[" * 100_000: "This JSON file cannot be read: it is too deep, or holds a number that is too long.",
    b"1" * 9_000: "This JSON file cannot be read: it is too deep, or holds a number that is too long.",
    b" " * (files.LARGEST + 1): "The file is larger than 10 MB.",
}


@pytest.mark.parametrize("data", UNREADABLE, ids=lambda data: repr(data[:12]))
def test_what_is_no_report_at_all_is_refused_in_a_sentence(data):
    with pytest.raises(files.NotAReport) as refusal:
        files.load(data)

    assert str(refusal.value) == UNREADABLE[data]


def test_a_file_may_begin_with_the_mark_that_some_editors_write():
    assert files.load(b"\xef\xbb\xbf" + json.dumps(WRITTEN).encode()) == WRITTEN
