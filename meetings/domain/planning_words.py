"""What the planner found, in words, and the meetings it looks at."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import writing
from meetings.domain.planning import OWN, Candidate, Encounter, Near
from meetings.domain.words import span_text
from meetings.enums import DatePrecision, Instrument, MeetingStatus
from meetings.models import NeighbourMeeting
from meetings.rules import public_meetings


def nears(first: date, last: date, *, without: str = "") -> list[Near]:
    """Every announced meeting of ours and of related instruments from a month before to a month after; ``without`` is
    the key of the meeting that is being planned. Two queries and one for the places."""
    early, late = first - timedelta(days=31), last + timedelta(days=31)
    others = NeighbourMeeting.objects.filter(ends__gte=early, starts__lte=late).order_by("starts", "key")
    ours = (
        public_meetings()
        .filter(ends__gte=early, starts__lte=late, status=MeetingStatus.PLANNED)
        .exclude(key=without)
        .prefetch_related("parts")
        .order_by("starts", "key")
    )
    found = [
        Near(
            title=one.title,
            instrument=one.instrument,
            label=str(Instrument(one.instrument).label),
            city=one.city,
            starts=one.starts,
            ends=one.ends,
            precision=one.precision,
            is_usual=one.is_usual,
            counted=one.attending_both,
        )
        for one in others
    ]
    for meeting in ours:
        exact = meeting.precision == DatePrecision.DAY
        found += [
            Near(
                title=meeting.name,
                instrument=OWN,
                label=_("Convention on Cluster Munitions"),
                city=part.city,
                starts=part.starts,
                ends=part.ends,
                precision=DatePrecision.DAY if exact else DatePrecision.MONTH,
            )
            for part in meeting.parts.all()
        ]
    return found


@dataclass(frozen=True)
class Line:
    """One meeting near a candidate, told."""

    title: str
    label: str
    text: str
    is_clash: bool


def lines(candidate: Candidate) -> list[Line]:
    """Chances first, then clashes."""
    return [
        Line(one.near.title, one.near.label, " ".join(_told(one)), one.is_clash)
        for one in (*candidate.chances, *candidate.clashes)
    ]


def _told(one: Encounter) -> list[str]:
    when = span_text(one.near.starts, one.near.ends)
    text = [_("%(when)s, %(city)s.") % {"when": when, "city": one.near.city} if one.near.city else f"{when}."]
    states = ngettext("%(number)s State attends both", "%(number)s States attend both", one.states)
    basis = _("counted") if one.is_counted else _("assumed")
    text.append(_("%(states)s (%(basis)s).") % {"states": states % {"number": one.states}, "basis": basis})
    trips = writing.number_text(abs(one.trips))
    if one.is_clash:
        common = ngettext("On %(days)s day both meet", "On %(days)s days both meet", one.gap) % {"days": one.gap}
        more = ngettext("%(trips)s journey more", "%(trips)s journeys more", abs(one.trips)) % {"trips": trips}
        text.append(_("%(common)s: %(more)s, or States that stay away.") % {"common": common, "more": more})
    else:
        between = (
            ngettext("%(days)s free day between", "%(days)s free days between", one.gap) % {"days": one.gap}
            if one.gap
            else _("No day between")
        )
        fewer = ngettext("%(trips)s journey less", "%(trips)s journeys less", one.trips) % {"trips": trips}
        text.append(_("%(between)s: %(fewer)s.") % {"between": between, "fewer": fewer})
    if one.near.is_usual:
        text.append(_("Its days are the usual ones, not announced yet."))
    return text


def explanation(found: list[Candidate]) -> str:
    """Which week is best and why, in two sentences; what it saves is assumed, and said to be."""
    best = found[0]
    week = span_text(best.starts, best.ends)
    if best.trips <= 0 and not best.chances:
        text = _("No candidate saves a journey: no meeting of a related instrument lies within three days in the city.")
        if any(one.clashes for one in found):
            text += " " + _("%(week)s meets least on the days of other meetings.") % {"week": week}
        return text
    text = ngettext(
        "%(week)s would save most: %(trips)s journey and %(money)s Swiss francs of sponsored travel, if what is assumed"
        " here holds.",
        "%(week)s would save most: %(trips)s journeys and %(money)s Swiss francs of sponsored travel, if what is"
        " assumed here holds.",
        best.trips,
    ) % {"week": week, "trips": writing.number_text(best.trips), "money": writing.number_text(best.money)}
    reasons = writing.listed(one.near.title for one in best.chances)
    if reasons:
        text += " " + _("Near it in time and place: %(meetings)s.") % {"meetings": reasons}
    if len(found) > 1 and found[1].trips == best.trips:
        other = span_text(found[1].starts, found[1].ends)
        text += " " + _("%(other)s saves as many.") % {"other": other}
    return text
