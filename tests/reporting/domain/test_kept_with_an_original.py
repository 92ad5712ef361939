"""A section that stands unchanged keeps for States Parties what the report that it points to keeps for them."""

import json
from datetime import UTC, datetime

import pytest

from reporting.domain import corrections, imports, sections, workbooks
from reporting.domain.sections import Seen
from reporting.enums import StartFrom
from reporting.models import ReportVersion, SectionDraft
from tests.reporting.support import complete, draft_of, file, filed, page, person, stand, start, write

pytestmark = pytest.mark.django_db

KEY, PART = "stockpiles", "programme"
PLACE = f"{PART}.status"
CANARY = "CANARY-storage site"
FIRST, SECOND, THIRD = (datetime(year, 3, 1, 9, tzinfo=UTC) for year in (2024, 2025, 2026))
BETWEEN = datetime(2026, 2, 1, 9, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def by():
    return person()


def keep(report, *, by, at=FIRST, kept=True):
    """Mark the part as one for States Parties alone."""
    draft = draft_of(report, KEY)
    sections.save_page(
        draft=draft,
        seen=Seen(version=draft.version, page="here"),
        texts={},
        nones={},
        withheld={PART: kept},
        standing=None,
        act="",
        place="",
        by=by,
        at=at,
    )


def kept_report(by, *, year=2023, at=FIRST):
    report = start(by, year=year, at=at)
    write(report, KEY, {PLACE: CANARY}, by=by, at=at)
    stand(report, KEY, "changed", by=by, at=at)
    keep(report, by=by, at=at)
    return file(complete(report, by=by, at=at), by=by, at=at, key=f"{year:032x}")


def kept_by_correction(version, by, *, at):
    """The State keeps from now on what it had published, and says something new there."""
    report = corrections.open_correction(report=version.report, by=by, at=at)
    write(report, KEY, {PLACE: CANARY}, by=by, at=at)
    keep(report, by=by, at=at)
    return corrections.file_correction(report=report, by=by, at=at, filing_key=f"{at.timestamp():032.0f}", note="Kept.")


def assert_kept(version):
    assert version.full_document["sections"][KEY]["parts"][PART]["values"]["status"]["text"] == CANARY
    assert CANARY not in version.public_content
    assert json.loads(version.public_content)["withheld"] == [f"{KEY}/{PART}"]


def test_by_a_draft_whose_original_is_corrected_meanwhile(by):
    first = filed(by, year=2024, at=SECOND, texts={KEY: {PLACE: "Running."}})
    report = start(by, year=2025, how=StartFrom.NOTHING_CHANGED, base=first, at=BETWEEN)

    kept_by_correction(first, by, at=BETWEEN)

    assert_kept(file(complete(report, by=by, at=THIRD), by=by, at=THIRD))


def test_by_a_report_that_begins_after_its_original_was_corrected(by):
    first = filed(by, year=2023, at=FIRST, texts={KEY: {PLACE: "Running."}})
    second = start(by, year=2024, how=StartFrom.NOTHING_CHANGED, base=first, at=SECOND)
    second = file(complete(second, by=by, at=SECOND), by=by, at=SECOND)
    kept_by_correction(first, by, at=BETWEEN)

    report = start(by, year=2025, how=StartFrom.NOTHING_CHANGED, base=second, at=THIRD)

    assert_kept(file(complete(report, by=by, at=THIRD), by=by, at=THIRD, key="3" * 32))


def test_by_a_section_that_is_said_to_be_unchanged_after_that(by):
    first = filed(by, year=2024, at=SECOND, texts={KEY: {PLACE: "Running."}})
    report = start(by, year=2025, how=StartFrom.SOME_CHANGED, base=first, changed=[KEY], at=BETWEEN)
    kept_by_correction(first, by, at=BETWEEN)

    stand(report, KEY, "unchanged", by=by, at=THIRD)

    assert_kept(file(complete(report, by=by, at=THIRD), by=by, at=THIRD))


def begun_before_it_was_kept(by):
    """A draft with what was public when it began, and the report that it began from, corrected since."""
    first = filed(by, year=2024, at=SECOND, texts={KEY: {PLACE: "Running."}})
    report = start(by, year=2025, how=StartFrom.SOME_CHANGED, base=first, changed=[KEY], at=BETWEEN)
    kept_by_correction(first, by, at=BETWEEN)
    return report


def taking(report, *, by, withheld=None):
    """The button that takes last year's answer over."""
    page(draft_of(report, KEY), by=by, at=THIRD, act="keep", place=PLACE, withheld=withheld or {})


def test_by_a_section_that_takes_its_answer_over_by_the_button(by):
    report = begun_before_it_was_kept(by)

    taking(report, by=by)

    assert_kept(file(complete(report, by=by, at=THIRD), by=by, at=THIRD))


def test_by_a_section_that_takes_its_answer_over_while_it_is_typed(by):
    report = begun_before_it_was_kept(by)
    draft = draft_of(report, KEY)

    sections.save_cells(
        draft=draft, seen=Seen(version=draft.version, page="here"), texts={}, keep=[PLACE], by=by, at=THIRD
    )

    assert_kept(file(complete(report, by=by, at=THIRD), by=by, at=THIRD))


def test_by_a_section_that_takes_a_workbook_with_its_answers(by):
    report = begun_before_it_was_kept(by)
    draft = draft_of(report, KEY)
    book = workbooks.given_out(draft, "last", language="en")
    upload = workbooks.read_workbook(section=draft, content=book, name="last.xlsx", language="en", by=by, at=THIRD)

    workbooks.accept(upload=upload, seen=Seen(version=draft.version), remove=False, with_unread=False, by=by, at=THIRD)

    assert_kept(file(complete(report, by=by, at=THIRD), by=by, at=THIRD))


def test_but_whoever_has_chosen_to_publish_it_is_not_asked_again(by):
    report = begun_before_it_was_kept(by)
    taking(report, by=by)
    keep(report, by=by, at=THIRD, kept=False)
    write(report, KEY, {PLACE: "Something else."}, by=by, at=THIRD)

    taking(report, by=by)

    assert CANARY in file(complete(report, by=by, at=THIRD), by=by, at=THIRD).public_content


def test_but_the_state_may_publish_it_with_the_word_that_nothing_changed(by):
    first = kept_report(by, year=2024, at=SECOND)
    report = start(by, year=2025, how=StartFrom.NOTHING_CHANGED, base=first, at=THIRD)

    keep(report, by=by, at=THIRD, kept=False)
    stand(report, KEY, "unchanged", by=by, at=THIRD)

    assert CANARY in file(complete(report, by=by, at=THIRD), by=by, at=THIRD).public_content


def pointing_to(slug, day):
    contacts = {"parts": {"contacts": {"rows": [{"organisation": "National Regulatory Authority"}]}}}
    unchanged = {"standing": "unchanged", "unchanged_since": {"slug": slug, "filed_on": day, "standing": "changed"}}
    report = {
        "format": "ccm-article7/1",
        "state": "LAO",
        "kind": "annual",
        "year": 2025,
        "language": "en",
        "sections": {"header": contacts, KEY: unchanged},
    }
    return imports.read_file(data=json.dumps(report).encode(), name="report.json")


def test_by_a_paper_that_the_office_enters_from_a_file(by):
    kept_report(by, year=2023, at=FIRST)

    done = imports.import_paper(told=pointing_to("2023", "2024-03-01"), by=by, at=THIRD, received_on=THIRD.date())

    assert_kept(done.version)


def test_by_a_file_that_names_the_version_before_it_was_kept(by):
    first = filed(by, year=2023, at=FIRST, texts={KEY: {PLACE: CANARY}})
    kept_by_correction(first, by, at=BETWEEN)

    done = imports.import_paper(told=pointing_to("2023", "2024-03-01"), by=by, at=THIRD, received_on=THIRD.date())

    assert_kept(done.version)
    assert SectionDraft.objects.get(report=done.report, key=KEY).unchanged_since == ReportVersion.objects.get(
        pk=first.pk
    )
