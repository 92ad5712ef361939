"""The agenda of 150 items beside one of three: how fast it is read, and that it asks the database no more."""

from datetime import date, datetime, timedelta

from django.urls import reverse

from ccm_portal.bench.data import NOW
from ccm_portal.core.models import State
from committees.models import Body
from meetings.domain import agenda_publishing, outline_edits, outline_starts
from meetings.domain.outline_edits import Seen
from meetings.enums import ItemKind, MeetingKind
from meetings.models import Agenda, Meeting, MeetingPart, Sitting

MANY, FEW = 150, 3
LANGUAGES = ("", "/ar", "/fr", "/ru", "/es", "/zh-hans")
EACH = 400  # addresses a language: each is drawn once


def prepare() -> None:
    """Two meetings with a published agenda: four days, eight sittings."""
    for key, items in (("bench-many", MANY), ("bench-few", FEW)):
        meeting = Meeting.objects.create(
            key=key, kind=MeetingKind.MSP, ordinal=14, year=2041, languages=["en", "fr", "ar"],
            starts=date(2041, 9, 9), ends=date(2041, 9, 12), changed_at=NOW,
        )  # fmt: skip
        part = MeetingPart.objects.create(meeting=meeting, starts=meeting.starts, ends=meeting.ends, city="Geneva")
        for day in range(4):
            for hour in (8, 13):
                begins = datetime(2041, 9, 9 + day, hour, tzinfo=NOW.tzinfo)
                Sitting.objects.create(part=part, starts_at=begins, ends_at=begins + timedelta(hours=3))
        fill(meeting, items)


def fill(meeting: Meeting, items: int) -> None:
    """Items with a lead and a State, by the operations that people use; published once."""
    body, states = Body.objects.order_by("pk")[0], list(State.objects.order_by("pk")[:10])
    for number in range(items):
        words = {"en": {"title": f"Item number {number}", "text": "What it is about, in a sentence or two."}}
        fields = {
            "words": words, "kind": ItemKind.THEMATIC, "minutes": 9, "speakers": 2, "lead_body": body.pk,
            "lead_state": states[number % 10].pk, "about_state": states[number % 7].pk,
        }  # fmt: skip
        under = None if number % 5 == 0 else number - number % 5 + 1
        outline_edits.add(seen(meeting), fields=fields, under=under)
    outline_starts.spread_over_sittings(seen(meeting))
    agenda_publishing.publish(meeting=meeting, version=seen(meeting).version, by=None, at=NOW)


def seen(meeting: Meeting) -> Seen:
    return Seen(meeting, Agenda.objects.get_or_create(meeting=meeting)[0].version, None, NOW)


def address(key: str = "bench-many") -> str:
    return reverse("meetings:agenda", args=[key])


def undrawn() -> list[str]:
    """Addresses of the long agenda that nobody has asked for."""
    return [f"{language}{address()}?{number}" for number in range(EACH) for language in LANGUAGES]
