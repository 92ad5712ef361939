"""Who holds an office in a meeting, by whoever runs it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from meetings.domain import officers
from meetings.forms_meetings import OfficerForm
from meetings.rules import is_public
from meetings.views.acting import pressed, run_meeting, tried
from meetings.views.reading import facts


@private_page
def meeting_officers(request: HttpRequest, key: str) -> HttpResponse:
    meeting = run_meeting(request, key)
    form = OfficerForm(request.POST or None, initial={"version": meeting.version})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        made = tried(form, lambda: officers.name_officer(meeting=meeting, **told, by=request.user, at=clock.now()))
        if made:
            messages.success(request, _("Saved."))
            return redirect("meetings:meeting-officers", key)
    context = {
        "meeting": meeting,
        "form": form,
        "is_public": is_public(meeting),
        "every_officer": list(meeting.officers.all()),
        **facts(meeting),
    }
    return render(request, "meetings/desk_officers.html", context, status=422 if form.is_bound else 200)


@private_page
@require_POST
def officer_remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    meeting = run_meeting(request, key)
    officer = get_object_or_404(meeting.officers.select_related("meeting", "state"), pk=pk)

    def do(version: int) -> object:
        return officers.remove(officer=officer, version=version, by=request.user, at=clock.now())

    to = reverse("meetings:meeting-officers", args=[key])
    return pressed(request, do, done=_("The office is free again."), to=to)
