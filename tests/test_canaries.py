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
from tests.committees import factories as committee_factories
from tests.committees import scene_bodies, scene_workspace
from tests.compliance import scene_analysis, scene_cases, scene_positions, scene_requests
from tests.factories import everyone
from tests.meetings import scene_agenda, scene_decisions, scene_meetings, scene_papers, scene_people, scene_room
from tests.sponsorship import scene_applications, scene_assessment, scene_money, scene_sealed, scene_travel
from tests.support import sign_in

pytestmark = pytest.mark.django_db

POLICY = json.loads((Path(__file__).parents[1] / "docs" / "authz.json").read_text())
INSIDE = {"drafter", "approver", "head of delegation"}
# What is said of a nomination is read by States Parties, of which both here are one, the President and the office.
READ_NOMINATIONS = {*INSIDE, "other drafter", "other approver", "other head", "President", "ISO staff"}
# Who takes part in the 14MSP reads the names of its participants.
TAKES_PART = {*INSIDE, "observer", "ISO staff"}
# Offers to host a meeting are read by those who act for a State, and by the office.
READ_OFFERS = {*INSIDE, "other drafter", "other approver", "other head", "ISO staff"}
# The office runs delegations: it sees who is in them, and no draft.
OFFICE = {"core:delegation", "core:office-people", "core:invitation", "core:reminder-list"}
# A delegation meets its own names, papers and texts; the President the closed meetings of coordination.
MEETINGS = "CANARY-M1"
OF_OBSERVERS = {"meetings:observer-delegation", "meetings:participant-csv", "meetings:participant-names"}
# What a group writes on a request of Lao PDR is read by its members, of which Lebanon is one; never by Lao PDR, but for
# the questions that were put to it.
READ_ANALYSES = {"other drafter", "other approver", "other head", "committee leader", "observer", "ISO staff"}
# Whoever holds the link of an invitation sees to whom it was sent; a nominated person sees their own part.
BY_LINK = {
    *("core:invitation", "sponsorship:own-part", "sponsorship:own-part-about", "sponsorship:own-part-sealed"),
    *("sponsorship:link-journey", "sponsorship:link-report", "sponsorship:link-letter"),
}
LISTS = ["reporting:report-list", "dashboard:search", "api:report-list", "api:state-list", "reporting:filing-status"]
QUERIES = ["q=CANARY", "q=unfinished", "state=LAO", "year=2026", "kind=annual", "late=yes", "sort=-filed_at", "page=2"]


def addresses(scene):
    for row in POLICY["rows"]:
        yield row["name"], reverse(row["name"], kwargs=scene.kwargs(row))
    for name in LISTS:
        for query in QUERIES:
            yield name, f"{reverse(name)}?{query}"


def test_no_one_outside_the_delegation_meets_its_canary_in_any_answer():
    scene = access_scene.build()
    people = {"anonymous": None, **everyone("LAO", "LBN")}
    met = []
    for kind, person in people.items():
        client = Client()
        if person:
            sign_in(client, person)
        for name, address in addresses(scene):
            words = told(client.get(address))
            seen, lent = access_scene.CANARY in words, access_scene.LENT_CANARY in words
            allowed = kind in INSIDE or name in BY_LINK or (kind == "ISO staff" and name in OFFICE)
            between = access_scene.BETWEEN in words and kind not in {*INSIDE, "ISO staff"}
            of_meetings = {*INSIDE, "ISO staff", "President"} | ({"observer"} if name in OF_OBSERVERS else set())
            officers = kind == "sponsorship officer"
            plans = officers and (address == "/desk/" or "/sponsorship/" in address)  # a round for that meeting
            besides = words.replace(scene_meetings.PREPARED, "") if plans else words
            between |= MEETINGS in besides and kind not in of_meetings
            between |= scene_requests.CANARY in words and kind not in INSIDE
            between |= scene_cases.CANARY in words or str(scene.names["case"]) in words.replace(address, "")
            between |= scene_agenda.CANARY in words and kind not in {"ISO staff", "President"}
            between |= scene_decisions.DRAFT in words and kind != "ISO staff"
            between |= scene_workspace.CANARY in words and not works_there(kind, address)
            between |= scene_papers.CANARY in words and kind not in {*INSIDE, "ISO staff"}
            between |= scene_room.CANARY in words and kind not in {*INSIDE, "ISO staff"}
            between |= scene_meetings.CLOSED in words and kind not in {"President", "ISO staff"}
            between |= scene_meetings.PREPARED in besides and kind != "ISO staff"
            between |= scene_meetings.OFFER in words and kind not in READ_OFFERS
            between |= scene_bodies.CANARY in words and kind not in READ_NOMINATIONS
            between |= scene_positions.CANARY in words and kind != "ISO staff"
            between |= scene_travel.CANARY in words and not (officers or kind in INSIDE or name in BY_LINK)
            between |= scene_applications.DRAFT in words and kind not in INSIDE
            between |= scene_applications.PAPER in words and not officers
            between |= scene_money.CANARY in words and kind not in {*INSIDE, "sponsorship officer"}
            between |= scene_money.NOTE in words and not officers
            between |= scene_assessment.QUIET in words and not officers
            between |= scene_people.CANARY in words and kind not in TAKES_PART
            between |= scene_analysis.CANARY in words and kind not in READ_ANALYSES
            between |= scene_analysis.ASKED in words and kind not in {*READ_ANALYSES, *INSIDE}
            between |= scene_sealed.CANARY in words
            if (seen and not allowed) or between or (lent and kind not in {*INSIDE, "lent colleague"}):
                met.append((kind, address))

    assert met == []


