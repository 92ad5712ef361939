"""How a report begins."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.enums import Role
from reporting.domain import drafts, overview
from reporting.enums import ReportKind, Standing, StartFrom
from reporting.models import Report
from tests.reporting.support import IN_TIME, complete, draft_of, file, filed, person, stand, start, write

pytestmark = pytest.mark.django_db

PROGRAMME = "programme.status"


def standings(report: Report) -> dict[str, str]:
    return dict(report.sections.values_list("key", "standing"))


def test_an_empty_form_asks_for_every_section_and_knows_its_period_and_due_date():
    by = person(Role.DRAFTER)

    report = start(by)

    assert (report.slug, report.due, report.status) == ("2025", date(2026, 4, 30), "draft")
    assert {key for key, standing in standings(report).items() if standing} == {"header"}
    period = draft_of(report, "header").answers["parts"]["period"]["values"]
    assert {name: (cell["date"], cell["from"]) for name, cell in period.items()} == {
        "starts": ("2025-01-01", "portal"),
        "ends": ("2025-12-31", "portal"),
    }


def test_nothing_has_changed_stands_on_the_dated_originals():
    by = person()
    first = filed(by, year=2022, at=datetime(2023, 4, 1, tzinfo=UTC), texts={"stockpiles": {PROGRAMME: "Done."}})

    report = start(by, how=StartFrom.NOTHING_CHANGED, base=first)

    expected = dict.fromkeys(standings(report), Standing.NOT_APPLICABLE) | {
        "header": Standing.CHANGED,
        "national_measures": Standing.UNCHANGED,
        "stockpiles": Standing.UNCHANGED,
    }
    assert standings(report) == expected
    assert draft_of(report, "stockpiles").unchanged_since_id == first.pk


def test_unchanged_points_to_the_original_through_any_number_of_unchanged_reports():
    by = person()
    original = filed(by, year=2021, at=datetime(2022, 4, 1, tzinfo=UTC), texts={"stockpiles": {PROGRAMME: "Done."}})
    latest = original
    for year in (2022, 2023, 2024):
        at = datetime(year + 1, 4, 1, tzinfo=UTC)
        latest = filed(by, year=year, at=at, how=StartFrom.NOTHING_CHANGED, base=latest)

    report = start(by, how=StartFrom.NOTHING_CHANGED, base=latest)
    said = file(complete(report, by=by), by=by, key="e" * 32).full_document["sections"]["stockpiles"]

    assert draft_of(report, "stockpiles").unchanged_since_id == original.pk
    assert said["unchanged_since"] == {"slug": "2021", "filed_on": "2022-04-01", "standing": "changed"}
    assert said["parts"]["programme"]["values"]["status"] == {"is": "given", "text": "Done.", "from": "carried:2021"}


def test_a_report_is_carried_forward_from_any_earlier_one_across_missed_years():
    by = person()
    old = filed(by, year=2018, at=datetime(2019, 4, 1, tzinfo=UTC), texts={"stockpiles": {PROGRAMME: "In 2018."}})
    filed(by, year=2020, at=datetime(2021, 4, 1, tzinfo=UTC), texts={"stockpiles": {PROGRAMME: "In 2020."}})

    report = start(by, how=StartFrom.SOME_CHANGED, base=old, changed=["stockpiles"])

    draft = draft_of(report, "stockpiles")
    assert (draft.standing, draft.answers["parts"]["programme"]["values"]["status"]) == (
        Standing.CHANGED,
        {"is": "given", "text": "In 2018.", "from": "carried:2018"},
    )
    assert standings(report)["national_measures"] == Standing.UNCHANGED


def test_an_initial_report_says_everything_for_the_first_time():
    by = person(iso3="VUT")
    at = datetime(2026, 3, 1, tzinfo=UTC)
    earlier = filed(by, iso3="VUT", kind=ReportKind.VOLUNTARY, year=2025, at=at)

    with pytest.raises(drafts.StartRefused):
        start(by, iso3="VUT", kind=ReportKind.INITIAL, how=StartFrom.NOTHING_CHANGED, base=earlier, at=at)
    report = start(by, iso3="VUT", kind=ReportKind.INITIAL, how=StartFrom.SOME_CHANGED, base=earlier, at=at)

    assert (report.slug, report.due) == ("initial", date(2026, 8, 28))
    assert set(standings(report).values()) == {Standing.CHANGED, Standing.UNDECIDED}


def test_a_section_that_did_not_apply_is_not_called_unchanged():
    by = person()
    first = filed(by, year=2022, at=datetime(2023, 4, 1, tzinfo=UTC))
    report = start(by, how=StartFrom.SOME_CHANGED, base=first, changed=["conversion"])

    with pytest.raises(Exception, match="did not apply"):
        stand(report, "conversion", Standing.UNCHANGED, by=by)


@pytest.mark.parametrize(
    ("kind", "year", "iso3"),
    [
        (ReportKind.ANNUAL, 2027, "LAO"),
        (ReportKind.ANNUAL, 2009, "LAO"),
        (ReportKind.ANNUAL, None, "LAO"),
        (ReportKind.ANNUAL, 2025, "BRA"),
        (ReportKind.INITIAL, None, "BRA"),
        (ReportKind.VOLUNTARY, 1999, "BRA"),
    ],
)
def test_a_report_that_is_not_owed_is_refused_in_words(kind, year, iso3):
    with pytest.raises(drafts.StartRefused) as refusal:
        start(person(iso3=iso3), iso3=iso3, kind=kind, year=year)

    assert str(refusal.value).endswith(".")
    assert Report.objects.count() == 0


def test_any_state_may_report_voluntarily():
    report = start(person(iso3="BRA"), iso3="BRA", kind=ReportKind.VOLUNTARY, year=2025)

    assert (report.slug, report.due) == ("2025", None)


def test_the_same_report_is_not_begun_twice():
    by = person()
    report = start(by)
    with pytest.raises(drafts.AlreadyBegun) as begun:
        start(by)
    file(complete(report, by=by), by=by)
    with pytest.raises(drafts.AlreadyBegun) as done:
        start(by)

    assert (begun.value.report, done.value.report) == (report, report)


def test_another_states_report_is_no_base():
    bulgarian = filed(person(iso3="BGR"), iso3="BGR", year=2023, at=datetime(2024, 4, 1, tzinfo=UTC))

    with pytest.raises(drafts.StartRefused):
        start(person(), how=StartFrom.NOTHING_CHANGED, base=bulgarian)


def test_a_draft_of_a_demonstration_account_is_demonstration_data():
    by = person()
    by.is_demonstration = True
    by.save()

    version = file(complete(start(by), by=by), by=by)

    assert (version.provenance, version.full_document["provenance"]) == ("demo", "demo")


def test_what_was_kept_for_states_parties_stays_so_in_the_next_report():
    by = person()
    report = start(by, year=2024, at=datetime(2025, 4, 1, tzinfo=UTC))
    write(report, "stockpiles", {PROGRAMME: "At site 4."}, by=by)
    report.sections.filter(key="stockpiles").update(withheld=["programme"])
    first = file(complete(report, by=by), by=by, at=datetime(2025, 4, 1, tzinfo=UTC))

    again = start(by, how=StartFrom.NOTHING_CHANGED, base=first)
    version = file(complete(again, by=by), by=by, at=IN_TIME, key="d" * 32)

    assert "At site 4." in version.content
    assert "At site 4." not in version.public_content


def test_an_initial_report_is_never_asked_whether_something_is_unchanged():
    by = person(iso3="VUT")
    report = start(by, iso3="VUT", kind=ReportKind.INITIAL)
    found = overview.of_draft(report, for_person=by, since=IN_TIME, on=IN_TIME.date()).blocking

    asked = {problem.section: problem.sentence for problem in found}
    assert asked["stockpiles"].endswith(": answer this section, or say that it does not apply.")
    assert not [sentence for sentence in asked.values() if "unchanged" in sentence]
