"""Checks that hold a report against the one before: they speak of contradictions, and are silent about holes."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from reporting.form.checks import problems
from reporting.form.examples import FACTS, report
from tests.reporting.form.sample import FORM

NONE = {"destroyed": None, "found_later": None}


def said(check, before, now, *, year=2024, language="en", **fields):
    """What a check says of a report that comes after another."""
    facts = replace(FACTS, previous=report(before, year=year) if before is not None else None)
    with override(language):
        return [p.sentence for p in problems(FORM, report(now, **fields), facts=facts) if p.check == check]


def stocks(*rows, retained="", **more):
    """Stocks of a report; ``retained`` munitions, or nothing retained."""
    kept = [{"munition_type": "BL755", "munitions": retained}] if retained else None
    more = {**NONE, **more}
    return {
        "stockpiles": {"stocks": list(rows) or None, **more},
        "retained_transferred": {"retained": kept, "acquired": None, "transferred": None},
    }


def held(munitions, name="BL755", **more):
    return {"munition_type": name, "munitions": munitions, **more}


def balance(before, now, **fields):
    return said("stocks_do_not_balance", before, now, **fields) + said("more_gone_than_held", before, now, **fields)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param([held("100")], stocks(held("70"), destroyed=[held("30")]), id="it adds up"),
        pytest.param([held("100")], stocks(held("70", "bl 755"), destroyed=[held("30", "BL-755")]), id="names"),
        pytest.param([held("about 100")], stocks(held("75"), destroyed=[held("30")]), id="about"),
        pytest.param([held("at least 100")], stocks(held("300"), destroyed=[held("30")]), id="at least"),
        pytest.param([held("unknown")], stocks(held("300"), destroyed=[held("30")]), id="unknown before"),
        pytest.param([held("100")], stocks(held(""), destroyed=[held("30")]), id="blank now"),
        pytest.param([held("100")], stocks(held("10"), destroyed=[held("unknown")]), id="unknown destroyed"),
        pytest.param([held("100")], stocks(held("10"), destroyed=[]), id="destroyed not answered"),
        pytest.param([held("100")], stocks(destroyed=[held("100")]), id="all gone"),
        pytest.param(
            [held("100")], stocks(held("104"), found_later=[held("4", found_on="May 2025")]), id="found in the period"
        ),
        pytest.param(
            [held("100")], stocks(held("100"), found_later=[held("4", found_on="May 2023")]), id="found long ago"
        ),
        pytest.param([held("100")], stocks(held("90"), retained="10"), id="moved to retention"),
        pytest.param(
            [held("100", "Old name")], stocks(held("70", "New name"), destroyed=[held("30", "Old name")]), id="renamed"
        ),
    ],
)
def test_stocks_that_add_up_or_cannot_be_known_are_no_problem(before, now):
    assert balance(stocks(*before), now) == []


def test_stocks_that_grow_without_a_find_are_pointed_out():
    assert balance(stocks(held("100")), stocks(held("120"))) == [
        "“BL755”: the last report held 100; with 0 found or received and 0 destroyed, transferred or used up, "
        "100 are left. This report holds 120. Check the figure, or say in the notes why."
    ]


def test_what_is_retained_is_counted_with_the_stocks():
    assert balance(stocks(held("100")), stocks(held("100"), retained="10")) == [
        "“BL755”, with those retained: the last report held 100; with 0 found or received and 0 destroyed, "
        "transferred or used up, 100 are left. This report holds 110. Check the figure, or say in the notes why."
    ]


def test_foreign_munitions_that_came_and_were_destroyed_leave_nothing():
    now = stocks(held("100"), destroyed=[held("40", "Mk 20")])
    now["retained_transferred"]["acquired"] = [held("40", "Mk 20", received_from="Norway")]
    assert balance(stocks(held("100")), now) == []


def test_figures_are_written_in_the_readers_way():
    (sentence,) = balance(stocks(held("12000")), stocks(held("about 20000")), language="fr")
    assert "12\u202f000" in sentence


def test_the_account_is_not_drawn_over_a_gap_or_an_overlap():
    before, now = stocks(held("100")), stocks(held("500"))
    assert len(balance(before, now)) == 1
    assert balance(before, now, year=2022) == []
    assert balance(before, now, period=("2024-07-01", "2025-12-31")) == []
    assert balance(None, now) == []


def test_an_unchanged_section_destroys_nothing_again():
    now = report(stocks(held("70"), destroyed=[held("30")]))
    now["sections"]["stockpiles"]["standing"] = "unchanged"
    facts = replace(FACTS, previous=report(stocks(held("70"), destroyed=[held("30")]), year=2024))
    assert [p for p in problems(FORM, now, facts=facts) if p.check == "stocks_do_not_balance"] == []


def test_a_single_section_is_not_held_against_others():
    facts = replace(FACTS, previous=report(stocks(held("100")), year=2024), whole=False)
    found = {p.check for p in problems(FORM, report(stocks(held("500"))), facts=facts)}
    assert found.isdisjoint({"stocks_do_not_balance", "more_gone_than_held"})


def land(*rows, released=(), **more):
    """Areas by name and size, and what was cleared of them."""
    known = [{"area_id": name, "size": size} for name, size in rows] or None
    cleared = [{"area_id": name, "cleared": size} for name, size in released] or None
    return {"contamination_clearance": {"known_areas": known, "suspected_areas": None, "released": cleared, **more}}


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(land(("A", "70 ha"), released=[("A", "30 ha")]), id="it adds up"),
        pytest.param(land(("A", "90 ha"), released=[("A", "30 ha")]), id="a survey found it larger"),
        pytest.param(land(("A", "70 ha"), released=[("", "30 ha")]), id="cleared somewhere"),
        pytest.param(land(("A", "unknown"), released=[("A", "30 ha")]), id="unknown"),
        pytest.param({"contamination_clearance": {"known_areas": [{"area_id": "A", "size": "1 ha"}]}}, id="blank"),
    ],
)
def test_land_that_adds_up_or_cannot_be_known_is_no_problem(now):
    assert said("areas_do_not_balance", land(("A", "1 km2")), now) == []


def test_land_that_disappears_is_pointed_out_once():
    before = land(("A", "100 ha"), ("B", "50 ha"))
    assert said("areas_do_not_balance", before, land(("A", "20 ha"), ("B", "50 ha"), released=[("A", "30 ha")])) == [
        "Area “A”: the last report had 1,000,000 m². Without what was cancelled, reduced and cleared, 700,000 m² are "
        "left, but this report has only 200,000 m². Check the figure, or say in the notes why."
    ]
    assert said("areas_do_not_balance", before, land(("A", "100 ha"), released=[("A", "0 ha")])) == [
        "All areas together: the last report had 1,500,000 m². Without what was cancelled, reduced and cleared, "
        "1,500,000 m² are left, but this report has only 1,000,000 m². Check the figure, or say in the notes why."
    ]


def test_a_hundredfold_area_is_a_question_of_the_unit_alone():
    before, now = land(("A", "3 km2")), land(("A", "3 ha"))
    assert said("unit_perhaps", before, now) == [
        "Area “A” has 30,000 m²; in the last report it had 3,000,000 m². Check the unit."
    ]
    assert said("areas_do_not_balance", before, now) == []


@pytest.mark.parametrize(("standing", "asked"), [("unchanged", 1), ("changed", 0)])
def test_who_retains_nothing_is_not_asked_for_it_every_year(standing, asked):
    now = {"standings": {"retained_transferred": standing}, "since": "2023"}
    assert len(said("retention_unchanged", None, {}, **now)) == asked
    assert said("retention_unchanged", stocks(held("1")), {}, **now) == []


def test_a_jump_is_not_told_of_small_figures_or_where_a_number_is_missing():
    def school(*totals):
        return {"risk_education": {"activities": [{"activity": "Lessons", "total": total} for total in totals]}}

    jumps = [
        (school("100"), school("20000"), 1),
        (school("20000"), school("100"), 1),
        (school("2"), school("90"), 0),
        (school("100", "unknown"), school("20000", "1"), 0),
        (school("0"), school("20000"), 0),
    ]
    assert [len(said("figure_jumps", before, now)) for before, now, _told in jumps] == [told for *_, told in jumps]


def test_the_first_annual_report_may_cover_the_time_of_the_initial_one():
    initial = report(kind="initial", year=2024, period=("2024-07-01", "2025-06-30"))
    found = [p.check for p in problems(FORM, report(), facts=replace(FACTS, previous=initial))]
    assert "period_overlaps" not in found
