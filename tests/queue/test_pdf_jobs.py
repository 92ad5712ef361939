"""Documents and the messages that wait for them, through a real worker."""

import email
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction

from ccm_portal.core import clock, sweeper
from ccm_portal.core.models import OutgoingMessage, StoredFile
from reporting import emails
from reporting.domain import pdfs
from reporting.models import ReportPdf, Transmission
from tests.factories import UserFactory
from tests.reporting.pdf.samples import filed

pytestmark = pytest.mark.queue

COUNTRIES = ("LAO", "BGR", "HRV", "ESP")
A_WHILE = 120


@pytest.fixture
def by(transactional_db):
    return UserFactory(email="filer@example.org")


def file(iso3, by):
    """What filing owes, in its one transaction."""
    version = filed(iso3=iso3)
    with transaction.atomic():
        Transmission.objects.create(version=version)
        pdfs.owe(version=version)
        emails.report_filed(version, by=by, at=clock.now())
    return version


def documents():
    return Counter(ReportPdf.objects.values_list("status", flat=True))


def messages():
    return Counter(OutgoingMessage.objects.values_list("status", flat=True))


def with_beat(condition):
    """The condition, looked at while the schedule sweeps now and then."""

    def looked_at():
        if condition():
            return True
        time.sleep(2)
        sweeper.sweep_all(at=clock.now())
        return False

    return looked_at


def stored(queue):
    return [path for path in (queue.folder / "media").rglob("*") if path.is_file()]


def parsed(queue):
    return [email.message_from_string(text) for text in queue.mails()]


def test_a_filed_report_becomes_documents_and_the_un_gets_the_full_one(by, queue):
    queue.start_worker()
    file("LAO", by)

    queue.until(with_beat(lambda: documents() == {"ready": 2} and messages() == {"sent": 3}), seconds=A_WHILE)

    mails = {mail["To"]: mail for mail in parsed(queue)}
    assert sorted(mails) == ["filer@example.org", "iso@example.org", "un-mailbox@example.org"]
    [attached] = [part for part in mails["un-mailbox@example.org"].walk() if part.get_filename()]
    full = ReportPdf.objects.get(audience="full").file
    [kept] = [path for path in stored(queue) if path.name == full.key.hex]
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_payload(decode=True) == kept.read_bytes()
    assert Transmission.objects.get().sent_at is not None


def test_when_the_queue_is_emptied_the_sweeper_finds_every_document_and_message(by, queue):
    for iso3 in COUNTRIES[:2]:
        file(iso3, by)
    queue.app.control.purge()
    queue.start_worker()

    sweeper.sweep_all(at=clock.now() + timedelta(minutes=1))

    queue.until(lambda: documents() == {"ready": 4}, seconds=A_WHILE)
    queue.until(with_beat(lambda: messages() == {"sent": 6}), seconds=A_WHILE)
    assert sorted(mail["To"] for mail in parsed(queue)) == sorted(
        ["filer@example.org", "iso@example.org", "un-mailbox@example.org"] * 2
    )


def test_a_worker_killed_amid_a_document_leaves_no_half_one_and_the_next_makes_it(by, queue):
    first = queue.start_worker()
    version = filed()
    pdfs.owe(version=version)
    queue.until(lambda: documents()["rendering"] >= 1, seconds=A_WHILE)
    queue.kill(first)
    lost = documents()
    assert lost["rendering"] >= 1

    queue.start_worker()
    sweeper.sweep_all(at=clock.now() + timedelta(minutes=4))

    queue.until(lambda: documents() == {"ready": 2}, seconds=A_WHILE)
    assert StoredFile.objects.count() == 2
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in stored(queue))
    assert max(ReportPdf.objects.values_list("attempts", flat=True)) == 2


def test_two_workers_make_each_document_once_and_send_each_message_once(by, queue):
    queue.start_worker()
    queue.start_worker()
    versions = [file(iso3, by) for iso3 in COUNTRIES]
    for version in versions:
        pdfs.owe(version=version)
        for pdf in ReportPdf.objects.filter(version=version):
            pdfs.doorbell.ring_now(pdfs.RENDER, pdf.pk)

    queue.until(with_beat(lambda: documents() == {"ready": 8} and messages() == {"sent": 12}), seconds=A_WHILE)

    assert set(ReportPdf.objects.values_list("attempts", flat=True)) == {1}
    assert len(stored(queue)) == StoredFile.objects.count() == 8
    told = Counter(mail["Message-ID"] for mail in parsed(queue))
    assert len(told) == 12
    assert set(told.values()) == {1}
