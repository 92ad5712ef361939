"""Proposing papers, and what becomes of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ccm_portal.core.domain import documents
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Document, OutgoingMessage
from meetings.domain import papers as acts
from meetings.models import ItemPaper
from tests.factories import MembershipFactory, person, state
from tests.meetings.factories import item, meeting
from tests.papers import AT, PDF, docx, issuer, office
from tests.support import sign_in

pytestmark = pytest.mark.django_db
PROPOSE = "/my/papers/propose/14msp/"


@pytest.fixture
def msp():
    return meeting()


def sent(**fields):
    given = {
        "title": "Clearance in steep terrain",
        "kind": "working_paper",
        "language": "en",
        "issuer": "state:norway",
        "file": SimpleUploadedFile("wp.pdf", PDF),
    }
    return given | fields


def proposed_by(person_, of, **fields):
    given = {
        "codes": [],
        "title": "Clearance in steep terrain",
        "kind": "working_paper",
        "language": "en",
        "issuers": [issuer("NOR")],
        "texts": [acts.NewText("en", PDF, "wp.pdf")],
        "note": "",
    }
    return acts.propose(meeting=of, by=person_, at=AT, **(given | fields))


def test_a_delegate_proposes_a_paper_of_several_states_in_two_languages(msp):
    delegate = person(Role.DRAFTER, "NOR")
    answer = sign_in(Client(), delegate).post(
        PROPOSE,
        sent(
            together=[state("LAO").pk],
            language_2="fr",
            title_2="Le déminage en terrain escarpé",
            file_2=SimpleUploadedFile("wp.docx", docx()),
            note="For the item on clearance.",
        ),
    )
    document = Document.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/my/papers/{document.pk}/")
    assert (document.status, document.note, document.proposed_by) == (
        "proposed",
        "For the item on clearance.",
        delegate,
    )
    assert [row.state.iso3 for row in document.issuers.order_by("position")] == ["NOR", "LAO"]
    assert list(document.texts.order_by("language").values_list("language", "title", "stage", "published_at")) == [
        ("en", "Clearance in steep terrain", "advance", None),
        ("fr", "Le déminage en terrain escarpé", "advance", None),
    ]
    assert [row.meeting.key for row in document.meetings.all()] == ["14msp"]


@pytest.mark.parametrize(
    ("role", "acts_for", "issuer_key", "label"),
    [
        (Role.OBSERVER, "cmc", "org:cmc", "Cluster Munition Coalition"),
        (Role.COMMITTEE_LEADER, "LAO", "state:lao-pdr", "Lao"),
        (Role.PRESIDENT, "LAO", "president", "The President"),
        (Role.ISO_STAFF, "iso", "iso", "Implementation Support"),
    ],
)
def test_observers_leaders_the_president_and_the_iso_propose_for_whom_they_act(msp, role, acts_for, issuer_key, label):
    client = sign_in(Client(), person(role, acts_for))
    assert label in client.get(PROPOSE).content.decode()
    client.post(PROPOSE, sent(issuer=issuer_key))
    assert Document.objects.get().issuers.count() == 1


def test_nobody_proposes_in_the_name_of_a_state_for_which_they_do_not_act(msp):
    answer = sign_in(Client(), person(Role.DRAFTER, "LAO")).post(PROPOSE, sent(issuer="state:norway"))
    assert (answer.status_code, Document.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"file": SimpleUploadedFile("wp.pdf", b"MZ\x90\x00")}, "This file is of a kind that is not taken here."),
        ({"file": ""}, "This field is required."),
        ({"language_2": "fr"}, "A further text needs its language and its file."),
        (
            {"language_2": "en", "file_2": SimpleUploadedFile("wp.pdf", PDF + b"2")},
            "Two files are in one language. A paper has one text in each.",
        ),
        ({"kind": "agenda"}, "Select a valid choice. agenda is not one of the available choices."),
        ({"items": ["7"]}, None),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(msp, fields, sentence):
    answer = sign_in(Client(), person(Role.DRAFTER, "NOR")).post(PROPOSE, sent(**fields, note="A long note"))
    page = answer.content.decode()
    if sentence is None:  # no agenda is published: items are not asked, and not taken
        assert (answer.status_code, ItemPaper.objects.count()) == (302, 0)
        return
    assert (answer.status_code, sentence in page, "A long note" in page, Document.objects.count()) == (
        422,
        True,
        True,
        0,
    )


def test_a_colleague_reads_it_and_a_stranger_does_not(msp):
    document = proposed_by(person(Role.DRAFTER, "NOR"), msp)
    text = document.texts.get()
    answers = {}
    for who, one in {
        "colleague": person(Role.APPROVER, "NOR"),
        "stranger": person(Role.APPROVER, "LAO"),
        "observer": person(Role.OBSERVER, "cmc"),
        "office": office(),
    }.items():
        client = sign_in(Client(), one)
        answers[who] = [
            client.get(address).status_code
            for address in (f"/my/papers/{document.pk}/", f"/files/unpublished-papers/{text.pk}/x.pdf")
        ]
    assert answers == {"colleague": [200, 200], "stranger": [404, 404], "observer": [404, 404], "office": [404, 200]}


def test_an_unpublished_file_is_kept_by_nobody_and_found_by_no_search_engine(msp):
    document = proposed_by(delegate := person(Role.DRAFTER, "NOR"), msp)
    answer = sign_in(Client(), delegate).get(f"/files/unpublished-papers/{document.texts.get().pk}/x.pdf")
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex", True)


def test_it_is_withdrawn_once_and_a_stale_page_is_told(msp):
    document = proposed_by(delegate := person(Role.DRAFTER, "NOR"), msp)
    client = sign_in(Client(), delegate)
    client.post(f"/my/papers/{document.pk}/", {"do": "withdraw", "version": "9"})
    document.refresh_from_db()
    assert document.status == "proposed"
    page = client.get(f"/my/papers/{document.pk}/").content.decode()
    assert "This paper was changed after you opened the page." in page
    client.post(f"/my/papers/{document.pk}/", {"do": "withdraw", "version": "1"})
    document.refresh_from_db()
    assert document.status == "withdrawn"
    assert client.post(f"/my/papers/{document.pk}/", {"do": "withdraw", "version": "2"}).status_code == 302
    document.refresh_from_db()
    assert document.version == 2


def test_one_who_is_named_beside_others_reads_it_and_cannot_withdraw_it(msp):
    document = proposed_by(person(Role.DRAFTER, "NOR"), msp, issuers=[issuer("NOR"), issuer("LAO")])
    client = sign_in(Client(), person(Role.APPROVER, "LAO"))
    assert client.get(f"/my/papers/{document.pk}/").status_code == 200
    assert client.post(f"/my/papers/{document.pk}/", {"do": "withdraw", "version": "1"}).status_code == 403


def test_a_language_is_added_until_the_iso_publishes(msp):
    document = proposed_by(delegate := person(Role.DRAFTER, "NOR"), msp)
    client = sign_in(Client(), delegate)
    added = {"do": "text", "version": "1", "language": "ru", "file": SimpleUploadedFile("r.pdf", PDF + b"ru")}
    assert client.post(f"/my/papers/{document.pk}/", added).status_code == 302
    assert list(document.texts.order_by("language").values_list("language", flat=True)) == ["en", "ru"]
    again = added | {
        "version": "1",
        "language": "es",
        "file": SimpleUploadedFile("s.pdf", PDF + b"es"),
        "title": "Título",
    }
    answer = client.post(f"/my/papers/{document.pk}/", again)
    assert (answer.status_code, "Título" in answer.content.decode()) == (422, True)
    assert 'name="version" value="2"' in answer.content.decode()


def test_whoever_proposed_is_told_once_and_the_mail_holds_no_reason(msp):
    delegate = person(Role.DRAFTER, "NOR")
    one, two = proposed_by(delegate, msp), proposed_by(delegate, msp)
    acts.accept(document=one, meeting=msp, symbol="CCM/MSP/2027/WP.1", codes=[], version=1, by=office(), at=AT)
    acts.refuse(document=two, note="CANARY reason", version=1, by=office(), at=AT)
    told = list(OutgoingMessage.objects.order_by("pk").values_list("kind", "user"))
    assert told == [("meetings.paper_accepted", delegate.pk), ("meetings.paper_refused", delegate.pk)]
    page = sign_in(Client(), delegate).get(f"/my/papers/{two.pk}/").content.decode()
    assert "CANARY reason" in page


def test_a_paper_for_a_meeting_that_was_called_off_is_refused(msp):
    msp.status = "cancelled"
    msp.save()
    with pytest.raises(documents.DocumentRefused) as refused:
        proposed_by(person(Role.DRAFTER, "NOR"), msp)
    assert str(refused.value) == "This meeting was called off. It takes no papers."


def test_a_person_of_two_states_chooses_for_which_they_speak(msp):
    both = person(Role.DRAFTER, "NOR")
    MembershipFactory(user=both, role=Role.DRAFTER, state=state("LAO"))
    page = sign_in(Client(), both).get(PROPOSE).content.decode()
    assert ("state:norway" in page, "state:lao-pdr" in page) == (True, True)


def test_items_that_are_not_published_are_not_offered_and_not_shown_to_who_proposes(msp):
    hidden = item(msp, "CANARY item")
    delegate = person(Role.DRAFTER, "NOR")
    document = proposed_by(delegate, msp)
    acts.accept(
        document=document,
        meeting=msp,
        symbol="CCM/MSP/2027/WP.1",
        codes=[hidden.code],
        version=1,
        by=office(),
        at=AT,
    )
    client = sign_in(Client(), delegate)
    pages = [client.get(address).content.decode() for address in (PROPOSE, f"/my/papers/{document.pk}/")]
    assert ["CANARY item" in page for page in pages] == [False, False]
