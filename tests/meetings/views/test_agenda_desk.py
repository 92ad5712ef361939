"""The agenda desk in the browser's hands: what it sends, what it is told, and that nothing typed is lost."""

import re

import pytest
from django.test import Client

from ccm_portal.core.enums import Role
from committees.domain import problems
from meetings.domain import agenda_reading
from meetings.enums import ItemKind, MeetingAudience
from meetings.models import AgendaItem, AgendaRevision
from tests import factories
from tests.committees.factories import body, leader
from tests.meetings.factories import A_MOMENT, agenda, item, meeting, sittings
from tests.support import sign_in

pytestmark = pytest.mark.django_db
DESK = "/meetings/14msp/desk/agenda/"


@pytest.fixture
def office():
    return sign_in(Client(), factories.person(Role.ISO_STAFF, ""))


@pytest.fixture
def filled():
    of = meeting()
    sits = sittings(of)
    item(of, "One", sitting=sits[0], minutes=10)
    item(of, "Two", sitting=sits[0], minutes=20)
    return of


def send(client, **fields):
    return client.post(DESK, {"version": "1"} | fields)


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1]))


def told(of):
    return [(one.label, one.minutes) for one in agenda_reading.desk_items(of)]


def test_times_and_a_move_are_sent_together_by_a_page_without_script(office, filled):
    answer = send(office, **{"do": "up:2", "minutes-1": "15", "speakers-1": "3", "per_speaker": "5"})

    assert (answer.status_code, answer.url) == (302, f"{DESK}#item-2")
    assert told(filled) == [("1 Two", 20), ("2 One", 15)]
    assert AgendaItem.objects.get(code=1).speakers == 3
    assert agenda(filled).minutes_per_speaker == 5
    assert agenda(filled).steps.count() == 2


def test_what_is_no_number_is_said_and_stays_in_its_box(office, filled):
    answer = send(office, **{"do": "save", "minutes-1": "half an hour", "minutes-2": "25"})

    assert answer.status_code == 422
    assert "Minutes of “1 One”: “half an hour” is no whole number." in words_of(answer)
    assert 'value="half an hour"' in answer.content.decode()
    assert 'name="minutes-2" id="minutes-2" value="25"' in answer.content.decode()
    assert told(filled) == [("1 One", 10), ("2 Two", 20)]


def test_an_outline_that_has_changed_is_told_and_what_was_typed_is_kept(office, filled):
    send(office, do="up:2")

    answer = send(office, **{"do": "save", "minutes-1": "99"})

    assert answer.status_code == 409
    assert "moved “Two” since you opened the page. What you typed is kept" in words_of(answer)
    assert 'name="minutes-1" id="minutes-1" value="99"' in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()


def test_a_move_that_is_refused_leaves_the_times_unsaved_too(office, filled):
    answer = send(office, **{"do": "up:1", "minutes-1": "15"})

    assert answer.status_code == 422
    assert "This item is the first here already." in words_of(answer)
    assert told(filled) == [("1 One", 10), ("2 Two", 20)]


def test_the_script_gets_the_desk_without_the_page_around_it(office, filled):
    answer = office.post(DESK, {"version": "1", "do": "to:1", "under": "2", "place": "0"}, headers={"X-Part": "desk"})

    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert told(filled) == [("1 Two", 20), ("1(a) One", 10)]


def test_an_item_is_not_dragged_under_itself(office, filled):
    answer = send(office, do="to:1", under="1", place="0")

    assert (answer.status_code, "An item cannot stand under itself." in words_of(answer)) == (422, True)


def test_the_desk_costs_the_same_for_two_items_and_for_sixty(office, filled, django_assert_num_queries):
    office.get(DESK)
    with django_assert_num_queries(COST):
        office.get(DESK)
    for number in range(60):
        item(filled, f"Item {number}", lead_body=body("clearance"), about_state=factories.state("LAO"), speakers=9)
    with django_assert_num_queries(COST):
        office.get(DESK)


COST = 15


def test_an_item_is_written_in_each_language_of_the_meeting(office, filled):
    page = f"{DESK}1/"
    first = office.get(page).context["form"]
    sent = {name: value for name, value in first.initial.items() if value is not None}
    sent |= {"title_fr": "Un", "text_ar": "نص", "kind": ItemKind.COMPLIANCE, "under": "2", "speakers": ""}

    answer = office.post(page, sent)

    assert (answer.status_code, answer.url) == (302, f"{DESK}#item-1")
    row = AgendaItem.objects.get(code=1)
    assert (row.kind, row.parent.code, row.speakers) == (ItemKind.COMPLIANCE, 2, 0)
    assert row.words == {
        "en": {"title": "One", "text": ""},
        "fr": {"title": "Un", "text": ""},
        "ar": {"title": "", "text": "نص"},
    }


def test_a_form_that_came_too_late_keeps_what_was_typed(office, filled):
    page = f"{DESK}1/"
    sent = {name: value for name, value in office.get(page).context["form"].initial.items() if value is not None}
    send(office, do="up:2")

    answer = office.post(page, sent | {"title_en": "My own words"})

    assert answer.status_code == 422
    assert "moved “Two” since you opened the page." in words_of(answer)
    assert 'value="My own words"' in answer.content.decode()
    assert office.post(page, sent | {"title_en": "My own words", "version": "2"}).status_code == 302
    assert told(filled)[1][0] == "2 My own words"


