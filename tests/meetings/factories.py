"""Meetings for tests: valid and boring; the test says what is special."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation, User
from meetings.enums import DelegationKind, DelegationStatus, ItemKind, MeetingKind
from meetings.models import CHAIR_MEETING, Agenda, AgendaItem, ChairPlace, Delegation, Meeting, MeetingPart, Sitting
from tests import factories

A_MOMENT = datetime(2026, 10, 1, 9, tzinfo=UTC)


def meeting(key: str = "14msp", **fields: Any) -> Meeting:
    """The 14MSP: announced, open, in Geneva from 13 to 16 September 2027, with one part."""
    given = {
        "kind": MeetingKind.MSP,
        "ordinal": 14,
        "year": 2027,
        "is_formal": True,
        "languages": ["en", "fr", "ar"],
        "starts": date(2027, 9, 13),
        "ends": date(2027, 9, 16),
        "symbol_stem": "CCM/MSP/2027",
        "changed_at": A_MOMENT,
    } | fields
    made = Meeting.objects.create(key=key, **given)
    MeetingPart.objects.create(
        meeting=made, starts=made.starts, ends=made.ends, city="Geneva", host=factories.state("CHE")
    )
    return made


def sittings(of: Meeting) -> list[Sitting]:
    """A morning (10 to 13) and an afternoon (15 to 18) each day, in the venue's time."""
    made, part, zone = [], of.parts.get(), ZoneInfo(of.time_zone)
    for offset in range((part.ends - part.starts).days + 1):
        day = date.fromordinal(part.starts.toordinal() + offset)
        for begins, ends in ((10, 13), (15, 18)):
            made.append(
                Sitting.objects.create(
                    part=part,
                    starts_at=datetime(day.year, day.month, day.day, begins, tzinfo=zone),
                    ends_at=datetime(day.year, day.month, day.day, ends, tzinfo=zone),
                )
            )
    return made


def agenda(of: Meeting) -> Agenda:
    """The outline of a meeting, made once."""
    return Agenda.objects.get_or_create(meeting=of)[0]


def item(of: Meeting, title: str = "An item", *, parent: AgendaItem | None = None, **fields: Any) -> AgendaItem:
    """An item at the end of the outline, or of its parent's, with an English title."""
    outline = agenda(of)
    code, outline.next_code = outline.next_code, outline.next_code + 1
    outline.save()
    position = outline.items.filter(parent=parent).count()
    given = {"kind": ItemKind.THEMATIC, "minutes": 30, "words": {"en": {"title": title, "text": ""}}} | fields
    return AgendaItem.objects.create(agenda=outline, code=code, parent=parent, position=position, **given)


def delegation(of: Meeting, iso3: str = "", *, organisation: str = "", **fields: Any) -> Delegation:
    """A State Party's delegation, notified; or an organisation's that takes part as of right."""
    given: dict[str, Any] = {"status": DelegationStatus.NOTIFIED, "changed_at": A_MOMENT}
    if iso3:
        given |= {"kind": DelegationKind.STATE_PARTY, "state": factories.state(iso3)}
    else:
        body = Organisation.objects.get(key=organisation)
        given |= {"kind": DelegationKind.RIGHT, "organisation": body}
    return Delegation.objects.create(meeting=of, **(given | fields))


def chair(of: Meeting, user: User | None = None) -> User:
    """A person named to chair the meeting: from an organisation that seldom speaks, if nobody is given."""
    user = user or factories.person(Role.OBSERVER, "gichd")
    right = Permission.objects.get(codename=CHAIR_MEETING)
    ChairPlace.objects.create(user=user, permission=right, content_object=of, given_at=A_MOMENT)
    return user
