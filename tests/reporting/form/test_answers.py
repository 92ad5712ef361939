"""Changing the answers of a section."""

import copy

import pytest
from django.utils.translation import override

from reporting.form.answers import (
    AnswersRefused,
    add_row,
    blank,
    cell_at,
    cells,
    move_row,
    put_cell,
    remove_row,
    restore_row,
    set_cell,
    set_none,
)
from reporting.form.parts import UnknownPlace
from tests.reporting.form.sample import FORM

STOCKPILES = FORM.section("stockpiles")


def with_rows(*names):
    answers = blank(STOCKPILES)
    for name in names:
        answers = add_row(STOCKPILES, answers, "stocks")
        answers = set_cell(STOCKPILES, answers, f"stocks.r{answers['parts']['stocks']['next'] - 1}.munition_type", name)
    return answers


def names(answers):
    return [(row["id"], row["cells"]["munition_type"]["text"]) for row in answers["parts"]["stocks"]["rows"]]


def test_a_typed_answer_is_kept_with_where_it_came_from():
    answers = set_cell(STOCKPILES, with_rows("BL755"), "stocks.r1.munitions", "about 1 200")

    assert answers["parts"]["stocks"] == {
        "none": False,
        "rows": [
            {
                "id": "r1",
                "cells": {
                    "munition_type": {"is": "given", "text": "BL755", "from": "typed"},
                    "munitions": {"is": "given", "number": 1200, "precision": "about", "from": "typed"},
                },
            }
        ],
        "next": 2,
    }


def test_what_cannot_be_read_is_kept_with_the_reason():
    with override("en"):
        answers = set_cell(STOCKPILES, with_rows("BL755"), "stocks.r1.munitions", "12 or so")

    assert cell_at(STOCKPILES, answers, "stocks.r1.munitions") == {
        "is": "unreadable",
        "raw": "12 or so",
        "problem": "“12 or so” is not a number. Write 12, about 12, at least 12, or unknown.",
        "from": "typed",
    }


def test_emptying_a_box_takes_the_answer_away():
    answers = set_cell(STOCKPILES, blank(STOCKPILES), "programme.status", "Under way")
    answers = set_cell(STOCKPILES, answers, "programme.status", "  ")

    assert answers == blank(STOCKPILES)


def test_no_change_touches_what_was_there():
    answers = with_rows("A", "B")
    before = copy.deepcopy(answers)

    set_cell(STOCKPILES, answers, "stocks.r1.munitions", "5")
    add_row(STOCKPILES, answers, "stocks")
    remove_row(STOCKPILES, answers, "stocks", "r1")
    move_row(STOCKPILES, answers, "stocks", "r1", by=1)
    put_cell(STOCKPILES, answers, "stocks.r1.munition_type", None)

    assert answers == before


def test_the_same_answer_typed_again_stays_carried_and_another_becomes_typed():
    carried = {"is": "given", "number": 1200, "precision": "exact", "from": "carried:2024"}
    answers = put_cell(STOCKPILES, with_rows("BL755"), "stocks.r1.munitions", carried)

    same = set_cell(STOCKPILES, answers, "stocks.r1.munitions", "1,200")
    other = set_cell(STOCKPILES, answers, "stocks.r1.munitions", "1,100")

    assert cell_at(STOCKPILES, same, "stocks.r1.munitions") == carried
    assert cell_at(STOCKPILES, other, "stocks.r1.munitions") == {
        "is": "given",
        "number": 1100,
        "precision": "exact",
        "from": "typed",
    }


def test_rows_are_added_behind_others_and_moved():
    answers = with_rows("A", "B", "C")
    answers = add_row(STOCKPILES, answers, "stocks", after="r1")
    answers = set_cell(STOCKPILES, answers, "stocks.r4.munition_type", "D")
    answers = move_row(STOCKPILES, answers, "stocks", "r3", by=-1)
    answers = move_row(STOCKPILES, answers, "stocks", "r1", by=-1)

    assert names(answers) == [("r1", "A"), ("r4", "D"), ("r3", "C"), ("r2", "B")]


def test_a_removed_row_can_be_put_back_where_it_was_and_its_name_is_never_given_again():
    answers, removed = remove_row(STOCKPILES, with_rows("A", "B", "C"), "stocks", "r3")
    answers = add_row(STOCKPILES, answers, "stocks")
    answers = set_cell(STOCKPILES, answers, "stocks.r4.munition_type", "D")
    answers = restore_row(STOCKPILES, answers, removed)

    assert names(answers) == [("r1", "A"), ("r2", "B"), ("r3", "C"), ("r4", "D")]
    with override("en"), pytest.raises(AnswersRefused, match="This row has been put back already."):
        restore_row(STOCKPILES, answers, removed)


def test_a_row_may_bring_its_own_name():
    answers = add_row(STOCKPILES, with_rows("A"), "stocks", row_id="new-7f")

    assert [row["id"] for row in answers["parts"]["stocks"]["rows"]] == ["r1", "new-7f"]
    with override("en"), pytest.raises(AnswersRefused, match="There is already a row “new-7f”."):
        add_row(STOCKPILES, answers, "stocks", row_id="new-7f")
    with override("en"), pytest.raises(AnswersRefused, match="cannot be the name of a row"):
        add_row(STOCKPILES, answers, "stocks", row_id="<b>")


def test_nothing_to_report_is_an_answer_that_a_new_row_takes_back():
    nothing = set_none(STOCKPILES, blank(STOCKPILES), "stocks", True)
    answers = add_row(STOCKPILES, nothing, "stocks")

    assert nothing["parts"]["stocks"] == {"none": True, "rows": [], "next": 1}
    assert answers["parts"]["stocks"] == {"none": False, "rows": [{"id": "r1", "cells": {}}], "next": 2}


def test_nothing_to_report_is_refused_while_rows_hold_answers():
    sentence = "There are rows in “Cluster munitions held”. Remove them first if there is nothing to report."

    with override("en"), pytest.raises(AnswersRefused) as refused:
        set_none(STOCKPILES, with_rows("A"), "stocks", True)
    assert str(refused.value) == sentence


def test_every_question_comes_in_its_order_with_its_answer():
    conversion = FORM.section("conversion")
    answers = add_row(conversion, blank(conversion), "facilities")
    answers = set_cell(conversion, answers, "facilities.r1.facility", "Plant 5")

    assert [(path, field.key, cell) for path, field, cell in cells(conversion, answers)] == [
        ("facilities.r1.facility", "facility", {"is": "given", "text": "Plant 5", "from": "typed"}),
        *((f"facilities.r1.{field.key}", field.key, None) for field in conversion.part("facilities").fields[1:]),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "nowhere.x",
        "stocks",
        "stocks.r1",
        "stocks.r9.munitions",
        "stocks.r1.nowhere",
        "programme.r1.status",
        "stocks.munitions",
    ],
)
def test_a_place_that_is_not_there_is_refused(path):
    with pytest.raises(UnknownPlace):
        set_cell(STOCKPILES, with_rows("A"), path, "1")
