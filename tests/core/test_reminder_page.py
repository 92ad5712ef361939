"""The office's page of reminders: what needs a decision first, in the reader's order, and nothing that is not true."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from ccm_portal.core import clock, due_items, reminders
from ccm_portal.core.domain import missions
from ccm_portal.core.due_items import REPORT_LADDER, DueItem
from ccm_portal.core.enums import MessageStatus, Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry, State
from tests.factories import person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE, MISSION = reverse("core:reminder-list"), reverse("core:mission-address")


def owes(iso3, year=2025):
    return DueItem(
        key=f"test:{iso3}:{year}",
        title=f"Report for {year}",
        state=state(iso3),
        due=date(year + 1, 4, 30),
        source="Article 7.2",
        basis="30 April of each year.",
        url="/",
        ladder=REPORT_LADDER,
    )


@pytest.fixture
def items(monkeypatch):
    open_items = []
    monkeypatch.setattr(due_items, "_providers", [lambda on, states: open_items])
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return open_items


@pytest.fixture
def office(client):
    iso = person(Role.ISO_STAFF, "iso")
    sign_in(client, iso)
    return iso


def came_back(iso3, to="lost@example.org", status=MessageStatus.BOUNCED):
    return OutgoingMessage.objects.create(
        kind=reminders.KIND,
        key=f"{iso3}:{to}",
        address=to,
        status=status,
        ids={"item": f"test:{iso3}:2025", "rung": 30, "state": iso3, "on": "2026-05-30", "role": "mission"},
        owed_at=NOW,
        not_before=NOW,
        settled_at=NOW,
    )


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_what_leaves_and_what_came_back_stand_before_those_whom_nobody_can_remind(items, office, client):
    items += [owes("LAO"), owes("TCD")]
    person(Role.DRAFTER, "LAO")
    came_back("LAO")

    found = re.findall(r'<h2 id="(\w+)"', client.get(PAGE).content.decode())

    assert found == ["tomorrow", "stuck", "pause", "log", "nobody", "missions"]


@pytest.mark.parametrize(("prefix", "order"), [("", ["TCD", "LAO", "CHE"]), ("/fr", ["LAO", "CHE", "TCD"])])
def test_states_without_anybody_are_folded_counted_and_stand_by_their_name_in_the_readers_language(
    items, office, client, prefix, order
):
    items += [owes("CHE", 2024), owes("LAO"), owes("TCD"), owes("CHE")]

    page = client.get(prefix + PAGE).content.decode()

    folded = page[page.index('id="nobody"') :]
    slugs = {state(iso3).slug: iso3 for iso3 in order}
    assert [slugs[slug] for slug in re.findall(r'<strong><a href="(?:/fr)?/states/([\w-]+)/">', folded)] == order
    if not prefix:
        assert "3 States</summary>" in folded
        assert re.findall(r"Report for \d+", folded) == [f"Report for {year}" for year in (2025, 2025, 2024, 2025)]


def test_a_reminder_says_how_long_it_is_past_and_which_of_the_ladder_it_is(items, office, client):
    items.append(owes("LAO"))
    person(Role.DRAFTER, "LAO")

    assert "209 days ago" in text_of(client.get(PAGE))
    assert "the reminder for 30 days after" in text_of(client.get(PAGE))


def test_what_came_back_names_the_state_and_who_has_the_same_reminder(items, office, client):
    came_back("TCD")

    page = text_of(client.get(PAGE))
    assert ("Chad" in page[page.index("Came back") :], "TCD" in page) == (True, False)
    assert "So far the same reminder went to nobody else." in page

    came_back("TCD", "minister@example.org", MessageStatus.SENT)
    page = text_of(client.get(PAGE))
    assert "The same reminder went to minister@example.org ." in page
    assert "to nobody else" not in page


def test_the_office_notes_the_address_of_a_mission_and_the_next_reminder_goes_there(items, office, client):
    items.append(owes("LAO"))
    page = client.get(PAGE).content.decode()
    assert f"{MISSION}?state=lao-pdr" in page
    assert 'name="was" value=""' in client.get(MISSION, {"state": "lao-pdr"}).content.decode()

    sent = client.post(MISSION, {"state": "lao-pdr", "mission_email": "Mission@Example.org ", "was": ""})

    assert (sent.status_code, sent["Location"]) == (302, PAGE)
    assert state("LAO").mission_email == "mission@example.org"
    entry = RegisterEntry.objects.latest("number")
    assert (entry.action, entry.actor, entry.state) == ("core.state.note_mission", office, state("LAO"))
    items[:] = [owes("LAO")]
    page = client.get(PAGE).content.decode()
    assert ("mission@example.org" in page, 'id="nobody"' in page) == (True, False)


def test_nobody_but_the_office_notes_an_address():
    with pytest.raises(PermissionDenied):
        missions.note_address(
            state=state("LAO"), address="x@example.org", was="", by=person(Role.HEAD_OF_DELEGATION, "LAO"), at=NOW
        )


def test_two_notes_at_once_lose_neither(items, office, client):
    State.objects.filter(iso3="LAO").update(mission_email="first@example.org")

    answer = client.post(MISSION, {"state": "lao-pdr", "mission_email": "second@example.org", "was": ""})

    page = answer.content.decode()
    assert "Somebody noted first@example.org meanwhile." in page
    assert ('value="second@example.org"' in page, 'name="was" value="first@example.org"' in page) == (True, True)
    assert state("LAO").mission_email == "first@example.org"

    client.post(MISSION, {"state": "lao-pdr", "mission_email": "", "was": "first@example.org"})
    assert state("LAO").mission_email == ""


def test_noting_what_is_noted_records_nothing(office):
    State.objects.filter(iso3="LAO").update(mission_email="first@example.org")
    before = RegisterEntry.objects.count()

    missions.note_address(state=state("LAO"), address="first@example.org", was="first@example.org", by=office, at=NOW)

    assert RegisterEntry.objects.count() == before


def test_no_address_and_no_state_is_said_and_nothing_is_noted(office, client):
    page = client.post(MISSION, {"state": "lao-pdr", "mission_email": "nowhere", "was": ""}).content.decode()
    assert ('value="nowhere"' in page, state("LAO").mission_email) == (True, "")
    assert client.get(MISSION, {"state": "atlantis"}).status_code == 404
    assert client.get(MISSION).status_code == 200
