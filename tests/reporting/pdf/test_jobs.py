"""Documents are made in the background: once each, found again when a worker is lost, set aside when it is hopeless."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from ccm_portal.core import files, outbox, sweeper
from ccm_portal.core.models import OutgoingMessage, StoredFile
from ccm_portal.core.pdf import process
from ccm_portal.core.work_items import work_items_for
from reporting import emails
from reporting.domain import documents, exports, pdfs
from reporting.enums import Audience
from reporting.models import Report, ReportPdf, Transmission
from tests.factories import UserFactory, everyone
from tests.reporting.pdf.samples import FILED_AT, filed

pytestmark = pytest.mark.django_db


def at(**later):
    return FILED_AT + timedelta(**later)


@pytest.fixture
def version():
    return filed()


@pytest.fixture
def owed(version):
    """The two documents of a version, the one for everybody first."""
    return sorted(pdfs.owe(version=version), key=lambda pdf: pdf.audience, reverse=True)


def renderer(monkeypatch, tmp_path, body):
    """Another program in the renderer's place."""
    program = tmp_path / "renderer.py"
    program.write_text(f"import os, signal, sys, time\nsys.stdin.read()\n{body}\n")
    monkeypatch.setattr(process, "PROGRAM", program)


DIES = "os.kill(os.getpid(), signal.SIGKILL)"


def now(pdf):
    pdf.refresh_from_db()
    return pdf.status, pdf.attempts, pdf.file is not None


