"""Calendar feeds: what stands in which. Every meeting is one event a part, and one a sitting where it has them.

UIDs never change; ``SEQUENCE`` follows ``Meeting.sequence``, so that an update moves an event and a cancellation
cancels it in the reader's own calendar.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import due_items, writing
from ccm_portal.core.models import State, User
from committees.models import Body
from committees.rules import working_body_ids
from meetings.domain import reading, words
from meetings.domain.decision_reading import dates_words
from meetings.domain.decisions import CARRIED
from meetings.domain.ical import CANCELLED, CONFIRMED, TENTATIVE, Entry, calendar
from meetings.enums import DatePrecision, DecisionKind, DecisionMethod, DecisionStatus, MeetingStatus
from meetings.models import Decision, DecisionFollowUp, Meeting, MeetingPart, Sitting
from meetings.rules import public_meetings, visible_meetings
from meetings.rules_decisions import own_follow_ups, own_parties, public_decisions, running_silences

BACK_YEARS = 1  # how far a personal feed looks back


def all_feed() -> bytes:
    """Every public meeting since the first, with sittings, and the dates that were decided for those to come."""
    meetings = _with_parts(public_meetings())
    decided = public_decisions().filter(about_meeting=None)
    return calendar(_("CCM meetings"), [*_of_meetings(meetings), *_decided(decided)])


def body_feed(body: Body) -> bytes:
    """The public meetings that a body convenes, alone or with others."""
    meetings = _with_parts(public_meetings().filter(convened_by=body))
    return calendar(_("CCM: %(body)s") % {"body": body.name}, list(_of_meetings(meetings)))


def meeting_feed(meeting: Meeting) -> bytes:
    """One meeting with its sittings, the dates it has decided, and when silence procedures about it ended."""
    found = list(_with_parts(Meeting.objects.filter(pk=meeting.pk)))
    decisions = public_decisions().filter(meeting=meeting)
    entries = [
        *_of_meetings(found),
        *_decided(decisions.filter(about_meeting=None)),
        *_silences(decisions.filter(method=DecisionMethod.SILENCE)),
    ]
    return calendar(meeting.name, entries)


def deadlines_feed(*, on: date, states: QuerySet[State] | None = None) -> bytes:
    """What falls due for States Parties."""
    return calendar(_("CCM: what falls due"), list(_due(on=on, states=states)))


def own_feed(user: User, *, on: date) -> bytes:
    """What a person may see today: public meetings, the closed ones of their bodies, what falls due for their States,
    silence procedures that run, and what follows from decisions and is theirs."""
    recent = Q(ends__year__gte=on.year - BACK_YEARS)
    closed = Q(pk__in=visible_meetings(user).filter(convened_by__in=working_body_ids(user)).order_by().values("pk"))
    meetings = visible_meetings(user).filter(recent).filter(Q(pk__in=public_meetings().values("pk")) | closed)
    own = State.objects.filter(pk__in=user.state_ids)
    entries = [
        *_of_meetings(_with_parts(meetings)),
        *_decided(public_decisions().filter(about_meeting=None, about_ends__year__gte=on.year - BACK_YEARS)),
        *(_due(on=on, states=own) if user.state_ids else ()),
        *(_silences(running_silences(user).filter(status=DecisionStatus.OPEN)) if own_parties(user) else ()),
        *_to_do(user),
    ]
    return calendar(_("CCM: mine"), entries)


def _with_parts(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With all that an event says: four queries, however many meetings there are."""
    venue = Decision.objects.filter(
        status=DecisionStatus.TAKEN, kind=DecisionKind.VENUE, outcome__in=CARRIED, about_starts__isnull=False
    )
    return meetings.prefetch_related(
        Prefetch("parts", MeetingPart.objects.select_related("host").order_by("number")),
        Prefetch("parts__sittings", Sitting.objects.order_by("starts_at", "pk")),
        Prefetch(
            "decisions_about",
            venue.select_related("meeting").filter(pk__in=public_decisions().order_by().values("pk")),
        ),
    ).order_by("starts", "key")


def _of_meetings(meetings: Iterable[Meeting]) -> Iterator[Entry]:
    for meeting in meetings:
        parts = list(meeting.parts.all())
        for part in parts:
            yield _part(meeting, part, several=len(parts) > 1)
            yield from (_sitting(meeting, part, sitting) for sitting in part.sittings.all())


