"""What the world reads of decisions: the register across all meetings, one meeting's, one decision."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.sheets import CSV
from ccm_portal.core.views.giving_out import given
from ccm_portal.core.views.marks import mark
from meetings.domain import decision_reading
from meetings.filters_decisions import DecisionFilter
from meetings.rules_decisions import public_decisions
from meetings.views.marks import meeting_mark, with_rooms

PAGE = 50


@public_page(mark)
def decision_list(request: HttpRequest) -> HttpResponse:
    filtered = DecisionFilter(request.GET, queryset=public_decisions())
    page = Paginator(filtered.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "meetings/decision_list.html", {"filter": filtered, "page": page})


@public_page(mark)
def decisions_csv(request: HttpRequest) -> HttpResponse:
    """The list that the address asks for, whole."""
    filtered = DecisionFilter(request.GET, queryset=public_decisions())
    content = decision_reading.csv(filtered.qs, site=settings.SITE_ADDRESS.rstrip("/"))
    return given(content, "ccm-decisions.csv", kind=CSV)


@public_page(meeting_mark)
def meeting_decisions(request: HttpRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(with_rooms(), key=key)
    context = {"meeting": meeting, "on": clock.today(), "decisions": decision_reading.of_meeting(meeting)}
    return render(request, "meetings/meeting_decisions.html", context)


@public_page(mark)
def decision_detail(request: HttpRequest, key: str, number: int) -> HttpResponse:
    decision = get_object_or_404(decision_reading.whole(public_decisions()), meeting__key=key, number=number)
    context = {
        "decision": decision,
        "meeting": decision.meeting,
        "on": clock.today(),
        **decision_reading.told(decision),
    }
    return render(request, "meetings/decision_detail.html", context)
