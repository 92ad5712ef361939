"""What workspaces add to the desk and to other pages."""

from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import is_iso_staff
from committees.coming import coming_meetings
from committees.domain import places, presidency
from committees.domain.contacts import sides_of
from committees.domain.owners import terms
from committees.enums import BodyNature, ProblemStatus
from committees.models import Body
from committees.rules import working_bodies
from committees.rules_workspace import visible_contacts, visible_follow_ups, visible_problems

SHOWN = 6


def my_committees(user: User, on: date) -> Panel | None:
    """For the desk: the workspaces of the bodies in which a person works. The ISO works in all; it finds the
    coordination body and the committees here, and the others by the list of bodies."""
    bodies = working_bodies(user).exclude(ends__lte=on).order_by("position", "pk")
    office = is_iso_staff(user, None)
    if office:
        bodies = bodies.filter(kind__nature__in=[BodyNature.COORDINATION, BodyNature.COMMITTEE])
    if not bodies:
        return None
    return Panel("committees/panels/desk.html", {"bodies": bodies, "office": office})


def what_is_to_be_done(body: Body, user: User, on: date) -> Panel | None:
    """For a workspace: what is overdue and what comes next."""
    still = visible_follow_ups(user).filter(body=body, done_on=None)
    rows = list(still.order_by(F("due").asc(nulls_last=True), "pk")[:SHOWN])
    overdue = still.filter(due__lt=on).count() if rows else 0
    return Panel("committees/panels/follow_ups.html", {"rows": rows, "overdue": overdue})


def last_contacts(body: Body, user: User, on: date) -> Panel | None:
    """For a workspace: the last contacts, and the problems that are not settled."""
    told = visible_contacts(user).filter(body=body).prefetch_related("with_states", "with_organisations")
    problems = visible_problems(user).filter(body=body).exclude(status=ProblemStatus.SETTLED)
    context = {
        "contacts": [{"contact": one, "sides": sides_of(one)} for one in told.order_by("-held_on", "-pk")[:SHOWN]],
        "problems": list(problems.order_by("-raised_at", "-pk")[:SHOWN]),
    }
    return Panel("committees/panels/contacts.html", context)


def who_takes_part(body: Body, user: User, on: date) -> Panel | None:
    """For the coordination body: the President, the one to come and the one before, the leaders and the partners, as
    of the day; and the meetings to prepare."""
    if body.kind.nature != BodyNature.COORDINATION:
        return None
    offices = [
        {"title": _("President"), "presidency": presidency.president_on(on)},
        {"title": _("President-designate"), "presidency": presidency.president_designate_on(on)},
        {"title": _("Past President"), "presidency": presidency.past_president_on(on)},
    ]
    context = {
        "offices": offices,
        "terms": terms(body, on=on),
        "places": places.named(body),
        "coming": coming_meetings(on=on)[:2],
    }
    return Panel("committees/panels/taking_part.html", context)