def _part(meeting: Meeting, part: MeetingPart, *, several: bool) -> Entry:
    """Whole days at the place."""
    only_month = meeting.precision == DatePrecision.MONTH
    title = meeting.name
    if several:
        title = _("%(meeting)s, part %(number)s") % {"meeting": title, "number": part.number}
    lines = [reading.sentence(meeting) if only_month else ""]
    if only_month:
        lines.append(_("Only the month is known; the days stand here once they are."))
    if meeting.status == MeetingStatus.CANCELLED:
        lines.append(meeting.cancelled_note)
    lines += [
        _("Dates and venue decided: %(meeting)s, decision %(number)s.")
        % {"meeting": one.meeting.short_name, "number": one.number}
        for one in meeting.decisions_about.all()
    ]
    return Entry(
        uid=f"meeting-{meeting.key}-{part.number}",
        title=title,
        starts=part.starts,
        ends=part.ends,
        changed_at=meeting.changed_at,
        sequence=meeting.sequence,
        status=_status(meeting),
        place=writing.listed(filter(None, (part.venue, words.place_text(part), part.host and part.host.name))),
        text="\n".join(filter(None, lines)),
        url=_address(meeting.get_absolute_url()),
        category=str(meeting.get_kind_display()),
    )


def _sitting(meeting: Meeting, part: MeetingPart, sitting: Sitting) -> Entry:
    """A morning or an afternoon, by the clocks of the venue."""
    return Entry(
        uid=f"sitting-{sitting.pk}",
        title=_("%(meeting)s: sitting") % {"meeting": meeting.short_name},
        starts=sitting.starts_at,
        ends=sitting.ends_at,
        zone=meeting.time_zone,
        changed_at=meeting.changed_at,
        sequence=meeting.sequence,
        status=CANCELLED if meeting.status == MeetingStatus.CANCELLED else CONFIRMED,
        place=writing.listed(filter(None, (sitting.room, part.venue, words.place_text(part)))),
        text=sitting.note,
        url=_address(meeting.get_absolute_url()),
    )


def _status(meeting: Meeting) -> str:
    if meeting.status == MeetingStatus.CANCELLED:
        return CANCELLED
    return TENTATIVE if meeting.precision == DatePrecision.MONTH else CONFIRMED


def _decided(decisions: QuerySet[Decision]) -> Iterator[Entry]:
    """Days that a meeting has decided for one that is not in the portal yet."""
    venue = decisions.filter(kind=DecisionKind.VENUE, outcome__in=CARRIED, about_starts__isnull=False)
    for one in venue.order_by("about_starts", "pk"):
        if one.about_starts is None or one.about_ends is None:
            continue
        yield Entry(
            uid=f"decided-{one.meeting.key}-{one.number}",
            title=one.title,
            starts=one.about_starts,
            ends=one.about_ends,
            changed_at=one.recorded_at or one.meeting.changed_at,
            sequence=one.version,
            place=writing.listed(filter(None, (one.about_city, one.about_host and one.about_host.name))),
            text=writing.labelled(
                _("Decided: %(meeting)s, decision %(number)s")
                % {"meeting": one.meeting.short_name, "number": one.number},
                dates_words(one),
            ),
            url=_address(reverse("meetings:decision-detail", args=[one.meeting.key, one.number])),
        )


def _silences(decisions: QuerySet[Decision]) -> Iterator[Entry]:
    """The instant at which a silence procedure ends."""
    for one in decisions.order_by("closes_at", "pk"):
        if one.closes_at is None:
            continue
        page = "decision-detail" if one.status == DecisionStatus.TAKEN else "decision-silence"
        yield Entry(
            uid=f"silence-{one.meeting.key}-{one.number}",
            title=_("Silence procedure ends: %(title)s") % {"title": one.title},
            starts=one.closes_at,
            ends=one.closes_at,
            zone=one.meeting.time_zone,
            changed_at=one.recorded_at or one.opened_at or one.closes_at,
            sequence=one.version,
            url=_address(reverse(f"meetings:{page}", args=[one.meeting.key, one.number])),
        )


def _due(*, on: date, states: QuerySet[State] | None) -> Iterator[Entry]:
    stamp = datetime.fromisoformat(f"{on.isoformat()}T00:00:00+00:00")
    for item in due_items.due_items(on=on, states=states):
        yield Entry(
            uid=f"due-{item.key.replace(':', '-')}",
            title=f"{item.state.name}: {item.title}",
            starts=item.due,
            ends=item.due,
            changed_at=stamp,
            sequence=0,
            text=item.basis,
            url=_address(item.url),
        )


def _to_do(user: User) -> Iterator[Entry]:
    """What follows from decisions, is the person's own and not done."""
    for one in _own_with_a_day(user):
        if one.due is None:
            continue
        decision = one.decision
        yield Entry(
            uid=f"follow-up-{one.pk}",
            title=one.what,
            starts=one.due,
            ends=one.due,
            changed_at=decision.recorded_at or decision.meeting.changed_at,
            sequence=one.version,
            url=_address(reverse("meetings:follow-up", args=[one.pk])),
        )


def _own_with_a_day(user: User) -> QuerySet[DecisionFollowUp]:
    return own_follow_ups(user).filter(done_on=None, due__isnull=False).order_by("due", "pk")


def _address(path: str) -> str:
    return settings.SITE_ADDRESS.rstrip("/") + path
