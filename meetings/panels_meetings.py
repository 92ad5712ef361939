"""What meetings add to other pages: the home page, a State's page, a body's pages, and the desk of a meeting."""

from datetime import date, datetime

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import writing
from ccm_portal.core.models import State, User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from committees.models import Body, Presidency
from meetings.domain import reading
from meetings.enums import FORMAL_KINDS, MeetingStatus, Office, ProposalStatus
from meetings.models import Meeting, MeetingPart, Officer
from meetings.panels import DeskLink
from meetings.rules import public_meetings, visible_meetings

NEXT = 3


def run_links(meeting: Meeting, user: User) -> list[DeskLink]:
    """For whoever runs the meeting: what it is, when and where, who holds office; for States: an offer to host."""
    links = []
    if may(user, "meetings.manage_meeting", meeting):
        sittings = sum(len(part.sittings.all()) for part in meeting.parts.all())
        told = ngettext("%(count)s sitting", "%(count)s sittings", sittings) % {"count": writing.number_text(sittings)}
        officers = len(meeting.officers.all())
        named = writing.number_text(officers) if officers else ""
        described = _("What it is, who convenes it, in which languages")
        links = [
            DeskLink(_("Describe the meeting"), _to("meeting-edit", meeting), described),
            DeskLink(_("Days, places and sittings"), _to("meeting-days", meeting), reading.sentence(meeting), told),
            DeskLink(_("Officers"), _to("meeting-officers", meeting), _("Who presides, chairs and reports"), named),
        ]
    if may(user, "meetings.propose_venue", meeting) and meeting.status != MeetingStatus.CANCELLED:
        open_ones = meeting.venue_proposals.filter(status=ProposalStatus.PROPOSED).count()
        told = ngettext("%(count)s proposal", "%(count)s proposals", open_ones) % {
            "count": writing.number_text(open_ones)
        }
        detail = _("Affected hosts stand first")
        links.append(
            DeskLink(
                _("Where it may be held"), _to("venue-list", meeting), detail=detail, who=told if open_ones else ""
            )
        )
    return links


def _to(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.key])


def whats_next(at: datetime) -> Panel | None:
    """For the home page: the next meetings that everybody may follow."""
    rows = reading.listed(public_meetings().filter(ends__gte=at.date(), status=MeetingStatus.PLANNED))
    ahead = list(rows.order_by("starts", "key")[:NEXT])
    return Panel("meetings/panels/next.html", {"meetings": ahead}) if ahead else None


def of_state(state: State, at: datetime) -> Panel | None:
    """For a State's page: which meetings it hosted, over which it presided."""
    keys = Presidency.objects.filter(state=state).values("meeting_key")
    office = Officer.objects.filter(meeting=OuterRef("pk"), office=Office.PRESIDENT, state=state)
    rows = public_meetings().annotate(
        is_hosted=Exists(MeetingPart.objects.filter(meeting=OuterRef("pk"), host=state)),
        is_presided=Case(When(Q(key__in=keys) | Exists(office), then=Value(True)), default=Value(False)),
    )
    told = list(rows.filter(Q(is_hosted=True) | Q(is_presided=True)).order_by("-starts"))
    hosted = [one for one in told if one.is_hosted]
    presides = [one for one in told if one.is_presided and one.kind in FORMAL_KINDS]
    if not hosted and not presides:
        return None
    return Panel("meetings/panels/of_state.html", {"hosted": hosted, "presides": presides})


def on_the_desk(user: User, on: date) -> Panel | None:
    """For the desk of the office, of leaders and of those named to a body: the way to the meetings they run or join."""
    if not may(user, "meetings.see_closed", None):
        return None
    year = on.year if may(user, "meetings.keep_calendar", None) else None
    return Panel("meetings/panels/desk.html", {"convenes": may(user, "meetings.convene_meetings", None), "year": year})


def of_body(body: Body, at: datetime) -> Panel | None:
    """For the public page of a body: the meetings that it convenes, open to all."""
    rows = list(reading.listed(public_meetings().filter(convened_by=body)).order_by("-starts")[:12])
    return Panel("meetings/panels/of_body.html", {"meetings": rows, "body": body}) if rows else None


def of_workspace(body: Body, user: User, on: date) -> Panel:
    """For a workspace: the meetings of the body, closed ones too, and preparing one."""
    rows = list(reading.listed(visible_meetings(user).filter(convened_by=body)).order_by("-starts")[:12])
    convenes = may(user, "committees.lead_body", body)
    return Panel("meetings/panels/of_workspace.html", {"meetings": rows, "body": body, "convenes": convenes})
