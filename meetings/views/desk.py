"""The private page of a meeting: what this person can do for it. Announcing, calling off, holding after all."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import may
from ccm_portal.core.workflow import available
from meetings import panels
from meetings.domain import convening, reading
from meetings.forms_meetings import CancelForm
from meetings.models import Meeting
from meetings.rules import is_public, visible_meetings
from meetings.views.acting import MANAGE, form_page, pressed, run_meeting, seen_meeting, tried
from meetings.views.reading import facts
from meetings.workflow import MEETING_TRANSITIONS


def _desk(key: str) -> str:
    return reverse("meetings:meeting-desk", args=[key])


@require_safe
@private_page
def meeting_desk(request: HttpRequest, key: str) -> HttpResponse:
    meeting = seen_meeting(request, key)
    context = {
        "meeting": meeting,
        "is_public": is_public(meeting),
        "runs": may(request.user, MANAGE, meeting),
        "links": panels.desk_links(meeting, request.user),
        "moves": {one.name: one for one in available(MEETING_TRANSITIONS, meeting, request.user)},
        **facts(meeting),
    }
    return render(request, "meetings/desk.html", context)


@require_safe
@private_page
def office_meetings(request: HttpRequest) -> HttpResponse:
    """Meetings to run or to take part in that are not public, and for the office all that lie ahead."""
    if not may(request.user, "meetings.see_closed", None):
        raise Http404
    on = clock.today()
    mine = [one for one in reading.listed(visible_meetings(request.user)).order_by("starts") if _is_mine(one, request)]
    context = {
        "ahead": [one for one in mine if one.ends >= on],
        "past": [one for one in reversed(mine) if one.ends < on],
        "convenes": may(request.user, "meetings.convene_meetings", None),
        "on": on,
    }
    return render(request, "meetings/office_meetings.html", context)


def _is_mine(meeting: Meeting, request: HttpRequest) -> bool:
    return not is_public(meeting) or may(request.user, MANAGE, meeting)


@private_page
@require_POST
def meeting_announce(request: HttpRequest, key: str) -> HttpResponse:
    meeting = run_meeting(request, key)

    def do(version: int) -> object:
        return convening.announce(meeting=meeting, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("The meeting is announced."), to=_desk(key))


@private_page
@require_POST
def meeting_reinstate(request: HttpRequest, key: str) -> HttpResponse:
    meeting = run_meeting(request, key)

    def do(version: int) -> object:
        return convening.reinstate(meeting=meeting, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("The meeting is held after all."), to=_desk(key))


@private_page
def meeting_cancel(request: HttpRequest, key: str) -> HttpResponse:
    meeting = run_meeting(request, key)
    form = CancelForm(request.POST or None, initial={"version": meeting.version})
    if form.is_bound and form.is_valid():
        done = tried(
            form,
            lambda: convening.cancel(
                meeting=meeting,
                version=form.cleaned_data["version"],
                note=form.cleaned_data["note"],
                by=request.user,
                at=clock.now(),
            ),
        )
        if done:
            messages.success(request, _("The meeting is called off. It stays in the list and in calendars, as such."))
            return redirect(_desk(key))
    return form_page(request, meeting, form, title=_("Call the meeting off"), act=_("Call it off"), back=_desk(key))