def test_a_new_item_stands_where_it_was_asked_for(office, filled):
    answer = office.post(f"{DESK}add/?under=2", {"version": "1", "title_en": "Below", "kind": "other", "under": "2"})

    assert answer.status_code == 302
    assert told(filled)[-1][0] == "2 Below" or [one[0] for one in told(filled)] == ["1 One", "2 Two", "Below"]


def test_a_problem_of_a_committee_becomes_an_item_with_its_title_alone(office, filled):
    problem = problems.raise_problem(
        body=body("clearance"),
        title="Maps are not shared",
        text="CANARY-C1 who keeps them",
        ways_forward="",
        by=leader("clearance", "NOR"),
        at=A_MOMENT,
    )
    page = office.get(DESK).content.decode()
    answer = send(office, do=f"problem:{problem.pk}")
    again = send(office, do=f"problem:{problem.pk}", version="2")

    problem.refresh_from_db()
    row = AgendaItem.objects.get(code=3)
    assert ("Make it an item" in page, "CANARY-C1" in page) == (True, False)
    assert (answer.status_code, again.status_code) == (302, 422)
    assert (row.words, row.problem, row.lead_body.key) == (
        {"en": {"title": "Maps are not shared", "text": ""}},
        problem,
        "clearance",
    )
    assert (problem.status, problem.meeting_key) == ("on_agenda", "14msp")


def test_publishing_shows_what_changes_and_refuses_the_unchanged(office, filled):
    office.post(f"{DESK}publish/", {"version": "1", "note": ""})
    again = office.post(f"{DESK}publish/", {"version": "1", "note": ""})
    send(office, do="up:2")

    page = office.get(f"{DESK}publish/")

    assert AgendaRevision.objects.count() == 1
    assert "Nothing has changed since revision 1." in words_of(again)
    assert "It was 2 and is now 1" in words_of(page)


def test_leaders_of_a_closed_meeting_run_its_agenda_themselves(client):
    of = meeting("clearance-2027", audience=MeetingAudience.MEMBERS, kind="body", ordinal=None)
    of.convened_by.add(body("clearance"))
    page = "/meetings/clearance-2027/desk/agenda/"

    assert sign_in(Client(), leader("clearance", "NOR")).get(page).status_code == 200
    assert sign_in(Client(), leader("victim-assistance", "LAO")).get(page).status_code == 404


def test_a_title_in_one_language_of_the_meeting_is_enough_and_the_readers_own_comes_first(office, filled):
    add = f"/fr{DESK}add/"
    form = office.get(add).context["form"]

    assert [name for name in form.fields if name.startswith("title_")] == ["title_fr", "title_en", "title_ar"]
    assert [name for name, field in form.fields.items() if name.startswith("title_") and field.required] == []
    refused = office.post(add, {"version": "1", "kind": "other"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["title_fr"])
    assert office.post(add, {"version": "1", "kind": "other", "title_fr": "Trois"}).status_code == 302
    assert AgendaItem.objects.get(code=3).words["fr"] == {"title": "Trois", "text": ""}


def test_a_title_typed_on_the_desk_is_kept_in_the_language_of_the_page(office, filled):
    office.post(f"/fr{DESK}", {"version": "1", "do": "add", "title": "Trois", "kind": "other"})
    office.post(f"/es{DESK}", {"version": "2", "do": "add", "title": "Four", "kind": "other"})

    assert [list(one.words) for one in AgendaItem.objects.filter(code__gt=2).order_by("code")] == [["fr"], ["en"]]


def test_a_bad_number_names_its_item_and_its_box(office, filled):
    answer = send(office, **{"do": "save", "minutes-1": "10", "speakers-2": "abc"})

    assert "Expected speakers on “2 Two”: “abc” is no whole number." in words_of(answer)
    marked = re.findall(r'id="([a-z]+-\d)"[^>]*aria-invalid="true" aria-describedby="refusal"', answer.content.decode())
    assert marked == ["speakers-2"]


def test_one_button_puts_a_moved_item_into_the_sitting_of_its_neighbours(office):
    of = meeting()
    first, then, last = sittings(of)[:3]
    for title, sitting in (("One", first), ("Two", then), ("Three", last), ("Four", last)):
        item(of, title, sitting=sitting)
    send(office, do="up:3")
    page = office.get(DESK)

    assert "Put “2 Three” into Mon 13 Sept, 15:00" in words_of(page)
    send(office, do="sit:3", version="2")
    assert AgendaItem.objects.get(code=3).sitting_id == then.pk
    assert "stands in an earlier sitting" not in words_of(office.get(DESK))
    assert send(office, do="sit:3", version="3").status_code == 422


def test_the_later_sittings_of_a_long_item_have_a_heading(office):
    of = meeting()
    sits = sittings(of)
    item(of, "Long", sitting=sits[0], minutes=480)
    item(of, "Next", sitting=sits[2], minutes=20)

    told = re.findall(r'<li class="opens">(.*?)</li>', office.get(DESK).content.decode())

    assert [re.sub(r"<[^>]+>", "", one) for one in told] == [
        "Mon 13 Sept, 10:00–13:00",
        "Mon 13 Sept, 15:00–18:00 · continued",
        "Tue 14 Sept, 10:00–13:00",
    ]


def test_publishing_says_in_which_languages_titles_are_missing(office, filled):
    AgendaItem.objects.filter(code=1).update(words={"en": {"title": "One"}, "fr": {"title": "Un"}})

    assert "Titles are missing in French, Arabic: readers" in words_of(office.get(f"{DESK}publish/"))
    both = {code: {"title": "Un"} for code in ("en", "fr", "ar")}
    AgendaItem.objects.update(words=both)
    assert "Titles are missing" not in words_of(office.get(f"{DESK}publish/"))
