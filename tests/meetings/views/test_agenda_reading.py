"""The agenda as everybody reads it."""

import re

import pytest
from django.test import Client

from meetings.domain import agenda_publishing, outline_edits
from meetings.domain.outline_edits import Seen
from meetings.enums import ItemKind, MeetingAudience
from tests import factories
from tests.committees.factories import body, partner
from tests.meetings.factories import A_MOMENT, agenda, item, meeting, sittings
from tests.support import sign_in

pytestmark = pytest.mark.django_db


def publish(of, **fields):
    return agenda_publishing.publish(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT, **fields)


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1]))


def edit(of, code, **fields):
    outline_edits.edit(Seen(of, agenda(of).version, None, A_MOMENT), code=code, fields=fields)


@pytest.fixture
def of():
    made = meeting()
    first, second, *_rest = sittings(made)
    item(made, "Opening", is_numbered=False, kind=ItemKind.CEREMONIAL, sitting=first, minutes=60)
    item(made, "Exchange", sitting=first, minutes=150)
    item(made, "Clearance of land", sitting=second, lead_body=body("clearance"), lead_name="President")
    item(made, "A request", sitting=second, about_state=factories.state("LAO"))
    publish(made, note="The first.")
    return made


def test_the_agenda_gives_items_and_the_programme_with_its_times(client, of):
    told = words_of(client.get("/meetings/14msp/agenda/"))

    for fact in (
        "Revision 1 · 1 October 2026",
        "The first.",
        "Opening 1 Exchange 2 Clearance of land Clearance · President",
        "Monday, 13 September 2027 10:00 – 13:00 UTC+2 10:00 Opening 11:00 1 Exchange",
        "15:00 – 18:00 UTC+2 15:00 1 Exchange continued 15:30 2 Clearance of land",
    ):
        assert fact in told, fact


def test_what_is_on_the_desk_alone_is_read_by_nobody(client, of):
    hidden = item(of, "Not yet")

    assert "Not yet" not in words_of(client.get("/meetings/14msp/agenda/"))
    assert client.get(f"/meetings/14msp/items/{hidden.code}/").status_code == 404


def test_an_older_revision_stays_and_says_that_it_is_old(client, of):
    edit(of, 2, words={"en": {"title": "General exchange"}})
    publish(of)

    old = words_of(client.get("/meetings/14msp/agenda/r1/"))

    assert "Revision 1 is no longer the newest." in old
    assert "1 Exchange" in old
    assert "1 General exchange" in words_of(client.get("/meetings/14msp/agenda/"))
    assert client.get("/meetings/14msp/agenda/r3/").status_code == 404


def test_the_difference_says_what_was_added_removed_moved_renumbered_and_changed(client, of):
    sits = list(of.parts.get().sittings.order_by("starts_at"))
    new = item(of, "Compliance", kind=ItemKind.COMPLIANCE, minutes=60, sitting=sits[2])
    edit(of, 2, words={"en": {"title": "General exchange"}}, minutes=90, sitting=sits[1].pk)
    outline_edits.move_to(Seen(of, agenda(of).version, None, A_MOMENT), code=new.code, under=None, place=1)
    outline_edits.remove(Seen(of, agenda(of).version, None, A_MOMENT), code=1)
    publish(of)
    outline_edits.move(Seen(of, agenda(of).version, None, A_MOMENT), code=3, way="in")
    publish(of)

    told = words_of(client.get("/meetings/14msp/agenda/changes/r1-r2/"))
    later = words_of(client.get("/meetings/14msp/agenda/changes/r2-r3/"))

    for fact in (
        "3 items differ.",
        "Removed Opening",
        "Added 1 Compliance Time 1 h Sitting Tue 14 Sept, 10:00",
        "Changed 2 General exchange Title Before Exchange Now General exchange",
        "Time Before 2 h 30 min Now 1 h 30 min Sitting Before Mon 13 Sept, 10:00 Now Mon 13 Sept, 15:00",
        "Only the number is another 2 → 3 Clearance of land 3 → 4 A request",
    ):
        assert fact in told, fact
    assert "Moved 2(a) Clearance of land From the top level to “2 General exchange”" in later
    assert client.get("/meetings/14msp/agenda/changes/r2-r1/").status_code == 404


def test_an_item_that_is_gone_still_answers_and_says_so(client, of):
    outline_edits.remove(Seen(of, agenda(of).version, None, A_MOMENT), code=3)
    publish(of)

    told = words_of(client.get("/meetings/14msp/items/3/"))

    assert "This item stood in the agenda up to revision 1. Since revision 2 it is no longer there." in told
    assert "Clearance of land" in told


def test_words_of_another_language_are_marked(client, of):
    page = client.get("/fr/meetings/14msp/items/2/").content.decode()

    assert '<h1 lang="en" dir="auto">Exchange</h1>' in page


def test_before_the_first_revision_the_page_says_what_will_appear(client):
    meeting("15msp", ordinal=15)

    assert "No agenda is published yet" in words_of(client.get("/meetings/15msp/agenda/"))


def test_the_agenda_of_a_closed_meeting_is_not_there(client):
    of = meeting("closed", audience=MeetingAudience.MEMBERS)
    item(of, "Hidden")
    publish(of)

    for path in ("agenda/", "agenda/r1/", "items/1/"):
        assert client.get(f"/meetings/closed/{path}").status_code == 404


def test_who_takes_part_in_a_closed_meeting_reads_its_agenda():
    of = meeting("clearance-2027", audience=MeetingAudience.MEMBERS, kind="body", ordinal=None)
    of.convened_by.add(body("clearance"))
    item(of, "Among ourselves", words={"en": {"title": "Among ourselves", "text": ""}})
    publish(of)
    page = "/meetings/clearance-2027/desk/agenda/read/"

    inside = sign_in(Client(), partner("clearance")).get(page)

    assert "1 Among ourselves" in words_of(inside)
    assert 'href="/meetings/clearance-2027/items/' not in inside.content.decode()
    assert sign_in(Client(), partner("victim-assistance")).get(page).status_code == 404


def test_the_price_does_not_grow_with_the_items(client, of, django_assert_num_queries):
    client.get("/meetings/14msp/agenda/?warm")
    with django_assert_num_queries(COST):
        client.get("/meetings/14msp/agenda/?three")
    for number in range(60):
        item(of, f"Item {number}", lead_body=body("clearance"), about_state=factories.state("LAO"))
    publish(of)
    with django_assert_num_queries(COST):
        client.get("/meetings/14msp/agenda/?many")


COST = 9
