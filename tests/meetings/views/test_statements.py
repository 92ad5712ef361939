"""Statements on pages: handed in with a file, released, read in their languages, found; held ones nowhere."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ccm_portal.core.enums import Role
from ccm_portal.core.words import marked
from meetings.domain import statements
from meetings.models import Statement
from meetings.panels import item_panels
from meetings.search_room import find_statements
from tests.factories import person
from tests.meetings.room import AT, later, the_room
from tests.support import sign_in

pytestmark = pytest.mark.django_db

M = "/meetings/14msp"
NEW = f"{M}/room/statements/new/"


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def body(room, who="NOR", **fields):
    return {
        "item": room.code,
        "delegation": room.delegations[who].pk,
        "language": "en",
        "text": "We have cleared a field.",
        "release": "when_released",
        "on_behalf_of": "",
    } | fields


def test_a_delegate_hands_in_a_text_with_a_file_and_releases_it(client):
    room = the_room()
    sign_in(client, person(Role.DRAFTER, "NOR"))
    chosen = SimpleUploadedFile("../statement.txt", b"We have cleared a field.")

    page = client.post(NEW, body(room, file=chosen), follow=True)
    statement = Statement.objects.get()
    own = f"{M}/room/statements/{statement.pk}/"
    file = statement.texts.get()

    assert "Your delegation and the ISO can read this, and nobody else." in text(page)
    assert client.get(f"/files/statements/{file.pk}/own/").getvalue() == b"We have cleared a field."
    reader = Client()
    hidden = [f"{M}/statements/{statement.pk}/", f"{M}/statements/{statement.pk}/en/", f"/files/statements/{file.pk}/"]
    assert [reader.get(address).status_code for address in hidden] == [404, 404, 404]
    client.post(own, {"act": "release", "version": 1})
    assert [reader.get(address).status_code for address in hidden] == [200, 200, 200]
    given = reader.get(hidden[2])
    assert (given.getvalue(), given["Content-Disposition"]) == (
        b"We have cleared a field.",
        'attachment; filename="statement.txt"',
    )
    assert "Norway" in text(reader.get(f"{M}/statements/"))


def test_the_iso_enters_a_text_for_a_delegation_that_mailed_it(client):
    room = the_room()
    room.speak("IRL", minutes=3)
    office = person(Role.ISO_STAFF, "iso")
    sign_in(client, office)

    client.post(NEW, body(room, "IRL", release="when_given", language="pt", text="Obrigado."))

    statement = Statement.objects.get()
    assert (statement.status, statement.handed_in_by, statement.texts.get().language) == ("published", office, "pt")


def test_what_cannot_be_handed_in_is_said_and_what_was_typed_stays(client):
    room = the_room()
    sign_in(client, person(Role.DRAFTER, "NOR"))

    nothing = client.post(NEW, body(room, text=" "))
    script = client.post(NEW, body(room, file=SimpleUploadedFile("a.pdf", b"<script>")))
    foreign = client.post(NEW, body(room, "IRL"))

    assert [one.status_code for one in (nothing, script, foreign)] == [422, 422, 422]
    assert "Write the statement, or choose its file." in text(nothing)
    assert "We have cleared a field." in script.content.decode()
    assert Statement.objects.count() == 0


def test_a_text_that_a_colleague_changed_meanwhile_is_kept_and_compared(client):
    room = the_room()
    statement = room.hand_in("NOR", "First.")
    statements.put_text(statement=statement, given=statements.Given("en", "Second."), version=1, by=room.chair, at=AT)
    sign_in(client, person(Role.DRAFTER, "NOR"))
    own = f"{M}/room/statements/{statement.pk}/"

    late = client.post(own, {"act": "text", "language": "en", "text": "Third.", "version": 1})

    assert late.status_code == 422
    assert "Second." in text(late) and "Third." in late.content.decode()
    client.post(own, {"act": "text", "language": "en", "text": "Third.", "version": 2})
    assert statement.texts.get().text == "Third."
    page = client.post(own, {"act": "withdraw", "version": 1}, follow=True)
    assert "The statement was changed after you opened the page." in text(page)


def two_languages(room):
    room.speak("NOR", minutes=2)
    statement = room.hand_in("NOR", "We cleared the last field.\n\n<script>alert(1)</script>")
    statements.put_text(
        statement=statement,
        given=statements.Given("zh-hans", "挪威已经清除所有遗留集束弹药。"),
        version=2,
        by=room.chair,
        at=later(minutes=5),
    )
    return statement


def test_a_statement_is_read_in_the_readers_language_or_the_one_asked_for(client):
    statement = two_languages(the_room())
    path = f"{M}/statements/{statement.pk}/"

    assert "&lt;script&gt;" in client.get(path).content.decode()
    assert "挪威已经清除" in client.get(f"/zh-hans{path}").content.decode()
    assert "挪威已经清除" in client.get(f"{path}zh-hans/").content.decode()
    assert client.get(f"{path}fr/").status_code == 404
    assert client.get(f"/meetings/13msp/statements/{statement.pk}/").status_code == 404


def test_published_statements_are_found_by_their_words_and_held_ones_are_not():
    room = the_room()
    statement = two_languages(room)
    room.hand_in("IRL", "Our field remains secret.", release="when_released")

    def found(words):
        return [(hit.title, hit.url, hit.snippet) for hit in find_statements(words, 10)]

    assert found("clearing fields") == [
        (
            "Statement of Norway",
            f"{M}/statements/{statement.pk}/en/",
            "<mark>cleared</mark> the last <mark>field</mark>",
        )
    ]
    assert [hit[1] for hit in found("集束弹药")] == [f"{M}/statements/{statement.pk}/zh-hans/"]
    assert found("secret") == []
    assert marked("<i>a\n \x02b\x03") == "&lt;i&gt;a <mark>b</mark>"


def test_the_page_of_an_item_shows_its_statements():
    room = the_room()
    assert item_panels(room.meeting, room.code, at=AT) == []
    statement = two_languages(room)

    panel = next(one for one in item_panels(room.meeting, room.code, at=AT) if "statements" in one.context)

    assert [(one.statement, [text.language for text in one.texts]) for one in panel.context["statements"]] == [
        (statement, ["en", "zh-hans"])
    ]


def test_the_list_costs_the_same_for_one_statement_and_for_three(client, django_assert_num_queries):
    room = the_room(who="NOR IRL AUT cmc")
    two_languages(room)
    client.get(f"{M}/statements/")
    with django_assert_num_queries(count(client)):
        client.get(f"{M}/statements/?once")
    few = count(client)
    for who in ("IRL", "AUT", "cmc"):
        room.speak(who, minutes=1, at=later(minutes=9))
        room.hand_in(who, "Thank you.")

    assert count(client) == few


def count(client):
    from django.core.cache import caches
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    caches["pages"].clear()
    with CaptureQueriesContext(connection) as seen:
        client.get(f"{M}/statements/")
    return len(seen)
