"""Positions on other pages: a State's, those of their sources; and the ways to them on the desk and in meetings."""

from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import State, User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from compliance.domain import positions_reading as reading
from meetings.models import Meeting, Statement
from meetings.panels import DeskLink
from reporting.models import ReportVersion


def on_state(state: State, at: datetime) -> Panel | None:
    """What stands of it, by topic."""
    found = reading.of_state(state)
    return Panel("compliance/panels/state_positions.html", {"positions": found}) if found else None


def on_report(version: ReportVersion, at: datetime) -> Panel | None:
    """What was noted from this version of a report, or from one before it, and stands."""
    return _noted(Q(report__report=version.report_id, report__number__lte=version.number))


def on_statement(statement: Statement, at: datetime) -> Panel | None:
    """What was noted from it, and stands."""
    return _noted(Q(statement=statement.pk))


def _noted(source: Q) -> Panel | None:
    found = reading.noted_from(source)
    return Panel("compliance/panels/noted_positions.html", {"positions": found}) if found else None


def on_desk(user: User, on: date) -> Panel | None:
    """The way to one's own positions, and for the office to all. No query."""
    office = may(user, "compliance.keep_positions", None)
    if not office and not may(user, "compliance.follow_positions", None):
        return None
    return Panel("compliance/panels/desk_positions.html", {"office": office})


def desk_links(meeting: Meeting, user: User) -> list[DeskLink]:
    """For the office: to note what was said in the meeting."""
    if not may(user, "compliance.keep_positions", None):
        return []
    url = f"{reverse('compliance:office-position-sources')}?meeting={meeting.key}"
    return [DeskLink(title=_("Note positions from statements"), url=url)]
