"""What a meeting keeps to itself stays there, whatever way is tried: found by attacking the pages and operations."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from ccm_portal.core import files
from ccm_portal.core.enums import DocumentStatus, Role
from ccm_portal.core.models import Document, User
from committees.domain import body_papers
from committees.models import Nomination, Term
from meetings.domain import decisions, ical, statements
from meetings.enums import DecisionKind, MeetingAudience, MeetingKind, MeetingStatus
from meetings.models import AgendaItem, DecisionFollowUp, MeetingPaper, StatementText
from tests.committees.factories import body, leader
from tests.factories import person, state
from tests.meetings import factories
from tests.meetings.decisions import AT, taken
from tests.meetings.factories import meeting
from tests.meetings.room import the_room
from tests.papers import PDF, proposed
from tests.papers import text as with_text
from tests.support import sign_in

pytestmark = pytest.mark.django_db


def closed(key="clearance-2027", of="clearance", **fields):
    made = meeting(
        key,
        **{"kind": MeetingKind.BODY, "ordinal": None, "title": "CANARY-M1", "audience": MeetingAudience.MEMBERS}
        | fields,
    )
    made.convened_by.add(body(of))
    return made


def test_programs_are_not_told_which_meeting_nobody_may_know_of_is_prepared(client):
    hidden = meeting("3rc", kind=MeetingKind.REVIEW_CONFERENCE, ordinal=3, status=MeetingStatus.DRAFT)
    meeting("3rc-prep1", kind=MeetingKind.PREPARATORY, ordinal=None, title="Preparing", parent=hidden)

    told = {one["key"]: one["prepares"] for one in client.get("/api/v1/meetings/").json()["results"]}

    assert told == {"3rc-prep1": None}


def nominated(of, iso3, by):
    return Nomination.objects.create(
        body=body(of), state=state(iso3), starts=date(2027, 1, 1), ends=date(2029, 1, 1), experience="e", capacity="c",
        record="r", nominated_by=by, nominated_at=AT - timedelta(days=30),
    )  # fmt: skip


def test_a_closed_meeting_of_a_body_elects_nobody(client):
    leads = leader("clearance", "NOR")
    nomination = nominated("stockpiles", "NOR", leads)

    with pytest.raises(decisions.DecisionRefused):
        taken(closed(), by=leads, kind=DecisionKind.OFFICERS, settles=(nomination,))

    assert Term.objects.filter(body__key="stockpiles").count() == 0


def test_a_closed_meeting_of_a_body_moves_no_other_meeting(client):
    leads, msp = leader("clearance", "NOR"), meeting()

    with pytest.raises(decisions.DecisionRefused):
        taken(
            closed(), by=leads, kind=DecisionKind.VENUE, about_meeting=msp, about_starts=date(2028, 1, 3),
            about_ends=date(2028, 1, 5),
        )  # fmt: skip

    msp.refresh_from_db()
    assert msp.starts == date(2027, 9, 13)


def test_who_runs_a_closed_meeting_does_not_begin_from_an_outline_that_is_on_the_desk_of_another(client):
    msp, own = meeting(), closed()
    factories.item(msp, "CANARY-M1 draft item")
    browser = sign_in(client, leader("clearance", "NOR"))
    page = reverse("meetings:agenda-desk", args=[own.key])
    offered = f'value="{msp.key}"' in browser.get(page).content.decode()

    browser.post(page, {"do": "from", "other": msp.key, "version": "1"})

    assert (offered, AgendaItem.objects.filter(agenda__meeting=own).count()) == (False, 0)


def test_what_follows_from_a_closed_meetings_decision_tells_a_stranger_nothing_of_it(client):
    office = person(Role.ISO_STAFF, "iso")
    decision = taken(closed(), by=office, title="CANARY-M1 decided")
    follow_up = DecisionFollowUp.objects.create(decision=decision, what="Write", state=state("FRA"))
    browser = sign_in(client, person(Role.DRAFTER, "FRA"))

    told = browser.get(reverse("meetings:follow-up", args=[follow_up.pk]))
    desk = browser.get(reverse("dashboard:desk")).content.decode()

    assert (told.status_code, "CANARY-M1" in told.content.decode(), "CANARY-M1" in desk) == (404, False, False)


@pytest.mark.parametrize("sign", ["\r", "\x0b", "\x0c", "\x85", "\u2028", "\r\n"])
def test_nothing_that_is_written_begins_another_line_in_a_calendar(sign):
    hostile = f"Talk{sign}BEGIN:VALARM{sign}X-EVIL:1"
    entry = ical.Entry(
        uid="one", title=hostile, starts=date(2027, 1, 1), ends=date(2027, 1, 1), changed_at=AT, place=hostile,
        text=hostile,
    )  # fmt: skip

    lines = ical.calendar(hostile, [entry]).decode().splitlines()

    assert [line for line in lines if line.startswith(("X-EVIL", "BEGIN:VALARM"))] == []


def test_signs_that_no_calendar_may_hold_are_left_out():
    entry = ical.Entry(uid="one", title="A\x01B\x1bC", starts=date(2027, 1, 1), ends=date(2027, 1, 1), changed_at=AT)

    assert "SUMMARY:ABC" in ical.calendar("x", [entry]).decode()


@pytest.mark.parametrize("hostile", ["²", "9" * 5000, "\x00"])
def test_hostile_places_on_the_desk_of_an_agenda_are_no_error_of_ours(client, hostile):
    of = meeting()
    one = factories.item(of, "One")
    browser = sign_in(client, person(Role.ISO_STAFF, "iso"))
    page = reverse("meetings:agenda-desk", args=[of.key])

    told = [
        browser.post(page, {"do": f"to:{one.code}", "under": hostile, "place": hostile, "version": "1"}),
        browser.post(page, {"do": "save", f"sitting-{hostile}": hostile, "version": "1"}),
        browser.post(page, {"do": "save", f"sitting-{one.code}": hostile, "version": "1"}),
        browser.post(page, {"do": "from", "other": hostile, "version": "1"}),
        browser.post(page, {"do": "template", "template": hostile, "version": "1"}),
    ]

    assert [one.status_code for one in told if one.status_code >= 500] == []


@pytest.mark.parametrize(
    "address",
    [
        "/papers/?meeting=%00", "/papers/?state=%00", "/papers/?organisation=%00", "/papers/?text=%00",
        "/papers/?language=%00", "/decisions/?meeting=%00", "/decisions/?state=%00", "/decisions/?text=%00",
        "/decisions/?year=99999999999999999999", "/meetings/14msp/papers/?item=%00",
        "/meetings/14msp/papers/?issuer=name:%00",
        "/calendar/planner/?week=9999-12-31", "/calendar/planner/?week=0001-01-01", "/calendar/planner/?meeting=%00",
        "/calendar/planner/?week=9999-12-25&length=14", "/calendar/99999999999999/", "/calendar/2027/?instrument=%00",
        "/papers/%00/", "/papers/99999999999/", "/meetings/14msp/items/99999999999999999999/",
        "/meetings/14msp/agenda/r99999999999999999999/", "/meetings/14msp/decisions/99999999999999999999/",
        "/meetings/14msp/statements/99999999999999999999/", "/meetings/14msp/room/?scheme=%00", "/search/?q=%00",
        "/files/papers/99999999999999999999/x.pdf", "/files/statements/99999999999999999999/",
        "/files/programmes/14msp-r99999999999999999999-en.pdf", "/calendar/mine/x.ics", "/calendar/all.ics?lang=%00",
        "/api/v1/papers/?meeting=%00", "/api/v1/papers/?text=%00", "/universalisation/?x=%00",
        "/committees/?on=%00", "/committees/?on=9999-12-31", "/committees/leadership/?on=9999-12-31",
    ],
)  # fmt: skip
def test_hostile_addresses_are_no_error_of_ours(client, address):
    meeting()
    client.raise_request_exception = False

    assert client.get(address, follow=True).status_code < 500


@pytest.mark.parametrize("name", ["office-calendar", "calendar-fill"])
def test_years_that_there_are_not_are_no_error_of_ours(client, name):
    browser = sign_in(client, person(Role.ISO_STAFF, "iso"))
    browser.raise_request_exception = False
    for year in (0, 10_000, 10**20):
        address = reverse(f"meetings:{name}", args=[year])
        assert (browser.get(address).status_code < 500, browser.post(address).status_code < 500) == (True, True)


def test_a_chair_does_not_read_in_a_form_which_papers_wait_to_be_accepted(client):
    of = meeting()
    offered = {}
    for status in DocumentStatus:
        published = AT if status == DocumentStatus.PUBLISHED else None
        paper = Document.objects.create(
            title=f"{status} paper", kind="working_paper", status=status, proposed_at=AT, published_at=published
        )
        MeetingPaper.objects.create(meeting=of, document=paper)
    page = sign_in(client, factories.chair(of)).get(reverse("meetings:decision-new", args=[of.key])).content.decode()
    offered = {status.value for status in DocumentStatus if f"{status} paper" in page}

    assert offered == {"accepted", "published"}


def test_the_file_of_a_statement_is_locked_like_every_other_file(client):
    room = the_room()
    stored = files.store(
        content=b"We have cleared a field.", name='a";\r\nX-Evil: 1.txt', at=AT, kinds=statements.KINDS
    )
    text = room.hand_in("NOR", "We have cleared a field.", release="when_released").texts.get()
    StatementText.objects.filter(pk=text.pk).update(file=stored)
    browser = sign_in(client, person(Role.DRAFTER, "NOR"))

    answer = browser.get(f"/files/statements/{text.pk}/own/")

    locked = {name: answer[name] for name in ("Content-Security-Policy", "X-Robots-Tag", "Cache-Control")}
    assert (locked, "X-Evil" in answer) == (
        {
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            "X-Robots-Tag": "noindex",
            "Cache-Control": "private, no-store",
        },
        False,
    )


def test_stopping_to_follow_something_that_cannot_be_is_no_error_of_ours(client):
    browser = sign_in(client, person(Role.DRAFTER, "NOR"))

    assert browser.post(reverse("meetings:following"), {"topic": "\x00", "do": "stop"}).status_code == 302


def test_who_proposed_a_paper_for_a_state_reads_and_withdraws_it_no_more_once_they_act_for_another(client):
    of = meeting()
    delegate = person(Role.DRAFTER, "NOR")
    paper = proposed(by=delegate)
    MeetingPaper.objects.create(meeting=of, document=paper)
    text = with_text(paper)
    delegate.memberships.update(state=state("IRL"))
    browser = sign_in(client, User.objects.get(pk=delegate.pk))

    told = [
        browser.get(reverse("meetings:my-paper", args=[paper.pk])),
        browser.post(reverse("meetings:my-paper", args=[paper.pk]), {"do": "withdraw", "version": paper.version}),
        browser.get(reverse("meeting-files:paper-text-before", args=[text.pk, "x.pdf"])),
    ]

    assert [one.status_code for one in told] == [404, 404, 404]


def test_who_led_a_body_reads_the_papers_that_they_entered_no_more_once_the_term_is_over(client):
    leads = leader("clearance", "NOR")
    paper = body_papers.add_paper(
        body=body("clearance"), kind="minutes", title="CANARY-C1", given=body_papers.Given(
            language="en", content=PDF, name="m.pdf"
        ), by=leads, at=AT,
    )  # fmt: skip
    text = paper.document.texts.get()
    address = reverse("meeting-files:paper-text-before", args=[text.pk, "x.pdf"])
    browser = sign_in(client, leads)
    before = browser.get(address).status_code
    Term.objects.filter(body__key="clearance").update(ends=date(2026, 1, 1))

    assert (before, browser.get(address).status_code) == (200, 404)
