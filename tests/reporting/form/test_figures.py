"""The countable answers of a report."""

import pytest
from django.utils.translation import override

from reporting.form.content import SectionState
from reporting.form.figures import figures_of, measures
from tests.reporting.form.sample import FORM, changed, fill, report


def told(**sections):
    """The figures of a report as (measure, path, item, number, precision, unit)."""
    return [
        (f.measure, f.path, f.item, f"{f.number.normalize():f}", f.precision, f.unit)
        for f in figures_of(FORM, report(**sections))
    ]


def stocks(**cells):
    return changed("stockpiles", {}, rows={"stocks": [{"munition_type": "BL755", **cells}]})


def test_a_number_counts_with_its_type_its_cell_and_how_sure_it_is():
    assert told(stockpiles=stocks(munitions="at least 1,200", submunitions="176 400")) == [
        ("stocks_munitions", "stockpiles.stocks.r1.munitions", "BL755", "1200", "at_least", ""),
        ("stocks_submunitions", "stockpiles.stocks.r1.submunitions", "BL755", "176400", "exact", ""),
    ]


@pytest.mark.parametrize("answer", ["unknown", "not applicable", ""])
def test_silence_is_no_figure(answer):
    assert told(stockpiles=stocks(munitions=answer)) == []


@pytest.mark.parametrize("answer", ["none", "0"])
def test_none_is_zero(answer):
    assert told(stockpiles=stocks(munitions=answer)) == [
        ("stocks_munitions", "stockpiles.stocks.r1.munitions", "BL755", "0", "exact", "")
    ]


def test_nothing_to_report_is_a_zero_for_every_measure_of_the_table():
    assert told(stockpiles=changed("stockpiles", {}, none=["destroyed"])) == [
        ("destroyed_munitions", "stockpiles.destroyed.none.munitions", "", "0", "exact", ""),
        ("destroyed_submunitions", "stockpiles.destroyed.none.submunitions", "", "0", "exact", ""),
    ]
    paths = [path for _m, path, *_ in told(victim_assistance=changed("victim_assistance", {}, none=["casualties"]))]
    assert len(paths) == len(set(paths)) == 24
    assert "victim_assistance.casualties.none.new.killed.total" in paths


def test_land_is_counted_in_square_metres_and_money_in_its_currency():
    built = {
        "contamination_clearance": changed(
            "contamination_clearance", {}, rows={"released": [{"province": "North", "cleared": "1.5 km2"}]}
        ),
        "resources_cooperation": changed(
            "resources_cooperation", {}, rows={"national_resources": [{"amount": "about 1.2 million EUR"}]}
        ),
    }
    assert told(**built) == [
        ("area_cleared", "contamination_clearance.released.r1.cleared", "North", "1500000", "exact", "m2"),
        ("national_resources", "resources_cooperation.national_resources.r1.amount", "", "1200000", "about", "EUR"),
    ]


def test_casualties_are_told_apart_by_what_the_row_answers():
    rows = [
        {"counted": "New in the period", "harm": "Killed", "girls": "2"},
        {"counted": "All so far", "harm": "Injured", "men": "30"},
        {"total": "5"},
    ]
    answered = told(victim_assistance=changed("victim_assistance", {}, rows={"casualties": rows}))
    assert [measure for measure, *_ in answered] == [
        "casualties_new_killed_girls",
        "casualties_cumulative_injured_men",
        "casualties_unknown_unknown_total",
    ]


def test_an_unchanged_section_says_again_what_is_held_but_not_what_happened():
    answers = fill(
        "stockpiles",
        {},
        rows={
            "stocks": [{"munition_type": "BL755", "munitions": "70"}],
            "destroyed": [{"munition_type": "BL755", "munitions": "30"}],
        },
        none=["found_later"],
    )
    built = report(stockpiles=SectionState("changed", answers))
    both = [figure.measure for figure in figures_of(FORM, built)]
    built["sections"]["stockpiles"]["standing"] = "unchanged"

    again = [figure.measure for figure in figures_of(FORM, built)]

    assert both == ["stocks_munitions", "destroyed_munitions", "found_later_munitions", "found_later_submunitions"]
    assert again == ["stocks_munitions", "found_later_munitions", "found_later_submunitions"]


def test_a_number_that_nobody_can_mean_is_left_out():
    rows = {"national_resources": [{"amount": "999999999999999 trillion USD"}, {"amount": "5 USD"}]}
    answered = told(resources_cooperation=changed("resources_cooperation", {}, rows=rows))
    assert [number for _m, _p, _i, number, *_ in answered] == ["5"]


def test_every_measure_has_a_name_of_its_own_in_the_readers_language():
    with override("en"):
        english = [str(measure.label) for measure in measures().values()]
    with override("fr"):
        french = [str(measure.label) for measure in measures().values()]
    assert len(english) == len(set(english)) == len(set(measures()))
    assert english[0] == "Cluster munitions held: Munitions"
    assert french != english
    assert max(len(key) for key in measures()) <= 60
