"""Papers: proposed, accepted or not, withdrawn, revised; their texts, each on its day."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from ccm_portal.core.document_workflow import DOCUMENT_TRANSITIONS
from ccm_portal.core.domain import document_texts, documents
from ccm_portal.core.domain.documents import DocumentChanged, DocumentRefused, Issuer, SymbolTaken
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.models import Document, DocumentText, RegisterEntry
from ccm_portal.core.symbols import SymbolRefused
from tests import factories
from tests.papers import AT, PDF, docx, entered, office, proposed, published, text

LATER = AT + timedelta(days=1)


def accepted(document, symbol="CCM/MSP/2027/WP.1", **fields):
    given = {"version": document.version, "by": office(), "at": AT}
    return documents.accept(document=document, symbol=symbol, **(given | fields))


def state_of(document):
    document.refresh_from_db()
    return (document.symbol, document.status, document.version, document.decision_note)


def acts():
    return list(RegisterEntry.objects.order_by("number").values_list("action", flat=True))


@pytest.mark.django_db
def test_the_arrows_are_these():
    assert {(t.name, frozenset(t.sources), t.target, t.perm) for t in DOCUMENT_TRANSITIONS} == {
        ("accept", frozenset({"proposed"}), "accepted", "core.manage_document"),
        ("refuse", frozenset({"proposed"}), "refused", "core.manage_document"),
        ("withdraw", frozenset({"proposed", "accepted"}), "withdrawn", "core.withdraw_document"),
        ("publish", frozenset({"accepted", "published"}), "published", "core.manage_document"),
        ("take_back", frozenset({"published"}), "withdrawn", "core.manage_document"),
    }


@pytest.mark.django_db
def test_a_paper_is_proposed_by_several_and_accepted_with_its_symbol():
    document = proposed(issuers=("NOR", "LAO", "cmc"), note="For the item on clearance.")
    assert state_of(document) == ("", "proposed", 1, "")
    assert [str(row) for row in document.issuers.order_by("position")] == [
        str(factories.state("NOR")),
        str(factories.state("LAO")),
        "Cluster Munition Coalition",
    ]

    accepted(document, "ccm/msp/2027/wp.1")
    assert state_of(document) == ("CCM/MSP/2027/WP.1", "accepted", 2, "")
    assert acts() == ["core.document.propose", "core.document.accept"]


@pytest.mark.django_db
def test_a_paper_needs_a_title_an_issuer_and_a_known_kind():
    for wrong, sentence in [
        ({"title": "  \n"}, "Write the title of the paper."),
        ({"title": "a" * 301}, "A title has at most 300 characters."),
        ({"issuers": []}, "Say who issues the paper."),
        ({"kind": "pamphlet"}, "Choose what kind of paper it is."),
        ({"issuers": [Issuer(name=str(n)) for n in range(61)]}, "A paper has at most 60 issuers."),
        ({"note": "a" * 5001}, "Write at most 5000 characters."),
    ]:
        with pytest.raises(DocumentRefused) as refused:
            documents.propose(
                **(
                    {"title": "T", "kind": "other", "language": "en", "by": None, "at": AT}
                    | {"issuers": [Issuer(name="ISO")]}
                    | wrong
                )
            )
        assert str(refused.value) == sentence
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_a_non_paper_goes_without_a_symbol_and_a_working_paper_does_not():
    accepted(non_paper := proposed(kind="non_paper"), "")
    assert state_of(non_paper) == ("", "accepted", 2, "")
    with pytest.raises(SymbolRefused) as refused:
        accepted(proposed(), "")
    assert str(refused.value) == "A paper of this kind needs a symbol. Only a non-paper goes without."


@pytest.mark.django_db
def test_a_symbol_in_use_is_refused_in_words_and_nothing_changes():
    entered("CCM/MSP/2027/WP.1")
    document = proposed()
    with pytest.raises(SymbolTaken) as refused:
        accepted(document)
    assert str(refused.value) == (
        "Another paper has the symbol CCM/MSP/2027/WP.1."
        " A changed text is its revision; a new paper takes the next number."
    )
    assert state_of(document) == ("", "proposed", 1, "")


@pytest.mark.django_db
def test_a_refusal_says_why_and_is_the_end_of_it():
    document = proposed()
    with pytest.raises(DocumentRefused):
        documents.refuse(document=document, note=" ", version=1, by=office(), at=AT)
    documents.refuse(document=document, note="It came after the deadline.", version=1, by=office(), at=AT)
    assert state_of(document) == ("", "refused", 2, "It came after the deadline.")
    with pytest.raises(DocumentRefused) as refused:
        accepted(document, version=2)
    assert str(refused.value) == "“Accept the paper” is not possible while the status is “Not accepted”."


@pytest.mark.django_db
def test_whoever_saw_an_older_version_is_told_and_changes_nothing():
    document = proposed()
    accepted(document)
    with pytest.raises(DocumentChanged) as changed:
        documents.withdraw(document=document, version=1, by=document.proposed_by, at=AT)
    assert changed.value.document.status == "accepted"
    assert state_of(document) == ("CCM/MSP/2027/WP.1", "accepted", 2, "")


@pytest.mark.django_db
def test_texts_come_on_different_days_and_the_first_publishes_the_paper():
    document = proposed()
    text(document, "en", stage="advance", by=document.proposed_by)
    accepted(document, version=2)
    text(document, "fr", stage="advance", at=LATER, publish=True)
    assert state_of(document)[1] == "published"
    assert document.published_at == LATER

    document_texts.publish_texts(document=document, version=document.version, by=office(), at=LATER)
    rows = document.texts.order_by("language").values_list("language", "stage", "published_at", "replaced_at")
    assert list(rows) == [("en", "advance", LATER, None), ("fr", "advance", LATER, None)]
    assert acts()[-3:] == ["core.document.accept", "core.document.add_text", "core.document.publish"]


@pytest.mark.django_db
def test_the_edited_text_takes_the_place_of_the_advance_copy_which_is_kept():
    document = published("CCM/MSP/2027/2", stage="advance")
    text(document, "en", stage="final", publish=True, at=LATER)
    rows = document.texts.order_by("pk").values_list("stage", "published_at", "replaced_at")
    assert list(rows) == [("advance", AT, LATER), ("final", LATER, None)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"stage": "advance"}, "The edited text is here. An advance copy does not take its place."),
        (
            {"content": PDF + b"new", "publish": False},
            "Everybody reads the text in this language. The new one takes its place when it is published with it.",
        ),
        ({"content": PDF + b"enfinal"}, "This is the file that stands there in this language."),
        ({"language": "xx"}, "Choose the language of the text."),
        ({"stage": "draft"}, "Say whether it is an advance copy or the edited text."),
    ],
)
def test_a_text_that_cannot_follow_is_refused(fields, sentence):
    document = published()
    with pytest.raises(DocumentRefused) as refused:
        text(document, **({"language": "en", "stage": "final", "publish": True} | fields))
    assert str(refused.value) == sentence
    assert document.texts.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"<html><script>alert(1)</script>",
        b"%PDF-1.7 /Encrypt 1 0 R",
        b"PK\x03\x04 broken",
    ],
)
def test_hostile_content_is_refused_whatever_its_name_says(content):
    document = entered()
    with pytest.raises(FileRefused):
        text(document, content=content, name="agenda.pdf")
    assert not DocumentText.objects.exists()


@pytest.mark.django_db
def test_a_hostile_name_keeps_only_what_is_a_name():
    stored = text(entered(), content=docx(), name="../../etc/\x00pass\u202ewd\r\n.docx").file
    assert stored.name == "passwd.docx"
    assert ".." not in stored.file.name


@pytest.mark.django_db
def test_a_closed_paper_takes_no_texts_and_a_proposed_one_is_not_published():
    document = proposed()
    with pytest.raises(DocumentRefused) as refused:
        text(document, publish=True)
    assert str(refused.value) == "Accept the paper first, then publish its texts."
    documents.withdraw(document=document, version=1, by=document.proposed_by, at=AT)
    with pytest.raises(DocumentRefused) as refused:
        text(document)
    assert str(refused.value) == "This paper is closed. It takes no more texts."


@pytest.mark.django_db
def test_a_revision_is_a_paper_of_its_own_with_the_next_symbol():
    document = published("CCM/MSP/2027/2")
    revised = documents.revise(document=document, by=office(), at=LATER)
    again = documents.revise(document=revised, by=office(), at=LATER)
    assert [(one.symbol, one.status, one.revises_id) for one in (revised, again)] == [
        ("CCM/MSP/2027/2/Rev.1", "accepted", document.pk),
        ("CCM/MSP/2027/2/Rev.2", "accepted", revised.pk),
    ]
    with pytest.raises(DocumentRefused) as refused:
        documents.revise(document=document, by=office(), at=LATER)
    assert str(refused.value) == "This paper has been revised. Revise its newest revision."


@pytest.mark.django_db
def test_a_published_paper_is_taken_back_only_with_a_reason():
    document = published()
    with pytest.raises(DocumentRefused):
        documents.withdraw(document=document, version=document.version, by=office(), at=LATER)
    documents.take_back(document=document, note="The wrong file.", version=document.version, by=office(), at=LATER)
    assert state_of(document)[1:] == ("withdrawn", 4, "The wrong file.")


@pytest.mark.django_db
def test_the_database_keeps_a_published_text_as_it_was():
    document = published()
    other = entered("CCM/MSP/2027/9")
    unpublished = text(other, "ar")
    rows = document.texts.filter(language="en")
    for change in ({"title": "Another"}, {"stage": "advance"}, {"file": unpublished.file}, {"published_at": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    rows.update(replaced_at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(replaced_at=None)
    unpublished.delete()
    assert list(DocumentText.objects.values_list("language", "stage", "title")) == [
        ("en", "final", "Provisional agenda")
    ]


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_give_one_symbol_at_once_one_gets_it_and_the_other_is_told():
    papers = [proposed(title=f"Paper {n}") for n in range(2)]
    officers = [office() for _n in range(2)]
    barrier, outcomes = threading.Barrier(2), {}

    def give(number):
        try:
            connection.ensure_connection()
            barrier.wait()
            outcomes[number] = accepted(papers[number], by=officers[number], also=lambda document: time.sleep(0.3))
        except Exception as refusal:
            outcomes[number] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes.values()) == ["Document", "SymbolTaken"]
    assert list(Document.objects.exclude(symbol="").values_list("symbol", "status")) == [
        ("CCM/MSP/2027/WP.1", "accepted")
    ]
