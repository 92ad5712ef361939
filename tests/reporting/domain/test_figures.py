"""Figures as rows: of the versions in force, by State and year, each with where it stands."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from reporting.domain import figures
from reporting.models import ReportFigure
from tests.reporting.published import publish
from tests.reporting.support import add_row, complete, file, person, start

pytestmark = pytest.mark.django_db

HELD = {"stockpiles/stocks.a.munition_type": "BL755", "stockpiles/stocks.a.munitions": "120"}


def held(number):
    return HELD | {"stockpiles/stocks.a.munitions": number}


def filed(*args, **fields):
    version = publish(*args, **fields)
    figures.write(version)
    return version


def added(measure="stocks_munitions", **asked):
    return [(t.state.iso3, t.year, t.unit, int(t.number), t.precision) for t in figures.totals(measure, **asked)]


def test_filing_makes_the_figures():
    by = person()
    report = complete(start(by), by=by)
    add_row(report, "stockpiles", "stocks", {"munition_type": "BL755", "munitions": "120"}, by=by)

    version = file(report, by=by)

    assert ReportFigure.objects.get(version=version, measure="stocks_munitions").number == Decimal(120)


def test_a_correction_counts_in_place_of_what_it_corrects():
    first = filed("LAO", 2025, held("120"))
    filed(report=first.report, said=held("100"), number=2)
    assert added() == [("LAO", 2025, "", 100, "exact")]


def test_a_recalled_report_does_not_count():
    version = filed("LAO", 2025, HELD)
    type(version.report).objects.filter(pk=version.report_id).update(
        status="recalled", recalled_at=version.filed_at, recall_note="Sent by mistake."
    )
    assert added() == []


def test_what_is_kept_for_states_parties_is_counted_for_them_alone():
    filed("LAO", 2025, HELD, withheld=["stockpiles/stocks"])
    assert (added(), added(public=False)) == ([], [("LAO", 2025, "", 120, "exact")])


def test_totals_are_by_state_year_and_unit_and_say_how_sure_they_are():
    spent = {f"resources_cooperation/national_resources.{row}.amount": amount
             for row, amount in (("a", "5 USD"), ("b", "about 10 USD"), ("c", "7 EUR"))}  # fmt: skip
    filed("LAO", 2025, spent)
    filed("DEU", 2024, {"resources_cooperation/national_resources.a.amount": "3 EUR"})
    assert added("national_resources") == [
        ("LAO", 2025, "EUR", 7, "exact"),
        ("LAO", 2025, "USD", 15, "about"),
        ("DEU", 2024, "EUR", 3, "exact"),
    ]
    assert added("national_resources", years=[2024]) == [("DEU", 2024, "EUR", 3, "exact")]


def test_the_annual_report_speaks_for_a_year_that_the_initial_one_also_covers():
    period = {"header/period.ends": "31 December 2025"}
    filed("LAO", None, held("150") | period)
    assert added() == [("LAO", 2025, "", 150, "exact")]
    filed("LAO", 2025, held("120"))
    assert added() == [("LAO", 2025, "", 120, "exact")]


def test_zero_is_told_from_silence():
    filed("LAO", 2025, {"stockpiles/stocks": None})
    filed("DEU", 2025, {"stockpiles/destroyed": None})
    assert added() == [("LAO", 2025, "", 0, "exact")]


def test_every_figure_leads_to_its_report_version_and_cell(django_assert_num_queries):
    filed("LAO", 2025, HELD)
    filed("DEU", 2025, HELD)
    with django_assert_num_queries(1):
        found = [
            (one.state.iso3, one.item, int(one.number), one.path, figures.place_of(one))
            for one in figures.listed().filter(measure="stocks_munitions", year=2025)
        ]
    assert found == [
        ("DEU", "BL755", 120, "stockpiles.stocks.a.munitions", "/reports/germany/2025/v1/#stockpiles"),
        ("LAO", "BL755", 120, "stockpiles.stocks.a.munitions", "/reports/lao-pdr/2025/v1/#stockpiles"),
    ]


def test_missing_figures_are_made_by_command_and_made_again_without_doubling(capsys):
    version = publish("LAO", 2025, HELD)
    call_command("figures")
    call_command("figures")
    call_command("figures", again=True)
    line = f"{version.receipt_number}: 1\n"
    assert capsys.readouterr().out == line * 2
    assert added() == [("LAO", 2025, "", 120, "exact")]