def test_a_version_owes_one_document_for_each_audience_however_often_it_is_asked(version):
    first, second = pdfs.owe(version=version), pdfs.owe(version=version)
    assert {pdf.pk for pdf in first} == {pdf.pk for pdf in second}
    assert sorted(ReportPdf.objects.values_list("audience", "status", "attempts")) == [
        ("full", "owed", 0),
        ("public", "owed", 0),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportPdf.objects.create(version=version, audience=Audience.FULL)


def test_an_owed_document_is_made_stored_and_ready_once(owed):
    public, _full = owed

    assert [pdfs.make(pk=public.pk, at=at(seconds=5)) for _ in range(3)] == ["ready", "not mine", "not mine"]

    assert now(public) == ("ready", 1, True)
    assert (public.file.name, public.file.content_type) == ("ccm-lao-pdr-2025-v1.pdf", "application/pdf")
    assert files.read(public.file) == documents.pdf(public.version, Audience.PUBLIC)
    assert StoredFile.objects.count() == 1


def test_each_audience_gets_its_own(owed):
    for pdf in owed:
        pdfs.make(pk=pdf.pk, at=at(seconds=5))
    stored = dict(ReportPdf.objects.values_list("audience", "file__sha256"))
    assert len(set(stored.values())) == 2


# What is true when it runs


def test_no_document_is_made_of_a_report_that_was_recalled(owed):
    public, full = owed
    Report.objects.update(status="recalled", recalled_at=F("filed_at"))

    assert pdfs.make(pk=public.pk, at=at(seconds=5)) == "withdrawn"
    assert pdfs.make(pk=full.pk, at=at(seconds=5)) == "withdrawn"
    assert [now(one) for one in owed] == [("withdrawn", 1, False)] * 2


def test_a_report_recalled_while_its_document_was_made_gives_none(owed, monkeypatch):
    public, _full = owed
    made = documents.pdf

    def recalled_meanwhile(*arguments, **more):
        Report.objects.update(status="recalled", recalled_at=F("filed_at"))
        return made(*arguments, **more)

    monkeypatch.setattr(documents, "pdf", recalled_meanwhile)
    assert pdfs.make(pk=public.pk, at=at(seconds=5)) == "withdrawn"
    assert (now(public), StoredFile.objects.count()) == (("withdrawn", 1, False), 0)


# Lost, killed, hopeless


def test_the_sweeper_rings_for_documents_that_the_queue_lost(owed, monkeypatch):
    rung = []
    monkeypatch.setattr(pdfs.doorbell, "ring_now", lambda task, pk: rung.append((task, pk)))
    assert pdfs.sweep(at=at(seconds=30)) == 0
    assert pdfs.sweep(at=at(seconds=50)) == 2
    assert sorted(rung) == sorted((pdfs.RENDER, pdf.pk) for pdf in owed)


def test_the_portal_sweeps_for_documents():
    assert pdfs.sweep in sweeper._sweeps


def test_a_renderer_killed_amid_its_work_is_started_again(owed, monkeypatch, tmp_path):
    public, _full = owed
    with monkeypatch.context() as killed:
        renderer(killed, tmp_path, DIES)
        assert pdfs.make(pk=public.pk, at=at(seconds=5)) == "owed"
    assert (now(public), public.error) == (("owed", 1, False), "the renderer ended with -9: nothing was said")

    assert pdfs.sweep(at=at(seconds=40)) == 0
    assert pdfs.sweep(at=at(seconds=60)) == 2
    assert pdfs.make(pk=public.pk, at=at(seconds=60)) == "ready"
    assert (now(public), public.error) == (("ready", 2, True), "")


def test_a_worker_that_did_not_come_back_is_not_waited_for(owed):
    public, _full = owed
    ReportPdf.objects.filter(pk=public.pk).update(status="rendering", attempts=1, claimed_at=at(seconds=5))

    assert pdfs.sweep(at=at(minutes=3)) == 1
    assert now(public) == ("rendering", 1, False)
    assert pdfs.sweep(at=at(minutes=4)) == 2
    assert now(public) == ("owed", 1, False)
    assert pdfs.make(pk=public.pk, at=at(minutes=4)) == "ready"


def test_a_worker_that_comes_back_too_late_throws_its_work_away(owed, monkeypatch):
    public, _full = owed
    made = documents.pdf
    others = []

    def slow(*arguments, **more):
        monkeypatch.setattr(documents, "pdf", made)
        pdfs.sweep(at=at(minutes=4))
        others.append(pdfs.make(pk=public.pk, at=at(minutes=4)))
        return made(*arguments, **more)

    monkeypatch.setattr(documents, "pdf", slow)
    assert pdfs.make(pk=public.pk, at=at(seconds=5)) == "not mine"
    assert (others, now(public), StoredFile.objects.count()) == (["ready"], ("ready", 2, True), 1)


def test_a_document_that_kills_its_renderer_three_times_is_set_aside_loudly(owed, monkeypatch, tmp_path, caplog):
    public, full = owed
    renderer(monkeypatch, tmp_path, DIES)

    outcomes = [pdfs.make(pk=public.pk, at=at(minutes=minute)) for minute in range(1, 6)]

    assert outcomes == ["owed", "owed", "failed", "not mine", "not mine"]
    assert now(public) == ("failed", 3, False)
    assert pdfs.sweep(at=at(days=1)) == 1  # the other one; this one does not circle
    assert [r.levelname for r in caplog.records if "is parked after 3 attempts" in r.getMessage()] == ["ERROR"]
    assert Report.objects.get().status == "filed"


def test_workers_lost_three_times_are_no_other_matter(owed, caplog):
    public, _full = owed
    ReportPdf.objects.filter(pk=public.pk).update(status="rendering", attempts=3, claimed_at=at(seconds=5))
    pdfs.sweep(at=at(minutes=4))
    assert now(public) == ("failed", 3, False)


def test_the_office_sees_what_was_set_aside_on_its_desk_and_nobody_else_does(owed):
    public, _full = owed
    people = everyone("LAO", "BGR")
    ReportPdf.objects.filter(pk=public.pk).update(status="failed", attempts=3, error="x", claimed_at=at(seconds=5))

    def told(person):
        return [
            (item.label, item.acts_for, item.detail)
            for item in work_items_for(person, on=at().date())
            if "PDF" in item.label
        ]

    assert {name: told(person) for name, person in people.items() if told(person)} == {
        "ISO staff": [("Find out why there is no PDF: Report for 2025", "Lao People's Democratic Republic", "Public")]
    }


def test_the_command_lists_what_was_set_aside_and_owes_it_anew(owed, capsys):
    public, _full = owed
    ReportPdf.objects.filter(pk=public.pk).update(status="failed", attempts=3, error="x", claimed_at=at(seconds=5))
    call_command("documents")
    call_command("documents", "--again")
    call_command("documents")
    assert capsys.readouterr().out.splitlines() == ["CCM-2025-LAO-1 public: x", "CCM-2025-LAO-1 public: x (owed anew)"]
    assert now(public) == ("owed", 0, False)


def test_a_document_set_aside_can_be_asked_for_again_by_somebody_who_looked(owed):
    public, _full = owed
    ReportPdf.objects.filter(pk=public.pk).update(status="failed", attempts=3, error="x", claimed_at=at(seconds=5))
    assert pdfs.try_again(pdf=public) is True
    assert pdfs.make(pk=public.pk, at=at(minutes=9)) == "ready"
    assert pdfs.try_again(pdf=public) is False


def test_something_that_is_wrong_with_the_data_is_loud_and_is_tried_again(owed, monkeypatch, caplog):
    public, _full = owed
    monkeypatch.setattr(exports, "export_text", lambda version, audience: "no JSON")
    assert pdfs.make(pk=public.pk, at=at(seconds=5)) == "owed"
    assert "could not be written" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_makes_the_document(owed):
    public, _full = owed
    outcomes = []

    def work():
        outcomes.append(pdfs.make(pk=public.pk, at=at(seconds=5)))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(5)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert sorted(outcomes) == ["not mine"] * 4 + ["ready"]
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_is_writing_its_claim_no_other_takes_the_document(owed):
    public, _full = owed
    outcomes = []

    def work():
        outcomes.append(pdfs.make(pk=public.pk, at=at(seconds=5)))
        connection.close()

    with transaction.atomic():
        ReportPdf.objects.select_for_update().get(pk=public.pk)
        others = [threading.Thread(target=work) for _ in range(3)]
        for other in others:
            other.start()
        for other in others:
            other.join(3)
        told = list(outcomes)

    assert told == ["not mine"] * 3
    assert now(public) == ("owed", 0, False)


# The message to the United Nations


def test_the_message_that_waits_for_the_full_document_leaves_with_it(version, mailoutbox):
    _public, full = sorted(pdfs.owe(version=version), key=lambda pdf: pdf.audience, reverse=True)
    Transmission.objects.create(version=version)
    emails.report_filed(version, by=UserFactory(), at=FILED_AT)
    message = OutgoingMessage.objects.get(kind=emails.FILED_TO_UN)
    assert outbox.deliver(pk=message.pk, at=at(seconds=1)) == "owed"

    pdfs.make(pk=full.pk, at=at(seconds=5))

    assert outbox.deliver(pk=message.pk, at=at(seconds=6)) == "sent"
    [mail] = mailoutbox
    [(name, content, kind)] = mail.attachments
    full.refresh_from_db()
    assert (kind, content) == ("application/pdf", files.read(full.file))
    assert Transmission.objects.get().sent_at == at(seconds=6)
