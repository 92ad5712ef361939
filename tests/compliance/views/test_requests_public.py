"""What the world reads of extension requests."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compliance.enums import RequestStatus
from tests.compliance import factories_requests as make

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


def test_the_list_costs_the_same_for_one_request_and_for_three(client, django_assert_num_queries):
    make.request("LAO")
    client.get(reverse("compliance:request-list"))  # what is asked once

    with CaptureQueriesContext(connection) as one:
        client.get(reverse("compliance:request-list") + "?page=1")
    make.request("LBN")
    make.request("TCD")

    with django_assert_num_queries(len(one)):
        client.get(reverse("compliance:request-list") + "?page=01")
