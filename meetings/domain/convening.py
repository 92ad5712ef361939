"""A meeting comes into being, is described anew, announced, called off, held after all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import writing
from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import is_iso_staff
from ccm_portal.core.writing import plain
from committees.models import Body
from meetings.domain import sittings
from meetings.domain.changing import MeetingRefused, held, noted, touch
from meetings.enums import FORMAL_KINDS, MeetingAudience, MeetingFormat, MeetingKind, MeetingStatus
from meetings.models import Meeting, MeetingPart, NeighbourMeeting
from meetings.names import long_name, short_name
from meetings.rules import run_bodies
from meetings.workflow import ANNOUNCE, CANCEL, REINSTATE

LONGEST = 5000
CLOSED_KINDS = frozenset({MeetingKind.COORDINATION, MeetingKind.BILATERAL})
CONVENED_KINDS = frozenset(
    {MeetingKind.COORDINATION, MeetingKind.BODY, MeetingKind.BILATERAL, MeetingKind.INTERSESSIONAL}
)
LEADERS_KINDS = frozenset({MeetingKind.COORDINATION, MeetingKind.BODY, MeetingKind.BILATERAL})


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is said of a meeting, apart from its days and places."""

    kind: str
    ordinal: int | None = None
    title: str = ""
    parent: Meeting | None = None
    is_formal: bool = False
    audience: str = MeetingAudience.OPEN
    convened_by: list[Body] = field(default_factory=list)
    with_states: list[State] = field(default_factory=list)
    joint_with: list[NeighbourMeeting] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    time_zone: str = "Europe/Zurich"
    about: str = ""
    symbol_stem: str = ""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a part of a meeting is held."""

    format: str = MeetingFormat.IN_PERSON
    city: str = ""
    host: State | None = None
    venue: str = ""


@transaction.atomic
def create(*, facts: Facts, starts: date, ends: date, place: Place, by: User, at: datetime) -> Meeting:
    """Prepare a meeting with its first run of days. Nobody but who runs it sees it until it is announced.

    :raises MeetingRefused: if what is said does not fit the kind, or the person may not convene such a meeting.
    """
    _refuse_stranger(facts, by=by)
    refuse_days(starts, ends)
    fields = _fields(facts)
    meeting = Meeting(starts=starts, ends=ends, year=starts.year, status=MeetingStatus.DRAFT, changed_at=at, **fields)
    meeting.key = free_key(meeting)
    meeting.save()
    _set_relations(meeting, facts)
    MeetingPart.objects.create(
        meeting=meeting,
        starts=starts,
        ends=ends,
        format=place.format,
        city=plain(place.city),
        host=place.host,
        venue=plain(place.venue),
    )
    noted("create", meeting, by=by, at=at, kind=meeting.kind)
    return meeting


@transaction.atomic
def edit(*, meeting: Meeting, version: int, facts: Facts, by: User, at: datetime) -> Meeting:
    """Describe it anew. Its kind and its address stay; sittings keep the hours at the venue where its zone changes.

    :raises MeetingChanged: if it has another version than the one seen.
    :raises MeetingRefused: if what is said does not fit the kind.
    """
    fresh = held(meeting, version)
    if facts.kind != fresh.kind:
        raise MeetingRefused(_("The kind of a meeting stays. Prepare another meeting, and call this one off."), "kind")
    _refuse_stranger(facts, by=by)
    fields = _fields(facts, but=fresh)
    if fields["time_zone"] != fresh.time_zone:
        sittings.keep_hours(fresh, fields["time_zone"])
    changed = sorted(name for name, value in fields.items() if getattr(fresh, name) != value)
    for name in changed:
        setattr(fresh, name, fields[name])
    touch(fresh, at=at)
    fresh.save()
    _set_relations(fresh, facts)
    noted("edit", fresh, by=by, at=at, changed=changed)
    return fresh


@transaction.atomic
def announce(*, meeting: Meeting, version: int, by: User, at: datetime) -> Meeting:
    """Let everybody see it, or the members of its bodies where it is for them alone.

    :raises MeetingChanged: if it has another version than the one seen.
    """
    fresh = held(meeting, version)
    touch(fresh, at=at)
    ANNOUNCE.apply(fresh)
    ANNOUNCE.record(fresh, by=by, at=at, data={"meeting": fresh.key})
    return fresh


@transaction.atomic
def cancel(*, meeting: Meeting, version: int, note: str, by: User, at: datetime) -> Meeting:
    """Call it off, with the reason that everybody reads. It stays in the list and in calendars, as called off.

    :raises MeetingChanged: if it has another version than the one seen.
    :raises MeetingRefused: if no reason is given.
    """
    fresh = held(meeting, version)
    note = plain(note)
    if not note:
        raise MeetingRefused(_("Say why the meeting is called off: everybody reads it."), "note")
    fresh.cancelled_note = _within(note, 300, "note")
    touch(fresh, at=at)
    CANCEL.apply(fresh)
    CANCEL.record(fresh, by=by, at=at, data={"meeting": fresh.key})
    return fresh


@transaction.atomic
def reinstate(*, meeting: Meeting, version: int, by: User, at: datetime) -> Meeting:
    """Hold it after all.

    :raises MeetingChanged: if it has another version than the one seen.
    """
    fresh = held(meeting, version)
    fresh.cancelled_note = ""
    touch(fresh, at=at)
    REINSTATE.apply(fresh)
    REINSTATE.record(fresh, by=by, at=at, data={"meeting": fresh.key})
    return fresh


def refuse_days(starts: date, ends: date) -> None:
    """:raises MeetingRefused: if it would end before it starts, or last longer than two months."""
    if ends < starts:
        raise MeetingRefused(_("The last day lies before the first."), "ends")
    if (ends - starts).days > 61:
        raise MeetingRefused(_("A meeting of more than two months: check the days, or give it parts."), "ends")


def next_ordinal(kind: str) -> int | None:
    """Which number comes next; none for a kind that is not counted."""
    if kind not in FORMAL_KINDS:
        return None
    last = Meeting.objects.filter(kind=kind).order_by("-ordinal").values_list("ordinal", flat=True).first()
    return (last or 0) + 1


def free_key(meeting: Meeting) -> str:
    """The part of its address: 14msp, 3rc-prep2, intersessional-2027, body-2027-3."""
    if name := short_name(meeting.kind, meeting.ordinal):
        return name.lower()
    if meeting.parent:
        stem = f"{meeting.parent.key}-prep"
    elif meeting.kind == MeetingKind.INTERSESSIONAL:
        stem = f"intersessional-{meeting.starts.year}"
    else:
        stem = f"{meeting.kind}-{meeting.starts.year}-"
    taken = set(Meeting.objects.filter(key__startswith=stem).values_list("key", flat=True))
    if meeting.kind == MeetingKind.INTERSESSIONAL:
        if stem not in taken:
            return stem
        stem += "-"
    return next(key for number in range(1, 1000) if (key := f"{stem}{number}") not in taken)


def in_working_order(languages: Iterable[str], *, first: str = "") -> list[str]:
    """The one that leads already, else English; then the order of ``settings.LANGUAGES``. A page sends them in the
    order of its boxes, which says nothing about the office's work."""
    order = [code for code, _name in settings.LANGUAGES]
    chosen = dict.fromkeys(languages)
    leading = first if first in chosen else "en"
    return sorted(chosen, key=lambda code: (code != leading, code != "en", order.index(code) if code in order else 99))


