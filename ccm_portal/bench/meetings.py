"""A full Meeting of States Parties for the bench: four days of sittings, decisions, and dates that it decides."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from ccm_portal.bench import data
from ccm_portal.core.models import State, User
from meetings.domain import decisions
from meetings.enums import DecisionKind, DecisionOutcome, MeetingKind
from meetings.models import Meeting, MeetingPart, Sitting

KEY = "28msp"
STARTS, DAYS = date(2041, 9, 9), 4
ZONE = "Europe/Zurich"
DECISIONS = 20
DRAWN = 600  # addresses of one feed, so that each is drawn


def prepare(by: User) -> list[str]:
    """The meeting; gives the addresses of its feed, the first to be asked for again and again."""
    ends = STARTS + timedelta(days=DAYS - 1)
    meeting = Meeting.objects.create(
        key=KEY, kind=MeetingKind.MSP, ordinal=28, year=STARTS.year, is_formal=True, languages=["en", "fr", "ar"],
        starts=STARTS, ends=ends, changed_at=data.NOW,
    )  # fmt: skip
    part = MeetingPart.objects.create(
        meeting=meeting, starts=STARTS, ends=ends, city="Geneva", host=State.objects.get(iso3="CHE")
    )
    for day in range(DAYS):
        for begins, stops in ((10, 13), (15, 18)):
            on = STARTS + timedelta(days=day)
            hours = [datetime(on.year, on.month, on.day, hour, tzinfo=ZoneInfo(ZONE)) for hour in (begins, stops)]
            Sitting.objects.create(part=part, starts_at=hours[0].astimezone(UTC), ends_at=hours[1].astimezone(UTC))
    for number in range(DECISIONS):
        decided(meeting, number, by)
    address = reverse("meeting-files:meeting-ics", args=[KEY])
    return [address, *(f"{address}?lang=en&turn={turn}" for turn in range(DRAWN))]


def decided(meeting: Meeting, number: int, by: User) -> None:
    """Guidance; the last one says when and where the next meeting is."""
    last = number == DECISIONS - 1
    words = decisions.Words(
        kind=DecisionKind.VENUE if last else DecisionKind.GUIDANCE,
        title=f"Decision number {number}",
        text="The meeting decides what was proposed. " * 20,
        about_starts=date(2042, 9, 8) if last else None,
        about_ends=date(2042, 9, 11) if last else None,
        about_city="Vientiane" if last else "",
        between_meetings=True,
    )
    draft = decisions.draft(meeting=meeting, words=words, by=by, at=data.NOW)
    decisions.record(
        decision=draft, version=draft.version, outcome=DecisionOutcome.ADOPTED, decided_on=data.NOW.date(), by=by,
        at=data.NOW,
    )  # fmt: skip
