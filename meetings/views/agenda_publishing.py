"""Publishing the outline: what changes for readers, a note, and one button. Private."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.seen import stands_now
from meetings.domain import agenda_comparing, agenda_desk, agenda_publishing
from meetings.domain.agenda_reading import desk_items, revision_items
from meetings.domain.words import languages_text
from meetings.forms_agenda import PublishForm
from meetings.views.acting import MANAGE, meeting_for


@private_page
def agenda_publish(request: HttpRequest, key: str) -> HttpResponse:
    meeting = meeting_for(request, key, MANAGE)
    form = None
    if request.method == "POST":
        form = PublishForm(request.POST)
        if form.is_valid():
            try:
                made = agenda_publishing.publish(
                    meeting=meeting,
                    version=form.cleaned_data["version"],
                    note=form.cleaned_data["note"],
                    by=request.user,
                    at=clock.now(),
                )
            except agenda_publishing.AgendaChanged as refusal:
                stands_now(form, refusal.agenda.version)
                form.add_error(None, str(refusal))
            except agenda_publishing.AgendaRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Revision %(number)s is published.") % {"number": made.number})
                return redirect("meetings:agenda-desk", key)
    desk = agenda_desk.desk(meeting)
    difference = None
    if desk.newest:
        difference = agenda_comparing.compare(revision_items(desk.newest), desk_items(meeting), meeting.time_zone)
    context = {
        "meeting": meeting,
        "desk": desk,
        "difference": difference,
        "untitled": languages_text(agenda_publishing.languages_without_titles(meeting)),
        "number": desk.newest.number + 1 if desk.newest else 1,
        "form": form or PublishForm(initial={"version": desk.agenda.version}),
        "problems": [{"text": warning.text} for warning in desk.budget.warnings],
    }
    return render(request, "meetings/agenda_publish.html", context, status=422 if form else 200)