def _fields(facts: Facts, *, but: Meeting | None = None) -> dict[str, Any]:
    """The columns, made to fit the kind.

    :raises MeetingRefused: if something is missing, or is there already.
    """
    counted = facts.kind in FORMAL_KINDS
    ordinal = facts.ordinal if counted else None
    if counted and not ordinal:
        raise MeetingRefused(_("Say which one it is: the fourteenth is 14."), "ordinal")
    there = Meeting.objects.filter(kind=facts.kind, ordinal=ordinal)
    if counted and (there.exclude(pk=but.pk) if but else there).exists():
        raise MeetingRefused(
            _("%(meeting)s is there already.") % {"meeting": long_name(facts.kind, ordinal)}, "ordinal"
        )
    title = _within(plain(facts.title), 200, "title")
    if not counted and not title:
        raise MeetingRefused(_("Give the meeting a title."), "title")
    if facts.kind == MeetingKind.PREPARATORY and facts.parent is None:
        raise MeetingRefused(_("Say which meeting it prepares."), "parent")
    if facts.kind in CONVENED_KINDS and not facts.convened_by:
        raise MeetingRefused(_("Say which body convenes it, or which bodies."), "convened_by")
    if facts.kind == MeetingKind.LEADERS and not facts.joint_with:
        raise MeetingRefused(
            _("Say with which meetings of other conventions: their leaders are invited."), "joint_with"
        )
    if facts.time_zone not in available_timezones():
        raise MeetingRefused(_("This time zone is not known."), "time_zone")
    audience = MeetingAudience.MEMBERS if facts.kind in CLOSED_KINDS else facts.audience
    if counted or facts.kind in {MeetingKind.PREPARATORY, MeetingKind.INTERSESSIONAL}:
        audience = MeetingAudience.OPEN
    return {
        "kind": facts.kind,
        "ordinal": ordinal,
        "title": title,
        "parent": facts.parent if facts.kind == MeetingKind.PREPARATORY else None,
        "is_formal": counted or facts.is_formal,
        "audience": audience,
        "languages": in_working_order(facts.languages, first=but.languages[0] if but and but.languages else ""),
        "time_zone": facts.time_zone,
        "about": _within(plain(facts.about), LONGEST, "about"),
        "symbol_stem": _within(plain(facts.symbol_stem), 40, "symbol_stem"),
    }


def _refuse_stranger(facts: Facts, *, by: User) -> None:
    """:raises MeetingRefused: if a leader convenes more than a closed meeting of the bodies that they lead."""
    if is_iso_staff(by, None):
        return
    if facts.kind not in LEADERS_KINDS or {body.pk for body in facts.convened_by} - run_bodies(by):
        raise MeetingRefused(_("You can convene meetings of the bodies that you lead, for their members."))
    if facts.kind == MeetingKind.BODY and facts.audience != MeetingAudience.MEMBERS:
        raise MeetingRefused(
            _("A meeting open to all is convened by the office. Ask it, or keep this one for members."), "audience"
        )


def _set_relations(meeting: Meeting, facts: Facts) -> None:
    meeting.convened_by.set(facts.convened_by)
    meeting.with_states.set(facts.with_states if facts.kind == MeetingKind.BILATERAL else [])
    meeting.joint_with.set(facts.joint_with)


def _within(text: str, longest: int, name: str) -> str:
    if len(text) > longest:
        raise MeetingRefused(_("Write at most %(limit)s characters.") % {"limit": longest}, name)
    return text


def invited(meeting: Meeting) -> str:
    """Who is invited to a meeting of leaders across conventions, in words. Its relations are at hand."""
    others: Iterable[str] = dict.fromkeys(
        str(one.get_instrument_display())
        for one in meeting.joint_with.all()  # each instrument once
    )
    return _(
        "Invited: the President and the leaders of the committees of this Convention, and those who lead the work of"
        " %(others)s; the United Nations, the ICRC and the Cluster Munition Coalition take part."
    ) % {"others": writing.listed(others)}
