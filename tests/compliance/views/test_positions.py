"""The pages of positions: topics, one topic across States, files, and the private pages that fill them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ccm_portal.core.enums import Role
from ccm_portal.core.search import search
from compliance.domain import positions
from compliance.models import Position
from meetings.domain import places
from meetings.models import Statement
from tests.compliance import factories_positions as factories
from tests.factories import person
from tests.meetings.room import the_room
from tests.reporting import support
from tests.support import sign_in

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def test_the_topics_say_how_many_states_have_spoken(client):
    old = factories.stated("LAO")
    factories.stated("LAO", text="Otherwise.", replaces=old, version=1)
    factories.noted("NOR")
    factories.proposed("LBN")

    page = client.get("/positions/")

    counts = {row.topic.key: row.states for row in page.context["topics"]}
    assert {key: count for key, count in counts.items() if count} == {"transit": 2}
    assert len(counts) == 9


def test_a_topic_sets_states_beside_each_other_with_what_they_said_before(client):
    old = factories.stated("LAO", text="Nous pensons ainsi.", language="fr", translation="So we think.")
    factories.stated("LAO", text="We now think otherwise.", replaces=old, version=1)
    factories.noted("NOR", text="It is open.")
    gone = factories.noted("LBN", text="Withdrawn words.")
    positions.withdraw(position=gone, reason="Between us.", version=1, by=person(Role.APPROVER, "LBN"), at=factories.AT)

    page = client.get("/positions/transit/")

    told = [
        (group.state.iso3, *([one.text for one in rows] for rows in (group.standing, group.replaced)))
        for group in page.context["groups"]
    ]
    assert told == [
        ("LAO", ["We now think otherwise."], ["Nous pensons ainsi."]),
        ("NOR", ["It is open."], []),
        ("LBN", [], []),
    ]
    assert '<blockquote lang="fr" dir="auto"><p>Nous pensons ainsi.</p>' in text(page)
    assert "What it said on" in text(page)
    assert [word for word in ("Withdrawn words", "Between us") if word in text(page)] == []


@pytest.mark.parametrize(
    ("query", "found"), [("state=norway", 1), ("year=2023", 0), ("topic=transit", 2), ("source=letter", 1)]
)
def test_a_condition_in_the_address_lists_positions_and_the_files_follow_it(client, query, found):
    factories.stated("LAO")
    factories.noted("NOR")

    page = client.get(f"/positions/?{query}")
    rows = text(client.get(f"/files/positions.csv?{query}")).splitlines()[1:]
    api = client.get(f"/api/v1/positions/?{query}").json()

    assert (len(page.context["page"].object_list), len(rows), api["count"]) == (found, found, found)
    assert client.get(f"/files/positions.xlsx?{query}&lang=ar").content[:2] == b"PK"


def test_pages_cost_the_same_for_one_position_and_for_four(client):
    factories.noted("LAO")
    addresses = ("/positions/", "/positions/?topic=transit", "/positions/transit/")
    one = [queries_of(client, address) for address in addresses]
    for iso3 in ("NOR", "LBN", "IRL"):
        factories.noted(iso3)

    assert [queries_of(client, address) for address in addresses] == one


def queries_of(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_positions_are_found_by_the_words_of_their_language_and_of_their_translation():
    factories.noted("LBN", text="العبور محظور", language="ar", translation="Passage is forbidden.")
    factories.noted("NOR", text="禁止过境", language="zh-hans")
    factories.proposed("LAO", text="العبور مسموح")

    found = {
        words: [hit.title for _kind, hits in search(words) for hit in hits] for words in ("العبور", "过境", "passage")
    }

    assert found == {
        "العبور": ["Lebanon: Transit"],
        "过境": ["Norway: Transit"],
        "passage": ["Lebanon: Transit"],
    }


def test_the_office_notes_a_position_from_a_report_and_the_page_of_the_state_shows_it(client):
    texts = {"other_matters": {"matters.text": "We hold that transit is prohibited."}}
    version = support.filed(person(Role.APPROVER, "LAO"), texts=texts)
    desk = sign_in(Client(), factories.office())
    assert f"?report={version.pk}" in text(desk.get("/office/positions/sources/?state=lao-pdr"))

    typed = {"topic": "transit", "said_on": "2026-04-01", "text": "Transit is fine.", "language": "en"}
    address = f"/office/positions/new/?report={version.pk}"
    wrong = desk.post(address, typed)
    right = desk.post(address, typed | {"text": "We hold that transit is prohibited."})

    assert (wrong.status_code, "Transit is fine." in text(wrong), right.status_code) == (422, True, 302)
    assert "/positions/transit/" in text(client.get("/states/lao-pdr/"))


def test_an_approver_states_replaces_and_withdraws(client):
    desk = sign_in(Client(), person(Role.APPROVER, "LAO"))
    typed = {"topic": "retention", "text": "None is needed.", "language": "en"}
    desk.post("/my/positions/lao-pdr/new/", typed)
    first = Position.objects.get()
    replacing = {"do": "replace", "version": 1, "text": "A few are needed.", "language": "en"}
    desk.post(f"/my/positions/{first.pk}/", replacing)
    late = desk.post(f"/my/positions/{first.pk}/", replacing | {"text": "Typed too late."})
    second = Position.objects.get(replaced_by=None)
    desk.post(f"/my/positions/{second.pk}/", {"do": "withdraw", "version": 1, "reason": ""})

    assert (late.status_code, "Typed too late." in text(late)) == (422, True)
    assert dict(Position.objects.values_list("text", "status")) == {
        "None is needed.": "published",
        "A few are needed.": "withdrawn",
    }


def test_an_observer_proposes_and_reads_why_it_was_not_taken_in():
    observer = person(Role.OBSERVER, "cmc")
    theirs, office = sign_in(Client(), observer), sign_in(Client(), factories.office())
    typed = {
        "state": "norway", "topic": "investment", "said_on": "2024-05-03", "text": "It is assistance.",
        "language": "en", "source": "law", "reference": "Act of 2008, section 3",
    }  # fmt: skip
    assert theirs.post("/my/positions/propose/", typed).status_code == 302
    row = Position.objects.get()
    assert "1 position is proposed" in text(office.get("/desk/"))
    settle = f"/office/positions/{row.pk}/settle/"
    stale = office.post(settle, {"do": "refuse", "version": 9, "reason": "The Act does not say so."})
    office.post(settle, {"do": "refuse", "version": 1, "reason": "The Act does not say so."})

    assert (stale.status_code, "The Act does not say so." in text(stale)) == (422, True)
    assert "The Act does not say so." in text(theirs.get(f"/my/positions/{row.pk}/"))


def test_a_correction_over_a_changed_position_keeps_what_was_typed():
    row, desk = factories.noted(), sign_in(Client(), factories.office())
    typed = {
        "topic": "transit", "said_on": "2024-05-03", "text": "Transit is prohibited.", "language": "en",
        "translation": "", "where": "A letter", "reference": "Letter of 3 May 2024", "version": 1,
    }  # fmt: skip
    assert desk.post(f"/office/positions/{row.pk}/", typed | {"where": "Here"}).status_code == 302
    late = desk.post(f"/office/positions/{row.pk}/", typed | {"where": "There"})

    assert (late.status_code, "Here" in text(late), 'value="There"' in text(late)) == (422, True, True)


def read_again(client, address, mark=""):
    """What is quoted on the page of a source as noted from it, the mark of the page, how many queries it took."""
    with CaptureQueriesContext(connection) as seen:
        page = client.get(address, headers={"If-None-Match": mark})
    noted = text(page).partition("Positions noted from this")[2]
    return [words for words in QUOTED if words in noted], page["ETag"], len(seen)


QUOTED = ("We hold that transit is prohibited.", "None is needed.")


def test_the_page_of_a_report_and_of_a_statement_quotes_what_was_noted_from_it(client):
    said = " ".join(QUOTED)
    version = support.filed(person(Role.APPROVER, "LAO"), texts={"other_matters": {"matters.text": said}})
    statement = the_room(who="LAO").hand_in("LAO", said, release="when_released")
    Statement.objects.filter(pk=statement.pk).update(status="published", published_at=factories.AT)
    told = {
        version.report.get_absolute_url(): positions.Source(kind="report", report=version),
        places.statement(statement): positions.Source(kind="statement", statement=statement),
    }
    for address, source in told.items():
        nothing, mark, _queries = read_again(client, address)
        factories.noted("LAO", QUOTED[0], source=source)
        one, newer, queries = read_again(client, address, mark)
        factories.noted("LAO", QUOTED[1], on="retention", source=source)
        two, _mark, same = read_again(client, address, newer)

        assert (nothing, one, two, same) == ([], [*QUOTED[:1]], [*QUOTED], queries)
