"""What the world reads of extension requests."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ccm_portal.core.enums import Role
from compliance.enums import RequestStatus
from tests import factories
from tests.compliance import factories_analysis as analysed
from tests.compliance import factories_requests as make
from tests.meetings.factories import meeting

pytestmark = pytest.mark.django_db


def test_a_draft_that_followed_a_public_intent_shows_the_intent_alone(client):
    draft = make.request(
        "CHL",
        status=RequestStatus.DRAFT,
        intent_on=date(2026, 1, 9),
        intent_source="Statement, 13MSP",
        asked_until=date(2031, 6, 1),
    )
    hidden = make.request("MRT", status=RequestStatus.DRAFT, asked_until=date(2031, 8, 1))

    page = client.get(draft.get_absolute_url()).content.decode()
    listed = client.get(reverse("compliance:request-list")).content.decode()
    file = client.get(reverse("compliance-files:requests-csv")).content.decode()

    assert "Statement, 13MSP" in page
    assert [words for words in ("2031", "drafted") if words in page + listed + file] == []
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert "Mauritania" not in listed.split("<table")[1]


def test_a_decision_that_is_only_drafted_is_told_to_nobody_on_the_page_of_the_request(client):
    asked = analysed.lodged()
    analysed.drafted(asked, by=factories.person(Role.ISO_STAFF, "iso"), title="CANARY-DRAFT")

    page = client.get(asked.get_absolute_url())

    assert (page.status_code, "CANARY-DRAFT" in page.content.decode(), "/decisions/" in page.content.decode()) == (
        200, False, False,
    )  # fmt: skip


def test_a_request_that_is_made_up_says_so_in_the_list_and_on_the_page_of_its_state(client):
    invented = make.request("LBN")
    invented.begun_by.is_demonstration = True
    invented.begun_by.save()
    make.request("TCD")
    pages = [reverse("compliance:request-list"), "/states/lebanon/", "/states/chad/"]
    # On the page of the State beside the request, and beside the clock that it would move.
    assert [client.get(page).content.decode().count("Demonstration data") for page in pages] == [1, 2, 0]


def test_the_list_costs_the_same_for_one_request_and_for_three(client, django_assert_num_queries):
    make.request("LAO")
    client.get(reverse("compliance:request-list"))  # what is asked once

    with CaptureQueriesContext(connection) as one:
        client.get(reverse("compliance:request-list") + "?page=1")
    make.request("LBN")
    make.request("TCD")

    with django_assert_num_queries(len(one)):
        client.get(reverse("compliance:request-list") + "?page=01")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=lebanon", {"Lebanon"}),
        ("article=art3", {"Bulgaria"}),
        ("standing=intent", {"Chad"}),
        ("standing=running", {"Lebanon", "Bulgaria"}),
        ("standing=granted", {"Peru"}),
        ("meeting=14msp", {"Lebanon"}),
    ],
)
def test_the_list_and_its_file_show_what_the_address_asks_for(client, query, found):
    make.request("LBN", meeting=meeting())
    make.request("BGR", "art3")
    make.request("TCD", status=RequestStatus.DRAFT, intent_on=date(2026, 1, 9), intent_source="Statement")
    make.request("PER", status=RequestStatus.DECIDED, outcome="granted", granted_until="2030-01-01", source="Known")

    page = client.get(f"{reverse('compliance:request-list')}?{query}").content.decode()
    file = client.get(f"{reverse('compliance-files:requests-csv')}?{query}").content.decode()

    names = {"Lebanon": "LBN", "Bulgaria": "BGR", "Chad": "TCD", "Peru": "PER"}
    assert {name for name in names if f"<bdi>{name}</bdi>" in page.split("<tbody>")[1]} == found
    assert {line.split(",")[0] for line in file.splitlines()[1:]} == {names[name] for name in found}


def test_what_was_lodged_is_found_by_its_words_and_a_draft_is_not(client):
    by = factories.person(Role.APPROVER, "LBN")
    lodged = make.draft("LBN", by=by)
    make.write(lodged, "duration", "", by=by, day=date(2031, 1, 1))
    make.write(lodged, "reasons", "Olive groves above the valley.", by=by)
    make.lodge(lodged, by=by)
    make.write(lodged, "reasons", "Unlodged almonds.", by=by)

    assert lodged.get_absolute_url() in client.get("/search/?q=olive+groves").content.decode()
    assert lodged.get_absolute_url() not in client.get("/search/?q=almonds").content.decode()
