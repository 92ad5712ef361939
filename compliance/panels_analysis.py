"""What happened to a request after it was lodged, on its page; and requests on the pages of meetings and items."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from ccm_portal.core.writing import number_text
from compliance.domain import analysis_reading as reading
from compliance.domain import request_reading
from compliance.enums import GRANTS, BenchmarkStage, RequestStatus
from compliance.models import ExtensionRequest
from compliance.rules_analysis import OPEN, WAITS, desk_requests
from compliance.rules_requests import public_requests
from meetings.models import Meeting
from meetings.panels import DeskLink


def compared(request: ExtensionRequest, at: datetime) -> Panel | None:
    """Asked, recommended, granted, beside what one extension can give."""
    told = reading.comparison(request)
    return Panel("compliance/panels/compared.html", told) if told else None


def set_by_decision(request: ExtensionRequest, at: datetime) -> Panel | None:
    """The benchmarks of an extension that was granted, and which of them are reached."""
    if request.outcome not in GRANTS:
        return None
    rows = [
        (one, *reading.due_words(one, at.date())) for one in reading.benchmarks_of(request, BenchmarkStage.DECISION)
    ]
    return Panel("compliance/panels/benchmarks.html", {"rows": rows}) if rows else None


def analysed(request: ExtensionRequest, at: datetime) -> Panel | None:
    """Who analyses it, and what they have found."""
    group = reading.group_of(request)
    analysis = reading.issued(request)
    earlier = None if analysis else reading.earlier_paper(request)
    if not group and not analysis and not earlier:
        return None
    rows = reading.benchmarks_of(request, BenchmarkStage.ANALYSIS) if analysis else []
    context = {"group": group, "analysis": analysis, "earlier": earlier, "benchmarks": rows}
    return Panel("compliance/panels/analysis.html", context)


def asked(request: ExtensionRequest, at: datetime) -> Panel | None:
    """Questions of the group that the State has answered."""
    rows = reading.answered(request)
    return Panel("compliance/panels/questions.html", {"rows": rows}) if rows else None


def commented(request: ExtensionRequest, at: datetime) -> Panel | None:
    """What other States Parties and organisations say; the way to say something while it is open."""
    rows, is_open = reading.comments_on(request), request.status in OPEN
    if not rows and not is_open:
        return None
    return Panel("compliance/panels/comments.html", {"rows": rows, "is_open": is_open})


def of_meeting(meeting: Meeting, at: datetime) -> Panel | None:
    """Requests that the meeting decides, or has decided."""
    return _rows(public_requests().filter(meeting=meeting))


def of_item(meeting: Meeting, code: int, at: datetime) -> Panel | None:
    """Requests that are taken up on an item."""
    return _rows(public_requests().filter(meeting=meeting, code=code))


def on_the_desk(user: User, on: date) -> Panel | None:
    """For the desk of who has to do with a request: the way to the analysis."""
    return Panel("compliance/panels/request_desk.html") if desk_requests(user).exists() else None


def desk_links(meeting: Meeting, user: User) -> list[DeskLink]:
    """For whoever runs its decisions: the requests that it decides, or decided without a record here."""
    if not may(user, "meetings.run_decisions", meeting):
        return []
    found = desk_requests(user).filter(WAITS, meeting=meeting).count()
    if not found:
        return []
    told = ngettext("%(count)s request waits", "%(count)s requests wait", found) % {"count": number_text(found)}
    return [DeskLink(_("Extension requests"), reverse("compliance:request-desk"), detail=told)]


def _rows(requests: QuerySet[ExtensionRequest]) -> Panel | None:
    found = requests.exclude(status=RequestStatus.WITHDRAWN).order_by("state__sort_en", "clock", "number")
    rows = [(one, request_reading.title_of(one), *request_reading.badge(one)) for one in found]
    return Panel("compliance/panels/meeting_requests.html", {"rows": rows}) if rows else None
