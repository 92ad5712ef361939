"""Meetings are prepared, described, moved, called off."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry, State
from committees.models import Presidency
from meetings.domain import convening, officers, parts, sittings, venues
from meetings.domain.changing import MeetingChanged, MeetingRefused
from meetings.domain.convening import Facts, Place
from meetings.enums import MeetingAudience, MeetingKind, MeetingStatus, Office, ProposalStatus
from meetings.models import DateChange, Meeting, Sitting
from tests.committees.factories import body, leader
from tests.factories import person, state
from tests.meetings.factories import A_MOMENT, meeting
from tests.meetings.factories import sittings as sittings_of

pytestmark = pytest.mark.django_db

GENEVA = Place(city="Geneva")


@pytest.fixture
def iso():
    return person(Role.ISO_STAFF)


def made(by, *, starts=date(2027, 9, 13), ends=date(2027, 9, 16), **facts) -> Meeting:
    told = Facts(**({"kind": MeetingKind.MSP, "ordinal": 14} | facts))
    return convening.create(facts=told, starts=starts, ends=ends, place=GENEVA, by=by, at=A_MOMENT)


def refused(call, **arguments) -> str:
    with pytest.raises(MeetingRefused) as refusal:
        call(**arguments)
    return str(refusal.value)


def hours_of(of: Meeting) -> list[str]:
    here = ZoneInfo(of.time_zone)
    rows = Sitting.objects.filter(part__meeting=of).order_by("starts_at")
    return [f"{one.starts_at.astimezone(here):%d %b %H:%M}–{one.ends_at.astimezone(here):%H:%M}" for one in rows]


def test_a_meeting_of_each_kind_gets_its_address(iso):
    committees = [body("clearance"), body("stockpiles")]
    made(iso)
    third = meeting("3rc", kind=MeetingKind.REVIEW_CONFERENCE, ordinal=3)
    made(iso, kind=MeetingKind.PREPARATORY, ordinal=None, title="Second preparatory meeting", parent=third)
    for _again in range(2):
        made(iso, kind=MeetingKind.INTERSESSIONAL, ordinal=None, title="Together", convened_by=committees)
    made(iso, kind=MeetingKind.BODY, ordinal=None, title="Analysis", convened_by=committees)

    assert sorted(Meeting.objects.values_list("key", "status")) == [
        ("14msp", "draft"),
        ("3rc", "planned"),
        ("3rc-prep1", "draft"),
        ("body-2027-1", "draft"),
        ("intersessional-2027", "draft"),
        ("intersessional-2027-1", "draft"),
    ]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"ordinal": None}, "Say which one it is: the fourteenth is 14."),
        ({"kind": MeetingKind.PREPARATORY, "title": "Preparing"}, "Say which meeting it prepares."),
        ({"kind": MeetingKind.BODY}, "Give the meeting a title."),
        ({"kind": MeetingKind.BODY, "title": "A talk"}, "Say which body convenes it, or which bodies."),
        ({"time_zone": "Europe/Genf"}, "This time zone is not known."),
        (
            {"kind": MeetingKind.LEADERS, "title": "Leaders"},
            "Say with which meetings of other conventions: their leaders are invited.",
        ),
        ({"ends": date(2027, 9, 12)}, "The last day lies before the first."),
    ],
)
def test_what_does_not_fit_is_refused_in_words(iso, facts, told):
    assert refused(made, by=iso, **facts) == told
    assert not Meeting.objects.exists()


def test_the_same_number_is_not_given_twice(iso):
    made(iso)

    assert refused(made, by=iso) == "Fourteenth Meeting of States Parties is there already."


def test_leaders_convene_closed_meetings_of_their_own_body(iso):
    leads = leader("clearance", "LAO")
    own, other = body("clearance"), body("stockpiles")
    closed = {"kind": MeetingKind.BODY, "ordinal": None, "title": "A talk", "audience": MeetingAudience.MEMBERS}

    assert made(leads, convened_by=[own], **closed).audience == MeetingAudience.MEMBERS
    told = "You can convene meetings of the bodies that you lead, for their members."
    assert refused(made, by=leads, convened_by=[own, other], **closed) == told
    assert refused(made, by=leads) == told
    assert refused(made, by=leads, convened_by=[own], **closed | {"audience": MeetingAudience.OPEN}) == (
        "A meeting open to all is convened by the office. Ask it, or keep this one for members."
    )


def test_a_change_of_what_somebody_else_changed_says_who(iso):
    one = made(iso)
    other = person(Role.ISO_STAFF)
    convening.announce(meeting=one, version=1, by=other, at=A_MOMENT)

    told = refused(convening.cancel, meeting=one, version=1, note="No", by=iso, at=A_MOMENT)

    assert told == (
        f"{other.name} changed the meeting after you opened the page (1 October 2026, 09:00 UTC)."
        " What you typed is kept: compare, then save."
    )
    with pytest.raises(MeetingChanged):
        sittings.usual_days(part=one.parts.get(), version=1, by=iso, at=A_MOMENT)


def test_a_meeting_is_called_off_with_a_reason_and_held_after_all(iso):
    one = convening.announce(meeting=made(iso), version=1, by=iso, at=A_MOMENT)

    assert refused(convening.cancel, meeting=one, version=2, note=" ", by=iso, at=A_MOMENT) == (
        "Say why the meeting is called off: everybody reads it."
    )
    one = convening.cancel(meeting=one, version=2, note="The pandemic", by=iso, at=A_MOMENT)
    assert (one.status, one.cancelled_note, one.sequence) == (MeetingStatus.CANCELLED, "The pandemic", 2)
    one = convening.reinstate(meeting=one, version=3, by=iso, at=A_MOMENT)
    assert (one.status, one.cancelled_note, one.sequence) == (MeetingStatus.PLANNED, "", 3)
    assert list(RegisterEntry.objects.order_by("number").values_list("action", flat=True)) == [
        f"meetings.meeting.{act}" for act in ("create", "announce", "cancel", "reinstate")
    ]


def test_one_click_gives_every_day_its_usual_sittings(iso):
    one = made(iso, ends=date(2027, 9, 14))

    sittings.usual_days(part=one.parts.get(), version=1, by=iso, at=A_MOMENT)

    assert hours_of(one) == ["13 Sep 10:00–13:00", "13 Sep 15:00–18:00", "14 Sep 10:00–13:00", "14 Sep 15:00–18:00"]
    assert refused(sittings.usual_days, part=one.parts.get(), version=2, by=iso, at=A_MOMENT) == (
        "Every day has its sittings already."
    )


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        ({"day": date(2027, 9, 17)}, "The meeting is not held on that day."),
        ({"ends": time(10)}, "The sitting would end before it begins."),
        (
            {"begins": time(12), "ends": time(14)},
            "There is a sitting from 10:00 to 13:00 already. Name another room, or choose other hours.",
        ),
    ],
)
def test_hours_that_do_not_fit_are_refused(iso, hours, told):
    one = meeting()
    sittings_of(one)
    wanted = sittings.Hours(**({"day": date(2027, 9, 13), "begins": time(10), "ends": time(13)} | hours))

    assert refused(sittings.add, part=one.parts.get(), version=1, hours=wanted, by=iso, at=A_MOMENT) == told


def test_a_sitting_in_the_gap_of_a_clock_change_is_refused_and_one_that_comes_twice_is_asked_about(iso):
    spring = made(iso, starts=date(2027, 3, 28), ends=date(2027, 3, 28))
    autumn = made(iso, ordinal=15, starts=date(2027, 10, 31), ends=date(2027, 10, 31))
    gap = sittings.Hours(day=date(2027, 3, 28), begins=time(2, 15), ends=time(4))
    fold = {"day": date(2027, 10, 31), "begins": time(2, 15), "ends": time(4)}

    assert refused(sittings.add, part=spring.parts.get(), version=1, hours=gap, by=iso, at=A_MOMENT).startswith(
        "There is no 02:15 on 28 March 2027"
    )
    twice = sittings.Hours(**fold)
    assert refused(sittings.add, part=autumn.parts.get(), version=1, hours=twice, by=iso, at=A_MOMENT).startswith(
        "02:15 comes twice on 31 October 2027"
    )
    second = sittings.Hours(**fold, which=1)
    sittings.add(part=autumn.parts.get(), version=1, hours=second, by=iso, at=A_MOMENT)
    assert [f"{one.starts_at:%H:%M}" for one in Sitting.objects.all()] == ["01:15"]


def test_days_move_with_the_old_ones_kept_and_all_that_hangs_on_them(iso):
    before = meeting("13msp", ordinal=13, year=2025, starts=date(2025, 9, 16), ends=date(2025, 9, 19))
    one = meeting()
    sittings_of(one)
    lao = state("LAO")
    Presidency.objects.create(meeting_key="14msp", state=lao, starts=before.ends, ends=date(2027, 9, 17))

    _part, moved = parts.move(
        part=one.parts.get(), version=1, starts=date(2027, 11, 8), ends=date(2027, 11, 11), reason="An election",
        basis="Silence procedure", by=iso, at=A_MOMENT,
    )  # fmt: skip

    one.refresh_from_db()
    assert (one.starts, one.ends, one.sequence, one.version, moved) == (
        date(2027, 11, 8), date(2027, 11, 11), 1, 2, 8,
    )  # fmt: skip
    assert list(DateChange.objects.values_list("starts", "ends", "reason", "basis", "moved_by")) == [
        (date(2027, 9, 13), date(2027, 9, 16), "An election", "Silence procedure", iso.pk)
    ]
    # In winter the clocks of Geneva stand otherwise; the hours at the venue are the same.
    assert hours_of(one)[0] == "08 Nov 10:00–13:00"
    assert f"{Sitting.objects.order_by('starts_at')[0].starts_at:%H:%M}" == "09:00"
    held = Presidency.objects.get()
    assert (held.starts, held.ends) == (date(2025, 9, 20), date(2027, 11, 12))


def test_a_meeting_that_becomes_shorter_than_its_sittings_is_not_cut_silently(iso):
    one = meeting()
    sittings_of(one)

    told = refused(
        parts.move, part=one.parts.get(), version=1, starts=date(2027, 9, 20), ends=date(2027, 9, 22),
        reason="Fewer days", by=iso, at=A_MOMENT,
    )  # fmt: skip

    assert told == "2 sittings would lie outside the new days. Take them away first, or choose more days."
    assert not DateChange.objects.exists()


def test_a_conference_in_two_parts_spans_both(iso):
    one = meeting()
    parts.add(meeting=one, version=1, starts=date(2028, 2, 1), ends=date(2028, 2, 2), place=GENEVA, by=iso, at=A_MOMENT)

    one.refresh_from_db()
    assert (one.starts, one.ends, one.year) == (date(2027, 9, 13), date(2028, 2, 2), 2027)
    assert refused(
        parts.add, meeting=one, version=2, starts=date(2028, 2, 2), ends=date(2028, 2, 3), place=GENEVA, by=iso,
        at=A_MOMENT,
    ) == "Another part of the meeting is held on these days."  # fmt: skip


def test_two_chairs_of_one_state_are_refused(iso):
    one = meeting()
    lao = state("LAO")
    officers.name_officer(meeting=one, version=1, office=Office.CHAIR, state=lao, by=iso, at=A_MOMENT)

    told = refused(
        officers.name_officer, meeting=one, version=2, office=Office.CHAIR, state=lao, name="Another delegate",
        by=iso, at=A_MOMENT,
    )  # fmt: skip

    assert told == f"{lao.name} presides already. Two chairs of one State are not two: choose another State."


def test_the_place_that_is_chosen_becomes_the_place_of_the_meeting(iso):
    one = meeting()
    delegate = person(Role.DRAFTER, "LAO")
    geneva = venues.propose(meeting=one, host=state("CHE"), city="Geneva", by=iso, at=A_MOMENT)
    vientiane = venues.propose(meeting=one, host=state("LAO"), city="Vientiane", by=delegate, at=A_MOMENT)

    assert [one.city for one in venues.in_order(one)] == ["Vientiane", "Geneva"]
    told = refused(venues.propose, meeting=one, host=state("NOR"), city="Oslo", by=delegate, at=A_MOMENT)
    assert told == "You can offer for your own State."

    venues.choose(proposal=vientiane, part=one.parts.get(), version=1, meeting_version=1, by=iso, at=A_MOMENT)

    geneva.refresh_from_db()
    part = one.parts.get()
    assert (part.city, part.host, geneva.status) == (
        "Vientiane", State.objects.get(iso3="LAO"), ProposalStatus.NOT_CHOSEN,
    )  # fmt: skip
