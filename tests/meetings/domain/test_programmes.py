"""The annotated programme on paper: owed when published, made once a language, found again when its worker is lost."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from meetings.domain import agenda_publishing, programmes
from meetings.models import ProgrammePdf
from tests.meetings.factories import A_MOMENT, agenda, item, meeting, sittings

pytestmark = pytest.mark.django_db
LATER = A_MOMENT + timedelta(minutes=10)


@pytest.fixture
def revision():
    of = meeting(languages=["en", "ar"])
    words = {"en": {"title": "Clearance", "text": "By theme."}, "ar": {"title": "إزالة", "text": ""}}
    item(of, words=words, sitting=sittings(of)[0])
    return agenda_publishing.publish(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)


def test_a_revision_owes_a_document_in_each_language_of_the_meeting(revision):
    owed = ProgrammePdf.objects.filter(revision=revision, file=None)

    assert set(owed.values_list("language", flat=True)) == {"en", "ar"}


def test_what_is_made_is_tagged_and_in_its_language_and_the_same_again(revision):
    row = ProgrammePdf.objects.get(language="ar")

    assert programmes.make(pk=row.pk, at=LATER)
    assert not programmes.make(pk=row.pk, at=LATER)
    row.refresh_from_db()
    content = row.file.file.read()
    with pikepdf.open(BytesIO(content)) as document:
        assert document.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in document.Root
        assert str(document.Root.Lang) == "ar"
        assert document.open_metadata()["pdfuaid:part"] == "1"
    assert content == programmes.pdf(revision, "ar")


def test_a_claimed_document_is_left_to_its_worker_until_that_is_lost(revision):
    row = ProgrammePdf.objects.get(language="en")
    ProgrammePdf.objects.filter(pk=row.pk).update(claimed_at=LATER, attempts=1)

    assert not programmes.make(pk=row.pk, at=LATER + timedelta(minutes=1))
    assert programmes.make(pk=row.pk, at=LATER + timedelta(minutes=4))


def test_the_sweeper_rings_for_what_is_owed_and_not_for_what_failed_three_times(revision):
    assert programmes.sweep(at=A_MOMENT + timedelta(seconds=10)) == 0
    assert programmes.sweep(at=LATER) == 2
    ProgrammePdf.objects.filter(language="en").update(attempts=3, error="no")
    assert programmes.sweep(at=LATER) == 1


def test_the_file_is_given_out_and_until_then_said_to_be_coming(client, revision):
    page = "/files/programmes/14msp-r1-en.pdf"

    waiting = client.get(page)
    programmes.make(pk=ProgrammePdf.objects.get(language="en").pk, at=LATER)
    there = client.get(page)

    assert (waiting.status_code, waiting["Retry-After"]) == (503, "60")
    assert (there.status_code, there["Content-Type"]) == (200, "application/pdf")
    assert client.get("/files/programmes/14msp-r1-ru.pdf").status_code == 404
