"""What the pages that change a meeting have in common: the meeting, the form, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ccm_portal.core.http import number_of
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import stands_now
from ccm_portal.core.workflow import TransitionRefused
from meetings.domain import reading
from meetings.domain.changing import MeetingChanged, MeetingRefused
from meetings.models import Meeting
from meetings.rules import is_public, visible_meetings
from meetings.views.reading import facts

R = TypeVar("R")
MANAGE = "meetings.manage_meeting"


def seen_meeting(request: HttpRequest, key: str) -> Meeting:
    """A meeting that this person may know of, with all that its pages show."""
    return get_object_or_404(reading.whole(visible_meetings(request.user)), key=key)


def meeting_for(request: HttpRequest, key: str, perm: str) -> Meeting:
    """A meeting in which this person may do this.

    :raises Http404: if they may not know of it.
    :raises PermissionDenied: if they may not do it.
    """
    meeting: Meeting = get_object_or_404(visible_meetings(request.user), key=key)
    require(request.user, perm, meeting)
    return meeting


def run_meeting(request: HttpRequest, key: str) -> Meeting:
    """A meeting that this person runs, with all that its pages show.

    :raises Http404: if they may not know of it.
    :raises PermissionDenied: if they do not run it.
    """
    meeting = seen_meeting(request, key)
    require(request.user, MANAGE, meeting)
    return meeting


def tried(form: Any, do: Callable[[], R]) -> R | None:
    """What ``do`` gives, or ``None`` with the refusal beside the field that it is about. Over a meeting that somebody
    else has changed, the form keeps what was typed and is ready for the version that stands now."""
    try:
        return do()
    except MeetingChanged as changed:
        stands_now(form, changed.meeting.version)
        form.add_error(None, str(changed))
    except MeetingRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
    return None


def pressed(request: HttpRequest, do: Callable[[int], object], *, done: str, to: str) -> HttpResponse:
    """A button: it does its thing, or says in words why not."""
    try:
        do(number_of(request.POST.get("version", "")))
    except (MeetingRefused, TransitionRefused) as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(to)


def form_page(request: HttpRequest, meeting: Meeting, form: Any, **context: Any) -> HttpResponse:
    """A page of one form about a meeting, with what stands now beside it."""
    told = {"meeting": meeting, "form": form, "is_public": is_public(meeting), **facts(meeting), **context}
    return render(request, "meetings/desk_form.html", told, status=422 if form.is_bound else 200)
