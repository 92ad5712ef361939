"""The pages of decisions: the register that everybody reads, the desk, the vote, the silence procedure."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from ccm_portal.core import clock, work_items
from ccm_portal.core.enums import Role
from ccm_portal.core.search import search
from meetings.domain import ballots, decisions, follow_ups
from meetings.enums import DecisionKind, DecisionOutcome
from meetings.models import Decision, DecisionVote
from tests.factories import person, state
from tests.meetings import factories
from tests.meetings.decisions import AT, VOTED_AT, called, closed, drafted, put_to_silence, taken, words
from tests.meetings.factories import meeting
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return person(Role.ISO_STAFF, "iso")


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def test_the_register_is_read_by_everybody_and_holds_no_draft(client, office):
    taken(by=office, title="Dates and venue", kind=DecisionKind.VENUE)
    drafted(by=office, title="CANARY-M1 not yet")

    told = page(client, "meetings:decision-list").content.decode()

    assert ("Dates and venue" in told, "CANARY-M1" in told) == (True, False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["An extension for Lao PDR", "Rules on speaking"]),
        ({"kind": "extension"}, ["An extension for Lao PDR"]),
        ({"outcome": "not_adopted"}, ["Rules on speaking"]),
        ({"state": "lao-pdr"}, ["An extension for Lao PDR"]),
        ({"text": "five years"}, ["An extension for Lao PDR"]),
        ({"meeting": "14msp", "year": "2027"}, ["An extension for Lao PDR", "Rules on speaking"]),
        ({"year": "2025"}, []),
    ],
)
def test_the_register_is_narrowed_by_its_address_and_so_is_its_file(client, office, query, found):
    taken(
        by=office, title="An extension for Lao PDR", kind=DecisionKind.EXTENSION, text="It grants five more years.",
        about_state=state("LAO"),
    )  # fmt: skip
    taken(by=office, title="Rules on speaking", outcome=DecisionOutcome.NOT_ADOPTED)

    told = page(client, "meetings:decision-list", **query).content.decode()
    rows = page(client, "meeting-files:decisions-csv", **query).content.decode()

    titles = ["An extension for Lao PDR", "Rules on speaking"]
    assert ([one for one in titles if one in told], [one for one in titles if one in rows]) == (found, found)


def test_the_register_costs_as_many_queries_for_one_decision_as_for_three(
    client, office, django_assert_max_num_queries
):
    taken(by=office)
    with django_assert_max_num_queries(8) as one:
        page(client, "meetings:decision-list", text="brief")
    for _more in range(2):
        taken(by=office)
    with django_assert_max_num_queries(len(one)):
        page(client, "meetings:decision-list", text="meeting")


def test_a_decision_page_shows_the_vote_by_roll_the_follow_up_and_what_was_corrected(client, office):
    draft = drafted(by=office, title="A budget")
    running = called(draft, by=office)
    for iso3, ballot in (("LAO", "yes"), ("NOR", "yes"), ("CHE", "no")):
        ballots.cast(decision=running, state=state(iso3), ballot=ballot, by=person(Role.APPROVER, iso3), at=VOTED_AT)
    done = closed(running, by=office)
    follow_ups.add(decision=done, what="Send the invoices", owner_name="ISO", by=office, at=AT)
    fresh = Decision.objects.get()
    decisions.correct(
        decision=fresh, version=fresh.version, words=words(title="A budget", text="Other words."),
        outcome=fresh.outcome, note="A figure was wrong.", by=office, at=AT,
    )  # fmt: skip

    told = page(client, "meetings:decision-detail", "14msp", 1).content.decode()

    for said in (
        "2 in favour, 1 against, 0 abstaining; 2 of 3 were needed.",
        "Norway",
        "Send the invoices",
        "A figure was wrong.",
        "The meeting decides to be brief.",
    ):
        assert said in told


def test_the_chair_of_a_meeting_drafts_and_records_and_others_find_no_desk(client, office):
    of = meeting(starts=clock.today(), ends=clock.today())
    chair = factories.chair(of)
    desk = reverse("meetings:decision-desk", args=["14msp"])
    sign_in(client, chair)

    client.post(
        reverse("meetings:decision-new", args=["14msp"]),
        {"version": 1, "kind": "procedure", "title": "Order of speakers", "text": "States first."},
    )
    draft = Decision.objects.get()
    client.post(
        reverse("meetings:decision-record", args=["14msp", 1]),
        {"version": draft.version, "outcome": "adopted", "decided_on": clock.today().isoformat()},
    )

    assert (client.get(desk).status_code, Decision.objects.get().outcome) == (200, "adopted")
    assert sign_in(client, person(Role.HEAD_OF_DELEGATION, "LAO")).get(desk).status_code == 403


def test_what_was_typed_over_a_newer_draft_is_kept_and_can_be_sent_again(client, office):
    draft = drafted(by=office)
    decisions.edit(decision=draft, version=1, words=words(text="Theirs."), by=office, at=AT)
    address = reverse("meetings:decision-edit", args=["14msp", 1])
    typed = {"version": 1, "kind": "guidance", "title": "Mine", "text": "Mine."}
    sign_in(client, office)

    stale = client.post(address, typed)
    again = client.post(address, typed | {"version": stale.context["form"]["version"].value()})

    assert (stale.status_code, "Theirs." in stale.content.decode(), "Mine." in stale.content.decode()) == (
        422, True, True,
    )  # fmt: skip
    assert (again.status_code, Decision.objects.get().text) == (302, "Mine.")


def test_a_delegate_votes_on_a_page_of_their_own_and_the_second_delegate_is_told(client, office):
    draft = drafted(by=office)
    called(draft, by=office)
    address = reverse("meetings:decision-vote", args=["14msp", 1])
    first, second = person(Role.DRAFTER, "NOR"), person(Role.HEAD_OF_DELEGATION, "NOR")

    sign_in(client, first).post(address, {"state": "norway", "ballot": "yes"})
    told = sign_in(client, second).post(address, {"state": "norway", "ballot": "no"}, follow=True).content.decode()

    assert f"Norway has voted: Yes, by {first.name}." in told
    assert [vote.ballot for vote in DecisionVote.objects.all()] == ["yes"]


def test_an_open_vote_is_called_off_on_its_page_and_one_that_is_closed_stays(client, office):
    draft = drafted(by=office)
    called(draft, by=office)
    call_off = reverse("meetings:decision-vote-call-off", args=["14msp", 1])
    page = reverse("meetings:decision-page", args=["14msp", 1])
    sign_in(client, office)

    offered = call_off in client.get(page).content.decode()
    client.post(call_off, {"version": Decision.objects.get().version})
    again = Decision.objects.get()
    opened = called(again, by=office)
    ballots.cast(decision=opened, state=state("LAO"), ballot="yes", by=person(Role.APPROVER, "LAO"), at=VOTED_AT)
    done = closed(opened, by=office)
    client.post(call_off, {"version": done.version})

    assert (offered, again.status, Decision.objects.get().status) == (True, "draft", "taken")
    assert call_off not in client.get(page).content.decode()


def test_a_delegate_of_a_state_for_which_it_is_not_in_force_finds_no_vote(client, office):
    draft = drafted(by=office)
    called(draft, by=office)

    answer = sign_in(client, person(Role.APPROVER, "USA")).get(reverse("meetings:decision-vote", args=["14msp", 1]))

    assert answer.status_code == 404


def test_a_silence_procedure_is_read_and_objected_to_by_states_parties(client, office):
    now = clock.now()
    put_to_silence(drafted(by=office, at=now), by=office, at=now, until=now + timedelta(days=10))
    address = reverse("meetings:decision-silence", args=["14msp", 1])

    seen = sign_in(client, person(Role.DRAFTER, "NOR")).get(address).content.decode()
    refused = client.post(address, {"state": "norway", "text": "No."}).status_code
    sign_in(client, person(Role.APPROVER, "LAO")).post(address, {"state": "lao-pdr", "text": "CANARY-M1 reasons"})
    public = page(client, "meetings:decision-detail", "14msp", 1).content.decode()
    private = client.get(address).content.decode()

    assert ("The meeting decides to be brief." in seen, refused) == (True, 403)
    assert ("A State Party objected." in public, "CANARY-M1" in public, "CANARY-M1" in private) == (True, False, True)


def test_an_hour_that_the_clocks_skip_is_refused_with_what_was_typed(client, office):
    drafted(by=office)
    sign_in(client, office)

    answer = client.post(
        reverse("meetings:decision-silence-open", args=["14msp", 1]),
        {"version": 1, "day": "2027-03-28", "hour": "02:30", "on_objection": "deferred"},
    )

    assert (answer.status_code, 'value="02:30"' in answer.content.decode()) == (422, True)
    assert "the clocks are put forward" in answer.content.decode()


def test_what_follows_reaches_its_owners_desk_and_is_done_there(client, office):
    done = taken(by=office)
    todo = follow_ups.add(
        decision=done, what="Send the request", state=state("LAO"), due=date(2026, 12, 1), by=office, at=AT
    )
    follow_ups.add(decision=done, what="Write to the host", owner_name="ISO", by=office, at=AT)
    delegate = person(Role.DRAFTER, "LAO")

    lines = {
        who: [item.label for item in work_items.work_items_for(user, on=AT.date())]
        for who, user in (("delegate", delegate), ("office", office), ("other", person(Role.DRAFTER, "NOR")))
    }
    sign_in(client, delegate).post(
        reverse("meetings:follow-up", args=[todo.pk]),
        {"version": 1, "done_on": clock.today().isoformat(), "outcome": "Sent."},
    )

    assert "Send the request" in lines["delegate"]
    assert "Write to the host" in lines["office"]
    assert {"Send the request", "Write to the host"} & set(lines["other"]) == set()
    todo.refresh_from_db()
    assert (todo.done_on, todo.outcome) == (clock.today(), "Sent.")


def test_decisions_are_found_by_their_words_and_stand_on_the_state_s_page(client, office):
    taken(
        by=office, title="An extension", text="It grants five more years.", kind=DecisionKind.EXTENSION,
        about_state=state("LAO"),
    )  # fmt: skip
    drafted(by=office, title="CANARY-M1 five more years")

    hits = [hit.title for provider, hits in search("five years") if provider.name == "decisions" for hit in hits]
    on_the_page = page(client, "dashboard:state-detail", "lao-pdr").content.decode()

    assert (hits, "Decisions on this State" in on_the_page) == (["An extension"], True)


def test_the_feed_answers_304_until_something_happens(client, office):
    taken(by=office, kind=DecisionKind.VENUE, about_starts=date(2028, 9, 4), about_ends=date(2028, 9, 7))
    address = reverse("meeting-files:all-ics")
    first = client.get(address)

    same = client.get(address, headers={"If-None-Match": first["ETag"]})
    taken(by=office)
    moved = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first["Content-Type"], same.status_code, moved.status_code) == ("text/calendar; charset=utf-8", 304, 200)


def test_ones_own_address_is_shown_once_and_leads_nowhere_once_it_is_ended(client, office):
    sign_in(client, person(Role.DRAFTER, "LAO"))
    shown = client.post(reverse("meetings:my-calendar-make"), follow=True).context["address"]
    later = client.get(reverse("meetings:my-calendar")).context["address"]
    path = "/calendar/" + shown.split("/calendar/")[1]
    before = client.get(path)
    held = client.get(path, headers={"If-None-Match": before["ETag"]}).status_code
    client.post(reverse("meetings:my-calendar-end"))

    assert (later, before.status_code, before["Cache-Control"], held) == ("", 200, "private, no-cache", 304)
    assert client.get(path).status_code == 404


def test_the_page_opens_no_vote_without_a_quorum_and_says_the_same_of_it_as_the_page_of_the_quorum(client, office):
    draft = drafted(by=office)
    factories.delegation(draft.meeting, "NOR")
    address = reverse("meetings:decision-page", args=["14msp", 1])
    quorum = reverse("meetings:voting", args=["14msp"])
    sign_in(client, office)

    ahead = client.get(address).content.decode()
    running = called(draft, by=office)
    ballots.cast(decision=running, state=state("NOR"), ballot="yes", by=person(Role.APPROVER, "NOR"), at=VOTED_AT)
    noted = "States Parties noted as present: 2. Taking part with the right to vote: 2. Quorum: 2."
    there = client.get(f"{quorum}?day=2027-09-14").content.decode()
    client.post(f"{address}vote/close/", {"version": running.version})
    unconfirmed = Decision.objects.get().status
    closed(running, by=office)
    public = page(client, "meetings:decision-detail", "14msp", 1).content.decode()

    assert ("Open the vote" in ahead, quorum in ahead, "is none." in ahead) == (False, True, True)
    assert (noted in there, unconfirmed, noted in public) == (True, "voting", True)


@pytest.mark.parametrize(("starts", "prefilled"), [(-20, -18), (-1, 0), (30, 30)])
def test_the_day_of_a_decision_is_prefilled_with_the_nearest_day_of_the_meeting(client, office, starts, prefilled):
    today = clock.now().astimezone(ZoneInfo("Europe/Zurich")).date()  # where the meeting is
    begins = today + timedelta(days=starts)
    drafted(meeting(starts=begins, ends=begins + timedelta(days=2)), by=office)

    answer = sign_in(client, office).get(reverse("meetings:decision-page", args=["14msp", 1]))

    assert answer.context["record_form"]["decided_on"].value() == today + timedelta(days=prefilled)


def test_all_are_marked_as_present_at_once_and_as_on_the_day_before(client, office):
    of = meeting()
    for iso3 in ("NOR", "LAO"):
        factories.delegation(of, iso3)
    address = reverse("meetings:voting", args=["14msp"])
    sign_in(client, office)

    client.post(f"{address}?day=2027-09-13", {"was": "", "quick": "all"})
    client.post(f"{address}?day=2027-09-14", {"was": "", "quick": "before"})

    noted = [client.get(f"{address}?day=2027-09-{day}").context["quorum"].present for day in (13, 14, 15)]
    assert noted == [2, 2, 0]


def test_the_register_is_stacked_with_the_names_of_its_columns(client, office):
    taken(by=office)

    told = page(client, "meetings:decision-list").content.decode()

    assert 'class="scroll stacks"' in told
    assert [f'data-label="{name}"' in told for name in ("Meeting", "Kind", "Outcome", "Decided on")] == [True] * 4


def test_a_decision_on_a_venue_that_is_not_linked_to_the_meeting_it_names_is_told(client, office):
    fifteenth = meeting("15msp", ordinal=15, year=2028, starts=date(2028, 9, 4), ends=date(2028, 9, 7))
    given = {"by": office, "of": meeting(), "kind": DecisionKind.VENUE}
    for number, fields in enumerate(
        (
            {"title": "The 15MSP in Beirut", "about_city": "Beirut"},
            {"title": "The 15MSP in Geneva", "about_city": "Geneva"},
            {"title": "The 16MSP in Beirut", "about_city": "Beirut"},
        ),
        start=1,
    ):
        taken(**given, **fields)
        answer = sign_in(client, office).get(reverse("meetings:decision-page", args=["14msp", number]))
        assert (answer.context.get("left") == fifteenth) is (number == 1)
        assert ("This decision is not linked to" in answer.content.decode()) is (number == 1)


def test_the_page_of_a_meeting_names_the_decision_that_set_its_place(client, office):
    fifteenth = meeting("15msp", ordinal=15, year=2028, starts=date(2028, 9, 4), ends=date(2028, 9, 7))
    taken(
        meeting(), by=office, kind=DecisionKind.VENUE, title="Where to meet next", about_meeting=fifteenth,
        about_city="Beirut", about_host=state("LBN"),
    )  # fmt: skip

    assert "Where to meet next" in page(client, "meetings:meeting-detail", "15msp").content.decode()
