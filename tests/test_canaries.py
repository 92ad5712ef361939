"""What one State has not published occurs nowhere that anybody else can look."""

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ccm_portal.core import outbox
from ccm_portal.core.models import OutgoingMessage
from tests import access_scene
from tests.factories import everyone
from tests.support import sign_in

pytestmark = pytest.mark.django_db

POLICY = json.loads((Path(__file__).parents[1] / "docs" / "authz.json").read_text())
INSIDE = {"drafter", "approver", "head of delegation"}
# The office runs delegations: it sees who is in them, and no draft.
OFFICE = {"core:delegation", "core:office-people", "core:invitation"}
# Whoever holds the link of an invitation sees to whom it was sent.
BY_LINK = {"core:invitation"}
LISTS = ["reporting:report-list", "dashboard:search", "api:report-list", "api:state-list", "reporting:filing-status"]
QUERIES = ["q=CANARY", "q=unfinished", "state=LAO", "year=2026", "kind=annual", "late=yes", "sort=-filed_at", "page=2"]


def addresses(scene):
    for row in POLICY["rows"]:
        yield row["name"], reverse(row["name"], kwargs=scene.kwargs(row))
    for name in LISTS:
        for query in QUERIES:
            yield name, f"{reverse(name)}?{query}"


def crawled(scene):
    """Every answer that every kind of person gets at every address: who, address name, address, text with headers."""
    people = {"anonymous": None, **everyone("LAO", "LBN")}
    for kind, person in people.items():
        client = Client()
        if person:
            sign_in(client, person)
        for name, address in addresses(scene):
            answer = client.get(address)
            told = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield kind, name, address, told.decode("utf-8", "replace") + str(answer.headers)


def test_no_one_outside_the_delegation_meets_its_canary_in_any_answer():
    met, between = [], []
    for kind, name, address, told in crawled(access_scene.build()):
        allowed = kind in INSIDE or name in BY_LINK or (kind == "ISO staff" and name in OFFICE)
        if access_scene.CANARY in told and not allowed:
            met.append((kind, address))
        if access_scene.BETWEEN in told and kind not in INSIDE | {"ISO staff"}:
            between.append((kind, address))

    assert met == []
    assert between == []


def test_the_state_and_the_iso_do_meet_what_stands_between_them():
    scene = access_scene.build()
    people = everyone("LAO", "LBN")
    pages = {
        "drafter": [reverse("reporting:draft-filed", args=["lao-pdr", "2025"]), "/files/papers/lao-pdr/2024/"],
        "ISO staff": [reverse("reporting:office-report", args=["lao-pdr", "2025"]), "/files/papers/lao-pdr/2024/"],
    }
    met = {}
    for kind, addressed in pages.items():
        client = sign_in(Client(), people[kind])
        for address in addressed:
            answer = client.get(address)
            told = b"".join(answer.streaming_content) if answer.streaming else answer.content
            met[kind, address] = access_scene.BETWEEN in told.decode("utf-8", "replace")

    assert scene.filed.number == 1
    assert set(met.values()) == {True}


def test_the_delegation_itself_does_meet_it():
    scene = access_scene.build()
    client = sign_in(Client(), everyone("LAO", "LBN")["drafter"])

    preview = client.get(reverse("reporting:draft-preview", kwargs={"state": "lao-pdr", "slug": "2026"}))

    assert access_scene.CANARY in preview.content.decode()
    assert scene.draft.status == "draft"


def test_no_mail_carries_it(mailoutbox):
    access_scene.build()
    at = timezone.now()
    for message in OutgoingMessage.objects.filter(status="owed"):
        outbox.deliver(pk=message.pk, at=at)

    sent = [mail.subject + mail.body for mail in mailoutbox]

    assert sent != []
    secrets = (access_scene.CANARY, access_scene.BETWEEN)
    assert [text for text in sent if any(secret in text for secret in secrets)] == []
