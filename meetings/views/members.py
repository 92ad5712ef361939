"""For the members of a closed meeting: what was said and decided there. An open meeting's stands in public."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from meetings.domain import decision_reading, places
from meetings.rules import is_public, visible_meetings
from meetings.rules_decisions import members_decisions
from meetings.rules_room import members_statements, members_texts
from meetings.views import statements


@private_page
@require_safe
def statement_list(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(visible_meetings(request.user), key=key)
    if is_public(meeting):
        return redirect(places.statements(meeting))
    return statements.list_page(request, meeting, members_statements(request.user))


@private_page
@require_safe
def statement(request: PrivateRequest, key: str, pk: int, tongue: str = "") -> HttpResponse:
    one = get_object_or_404(members_statements(request.user), pk=pk, meeting__key=key)
    return statements.detail_page(request, one, members_texts(request.user), tongue)


@private_page
@require_safe
def statement_file(request: PrivateRequest, pk: int) -> HttpResponseBase:
    text = get_object_or_404(members_texts(request.user), pk=pk, file__isnull=False)
    return statements.file_of(request, text, cache="private, no-store", found=False)


@private_page
@require_safe
def decision_list(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(visible_meetings(request.user), key=key)
    if is_public(meeting):
        return redirect(places.decisions(meeting))
    found = list(members_decisions(request.user).filter(meeting=meeting).order_by("number"))
    context = {"meeting": meeting, "on": clock.today(), "decisions": found, "is_closed": True}
    return render(request, "meetings/meeting_decisions.html", context)


@private_page
@require_safe
def decision(request: PrivateRequest, key: str, number: int) -> HttpResponse:
    one = get_object_or_404(decision_reading.whole(members_decisions(request.user)), meeting__key=key, number=number)
    told = decision_reading.told(one)
    context = {"decision": one, "meeting": one.meeting, "on": clock.today(), "is_closed": True, **told}
    return render(request, "meetings/decision_detail.html", context)
