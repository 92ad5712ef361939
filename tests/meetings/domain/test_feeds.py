"""Calendar feeds, read by another library than the one that writes them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from ccm_portal.core.enums import Role
from meetings.domain import calendar_links, feeds, follow_ups
from meetings.domain.ical import Entry, calendar, changes
from meetings.enums import DecisionKind, MeetingKind, MeetingStatus
from meetings.models import Meeting, MeetingPart, Sitting
from tests.committees import factories as committees
from tests.factories import person, state
from tests.meetings.decisions import AT, drafted, put_to_silence, taken
from tests.meetings.factories import meeting, sittings

pytestmark = pytest.mark.django_db


def events(feed: bytes) -> dict:
    """UID -> event, as another library reads them."""
    read = vobject.readOne(feed.decode())
    return {event.uid.value.removesuffix("@ccm-portal"): event for event in read.contents.get("vevent", [])}


def test_a_meeting_is_whole_days_and_its_sittings_stand_by_the_clocks_of_the_venue():
    sittings(of := meeting())

    found = events(feeds.meeting_feed(of))

    days = found["meeting-14msp-1"]
    assert (days.dtstart.value, days.dtend.value) == (date(2027, 9, 13), date(2027, 9, 17))
    assert (days.summary.value, days.status.value) == ("Fourteenth Meeting of States Parties", "CONFIRMED")
    first = min((one for uid, one in found.items() if uid.startswith("sitting")), key=lambda event: event.dtstart.value)
    assert (first.dtstart.value.isoformat(), first.dtstart.params["X-VOBJ-ORIGINAL-TZID"]) == (
        "2027-09-13T10:00:00+02:00",
        ["Europe/Zurich"],
    )
    assert len(found) == 9


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Zurich", date(2027, 3, 28)),
        ("Europe/Zurich", date(2027, 10, 31)),
        ("America/New_York", date(2027, 3, 14)),
        ("America/New_York", date(2027, 11, 7)),
        ("Asia/Vientiane", date(2027, 3, 28)),
        ("America/Santiago", date(2027, 4, 4)),
    ],
)
def test_times_are_right_on_the_days_on_which_clocks_are_changed(zone, day):
    """Every hour of the day before, of the day and of the day after, as the other library understands it."""
    begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(days=1)
    moments = [begins + timedelta(hours=hour) for hour in range(72)]
    entries = [
        Entry(uid=f"hour-{number}", title="x", starts=at, ends=at + timedelta(hours=1), changed_at=AT, zone=zone)
        for number, at in enumerate(moments)
        if at.astimezone(ZoneInfo(zone)).fold == 0  # a second hour of the same name has no place in RFC 5545
    ]

    found = events(calendar("x", entries))

    assert {uid: event.dtstart.value.astimezone(UTC) for uid, event in found.items()} == {
        entry.uid: entry.starts for entry in entries
    }


def test_the_clocks_of_geneva_change_at_one_oclock_in_universal_time():
    assert changes("Europe/Zurich", 2027, 2027) == (
        datetime(2027, 3, 28, 1, tzinfo=UTC),
        datetime(2027, 10, 31, 1, tzinfo=UTC),
    )


def test_an_update_moves_the_event_and_a_cancellation_cancels_it():
    sittings(of := meeting())
    before = events(feeds.meeting_feed(of))["meeting-14msp-1"]
    MeetingPart.objects.filter(meeting=of).update(starts=date(2027, 9, 20), ends=date(2027, 9, 23))
    Meeting.objects.update(sequence=1, changed_at=AT)
    moved = events(feeds.meeting_feed(Meeting.objects.get()))["meeting-14msp-1"]
    Meeting.objects.update(sequence=2, status=MeetingStatus.CANCELLED, cancelled_note="No venue.")
    off = events(feeds.meeting_feed(Meeting.objects.get()))

    assert [(one.sequence.value, one.dtstart.value) for one in (before, moved)] == [
        ("0", date(2027, 9, 13)),
        ("1", date(2027, 9, 20)),
    ]
    assert moved.last_modified.value == AT
    assert {(one.status.value, one.sequence.value) for one in off.values()} == {("CANCELLED", "2")}


def test_a_meeting_of_which_only_the_month_is_known_says_so():
    of = meeting("4msp", ordinal=4, year=2013, precision="month", starts=date(2013, 9, 1), ends=date(2013, 9, 30))

    event = events(feeds.meeting_feed(of))["meeting-4msp-1"]

    assert (event.dtstart.value, event.dtend.value, event.status.value) == (
        date(2013, 9, 1),
        date(2013, 10, 1),
        "TENTATIVE",
    )
    assert "Only the month is known" in event.description.value


def test_dates_that_a_meeting_decided_stand_in_the_feed_until_the_meeting_does():
    taken(
        kind=DecisionKind.VENUE,
        title="Fifteenth Meeting of States Parties",
        about_starts=date(2028, 9, 4),
        about_ends=date(2028, 9, 7),
        about_city="Vientiane",
        about_host=state("LAO"),
    )

    event = events(feeds.all_feed())["decided-14msp-1"]

    assert (event.dtstart.value, event.dtend.value) == (date(2028, 9, 4), date(2028, 9, 8))
    assert event.location.value.startswith("Vientiane")


def test_a_feed_of_a_body_holds_what_it_convenes_and_no_closed_meeting():
    clearance = committees.body("clearance")
    meeting().convened_by.add(clearance)
    meeting("closed", kind=MeetingKind.BODY, ordinal=None, audience="members").convened_by.add(clearance)
    meeting("13msp", ordinal=13, year=2025)

    assert list(events(feeds.body_feed(clearance))) == ["meeting-14msp-1"]


def test_the_same_facts_give_the_same_bytes():
    sittings(of := meeting())

    assert feeds.meeting_feed(of) == feeds.meeting_feed(of)


def test_a_feed_costs_as_many_queries_for_one_meeting_as_for_three(django_assert_num_queries):
    sittings(meeting())
    with django_assert_num_queries(5):
        feeds.all_feed()
    for number in (15, 16):
        sittings(meeting(f"{number}msp", ordinal=number, year=2013 + number))
    with django_assert_num_queries(5):
        feeds.all_feed()


def test_ones_own_feed_holds_what_one_may_see_today_and_not_a_day_longer():
    leader = committees.leader("clearance", "NOR")
    closed = meeting(
        "closed", kind=MeetingKind.BODY, ordinal=None, title="Clearance, closed", audience="members",
        starts=date(2027, 2, 1), ends=date(2027, 2, 1),
    )  # fmt: skip
    closed.convened_by.add(committees.body("clearance"))
    other = person(Role.DRAFTER, "NOR")

    mine, theirs = (events(feeds.own_feed(one, on=AT.date())) for one in (leader, other))

    assert ("meeting-closed-1" in mine, "meeting-closed-1" in theirs) == (True, False)


def test_ones_own_feed_holds_silence_procedures_and_what_is_ones_own_to_do():
    office, delegate = person(Role.ISO_STAFF, "iso"), person(Role.DRAFTER, "LAO")
    put_to_silence(drafted(by=office), by=office)
    done = taken(by=office)
    follow_ups.add(decision=done, what="Send the request", state=state("LAO"), due=date(2027, 1, 15), by=office, at=AT)

    found = events(feeds.own_feed(delegate, on=AT.date()))

    assert found["silence-14msp-1"].dtstart.value == datetime(2026, 11, 9, 11, tzinfo=ZoneInfo("Europe/Zurich"))
    assert [event.dtstart.value for uid, event in found.items() if uid.startswith("follow-up")] == [date(2027, 1, 15)]
    assert [uid for uid in events(feeds.all_feed()) if uid.startswith("silence")] == []


def test_an_address_is_kept_as_its_hash_a_new_one_ends_the_old_and_an_ended_account_has_none():
    user = person(Role.DRAFTER, "LAO")
    old = calendar_links.make(user=user, at=AT)
    new = calendar_links.make(user=user, at=AT)
    owners = [calendar_links.owner(token) for token in (old, new)]
    user.is_active = False
    user.save()

    assert (owners, calendar_links.owner(new), user.calendar_link.token_hash == new) == ([None, user], None, False)


def test_sittings_keep_their_event_when_they_move():
    (first, *_rest) = sittings(of := meeting())
    Sitting.objects.filter(pk=first.pk).update(starts_at=first.starts_at + timedelta(hours=1))

    assert events(feeds.meeting_feed(of))[f"sitting-{first.pk}"].dtstart.value.hour == 11
