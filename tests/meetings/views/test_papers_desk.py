"""The desk on which papers are accepted, put on items, published and revised."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Document
from meetings.domain import agenda_publishing, paper_names
from meetings.domain import papers as acts
from meetings.enums import MeetingAudience, MeetingKind
from meetings.models import Agenda, ItemPaper
from tests.committees.factories import body, leader, partner
from tests.factories import person
from tests.meetings.factories import item, meeting
from tests.papers import AT, PDF, entered, issuer, office, text
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def msp():
    return meeting()


@pytest.fixture
def client():
    return sign_in(Client(), office())


def waiting(msp, **fields):
    given = {
        "codes": [],
        "title": "Clearance in steep terrain",
        "kind": "working_paper",
        "language": "en",
        "issuers": [issuer("NOR")],
        "texts": [acts.NewText("en", PDF, "wp.pdf")],
        "note": "",
    }
    return acts.propose(meeting=msp, by=person(Role.DRAFTER, "NOR"), at=AT, **(given | fields))


def desk(document, of="14msp"):
    return f"/meetings/{of}/desk/papers/{document.pk}/"


def did(client, document, do, of="14msp", **fields):
    """The act from a fresh page, and the page after it."""
    document.refresh_from_db()
    answer = client.post(desk(document, of), {"do": do, "version": document.version} | fields, follow=True)
    document.refresh_from_db()
    return answer.content.decode()


def codes(document):
    return list(ItemPaper.objects.filter(document=document).order_by("code").values_list("code", flat=True))


def test_a_paper_is_accepted_onto_two_items_under_the_next_free_symbol(msp, client):
    first, second = item(msp, "Clearance"), item(msp, "Cooperation")
    entered("CCM/MSP/2027/WP.4", kind="working_paper")
    document = waiting(msp)
    page = client.get(desk(document)).content.decode()
    assert 'value="CCM/MSP/2027/WP.5"' in page
    page = did(client, document, "accept", symbol="ccm/msp/2027/wp.5", items=[first.code, second.code])
    assert "Accepted as CCM/MSP/2027/WP.5. Whoever proposed it is told." in page
    assert (document.status, codes(document)) == ("accepted", [first.code, second.code])


@pytest.mark.parametrize(
    ("symbol", "sentence"),
    [
        ("CCM/MSP/2027/WP.4", "Another paper has the symbol CCM/MSP/2027/WP.4."),
        (
            "CCM/RC/2027/1",
            "After “CCM/” comes MSP (Meetings of States Parties) or CONF (Review Conferences), not “RC”.",
        ),
        (
            "CCM/MSP/2025/WP.99",
            "CCM/MSP/2025/WP.99 is the symbol of another meeting. Those of this meeting begin with CCM/MSP/2027/.",
        ),
        ("", "A paper of this kind needs a symbol. Only a non-paper goes without."),
    ],
)
def test_a_wrong_or_used_symbol_is_refused_in_words_and_stays_in_the_box(msp, client, symbol, sentence):
    entered("CCM/MSP/2027/WP.4", kind="working_paper")
    document = waiting(msp)
    page = did(client, document, "accept", symbol=symbol)
    assert (sentence in page, f'value="{symbol}"' in page or not symbol, document.status) == (True, True, "proposed")


def test_a_colleague_was_faster_and_the_second_is_told(msp, client):
    document = waiting(msp)
    did(client, document, "accept", symbol="CCM/MSP/2027/WP.1")
    answer = client.post(desk(document), {"do": "refuse", "version": 1, "note": "Too late"})
    page = answer.content.decode()
    assert (answer.status_code, "This paper was changed after you opened the page." in page, "Too late" in page) == (
        422,
        True,
        True,
    )
    document.refresh_from_db()
    assert document.status == "accepted"


def test_a_refusal_needs_its_reason(msp, client):
    document = waiting(msp)
    assert document.status == "proposed"
    did(client, document, "refuse", note=" ")
    assert document.status == "proposed"
    did(client, document, "refuse", note="It came after the deadline.")
    assert (document.status, document.decision_note) == ("refused", "It came after the deadline.")


def test_texts_are_added_published_one_language_or_all_and_taken_out(msp, client):
    document = waiting(msp)
    did(client, document, "accept", symbol="CCM/MSP/2027/WP.1")
    for language in ("fr", "ar"):
        sent = SimpleUploadedFile("x.pdf", PDF + language.encode())
        did(client, document, "text", language=language, stage="advance", file=sent)
    did(client, document, "remove", language="ar")
    did(client, document, "publish", language="fr")
    out = document.texts.filter(published_at__isnull=False)
    assert list(out.values_list("language", flat=True)) == ["fr"]
    assert "1 text is public now." in did(client, document, "publish")
    assert (document.status, out.count()) == ("published", 2)


def test_an_edited_text_in_place_of_a_published_copy_is_public_at_once(msp, client):
    document = waiting(msp)
    did(client, document, "accept", symbol="CCM/MSP/2027/WP.1")
    did(client, document, "publish")
    sent = SimpleUploadedFile("x.pdf", PDF + b"edited")
    page = did(client, document, "text", language="en", stage="final", file=sent)
    assert "The text is added and published." in page
    stands = document.texts.get(replaced_at=None)
    assert (stands.stage, stands.published_at is not None) == ("final", True)


def test_a_paper_published_before_its_item_is_allowed_and_said_in_words(msp, client):
    old = item(msp, "Opening")
    agenda_publishing.publish(meeting=msp, version=Agenda.objects.get(meeting=msp).version, by=None, at=AT)
    new = item(msp, "Clearance")
    document = waiting(msp)
    page = did(client, document, "accept", symbol="CCM/MSP/2027/WP.1", items=[old.code, new.code])
    assert "This item is not in the published agenda." in page
    did(client, document, "publish")
    public = Client().get("/meetings/14msp/papers/?item=").content.decode()
    assert ("CCM/MSP/2027/WP.1" in public, "Opening" in public, "Clearance<" in public) == (True, True, False)
    agenda_publishing.publish(meeting=msp, version=Agenda.objects.get(meeting=msp).version, by=None, at=AT)
    assert "This item is not in the published agenda." not in client.get(desk(document)).content.decode()
    assert "Clearance<" in Client().get("/meetings/14msp/papers/?item=").content.decode()


def test_an_item_that_nobody_knows_is_refused(msp, client):
    item(msp, "Opening")
    document = waiting(msp)
    page = did(client, document, "accept", symbol="CCM/MSP/2027/WP.1", items=["99"])
    assert ("Select a valid choice. 99 is not one of the available choices." in page, document.status) == (
        True,
        "proposed",
    )


def test_a_revision_takes_meetings_and_items_along(msp, client):
    on = item(msp, "Clearance")
    document = waiting(msp)
    did(client, document, "accept", symbol="CCM/MSP/2027/WP.1", items=[on.code])
    page = did(client, document, "revise")
    assert "This is the revision CCM/MSP/2027/WP.1/Rev.1." in page
    new = Document.objects.get(symbol="CCM/MSP/2027/WP.1/Rev.1")
    assert (new.revises, codes(new), [row.meeting for row in new.meetings.all()]) == (document, [on.code], [msp])


def test_an_own_paper_is_entered_and_a_used_symbol_refused(msp, client):
    new = {"title": "Provisional agenda", "kind": "agenda", "language": "en", "issuer": "iso"}
    answer = client.post("/meetings/14msp/desk/papers/new/", new | {"symbol": "CCM/MSP/2027/1"})
    assert answer.status_code == 302
    again = client.post("/meetings/14msp/desk/papers/new/", new | {"symbol": "CCM/MSP/2027/1"})
    assert (again.status_code, "Another paper has the symbol CCM/MSP/2027/1." in again.content.decode()) == (422, True)
    nobody = client.post("/meetings/14msp/desk/papers/new/", new | {"symbol": "CCM/MSP/2027/2", "issuer": "below"})
    assert "Say who issues the paper." in nobody.content.decode()


def test_many_files_go_where_their_names_say_and_the_others_are_named(msp, client):
    for symbol in ("CCM/MSP/2027/2", "CCM/MSP/2027/2/Rev.1", "CCM/MSP/2027/WP.1"):
        msp.papers.create(document=entered(symbol))
    names = [
        "CCM-MSP-2027-2-en.pdf",
        "CCM_MSP_2027_2_Rev.1_F.pdf",
        "ccm msp 2027 wp.1 arabic.pdf",
        "CCM-MSP-2027-WP.1.pdf",
        "CCM-MSP-2027-9-en.pdf",
    ]
    files = [SimpleUploadedFile(name, PDF + name.encode()) for name in names]
    files.append(SimpleUploadedFile("CCM-MSP-2027-2-es.pdf", b"<script>"))
    answer = client.post("/meetings/14msp/desk/papers/files/", {"files": files, "stage": "final", "publish": "on"})
    page = answer.content.decode()
    taken = {(one.symbol, text.language) for one in Document.objects.all() for text in one.texts.all()}
    assert taken == {("CCM/MSP/2027/2", "en"), ("CCM/MSP/2027/2/Rev.1", "fr"), ("CCM/MSP/2027/WP.1", "ar")}
    sentences = [
        "CCM-MSP-2027-WP.1.pdf: The name does not say the language.",
        "CCM-MSP-2027-9-en.pdf: The name holds no symbol of a paper of this meeting.",
        "CCM-MSP-2027-2-es.pdf: This file is of a kind that is not taken here.",
    ]
    assert (answer.status_code, [words in page for words in sentences]) == (422, [True] * 3)


def test_names_are_read_as_people_write_them():
    symbols = ["CCM/MSP/2027/2", "CCM/MSP/2027/2/Rev.1", "CCM/CONF/2020/WP.2"]
    read = [
        (paper_names.symbol_of(name, symbols), paper_names.language_of(name))
        for name in ("CCM-CONF-2020-WP.2 (S).docx", "ccm_msp_2027_2_zh.pdf", "2027-2-en.pdf", "notes.pdf", "")
    ]
    assert read == [
        ("CCM/CONF/2020/WP.2", "es"),
        ("CCM/MSP/2027/2", "zh-hans"),
        (None, "en"),
        (None, None),
        (None, None),
    ]


def test_papers_of_a_closed_meeting_are_run_by_who_leads_read_by_members_and_never_published():
    closed = meeting(
        "clearance-1", kind=MeetingKind.BODY, ordinal=None, title="Closed", audience=MeetingAudience.MEMBERS
    )
    chair = leader("clearance", "NOR")
    member, stranger = partner("clearance"), leader("victims", "LAO")
    closed.convened_by.add(body("clearance"))
    client = sign_in(Client(), chair)
    document = waiting(closed, kind="non_paper", title="A non-paper")
    own = document.texts.get()
    file = f"/files/unpublished-papers/{own.pk}/x.pdf"
    before = [sign_in(Client(), one).get(file).status_code for one in (chair, member, stranger)]
    did(client, document, "accept", of="clearance-1", symbol="")
    after = [sign_in(Client(), one).get(file).status_code for one in (chair, member, stranger)]
    assert (document.status, before, after) == ("accepted", [200, 404, 404], [200, 200, 404])
    page = did(client, document, "publish", of="clearance-1")
    assert ("Not everybody may know of this meeting, so its papers are not published." in page, document.status) == (
        True,
        "accepted",
    )


def test_who_leads_a_closed_meeting_runs_no_paper_that_an_open_one_has_too(msp):
    closed = meeting(
        "clearance-1", kind=MeetingKind.BODY, ordinal=None, title="Closed", audience=MeetingAudience.MEMBERS
    )
    chair = leader("clearance", "NOR")
    closed.convened_by.add(body("clearance"))
    document = entered("CCM/MSP/2027/2")
    text(document)
    for one in (msp, closed):
        one.papers.create(document=document)
    client = sign_in(Client(), chair)
    assert client.post(desk(document, "clearance-1"), {"do": "publish", "version": 3}).status_code == 404


def test_the_office_sees_what_waits_over_all_meetings(msp, client):
    document = waiting(msp)
    other = meeting("3rc", kind=MeetingKind.REVIEW_CONFERENCE, ordinal=3, symbol_stem="CCM/CONF/2026")
    done = entered("CCM/CONF/2026/1", title="Review document")
    other.papers.create(document=done)
    text(done, "en", publish=True)
    pages = [
        client.get(address).content.decode() for address in ("/office/papers/", "/office/papers/?show=unpublished")
    ]
    assert [document.title in page for page in pages] == [True, False]
    assert ["Review document" in page for page in pages] == [False, False]
    text(done, "fr")
    assert "Review document" in client.get("/office/papers/?show=unpublished").content.decode()
