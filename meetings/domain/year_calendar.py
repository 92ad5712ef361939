"""A year with our meetings and those of related instruments: what clashes, and what saves a journey."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from ccm_portal.core import writing
from meetings.domain import reading, words
from meetings.enums import DatePrecision, Instrument, MeetingStatus
from meetings.models import Meeting, MeetingPart, NeighbourMeeting
from meetings.rules import public_meetings

OURS = "ccm"
NEAR = 3  # days between two meetings in one city that one journey can join


@dataclass(frozen=True)
class Entry:
    """One run of days in the year."""

    instrument: str
    title: str
    starts: date
    ends: date  # included
    city: str = ""
    place: str = ""
    precision: str = DatePrecision.DAY
    is_usual: bool = False
    is_off: bool = False
    url: str = ""
    source: str = ""

    @property
    def ours(self) -> bool:
        return self.instrument == OURS

    @property
    def when(self) -> str:
        """13–16 September 2027."""
        return words.span_text(self.starts, self.ends, self.precision)

    @property
    def is_exact(self) -> bool:
        """Whether its days can be set against others."""
        return self.precision == DatePrecision.DAY and not self.is_off


@dataclass(frozen=True)
class Month:
    """The entries that begin in a month."""

    name: str
    number: int
    entries: list[Entry]


@dataclass
class Row:
    """One instrument in the drawing of the year."""

    instrument: str
    label: str
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Year:
    """All that the page of a year says."""

    year: int
    months: list[Month]
    rows: list[Row]
    clashes: list[str]
    chances: list[str]
    no_joint_meeting: str


def labels() -> dict[str, str]:
    """What each instrument is called, ours first."""
    ours = pgettext("instrument", "Convention on Cluster Munitions")
    return {OURS: ours} | {str(value): str(label) for value, label in Instrument.choices}


def year_of(year: int, *, instruments: Collection[str] = (), on: date) -> Year:
    """The year as it stands, with all instruments or some. Clashes and chances are always between ours and others."""
    parts = list(
        MeetingPart.objects.filter(meeting__in=public_meetings(), starts__year__lte=year, ends__year__gte=year)
        .select_related("meeting", "host")
        .prefetch_related("meeting__convened_by__kind")
        .order_by("starts", "pk")
    )
    others = NeighbourMeeting.objects.filter(starts__year__lte=year, ends__year__gte=year).order_by("starts", "pk")
    entries = sorted(
        [*(_our_entry(part) for part in parts), *(_entry(row) for row in others)],
        key=lambda one: (one.starts, not one.ours, one.ends),
    )
    shown = [one for one in entries if not instruments or one.instrument in instruments]
    held: list[Meeting] = list({part.meeting_id: part.meeting for part in parts}.values())
    return Year(
        year=year,
        months=_months(year, shown),
        rows=_rows(shown),
        clashes=list(_clashes(shown)),
        chances=list(_chances(shown)),
        no_joint_meeting=reading.joint_meeting_words(year, held, on=on),
    )


def _our_entry(part: MeetingPart) -> Entry:
    meeting = part.meeting
    return Entry(
        instrument=OURS,
        title=meeting.name,
        starts=part.starts,
        ends=part.ends,
        city=part.city,
        place=words.place_text(part),
        precision=meeting.precision,
        is_off=meeting.status == MeetingStatus.CANCELLED,
        url=meeting.get_absolute_url(),
    )


def _entry(row: NeighbourMeeting) -> Entry:
    return Entry(
        instrument=row.instrument,
        title=row.title,
        starts=row.starts,
        ends=row.ends,
        city=row.city,
        place=row.city,
        precision=row.precision,
        is_usual=row.is_usual,
        source=row.source,
    )


def _months(year: int, entries: Iterable[Entry]) -> list[Month]:
    by_month: dict[int, list[Entry]] = {}
    for one in entries:
        by_month.setdefault(one.starts.month if one.starts.year == year else 1, []).append(one)
    return [Month(writing.month_text(year, number), number, by_month[number]) for number in sorted(by_month)]


def _rows(entries: Iterable[Entry]) -> list[Row]:
    rows = {value: Row(value, label) for value, label in labels().items()}
    for one in entries:
        rows[one.instrument].entries.append(one)
    return [row for row in rows.values() if row.entries]


def _pairs(entries: Iterable[Entry]) -> Iterable[tuple[Entry, Entry]]:
    exact = [one for one in entries if one.is_exact]
    return ((ours, other) for ours in exact if ours.ours for other in exact if not other.ours)


def _clashes(entries: Iterable[Entry]) -> Iterable[str]:
    for ours, other in _pairs(entries):
        starts, ends = max(ours.starts, other.starts), min(ours.ends, other.ends)
        if starts > ends:
            continue
        told = {"ours": ours.title, "other": _named(other), "days": words.span_text(starts, ends)}
        if _same_city(ours, other):
            yield _("%(ours)s and %(other)s are held in one city on the same days: %(days)s.") % told
        else:
            yield _("%(ours)s and %(other)s are held on the same days: %(days)s.") % told


def _chances(entries: Iterable[Entry]) -> Iterable[str]:
    for ours, other in _pairs(entries):
        if not _same_city(ours, other):
            continue
        gap = (other.starts - ours.ends).days if other.starts > ours.ends else (ours.starts - other.ends).days
        if not 0 < gap <= NEAR:
            continue
        told = {"ours": ours.title, "other": _named(other), "city": ours.city, "days": gap}
        if other.starts > ours.ends:
            yield (
                ngettext(
                    "%(other)s begins in %(city)s %(days)s day after %(ours)s ends: one journey for both.",
                    "%(other)s begins in %(city)s %(days)s days after %(ours)s ends: one journey for both.",
                    gap,
                )
                % told
            )
        else:
            yield (
                ngettext(
                    "%(ours)s begins in %(city)s %(days)s day after %(other)s ends: one journey for both.",
                    "%(ours)s begins in %(city)s %(days)s days after %(other)s ends: one journey for both.",
                    gap,
                )
                % told
            )


def _same_city(one: Entry, other: Entry) -> bool:
    return bool(one.city) and one.city.casefold() == other.city.casefold()


def _named(other: Entry) -> str:
    return _("%(meeting)s (usual slot)") % {"meeting": other.title} if other.is_usual else other.title
