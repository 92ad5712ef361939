"""Kinds and shapes of reports as States write them, each through its whole way: typed, filed, read."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation

from reporting.enums import ReportKind
from reporting.form.sentences import period_words
from tests.reporting.support import add_row, complete, draft_of, file, filed, person, start, write

pytestmark = pytest.mark.django_db


def read(report, language="en") -> str:
    with translation.override(language):
        return Client().get(report.get_absolute_url()).content.decode()


def typed(report, key, path):
    part, *rest = path.split(".")
    state = draft_of(report, key).answers["parts"][part]
    return state["values"].get(rest[0]) if "values" in state else state["rows"][-1]["cells"].get(rest[0])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Aucune modification de la législation."),
        ("es", "La legislación no ha cambiado."),
        ("ru", "Законодательство не изменилось."),
        ("ar", "لم يتغير التشريع الوطني."),
        ("zh-hans", "国家法律没有变化。"),
    ],
)
def test_a_report_in_any_language_is_filed_and_read_in_another(language, words):
    version = filed(person(), language=language, texts={"other_matters": {"matters.text": words}})
    page = read(version.report)

    assert (version.public_document["language"], words in page, words in read(version.report, language)) == (
        language,
        True,
        True,
    )
    assert f'lang="{language}"' in page


def test_a_signatory_files_voluntarily_and_is_neither_due_nor_late():
    by = person(iso3="AGO")
    version = filed(by, iso3="AGO", kind=ReportKind.VOLUNTARY, year=2024)

    assert (version.report.slug, version.due, version.days_late) == ("2024", None, 0)
    assert "late" not in read(version.report).partition("<main")[2].partition("page-head")[2].partition("</header>")[0]


def test_a_period_of_31_months_is_said_with_the_words_that_stand_for_it():
    period = {"from": "2015-03-01", "to": "2017-10-31", "as_written": "INITIAL REPORT"}

    assert period_words(period, "en") == "1 March 2015 to 31 October 2017 (“INITIAL REPORT”)"
    assert period_words({"from": None, "to": None, "as_written": "INITIAL REPORT"}, "en") == "“INITIAL REPORT”"


def test_a_report_that_gives_its_period_in_words_alone_is_filed_and_read():
    by = person()
    report = start(by)
    write(report, "header", {"period.starts": "", "period.ends": "", "period.as_written": "INITIAL REPORT"}, by=by)
    version = file(complete(report, by=by), by=by)

    assert version.public_document["period"] == {"from": None, "to": None, "as_written": "INITIAL REPORT"}
    assert "“INITIAL REPORT”" in read(report)


def test_a_report_that_comes_six_years_late_says_by_how_much_and_nothing_else():
    version = filed(person(), year=2019, at=datetime(2026, 5, 1, 9, tzinfo=UTC))
    report = version.report

    assert (report.slug, version.days_late) == ("2019", (datetime(2026, 5, 1) - datetime(2020, 4, 30)).days)
    assert f"{version.days_late} days late" in read(report)


def test_a_voluntary_report_stands_beside_the_annual_one_of_its_year():
    by = person()
    annual = filed(by, year=2025)
    first = filed(by, year=2025, kind=ReportKind.VOLUNTARY)
    second = filed(by, year=2025, kind=ReportKind.VOLUNTARY)

    assert [one.report.slug for one in (annual, first, second)] == ["2025", "2025-2", "2025-3"]
    assert [Client().get(one.report.get_absolute_url()).status_code for one in (annual, first, second)] == [200] * 3
    assert (first.due, first.days_late) == (None, 0)


@pytest.mark.parametrize(
    ("text", "precision", "number"),
    [("about 1200", "about", 1200), ("at least 30", "at_least", 30), ("at most 5", "at_most", 5), ("7", "exact", 7)],
)
def test_a_number_keeps_how_exact_it_is(text, precision, number):
    by = person()
    report = start(by)
    row = add_row(
        report, "stockpiles", "stocks", {"munition_type": "BL755", "munitions": text, "lot_numbers": "2-76"}, by=by
    )
    cell, lot = typed(report, "stockpiles", "stocks.munitions"), typed(report, "stockpiles", "stocks.lot_numbers")

    assert (cell["precision"], cell["number"], lot["text"], row) == (precision, number, "2-76", "r1")


@pytest.mark.parametrize(("text", "date"), [("2014", "2014"), ("May 2014", "2014-05"), ("3 April 2012", "2012-04-03")])
def test_a_date_is_as_exact_as_it_was_written(text, date):
    by = person()
    report = start(by)
    add_row(report, "national_measures", "measures", {"measure": "A law", "adopted": text}, by=by)

    assert typed(report, "national_measures", "measures.adopted")["date"] == date


def test_a_date_that_can_be_read_two_ways_is_not_guessed():
    by = person()
    report = start(by)
    add_row(report, "national_measures", "measures", {"measure": "A law", "adopted": "03/04/2012"}, by=by)
    cell = typed(report, "national_measures", "measures.adopted")

    assert (cell["is"], cell["raw"]) == ("unreadable", "03/04/2012")
    assert "03/04/2012" in cell["problem"]


def test_areas_in_three_units_keep_what_was_reported():
    by = person()
    report = start(by)
    for size in ("1.2 km2", "30 ha", "5000 m2"):
        add_row(report, "contamination_clearance", "suspected_areas", {"size": size}, by=by)
    rows = draft_of(report, "contamination_clearance").answers["parts"]["suspected_areas"]["rows"]
    areas = [row["cells"]["size"] for row in rows]

    assert [(one["amount"], one["unit"], one["square_metres"]) for one in areas] == [
        ("1.2", "km2", "1200000"),
        ("30", "ha", "300000"),
        ("5000", "m2", "5000"),
    ]
