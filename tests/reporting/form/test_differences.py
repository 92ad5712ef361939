"""What differs between two reports, answer by answer and row by row."""

import time

import pytest

from reporting.form.differences import Change, PartChange, SectionChange, compare
from reporting.form.spoken import Piece, apart
from tests.reporting.form.sample import FORM, changed, report, unchanged

STOCK = {"munition_type": "BL-755", "munitions": "100", "submunition_type": "BL", "submunitions": "14700"}


def stockpiles(typed=None, **kwargs):
    return report(stockpiles=changed("stockpiles", typed or {}, **kwargs))


def parts(difference):
    return [(section.key, section.parts) for section in difference.sections]


def test_a_report_and_itself_do_not_differ():
    difference = compare(stockpiles(), stockpiles(), "en")

    assert (difference.is_empty, difference.size, difference.sections) == (True, 0, ())
    assert [one.key for one in difference.quiet] == [section.key for section in FORM.in_order()]


def test_an_answer_is_told_as_it_was_and_as_it_is_in_the_readers_language():
    old, new = stockpiles({"programme.status": "Running."}), stockpiles({"programme.status": "Done."})

    found = compare(old, new, "en")
    in_french = compare(old, new, "fr")

    (section,) = found.sections
    assert section == SectionChange(
        key="stockpiles",
        letter="B",
        title=section.title,
        standing=None,
        parts=(
            PartChange(
                "programme",
                section.parts[0].title,
                cells=(Change("status", section.parts[0].cells[0].label, "Running.", "Done."),),
            ),
        ),
        kept=(),
    )
    assert in_french.sections[0].title != section.title
    assert in_french.sections[0].parts[0].cells[0].new == "Done."


@pytest.mark.parametrize(
    ("old", "new", "how"),
    [({}, {"programme.status": "Done."}, "added"), ({"programme.status": "Done."}, {}, "removed")],
)
def test_an_answer_that_came_or_went_says_so(old, new, how):
    (found,) = compare(stockpiles(old), stockpiles(new), "en").sections

    assert [cell.how for cell in found.parts[0].cells] == [how]


def test_a_row_is_added_removed_or_changed_cell_by_cell():
    other = {"munition_type": "CBU-87", "munitions": "5"}
    old = stockpiles(rows={"stocks": [STOCK, other]})
    new = stockpiles(rows={"stocks": [{**STOCK, "munitions": "90"}]})

    ((_key, (stocks,)),) = parts(compare(old, new, "en"))

    assert [(row.how, row.name, [(c.key, c.old, c.new) for c in row.cells]) for row in stocks.rows] == [
        ("changed", "BL-755", [("munitions", "100", "90")]),
        ("removed", "CBU-87", [("munition_type", "CBU-87", ""), ("munitions", "5", "")]),
    ]


def test_a_row_that_moved_is_no_difference():
    other = {"munition_type": "CBU-87", "munitions": "5"}
    old, new = (stockpiles(rows={"stocks": [STOCK, other]}) for _time in "12")
    rows = new["sections"]["stockpiles"]["parts"]["stocks"]["rows"]
    rows.reverse()

    assert compare(old, new, "en").is_empty


def test_in_one_report_a_row_keeps_its_identity_when_its_name_is_corrected():
    old = stockpiles(rows={"stocks": [STOCK]})
    new = stockpiles(rows={"stocks": [{**STOCK, "munition_type": "BL-755 Mk 1"}]})

    ((_key, (stocks,)),) = parts(compare(old, new, "en"))

    assert [(row.how, [(c.old, c.new) for c in row.cells]) for row in stocks.rows] == [
        ("changed", [("BL-755", "BL-755 Mk 1")])
    ]


def test_between_reports_written_afresh_rows_are_known_by_what_they_are_about():
    other = {"munition_type": "CBU-87", "munitions": "5"}
    old = stockpiles(rows={"stocks": [STOCK, other]})
    new = {**stockpiles(rows={"stocks": [{**other, "munitions": "4"}, STOCK]}), "slug": "2026"}

    ((_key, (stocks,)),) = parts(compare(old, new, "en"))

    assert [(row.how, row.name, [(c.old, c.new) for c in row.cells]) for row in stocks.rows] == [
        ("changed", "CBU-87", [("5", "4")])
    ]


def test_nothing_to_report_is_an_answer_that_can_come_and_go():
    old, new = stockpiles(none=["stocks"]), stockpiles(rows={"stocks": [STOCK]})

    ((_key, (stocks,)),) = parts(compare(old, new, "en"))

    ((_key, (back,)),) = parts(compare(new, old, "en"))
    ((_key, (from_blank,)),) = parts(compare(stockpiles(), old, "en"))

    nothing = str(FORM.section("stockpiles").part("stocks").none_sentence)
    assert [(cell.key, cell.old, cell.new) for cell in stocks.cells] == [("none", nothing, "1 row")]
    assert [row.how for row in stocks.rows] == ["added"]
    assert [(cell.old, cell.new) for cell in back.cells] == [("1 row", nothing)]
    assert [(cell.old, cell.new) for cell in from_blank.cells] == [("", nothing)]


