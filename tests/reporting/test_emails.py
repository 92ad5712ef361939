"""The messages of a filing, rendered as they leave."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db.models import F

from ccm_portal.core import outbox
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage, StoredFile
from reporting.domain import corrections
from reporting.enums import PdfStatus
from reporting.models import Report, ReportPdf, Transmission
from tests.reporting.support import IN_TIME, complete, file, person, start, write

pytestmark = pytest.mark.django_db

SOON = IN_TIME + timedelta(minutes=2)


def file_a_report(**fields):
    by = person()
    for name, value in fields.items():
        setattr(by, name, value)
    by.save()
    return file(complete(start(by), by=by), by=by), by


def deliver(kind):
    message = OutgoingMessage.objects.get(kind=kind)
    return outbox.deliver(pk=message.pk, at=SOON)


def test_the_filer_gets_the_receipt():
    version, by = file_a_report()

    assert deliver("reporting.filed") == MessageStatus.SENT

    [letter] = mail.outbox
    assert letter.to == [by.email]
    assert letter.subject == "Filed: Lao People's Democratic Republic, Report for 2025"
    for words in (version.receipt_number, version.content_hash, "1 March 2026", "/reports/lao-pdr/2025/"):
        assert words in letter.body
    assert "{" not in letter.body and "&#" not in letter.body


def test_the_filer_is_written_to_in_their_own_language():
    _version, _by = file_a_report(language="fr")

    deliver("reporting.filed")

    assert "le 1er mars 2026" in mail.outbox[0].body


def test_the_iso_hears_that_nothing_needs_its_approval():
    file_a_report()

    deliver("reporting.filed_to_iso")

    assert mail.outbox[0].to == ["iso@example.org"]
    assert "nothing needs your approval" in mail.outbox[0].body


def test_the_un_gets_the_report_once_its_full_pdf_is_there_and_that_is_noted():
    version, _by = file_a_report()
    waited = deliver("reporting.filed_to_un")
    stored = StoredFile.objects.create(
        file=ContentFile(b"%PDF-1.7 whole", name="whole.pdf"),
        name="whole.pdf",
        content_type="application/pdf",
        size=14,
        sha256="0" * 64,
        created_at=IN_TIME,
    )
    ReportPdf.objects.filter(version=version, audience="full").update(status=PdfStatus.READY, file=stored)

    later = SOON + timedelta(minutes=5)
    sent = outbox.deliver(pk=OutgoingMessage.objects.get(kind="reporting.filed_to_un").pk, at=later)

    [letter] = mail.outbox
    assert (waited, sent) == (MessageStatus.OWED, MessageStatus.SENT)
    assert letter.to == ["un-mailbox@example.org"]
    [attached] = letter.attachments
    assert re.fullmatch(r"ccm-lao-pdr-2025.*\.pdf", attached.filename)
    assert Transmission.objects.get().sent_at == later


def test_a_recalled_report_is_announced_to_nobody():
    file_a_report()
    Report.objects.update(status="recalled", recalled_at=F("filed_at"))

    assert [deliver(f"reporting.{name}") for name in ("filed", "filed_to_iso", "filed_to_un")] == ["withdrawn"] * 3
    assert mail.outbox == []


def test_demonstration_data_says_so_in_every_message():
    file_a_report(is_demonstration=True)

    deliver("reporting.filed")
    deliver("reporting.filed_to_iso")

    assert ["demonstration data" in letter.body for letter in mail.outbox] == [True, True]


def test_a_correction_says_that_it_is_one_and_why_and_the_united_nations_get_the_whole_new_report():
    by = person()
    version = file(complete(start(by), by=by), by=by)
    OutgoingMessage.objects.all().delete()
    report = corrections.open_correction(report=version.report, by=by, at=IN_TIME)
    write(report, "stockpiles", {"programme.status": "Done."}, by=by)
    second = corrections.file_correction(
        report=report, by=by, at=IN_TIME, filing_key="c" * 32, note="Lot 2-76 was counted twice."
    )
    stored = StoredFile(name="r.pdf", sha256="0" * 64, size=4, content_type="application/pdf", created_at=IN_TIME)
    stored.file.save("r.pdf", ContentFile(b"%PDF"))
    ReportPdf.objects.filter(version=second, audience="full").update(status=PdfStatus.READY, file=stored)

    for message in OutgoingMessage.objects.all():
        outbox.deliver(pk=message.pk, at=IN_TIME)

    assert sorted(letter.subject for letter in mail.outbox) == [
        "Convention on Cluster Munitions, Article 7: Lao People's Democratic Republic, Report for 2025"
        " (correction, version 2)",
        "Corrected: Lao People's Democratic Republic, Report for 2025, version 2",
        "Corrected: Lao People's Democratic Republic, Report for 2025, version 2",
    ]
    assert all("Lot 2-76 was counted twice." in letter.body for letter in mail.outbox)
    assert all("CCM-2025-LAO-2" in letter.body for letter in mail.outbox)
    assert sorted(len(letter.attachments) for letter in mail.outbox) == [0, 0, 1]
    assert not any("day late" in letter.body or "days late" in letter.body for letter in mail.outbox)
