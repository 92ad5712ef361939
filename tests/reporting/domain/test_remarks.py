"""Which earlier report a draft is held against, and who may read what that says."""

from datetime import UTC, datetime

import pytest

from reporting.domain import contents, overview, remarks
from reporting.enums import ReportKind
from tests.reporting.published import draft, publish
from tests.reporting.support import IN_TIME, add_row, person, stand, start

pytestmark = pytest.mark.django_db

HELD = {
    "stockpiles/stocks.a.munition_type": "BL755",
    "stockpiles/stocks.a.munitions": "987",
    "retained_transferred/retained": None,
    "header/period.starts": "1 January 2024",
    "header/period.ends": "31 December 2024",
}


def previous(report):
    found = remarks.previous_of(report)
    return found and found["slug"]


def test_a_report_is_held_against_the_one_in_force_for_the_latest_time_before(django_assert_num_queries):
    publish("LAO", None, {}, slug="initial")
    publish("LAO", 2022, {})
    before = publish("LAO", 2024, HELD)
    publish(report=before.report, number=2, said=HELD | {"stockpiles/stocks.a.munitions": "900"})
    publish("LAO", 2026, {})
    publish("DEU", 2024, {})
    report = draft("LAO", 2025)

    with django_assert_num_queries(1):
        content = remarks.previous_of(report)

    cells = content["sections"]["stockpiles"]["parts"]["stocks"]["rows"][0]["cells"]
    assert (content["slug"], cells["munitions"]["number"]) == ("2024", 900)
    assert previous(draft("LAO", 2023)) == "2022"
    assert previous(draft("LAO", 2021)) == "initial"


def test_an_initial_report_and_the_first_one_have_none_before():
    assert previous(draft("LAO", None, kind=ReportKind.INITIAL, slug="initial-2")) is None
    assert previous(draft("LAO", 2025)) is None


def grown(by):
    """A draft in which stocks have grown without a find."""
    report = start(by)
    stand(report, "retained_transferred", "not_applicable", by=by)
    add_row(report, "stockpiles", "stocks", {"munition_type": "BL755", "munitions": "1500"}, by=by)
    for part in ("destroyed", "found_later"):
        add_row(report, "stockpiles", part, {"munition_type": "BL755", "munitions": "0"}, by=by)
    stand(report, "stockpiles", "changed", by=by)
    return report


def seen_by(report, who):
    found = overview.of_draft(report, for_person=who, since=datetime(2026, 1, 1, tzinfo=UTC), on=IN_TIME.date())
    return " ".join(problem.sentence for problem in found.warnings)


def test_the_state_reads_its_earlier_figures_in_a_warning_and_nobody_else_does():
    publish("LAO", 2024, HELD, withheld=["stockpiles/stocks"])
    by = person()
    report = grown(by)

    assert "the last report held 987" in seen_by(report, by)
    assert "987" not in seen_by(report, person(iso3="DEU"))


def test_no_figure_of_an_earlier_report_stops_a_filing():
    publish("LAO", 2024, HELD)
    by = person()
    report = grown(by)
    drafts = list(report.sections.all())
    document = contents.document_of(report, drafts)

    told = {problem.check for problem in remarks.problems_of(report, document, drafts, on=IN_TIME.date())}
    stops = {problem.check for problem in remarks.blocking(report, document, drafts, on=IN_TIME.date())}

    assert "stocks_do_not_balance" in told
    assert stops == {problem for problem in stops if problem in ("no_standing", "no_contact")}
