"""Papers and minutes of a body: read by who works there, and by everybody once they are published."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ccm_portal.core.document_rules import unpublished_documents, visible_documents
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Document, DocumentText
from committees.models import BodyPaper
from committees.panels import body_panels
from tests.committees import factories, work
from tests.factories import person
from tests.meetings.factories import meeting
from tests.papers import PDF, docx
from tests.support import sign_in

pytestmark = pytest.mark.django_db

HERE = "/committees/clearance/workspace/papers/"
ORIGIN = {"headers": {"origin": "http://testserver"}}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


@pytest.fixture
def leader():
    return factories.leader("clearance", "LAO")


def sent(**fields):
    given = {"title": "Minutes of October", "kind": "minutes", "meeting_key": "", "language": "en"} | fields
    return {"file": SimpleUploadedFile("minutes.pdf", PDF)} | given


def added(client, leader):
    sign_in(client, leader).post(f"{HERE}new/", sent(), **ORIGIN)
    return BodyPaper.objects.get(), DocumentText.objects.get()


def test_minutes_are_read_by_who_works_there_and_by_nobody_else(client, leader):
    paper, text = added(client, leader)
    places = [HERE, f"{HERE}{paper.pk}/", f"{HERE}{paper.pk}/files/{text.pk}/"]
    reader, stranger = factories.partner("clearance", place="reader"), factories.partner("victim-assistance")
    states = person(Role.HEAD_OF_DELEGATION, "LAO")

    assert [sign_in(client, reader).get(place).status_code for place in places] == [200] * 3
    assert [sign_in(client, stranger).get(place).status_code for place in places] == [404] * 3
    assert [unpublished_documents(user).count() for user in (reader, stranger, states)] == [1, 0, 0]
    assert [visible_documents(user).count() for user in (reader, stranger, states)] == [1, 0, 0]
    assert body_panels(paper.body, at=work.AT) == []


def test_a_place_that_is_ended_closes_the_papers_too(client, leader):
    paper, text = added(client, leader)
    reader = factories.partner("clearance", place="reader")
    address = f"{HERE}{paper.pk}/files/{text.pk}/"
    before = sign_in(client, reader).get(address).status_code
    reader.workspaceplace_set.all().delete()

    assert (before, client.get(address).status_code) == (200, 404)


def test_everybody_reads_what_is_published(client, leader):
    paper, _text = added(client, leader)
    client.post(f"{HERE}{paper.pk}/publish/", {"version": paper.document.version}, **ORIGIN)
    document = Document.objects.get()

    assert document.published_at is not None
    assert "Minutes of October" in client.get("/committees/clearance/").content.decode()
    assert "Minutes of October" in client.get(f"/papers/{document.pk}/").content.decode()
    assert client.post(f"{HERE}{paper.pk}/publish/", {"version": "9"}, **ORIGIN).status_code == 302


def test_a_further_language_and_a_file_that_comes_too_late(client, leader):
    paper, _text = added(client, leader)
    version = paper.document.version
    word = SimpleUploadedFile("procès-verbal.docx", docx())
    sent_now = {"version": version, "language": "fr", "file": word}
    first = client.post(f"{HERE}{paper.pk}/", sent_now, **ORIGIN)
    late = client.post(f"{HERE}{paper.pk}/", sent_now | {"file": SimpleUploadedFile("x.docx", docx("Other"))}, **ORIGIN)

    assert (first.status_code, late.status_code) == (302, 200)
    assert "The paper was changed after you opened the page." in late.content.decode()
    assert sorted(DocumentText.objects.values_list("language", flat=True)) == ["en", "fr"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": SimpleUploadedFile("a.exe", b"MZ\x00")}, "PDF"),
        ({"kind": "report"}, "Select a valid choice"),
        ({"title": " "}, "This field is required"),
    ],
)
def test_what_cannot_be_taken_is_said_in_words(client, leader, fields, sentence):
    answer = sign_in(client, leader).post(f"{HERE}new/", sent(**fields), **ORIGIN)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert (BodyPaper.objects.count(), Document.objects.count()) == (0, 0)


def test_partners_read_papers_and_add_none(client, leader):
    paper, _text = added(client, leader)
    sign_in(client, factories.partner("clearance"))
    places = ["new/", f"{paper.pk}/", f"{paper.pk}/publish/"]

    assert [client.post(HERE + place, {"version": "1"}, **ORIGIN).status_code for place in places] == [403] * 3


def test_a_hostile_title_is_only_a_title(client, leader):
    sign_in(client, leader).post(f"{HERE}new/", sent(title="<script>alert(1)</script>"), **ORIGIN)
    paper = BodyPaper.objects.get()
    pages = [client.get(place).content.decode() for place in (HERE, f"{HERE}{paper.pk}/")]

    assert ["<script>alert" in page for page in pages] == [False, False]
    assert ["alert(1)" in page for page in pages] == [True, True]


def test_minutes_name_a_meeting_of_the_body_and_no_other(client, leader):
    mine = meeting("body-2026-1", kind="body", ordinal=None, title="Clearance in May", audience="members")
    mine.convened_by.add(factories.body("clearance"))
    meeting()

    page = sign_in(client, leader).get(f"{HERE}new/").content.decode()
    other = client.post(f"{HERE}new/", sent(meeting_key="14msp"), **ORIGIN)
    client.post(f"{HERE}new/", sent(meeting_key="body-2026-1"), **ORIGIN)

    assert ("Clearance in May" in page, 'value="14msp"' in page, other.status_code) == (True, False, 422)
    assert BodyPaper.objects.get().meeting_key == "body-2026-1"