def test_another_standing_is_told_within_a_report_and_not_where_a_year_only_points_back():
    said = stockpiles({"programme.status": "Running."})
    points = report(stockpiles=unchanged())
    points["sections"]["stockpiles"]["parts"] = said["sections"]["stockpiles"]["parts"]

    corrected = compare(said, points, "en")
    year_after = compare(said, {**points, "slug": "2026"}, "en")
    does_not_apply = compare(said, {**report(), "slug": "2026"}, "en")

    assert [(one.standing.old, one.standing.new) for one in corrected.sections] == [
        ("Changed", "Unchanged since the report for 2019, filed on 12 April 2020.")
    ]
    assert year_after.is_empty
    assert does_not_apply.sections[0].standing.new == "The State reports that this section does not apply."


def test_of_a_part_kept_for_states_parties_nothing_but_its_title_is_told():
    old = stockpiles({"programme.status": "At site 4."}, rows={"stocks": [STOCK]})
    new = stockpiles({"programme.status": "At site 5."}, rows={"stocks": [{**STOCK, "munitions": "1"}]})

    found = compare(old, new, "en", withheld=["stockpiles/programme", "stockpiles/stocks"])

    assert found.is_empty
    assert "site" not in str(found)
    titles = [str(part.title) for part in FORM.section("stockpiles").parts if part.key in ("programme", "stocks")]
    assert [list(one.kept) for one in found.quiet if one.kept] == [titles]


def test_a_mark_that_figures_are_provisional_comes_and_goes_and_nobody_says_that_they_are_final():
    marked = {**stockpiles(), "provisional": True}

    gone, came = compare(marked, stockpiles(), "en"), compare(stockpiles(), marked, "en")

    assert [(one.old, one.new) for one in gone.about] == [
        ("The figures are provisional.", "They are not marked as provisional.")
    ]
    assert [(one.old, one.new) for one in came.about] == [("", "The figures are provisional.")]


def test_where_an_answer_came_from_is_no_difference():
    old, new = (stockpiles({"programme.status": "Running."}) for _time in "12")
    new["sections"]["stockpiles"]["parts"]["programme"]["values"]["status"]["from"] = "carried:2024"

    assert compare(old, new, "en").is_empty


def test_of_a_long_table_some_rows_are_listed_and_the_others_counted():
    old, new = stockpiles(), stockpiles(rows={"stocks": [{"munition_type": f"T{n}"} for n in range(9)]})

    ((_key, (stocks,)),) = parts(compare(old, new, "en", most_rows=4))

    assert ([row.name for row in stocks.rows], stocks.left_out, stocks.size) == (["T0", "T1", "T2", "T3"], 5, 9)


def many(count, munitions):
    rows = [
        {"id": f"r{n}", "cells": {"munition_type": text(f"T{n}"), "munitions": number(munitions + n)}}
        for n in range(count)
    ]
    built = stockpiles()
    built["sections"]["stockpiles"]["parts"]["stocks"] = {"none": False, "rows": rows}
    return built


def text(word):
    return {"is": "given", "text": word, "from": "typed"}


def number(value):
    return {"is": "given", "number": value, "precision": "exact", "from": "typed"}


def test_the_time_grows_with_the_number_of_rows_and_not_with_its_square():
    def seconds(count):
        old, new = many(count, 1), {**many(count, 2), "slug": "2026"}
        new["sections"]["stockpiles"]["parts"]["stocks"]["rows"].reverse()
        began = time.process_time()
        assert compare(old, new, "en", most_rows=300).size == count
        return time.process_time() - began

    seconds(1_000)
    assert seconds(10_000) < 40 * max(seconds(1_000), 0.005)


def test_the_words_that_differ_are_marked_in_both_whole_texts():
    old = "The law of 2012 bans the use and the transfer of cluster munitions."
    new = "The law of 2013 bans the use and the transfer of all cluster munitions."

    left, right = apart(old, new)

    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (old, new)
    assert [p.text.strip() for p in left if p.marked] == ["2012"]
    assert [p.text.strip() for p in right if p.marked] == ["2013", "all"]


@pytest.mark.parametrize(("old", "new"), [("12", "13"), ("", "A new text."), ("a " * 500, "b " * 500)])
def test_short_new_and_endless_texts_are_marked_whole(old, new):
    assert apart(old, new) == (((Piece(old, True),) if old else ()), (Piece(new, True),))
