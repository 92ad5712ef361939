"""Decisions on other pages: a meeting's, an agenda item's, a State's, and the ways of the desk."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import writing
from ccm_portal.core.models import State, User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from committees.models import Body
from meetings.domain import places
from meetings.domain.decisions import CARRIED
from meetings.enums import DecisionStatus
from meetings.models import Meeting
from meetings.panels import DeskLink
from meetings.rules_decisions import members_decisions, public_decisions, running_silences, running_votes

SHOWN = 8


def of_meeting(meeting: Meeting, at: datetime) -> Panel | None:
    """What it has decided, without the texts."""
    found = list(public_decisions().filter(meeting=meeting).order_by("number")[: SHOWN + 1])
    if not found:
        return None
    return Panel(
        "meetings/panels/decisions.html", {"meeting": meeting, "decisions": found[:SHOWN], "more": found[SHOWN:]}
    )


def that_set_it(meeting: Meeting, at: datetime) -> Panel | None:
    """The decisions of other meetings that set its days and place."""
    found = list(public_decisions().filter(about_meeting=meeting, outcome__in=CARRIED).order_by("decided_on", "pk"))
    return Panel("meetings/panels/decisions_on_venue.html", {"decisions": found}) if found else None


def of_item(meeting: Meeting, code: int, at: datetime) -> Panel | None:
    """What was decided on an item."""
    found = list(public_decisions().filter(meeting=meeting, code=code).order_by("number"))
    return Panel("meetings/panels/decisions.html", {"meeting": meeting, "decisions": found}) if found else None


def of_workspace(body: Body, user: User, on: date) -> Panel | None:
    """For a workspace: what the body's meetings have decided, closed ones too, the newest first."""
    closed, public = members_decisions(user), public_decisions()
    found = (closed | public).filter(meeting__convened_by=body).order_by("-decided_on", "-number")
    rows = list(found[:SHOWN])
    return Panel("meetings/panels/workspace_decisions.html", {"decisions": rows}) if rows else None


def on_state(state: State, at: datetime) -> Panel | None:
    """Extensions and other decisions on a State, the newest first."""
    found = list(public_decisions().filter(about_state=state).order_by("-decided_on", "-number")[:SHOWN])
    return Panel("meetings/panels/state_decisions.html", {"state": state, "decisions": found}) if found else None


def desk_links(meeting: Meeting, user: User) -> list[DeskLink]:
    """To the desk of decisions for whoever runs the meeting; to what runs, for States Parties."""
    links = []
    if may(user, "meetings.run_decisions", meeting):
        drafts = meeting.decisions.filter(status=DecisionStatus.DRAFT).count()
        detail = ngettext("%(count)s draft", "%(count)s drafts", drafts) % {"count": drafts} if drafts else ""
        links.append(DeskLink(_("Decisions"), reverse("meetings:decision-desk", args=[meeting.key]), detail=detail))
        links.append(DeskLink(_("Report of the meeting"), reverse("meetings:meeting-report", args=[meeting.key])))
    elif members_decisions(user).filter(meeting=meeting).exists():
        links.append(DeskLink(_("Decisions"), places.decisions(meeting)))
    for one in running_votes(user).filter(meeting=meeting).order_by("number"):
        url = reverse("meetings:decision-vote", args=[meeting.key, one.number])
        links.append(DeskLink(_("Vote: %(title)s") % {"title": one.title}, url))
    for one in running_silences(user).filter(meeting=meeting, status=DecisionStatus.OPEN).order_by("number"):
        url = reverse("meetings:decision-silence", args=[meeting.key, one.number])
        ends = writing.instant_text(one.closes_at) if one.closes_at else ""
        links.append(
            DeskLink(
                _("Silence procedure: %(title)s") % {"title": one.title},
                url,
                detail=_("It ends on %(moment)s.") % {"moment": ends},
            )
        )
    return links
