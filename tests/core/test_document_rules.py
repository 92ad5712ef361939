"""Who reads a paper before everybody does: by object, and as lists; both always agree."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from ccm_portal.core import document_readers
from ccm_portal.core.document_rules import own_documents, public_texts, visible_documents, visible_texts
from ccm_portal.core.domain import documents
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Document, DocumentText
from ccm_portal.core.permissions import may
from tests import factories
from tests.papers import AT, office, proposed, published, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """One person of every kind as seen from Norway, an observer of the ICRC, a former proposer, and nobody."""
    return factories.everyone("NOR", "LAO") | {
        "observer of another": factories.person(Role.OBSERVER, "icrc"),
        "anonymous": AnonymousUser(),
    }


def who(people, may_they):
    return {name for name, person in people.items() if may_they(person)}


def listed(queryset_of, document):
    return lambda person: queryset_of(person).filter(pk=document.pk).exists()


def test_an_unpublished_paper_is_read_by_the_office_and_by_those_who_issue_it(people):
    document = proposed(issuers=("NOR", "cmc"), by=people["lent colleague"])
    readers = {"drafter", "approver", "head of delegation", "ISO staff", "observer"}
    assert who(people, lambda person: may(person, "core.view_document", document)) == readers
    assert who(people, listed(visible_documents, document)) == readers


def test_an_unpublished_text_is_given_to_the_same_and_to_nobody_else(people):
    document = proposed()
    one = text(document)
    readers = {"drafter", "approver", "head of delegation", "ISO staff"}
    assert who(people, listed(visible_texts, one)) == readers


def test_a_published_paper_is_read_by_everybody(people):
    document = published()
    assert who(people, lambda person: may(person, "core.view_document", document)) == set(people)
    assert who(people, listed(visible_documents, document)) == set(people)
    assert who(people, listed(visible_texts, document.texts.get())) == set(people)


def test_of_a_published_paper_a_language_that_waits_and_a_copy_that_was_replaced_are_hidden():
    document = published("CCM/MSP/2027/1", "en", stage="advance")
    text(document, "en", publish=True)
    text(document, "ar")
    everybody = [("en", "final")]
    assert list(public_texts().values_list("language", "stage")) == everybody
    assert list(visible_texts(factories.person()).values_list("language", "stage")) == everybody
    assert visible_texts(office()).count() == 3


def test_of_a_paper_taken_back_the_texts_are_gone_and_the_page_stays():
    document = published()
    documents.take_back(document=document, note="Wrong file.", version=document.version, by=office(), at=AT)
    assert not public_texts().exists()
    assert not visible_texts(AnonymousUser()).exists()
    assert list(visible_documents(AnonymousUser())) == [document]


def test_it_is_withdrawn_by_whoever_proposed_it_and_the_first_who_issues_it(people):
    document = proposed(issuers=("NOR", "cmc"), by=people["observer"])
    assert who(people, lambda person: may(person, "core.withdraw_document", document)) == {
        "drafter",
        "approver",
        "head of delegation",
        "observer",
        "ISO staff",
    }
    done = published()
    assert who(people, lambda person: may(person, "core.withdraw_document", done)) == set()


def test_only_the_office_decides_and_only_people_with_a_voice_propose(people):
    document = proposed()
    assert who(people, lambda person: may(person, "core.manage_document", document)) == {"ISO staff"}
    assert who(people, lambda person: may(person, "core.propose_document", None)) == {
        "drafter",
        "approver",
        "head of delegation",
        "other drafter",
        "other approver",
        "other head",
        "ISO staff",
        "observer",
        "observer of another",
        "committee leader",
        "President",
    }


def test_further_readers_are_named_by_the_apps_above(monkeypatch):
    document, other, reader = proposed(), proposed(), factories.person()
    one = text(document)
    text(other)
    monkeypatch.setattr(document_readers, "_readers", [])
    document_readers.register(lambda user: Q(pk=document.pk) if user == reader else None)
    assert list(visible_documents(reader)) == [document]
    assert list(visible_texts(reader)) == [one]
    assert not visible_documents(factories.person()).exists()


def test_a_paper_of_several_issuers_of_mine_stands_once_in_a_list():
    document = proposed(issuers=("NOR", "LAO"))
    both = factories.person(Role.DRAFTER, "NOR")
    factories.MembershipFactory(user=both, role=Role.DRAFTER, state=factories.state("LAO"))
    text(document)
    assert (list(own_documents(both)), list(visible_documents(both))) == ([document], [document])
    assert visible_texts(both).count() == DocumentText.objects.count() == Document.objects.count() == 1