def works_there(kind, address):
    """The ISO works in every body, the President in coordination."""
    return kind == "ISO staff" or (kind == "President" and "/committees/coordination/workspace/" in address)


def test_the_delegation_itself_does_meet_it():
    scene = access_scene.build()
    client = sign_in(Client(), everyone("LAO", "LBN")["drafter"])

    preview = client.get(reverse("reporting:draft-preview", kwargs={"state": "lao-pdr", "slug": "2026"}))

    assert access_scene.CANARY in preview.content.decode()
    assert scene.draft.status == "draft"


def test_a_colleague_meets_what_the_section_lent_to_them_says_there_and_nowhere_else():
    scene = access_scene.build()
    client = sign_in(Client(), everyone("LAO", "LBN")["lent colleague"])
    met = {address for _name, address in addresses(scene) if access_scene.LENT_CANARY in told(client.get(address))}

    assert met == {"/my/lao-pdr/reports/2026/sections/risk_education/"}


@pytest.mark.parametrize(
    ("kind", "name", "slug"),
    [
        ("drafter", "reporting:draft-filed", "2025"),
        ("ISO staff", "reporting:office-report", "2025"),
        ("drafter", "files:paper-source", "2024"),
        ("ISO staff", "files:paper-source", "2024"),
    ],
)
def test_the_state_and_the_iso_do_meet_what_stands_between_them(kind, name, slug):
    access_scene.build()
    client = sign_in(Client(), everyone("LAO", "LBN")[kind])

    assert access_scene.BETWEEN in told(client.get(reverse(name, args=["lao-pdr", slug])))


def test_who_is_named_in_a_case_does_meet_what_is_said_there():
    scene = access_scene.build()
    client = sign_in(Client(), scene.names["case_writer"])

    assert scene_cases.CANARY in told(client.get(reverse("compliance:case", args=[scene.names["case"]])))


def test_who_works_in_a_body_does_meet_what_is_written_there():
    access_scene.build()
    client = sign_in(Client(), committee_factories.partner("clearance"))

    assert scene_workspace.CANARY in told(client.get("/committees/clearance/workspace/"))


def test_the_state_does_meet_the_draft_of_its_request():
    access_scene.build()
    client = sign_in(Client(), everyone("LAO", "LBN")["drafter"])

    assert scene_requests.CANARY in told(client.get("/my/lao-pdr/requests/art3/1/lodge/"))


def told(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", "replace") + str(answer.headers)


@pytest.mark.parametrize("kind", ["drafter", "observer", "ISO staff"])
def test_who_takes_part_does_meet_the_names_of_participants(kind):
    access_scene.build()
    client = sign_in(Client(), everyone("LAO", "LBN")[kind])

    assert scene_people.CANARY in told(client.get("/my/meetings/14msp/participants/"))


def test_no_mail_carries_it(mailoutbox):
    access_scene.build()
    at = timezone.now()
    for message in OutgoingMessage.objects.filter(status="owed"):
        outbox.deliver(pk=message.pk, at=at)

    sent = [mail.subject + mail.body for mail in mailoutbox]

    assert sent != []
    secrets = (
        access_scene.CANARY,
        access_scene.LENT_CANARY,
        access_scene.BETWEEN,
        scene_workspace.CANARY,
        scene_people.CANARY,
        scene_requests.CANARY,
        scene_cases.CANARY,
        scene_analysis.CANARY,
        scene_analysis.ASKED,
        scene_sealed.CANARY,
    )
    assert [text for text in sent if any(secret in text for secret in secrets)] == []
