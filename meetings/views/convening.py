"""A meeting is prepared, and described anew."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import is_iso_staff, may
from committees.enums import BodyNature
from committees.models import Body
from meetings.domain import convening
from meetings.domain.convening import CLOSED_KINDS, LEADERS_KINDS
from meetings.enums import FORMAL_KINDS, MeetingAudience, MeetingFormat, MeetingKind
from meetings.forms_meetings import MeetingForm, NewMeetingForm
from meetings.models import Meeting
from meetings.views.acting import form_page, run_meeting, tried

SIX = ["en", "fr", "es", "ru", "ar", "zh-hans"]


@private_page
def meeting_kinds(request: HttpRequest) -> HttpResponse:
    """Which kind of meeting is to be prepared."""
    if not may(request.user, "meetings.convene_meetings", None):
        raise Http404
    every = list(MeetingKind)
    kinds = every if is_iso_staff(request.user, None) else [kind for kind in every if kind in LEADERS_KINDS]
    query = request.GET.urlencode()
    tasks = [
        {
            "title": kind.label,
            "url": f"{reverse('meetings:meeting-new', args=[kind.value])}{'?' + query if query else ''}",
            "detail": _told(kind),
        }
        for kind in kinds
    ]
    return render(request, "meetings/meeting_kinds.html", {"tasks": tasks})


def _told(kind: MeetingKind) -> str:
    told = {
        MeetingKind.MSP: _("Formal, open to all, in six languages."),
        MeetingKind.REVIEW_CONFERENCE: _("Formal, open to all; it may be held in parts."),
        MeetingKind.PREPARATORY: _("Prepares a formal meeting."),
        MeetingKind.INTERSESSIONAL: _("The committees meet together, open to all."),
        MeetingKind.COORDINATION: _("The President and the leaders, with partners. Closed."),
        MeetingKind.BODY: _("Of one body or several, for members or open to all."),
        MeetingKind.BILATERAL: _("With one State or a few. Closed."),
        MeetingKind.LEADERS: _("With those who lead the work of other conventions."),
    }
    return told[kind]


@private_page
def meeting_new(request: HttpRequest, kind: str) -> HttpResponse:
    allowed = MeetingKind.values if is_iso_staff(request.user, None) else LEADERS_KINDS
    if kind not in allowed or not may(request.user, "meetings.convene_meetings", None):
        raise Http404
    on = clock.today()
    form = NewMeetingForm(
        request.POST or None, kind=kind, user=request.user, around=on, on=on, initial=_begun(request, kind)
    )
    if form.is_bound and form.is_valid():
        made = tried(
            form,
            lambda: convening.create(
                facts=form.facts(),
                starts=form.cleaned_data["starts"],
                ends=form.cleaned_data["ends"],
                place=form.place(),
                by=request.user,
                at=clock.now(),
            ),
        )
        if made:
            messages.success(
                request,
                _(
                    "The meeting is prepared. Only the office and the leaders of its bodies see it"
                    " until it is announced."
                ),
            )
            return redirect("meetings:meeting-desk", made.key)
    context = {"form": form, "kind": MeetingKind(kind).label}
    return render(request, "meetings/meeting_new.html", context, status=422 if form.is_bound else 200)


def _begun(request: HttpRequest, kind: str) -> dict[str, Any]:
    """What is usual for the kind: where many say the same, nobody has to type it."""
    bodies = Body.objects.all()
    if kind == MeetingKind.INTERSESSIONAL:
        bodies = bodies.filter(kind__nature=BodyNature.COMMITTEE)
    elif kind == MeetingKind.COORDINATION:
        bodies = bodies.filter(kind__nature=BodyNature.COORDINATION)
    else:
        bodies = bodies.filter(key=request.GET.get("body", ""))
    return {
        "ordinal": convening.next_ordinal(kind),
        "convened_by": list(bodies),
        "languages": SIX if kind in FORMAL_KINDS or kind == MeetingKind.PREPARATORY else ["en"],
        "format": MeetingFormat.VIRTUAL if kind in CLOSED_KINDS else MeetingFormat.IN_PERSON,
        "time_zone": "Europe/Zurich",
        "audience": MeetingAudience.MEMBERS,
    }


@private_page
def meeting_edit(request: HttpRequest, key: str) -> HttpResponse:
    meeting = run_meeting(request, key)
    form = MeetingForm(
        request.POST or None,
        kind=meeting.kind,
        user=request.user,
        around=meeting.starts,
        on=clock.today(),
        initial=_as_it_is(meeting),
    )
    back = reverse("meetings:meeting-desk", args=[key])
    if form.is_bound and form.is_valid():
        done = tried(
            form,
            lambda: convening.edit(
                meeting=meeting,
                version=form.cleaned_data["version"],
                facts=form.facts(),
                by=request.user,
                at=clock.now(),
            ),
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect(back)
    return form_page(request, meeting, form, title=_("Describe the meeting"), act=_("Save"), back=back)


def _as_it_is(meeting: Meeting) -> dict[str, Any]:
    names = ("version", "ordinal", "title", "audience", "is_formal", "languages", "time_zone", "symbol_stem", "about")
    told: dict[str, Any] = {name: getattr(meeting, name) for name in names}
    return told | {
        "parent": meeting.parent_id,
        "convened_by": list(meeting.convened_by.all()),
        "with_states": list(meeting.with_states.all()),
        "joint_with": list(meeting.joint_with.all()),
    }
