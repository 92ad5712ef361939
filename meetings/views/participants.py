"""Who takes part: for everybody as delegations with their numbers, for participants with names."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock, sheets
from ccm_portal.core.http import HttpRequest, PrivateRequest, private_page, public_page
from ccm_portal.core.pdf.process import NotRendered
from ccm_portal.core.permissions import may
from ccm_portal.core.views.giving_out import given
from meetings.domain import participant_list, reading, retention
from meetings.models import Meeting
from meetings.rules_people import meetings_with_names, public_delegations, takes_delegations
from meetings.views.marks import meeting_mark, with_rooms

log = logging.getLogger(__name__)


@public_page(meeting_mark)
def participants(request: HttpRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(reading.listed(with_rooms()), key=key)
    groups = participant_list.groups(public_delegations().filter(meeting=meeting))
    today = clock.today()
    context = {
        "meeting": meeting,
        "on": today,
        "groups": groups,
        "delegations": sum(len(group.entries) for group in groups),
        "persons": sum(group.persons for group in groups),
        "kept_until": retention.kept_until(meeting),
        "names_gone": retention.are_names_gone(meeting, on=today),
        "takes_delegations": takes_delegations(meeting),
    }
    return render(request, "meetings/participants.html", context)


@private_page
def participant_names(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = _meeting(request, key)
    today = clock.today()
    context = {
        "meeting": meeting,
        "groups": participant_list.groups_with_names(meeting, on=today),
        "kept_until": retention.kept_until(meeting),
        "names_gone": retention.are_names_gone(meeting, on=today),
        "languages": settings.LANGUAGES,
    }
    return render(request, "meetings/participant_names.html", context)


@private_page
def participant_pdf(request: PrivateRequest, key: str) -> HttpResponse:
    """The list in one of the six languages, set when asked for: a kept copy would outlive the names."""
    meeting = _meeting(request, key, kept=True)
    language = request.GET.get("language", "")
    try:
        content = participant_list.pdf(
            meeting,
            language=language if language in dict(settings.LANGUAGES) else request.LANGUAGE_CODE,  # type: ignore[attr-defined]
            on=clock.today(),
            is_demonstration=settings.DEMONSTRATION,
        )
    except NotRendered:
        log.exception("the list of participants of %s could not be set", meeting)
        messages.error(request, _("The PDF could not be made now. The list stands on this page, and as CSV."))
        return redirect("meetings:participant-names", meeting.key)
    return given(content, participant_list.file_name(meeting, "pdf"), kind="application/pdf")


@private_page
def participant_csv(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = _meeting(request, key, kept=True)
    content = participant_list.csv(meeting, on=clock.today())
    return given(content, participant_list.file_name(meeting, "csv"), kind=sheets.CSV)


def _meeting(request: PrivateRequest, key: str, *, kept: bool = False) -> Meeting:
    """A meeting whose names this person may read; as a file, only while they are kept."""
    meeting = get_object_or_404(reading.listed(meetings_with_names(request.user)), key=key)
    if not may(request.user, "meetings.see_participants", meeting):
        raise Http404
    if kept and retention.are_names_gone(meeting, on=clock.today()):
        raise Http404
    return meeting
