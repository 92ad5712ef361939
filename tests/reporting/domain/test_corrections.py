"""Corrections: a filed report becomes its next version, and everybody can read why."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from ccm_portal.core import register
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from ccm_portal.core.workflow import TransitionRefused
from reporting import receipt_check
from reporting.domain import contents, corrections, filing, sections, verification
from reporting.domain.corrections import CorrectionClosed, NoteChanged, NoteRefused, NothingCorrected
from reporting.domain.filing import ChangedSinceSeen, KeyUsed, ReportIncomplete
from reporting.domain.queries import record_of
from reporting.domain.reading import report_before
from reporting.domain.sections import DraftClosed, Seen
from reporting.enums import Provenance, StartFrom
from reporting.models import Report, ReportPdf, ReportVersion, ReportWords, SectionDraft, Transmission
from tests.reporting.published import publish
from tests.reporting.support import IN_TIME, add_row, complete, draft_of, filed, person, stand, start, write

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
STATUS = "programme.status"


@pytest.fixture
def by():
    return person()


@pytest.fixture
def version(by):
    return filed(by, texts={"stockpiles": {STATUS: "Running."}})


def opened(version, by, at=LATER):
    return corrections.open_correction(report=version.report, by=by, at=at)


def correct(report, by, *, note="One figure was wrong.", key="c" * 32, at=LATER, **more):
    return corrections.file_correction(report=report, by=by, at=at, filing_key=key, note=note, **more)


def corrected(version, by, text="Done.", *, key="c" * 32, at=LATER):
    report = opened(version, by, at=at)
    write(report, "stockpiles", {STATUS: text}, by=by, at=at)
    return correct(report, by, key=key, at=at)


def status_said(document):
    return document["sections"]["stockpiles"]["parts"]["programme"]["values"]["status"]["text"]


def test_a_correction_begins_with_what_was_filed_and_leaves_it_public(version, by):
    report = opened(version, by)

    assert (report.status, report.is_open, report.correction_opened_by) == ("filed", True, by)
    assert contents.document_of(report, list(report.sections.all())) == version.full_document
    assert list(RegisterEntry.objects.values_list("action", flat=True).order_by("pk")) == [
        "reporting.report.file",
        "reporting.report.open_correction",
    ]


def test_whoever_comes_second_works_on_the_same_correction(version, by):
    report = opened(version, by)
    write(report, "stockpiles", {STATUS: "Done."}, by=by)

    again = opened(version, person(), at=LATER + timedelta(hours=1))

    assert (again.correction_opened_at, again.correction_opened_by) == (LATER, by)
    assert draft_of(report, "stockpiles").answers["parts"]["programme"]["values"]["status"]["text"] == "Done."


def test_a_draft_has_nothing_to_correct(by):
    with pytest.raises(TransitionRefused):
        corrections.open_correction(report=start(by), by=by, at=LATER)


def test_the_correction_is_the_next_version_with_everything_that_a_filing_owes(version, by):
    second = corrected(version, by)

    report = Report.objects.get()
    assert (report.status, report.is_open, report.correction_note, report.filed_at) == ("filed", False, "", IN_TIME)
    assert (second.number, second.receipt_number, second.note) == (2, "CCM-2025-LAO-2", "One figure was wrong.")
    assert (second.due, second.days_late, second.filed_by, second.filed_at) == (None, 0, by, LATER)
    assert (status_said(version.full_document), status_said(second.full_document)) == ("Running.", "Done.")
    assert sorted(ReportPdf.objects.filter(version=second).values_list("audience", "status")) == [
        ("full", "owed"),
        ("public", "owed"),
    ]
    assert Transmission.objects.filter(version=second).count() == 1
    assert ReportWords.objects.get().version_id == second.pk
    assert sorted(OutgoingMessage.objects.filter(ids__version=second.pk).values_list("kind", flat=True)) == [
        "reporting.filed",
        "reporting.filed_to_iso",
        "reporting.filed_to_un",
    ]
    entry = RegisterEntry.objects.order_by("pk").last()
    assert (entry.action, entry.actor) == ("reporting.report.correct", by)
    assert second.content_hash in entry.payload
    assert list(register.faults()) == []
    assert list(verification.faults(second)) == []


def test_the_receipt_of_a_correction_is_proved_by_the_program_we_give_away(version, by, tmp_path):
    second = corrected(version, by)
    export = tmp_path / "report.json"
    export.write_text(second.public_content, encoding="utf-8")

    told = subprocess.run(
        [sys.executable, Path(receipt_check.__file__), export, second.content_hash], capture_output=True, check=False
    )

    assert told.returncode == 0, told.stdout
    assert json.loads(second.receipt)["version"] == 2


def test_a_report_stays_as_late_as_it_was_and_a_correction_is_never_late(by):
    version = filed(by, at=datetime(2026, 5, 11, 9, tzinfo=UTC))
    opened(version, by)
    write(version.report, "stockpiles", {STATUS: "Done."}, by=by)
    second = correct(version.report, by, at=datetime(2027, 1, 1, tzinfo=UTC))

    row = next(row for row in record_of(version.report.state, at=LATER) if row.year == 2025)
    assert (version.days_late > 0, second.days_late, row.days_late) == (True, 0, version.days_late)


def test_the_same_page_posted_again_gives_the_same_version(version, by):
    second = corrected(version, by)

    again = correct(version.report, by)

    assert again == second
    assert ReportVersion.objects.count() == 2


def test_another_page_learns_that_the_correction_is_closed(version, by):
    second = corrected(version, by)

    with pytest.raises(CorrectionClosed) as refusal:
        correct(version.report, by, key="d" * 32)

    assert refusal.value.version == second


def test_a_key_that_filed_another_report_files_no_correction(version, by):
    other = filed(by, year=2024)
    opened(version, by)
    write(version.report, "stockpiles", {STATUS: "Done."}, by=by)

    with pytest.raises(KeyUsed), transaction.atomic():
        correct(version.report, by, key=other.filing_key)


@pytest.mark.parametrize("note", ["", "  \n ", "x" * 2001])
def test_a_correction_says_why_in_public_and_not_at_endless_length(version, by, note):
    report = opened(version, by)
    write(report, "stockpiles", {STATUS: "Done."}, by=by)

    with pytest.raises(NoteRefused):
        correct(report, by, note=note)

    assert Report.objects.get().is_correcting


def test_nothing_is_filed_where_nothing_differs(version, by):
    report = opened(version, by)
    write(report, "stockpiles", {STATUS: "Something else."}, by=by)
    write(report, "stockpiles", {STATUS: "Running."}, by=by)

    with pytest.raises(NothingCorrected) as refusal:
        correct(report, by)

    assert str(refusal.value) == (
        "Nothing differs from version 1, so there is nothing to file. Change what was wrong, then file."
    )


def test_keeping_a_part_for_states_parties_is_something_to_file(version, by, tmp_path):
    report = opened(version, by)
    report.sections.filter(key="stockpiles").update(withheld=["programme"])

    second = correct(report, by)

    assert "Running." in second.content
    assert "Running." not in second.public_content
    assert list(verification.faults(second)) == []


def test_what_a_colleague_wrote_unseen_is_not_filed(version, by):
    report = opened(version, by)
    seen = dict(report.sections.values_list("key", "version"))
    write(report, "stockpiles", {STATUS: "Done."}, by=by)

    with pytest.raises(ChangedSinceSeen), transaction.atomic():
        correct(report, by, seen=seen)


def test_what_blocks_a_filing_blocks_a_correction(version, by):
    report = opened(version, by)
    write(report, "header", {"period.starts": "yesterday or so"}, by=by)

    with pytest.raises(ReportIncomplete), transaction.atomic():
        correct(report, by)


def test_a_save_that_comes_after_the_correction_is_filed_is_told_so(version, by):
    report = opened(version, by)
    write(report, "stockpiles", {STATUS: "Done."}, by=by)
    in_flight = draft_of(report, "stockpiles")
    correct(report, by)

    with pytest.raises(DraftClosed):
        sections.save_cells(
            draft=in_flight, seen=Seen(version=in_flight.version), texts={STATUS: "Late."}, by=by, at=LATER
        )


def test_a_report_is_corrected_as_often_as_its_state_wants(version, by):
    corrected(version, by)
    third = corrected(version, by, "Finished.", key="d" * 32)

    assert (third.number, third.receipt_number) == (3, "CCM-2025-LAO-3")


# What was not written here


def test_a_report_that_has_no_sections_here_is_corrected_from_its_version_in_force(by):
    version = publish(
        said={
            "header/contacts.r1.organisation": "NRA",
            "header/contacts.r1.role": "reports",
            "stockpiles/stocks.r1.munition_type": "BL-755",
            "stockpiles/stocks.r1.munitions": "12",
        }
    )
    assert not SectionDraft.objects.exists()

    report = opened(version, by)

    assert contents.document_of(report, list(report.sections.all())) == version.full_document


def test_what_the_iso_entered_from_a_paper_becomes_the_states_own_by_its_correction(by):
    report = complete(start(by, provenance=Provenance.ISO), by=by)
    write(report, "stockpiles", {STATUS: "Running."}, by=by)
    first = filing.enter_report(
        report=report, by=by, at=IN_TIME, received_on=date(2026, 4, 2), filing_key="e" * 32, note="From the UN."
    )

    second = corrected(first, by)

    assert (first.provenance, second.provenance, second.full_document["provenance"]) == ("iso", "portal", "portal")
    assert Report.objects.get().provenance == "iso"


# The note


def test_the_note_is_written_early_and_a_colleagues_is_not_written_over(version, by):
    report = opened(version, by)
    corrections.write_note(report=report, note="Lot 2-76 was counted twice.", was="", by=by, at=LATER)

    with pytest.raises(NoteChanged) as refusal:
        corrections.write_note(report=report, note="Something else.", was="", by=by, at=LATER)

    assert refusal.value.theirs == Report.objects.get().correction_note == "Lot 2-76 was counted twice."


# Giving up


def test_a_correction_given_up_leaves_what_was_filed(version, by):
    report = opened(version, by)
    write(report, "stockpiles", {STATUS: "Done."}, by=by)
    add_row(report, "stockpiles", "stocks", {"munition_type": "BL-755"}, by=by)
    stand(report, "other_matters", "changed", by=by)

    report = corrections.abandon_correction(report=report, by=by, at=LATER)

    assert not report.is_open
    assert contents.document_of(report, list(report.sections.all())) == version.full_document
    assert RegisterEntry.objects.order_by("pk").last().action == "reporting.report.abandon_correction"
    with pytest.raises(CorrectionClosed):
        corrections.abandon_correction(report=report, by=by, at=LATER)


# What follows


def test_a_draft_that_points_to_the_report_points_to_its_correction(version, by):
    draft = start(by, year=2026, how=StartFrom.NOTHING_CHANGED, base=version)
    before = draft_of(draft, "stockpiles")

    second = corrected(version, by)

    after = draft_of(draft, "stockpiles")
    assert (before.unchanged_since_id, after.unchanged_since_id) == (version.pk, second.pk)
    assert after.version == before.version + 1


def test_a_draft_that_points_to_a_section_which_is_gone_has_to_be_looked_at(version, by):
    draft = start(by, year=2026, how=StartFrom.NOTHING_CHANGED, base=version)
    report = opened(version, by)
    stand(report, "stockpiles", "not_applicable", by=by)
    correct(report, by)

    assert draft_of(draft, "stockpiles").standing == ""


def test_a_new_report_carries_forward_and_is_compared_with_the_correction(version, by):
    second = corrected(version, by)
    draft = start(by, year=2026, how=StartFrom.NOTHING_CHANGED, base=second)
    third = filing.file_report(
        report=complete(draft, by=by), by=by, at=datetime(2027, 2, 1, tzinfo=UTC), filing_key="9" * 32
    )

    assert contents.base_of(draft) == second
    assert status_said(third.full_document) == "Done."
    assert third.full_document["sections"]["stockpiles"]["unchanged_since"]["filed_on"] == "2026-06-02"
    assert report_before(third, list(ReportVersion.objects.select_related("report"))) == second


# Provisional


def test_a_report_filed_as_provisional_says_so_and_its_correction_ends_that(by):
    report = complete(start(by), by=by)
    first = filing.file_report(report=report, by=by, at=IN_TIME, filing_key="a" * 32, provisional=True)
    opened(first, by)
    second = correct(report, by, note="The figures are final now.")

    assert (first.public_document["provisional"], "provisional" in second.public_document) == (True, False)
    assert not Report.objects.get().provisional


def test_a_report_that_is_not_provisional_does_not_speak_of_it(version):
    assert "provisional" not in version.public_content
