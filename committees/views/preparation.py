"""The preparation board of the coordination body: which meetings are coming, and what each leader still owes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import require
from committees.coming import ComingMeeting, coming_meetings
from committees.domain import preparation
from committees.enums import BodyNature
from committees.models import Body
from committees.rules import working_bodies
from committees.rules_workspace import visible_follow_ups
from committees.views.workspace import frame

NEXT = 6


def _coordination(request: PrivateRequest, key: str) -> Body:
    """Only the coordination body prepares meetings."""
    return get_object_or_404(working_bodies(request.user), key=key, kind__nature=BodyNature.COORDINATION)


@require_safe
@private_page
def preparation_list(request: PrivateRequest, key: str) -> HttpResponse:
    body = _coordination(request, key)
    coming = coming_meetings(on=clock.today())[:NEXT]
    context = frame(request, body, "preparation-list") | {"meetings": coming}
    return render(request, "committees/preparation_list.html", context)


@private_page
def preparation_board(request: PrivateRequest, key: str, meeting: str) -> HttpResponse:
    """What each leader owes for one meeting; one button asks all of them for the standard set."""
    body = _coordination(request, key)
    on = clock.today()
    found = {one.key: one for one in coming_meetings(on=on)}
    prepared = found.get(meeting)
    if prepared is None and not preparation.is_prepared(body, meeting):
        raise Http404
    if request.method == "POST":
        require(request.user, "committees.lead_body", body)
        if prepared is None:
            messages.info(request, _("This meeting is over. Nothing is asked for it any more."))
        else:
            count = preparation.add_standard_set(body=body, meeting=prepared, by=request.user, at=clock.now())
            told = ngettext(
                "%(count)d leader is asked for it now.", "%(count)d leaders are asked for it now.", count
            ) % {"count": count}
            messages.success(request, told if count else _("Everybody was asked before."))
        return redirect("committees:preparation", key=key, meeting=meeting)
    context = frame(request, body, "preparation-list") | {
        "meeting": prepared or ComingMeeting(meeting, meeting.upper(), None),
        "is_over": prepared is None,
        "board": preparation.board(body, meeting, rows=visible_follow_ups(request.user), on=on),
        "standard": [what for what, _days in preparation.standard_set()],
    }
    return render(request, "committees/preparation.html", context)
