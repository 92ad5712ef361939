"""Recalling a report, and putting it back: by its State alone, saying why, with nothing of it left in sight."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import transaction

from ccm_portal.core import outbox, register
from ccm_portal.core.models import OutgoingMessage, RegisterEntry, StoredFile
from ccm_portal.core.workflow import TransitionRefused
from reporting.domain import contents, corrections, pdfs, published, queries, recalls, words
from reporting.domain.drafts import StartRefused
from reporting.domain.filing import TwinFiled
from reporting.domain.queries import FilingStatus, record_of
from reporting.domain.recalls import RecallRefused
from reporting.enums import StartFrom
from reporting.models import Report, ReportPdf, ReportWords
from reporting.rules import published_versions
from tests.reporting.support import IN_TIME, draft_of, file, filed, person, start, write

pytestmark = pytest.mark.django_db

LATER = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
WHY = "The wrong file was filed."


@pytest.fixture
def by():
    return person()


@pytest.fixture
def version(by):
    return filed(by, texts={"stockpiles": {"programme.status": "Running."}})


def recall(version, by, *, reason=WHY, seen=1, at=LATER):
    return recalls.recall_report(report=version.report, reason=reason, seen=seen, by=by, at=at)


def reinstate(version, by, *, at=LATER + timedelta(days=1)):
    seen = Report.objects.get(pk=version.report_id).recalled_at
    return recalls.reinstate_report(report=version.report, seen=seen, by=by, at=at)


def test_a_recalled_report_is_out_of_everything_and_its_obligation_is_open_again(version, by):
    report = recall(version, by)

    assert (report.status, report.recalled_at, report.recall_note, report.filed_at) == ("recalled", LATER, WHY, IN_TIME)
    assert not published_versions().exists()
    assert not published.listed().exists()
    assert not ReportWords.objects.exists()
    assert words.write_missing_words(at=LATER) == 0
    assert queries.latest_filed(report.state) is None
    row = next(row for row in record_of(report.state, at=LATER) if row.year == 2025)
    assert (row.status, row.report) == (FilingStatus.MISSING, None)
    assert [
        owed.year
        for owed, begun in queries.outstanding(type(report.state).objects.filter(iso3="LAO"), on=LATER.date())
        if not begun and owed.year == 2025
    ] == [2025]
    entry = RegisterEntry.objects.order_by("pk").last()
    assert (entry.action, entry.actor, WHY in entry.payload) == ("reporting.report.recall", by, True)
    assert list(register.faults()) == []


def test_what_is_on_its_way_is_withdrawn(version, by):
    recall(version, by)

    assert set(ReportPdf.objects.values_list("status", flat=True)) == {"withdrawn"}
    assert dict(OutgoingMessage.objects.filter(kind__startswith="reporting.filed").values_list("kind", "status")) == {
        "reporting.filed": "withdrawn",
        "reporting.filed_to_iso": "withdrawn",
        "reporting.filed_to_un": "withdrawn",
    }
    assert list(pdfs.parked()) == []


def test_a_document_that_a_worker_has_in_hand_is_set_aside(version, by):
    pdf = ReportPdf.objects.filter(audience="public").get()
    claimed = pdfs._claim(pdf.pk, LATER)
    recall(version, by)

    assert pdfs._finish(claimed, b"%PDF-1.7", LATER) == "withdrawn"
    assert ReportPdf.objects.get(pk=pdf.pk).file is None


def test_the_iso_and_the_united_nations_hear_of_it_with_the_reason(version, by):
    recall(version, by)
    for message in OutgoingMessage.objects.filter(kind="reporting.recalled"):
        outbox.deliver(pk=message.pk, at=LATER)

    assert sorted(letter.to[0] for letter in mail.outbox) == ["iso@example.org", "un-mailbox@example.org"]
    assert {letter.subject for letter in mail.outbox} == {"Recalled: Lao People's Democratic Republic, Report for 2025"}
    assert all(WHY in letter.body and "CCM-2025-LAO-1" in letter.body for letter in mail.outbox)
    assert not any("Running." in letter.body for letter in mail.outbox)


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_a_recall_says_why(version, by, reason):
    with pytest.raises(RecallRefused), transaction.atomic():
        recall(version, by, reason=reason)

    assert Report.objects.get().status == "filed"


def test_nothing_is_recalled_while_a_correction_is_open(version, by):
    corrections.open_correction(report=version.report, by=by, at=LATER)

    with pytest.raises(RecallRefused, match="A correction of this report is open"), transaction.atomic():
        recall(version, by)


def test_a_newer_version_is_read_before_it_is_recalled(version, by):
    report = corrections.open_correction(report=version.report, by=by, at=LATER)
    write(report, "stockpiles", {"programme.status": "Done."}, by=by)
    corrections.file_correction(report=report, by=by, at=LATER, filing_key="c" * 32, note="Mended.")

    with pytest.raises(RecallRefused, match="was corrected after you opened this page"), transaction.atomic():
        recall(version, by)


def test_a_recalled_report_is_neither_recalled_again_nor_corrected(version, by):
    recall(version, by)

    with pytest.raises(TransitionRefused), transaction.atomic():
        recall(version, by)
    with pytest.raises(TransitionRefused), transaction.atomic():
        corrections.open_correction(report=version.report, by=by, at=LATER)


def test_nothing_is_carried_forward_from_a_recalled_report(version, by):
    draft = start(by, year=2026, how=StartFrom.NOTHING_CHANGED, base=version)
    before = draft_of(draft, "stockpiles")
    recall(version, by)

    after = draft_of(draft, "stockpiles")
    assert (before.standing, after.standing, after.unchanged_since, after.version) == (
        "unchanged",
        "",
        None,
        before.version + 1,
    )
    assert contents.base_of(draft) is None
    version.report.refresh_from_db()
    with pytest.raises(StartRefused), transaction.atomic():
        start(by, year=2024, how=StartFrom.SOME_CHANGED, base=version)


# Reinstating


def test_a_reinstated_report_stands_as_it_was_filed(version, by):
    recall(version, by)

    report = reinstate(version, by)

    assert (report.status, report.recalled_at, report.recall_note, report.filed_at) == ("filed", None, "", IN_TIME)
    assert list(published_versions()) == [version]
    assert ReportWords.objects.get().version_id == version.pk
    assert set(ReportPdf.objects.values_list("status", "attempts")) == {("owed", 0)}
    assert RegisterEntry.objects.order_by("pk").last().action == "reporting.report.reinstate"


def test_the_united_nations_get_a_reinstated_report_whole_and_the_news_of_the_recall_is_withdrawn(version, by):
    recall(version, by)
    reinstate(version, by)
    file_ = StoredFile(name="r.pdf", sha256="0" * 64, size=4, content_type="application/pdf", created_at=LATER)
    file_.file.save("r.pdf", ContentFile(b"%PDF"))
    ReportPdf.objects.filter(audience="full").update(status="ready", file=file_)
    at = LATER + timedelta(days=1, minutes=1)
    for message in OutgoingMessage.objects.filter(status="owed"):
        outbox.deliver(pk=message.pk, at=at)

    assert dict(OutgoingMessage.objects.filter(kind="reporting.recalled").values_list("address", "status")) == {
        "iso@example.org": "withdrawn",
        "un-mailbox@example.org": "withdrawn",
    }
    assert [(letter.to[0], len(letter.attachments)) for letter in sorted(mail.outbox, key=lambda one: one.to)] == [
        ("iso@example.org", 0),
        ("un-mailbox@example.org", 1),
    ]
    version.transmission.refresh_from_db()
    assert version.transmission.sent_at == at


def test_a_report_is_not_reinstated_beside_another_of_its_year(version, by):
    recall(version, by)
    filed(by, at=LATER)

    with pytest.raises(TwinFiled) as refusal, transaction.atomic():
        reinstate(version, by)

    assert str(refusal.value) == ("Report for 2025 is filed already, as another report. Correct that one instead.")


def test_a_draft_of_its_year_is_not_filed_beside_a_reinstated_report(version, by):
    recall(version, by)
    draft = start(by, at=LATER)
    reinstate(version, by)

    with pytest.raises(TwinFiled), transaction.atomic():
        file(draft, by=by)


def test_only_a_recalled_report_is_reinstated(version, by):
    with pytest.raises(TransitionRefused):
        reinstate(version, by)
