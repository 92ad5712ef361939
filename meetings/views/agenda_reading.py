"""The agenda as everybody reads it: the newest revision, each revision, what changed between two, one item."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import private_page, public_page
from ccm_portal.core.templatetags.portal import LANGUAGE_NAMES, LANGUAGE_TAGS
from ccm_portal.core.views.marks import mark
from meetings import panels
from meetings.domain import agenda_comparing, agenda_reading
from meetings.domain.agenda_clock import programme
from meetings.domain.agenda_public import by_day, item_as_published, paper_names
from meetings.models import AgendaRevision, Meeting, ProgrammePdf
from meetings.rules import is_public, visible_meetings
from meetings.views.marks import meeting_mark, with_rooms


@public_page(meeting_mark)
def agenda(request: HttpRequest, key: str) -> HttpResponse:
    meeting = _meeting(key)
    revisions = _revisions(meeting)
    context = {"meeting": meeting, "on": clock.today(), "revisions": revisions}
    if revisions:
        context |= _shown(meeting, revisions[0]) | {"is_newest": True}
    return render(request, "meetings/agenda.html", context)


@public_page(meeting_mark)
def agenda_revision(request: HttpRequest, key: str, number: int) -> HttpResponse:
    meeting = _meeting(key)
    revisions = _revisions(meeting)
    revision = _numbered(revisions, number)
    context = {"meeting": meeting, "on": clock.today(), "revisions": revisions}
    context |= _shown(meeting, revision) | {"is_newest": revision == revisions[0]}
    return render(request, "meetings/agenda.html", context)


@public_page(mark)
def agenda_changes(request: HttpRequest, key: str, old: int, new: int) -> HttpResponse:
    meeting = _meeting(key)
    revisions = _revisions(meeting)
    before, after = _numbered(revisions, old), _numbered(revisions, new)
    if old >= new:
        raise Http404
    difference = agenda_comparing.compare(
        agenda_reading.revision_items(before), agenda_reading.revision_items(after), meeting.time_zone
    )
    numbers = sorted(one.number for one in revisions)
    context = {
        "meeting": meeting,
        "on": clock.today(),
        "before": before,
        "after": after,
        "difference": difference,
        "newest": revisions[0],
        "pairs": [(a, b) for b in numbers for a in numbers if a < b],
    }
    return render(request, "meetings/agenda_changes.html", context)


@public_page(mark)
def agenda_item(request: HttpRequest, key: str, code: int) -> HttpResponse:
    """An item that any revision has held. One that is gone from the newest says so."""
    meeting = _meeting(key)
    found = item_as_published(meeting, code)
    if found is None:
        raise Http404
    context = {
        "meeting": meeting,
        "on": clock.today(),
        "found": found,
        "item": found.item,
        "panels": panels.item_panels(meeting, code, at=clock.now()),
    }
    return render(request, "meetings/agenda_item.html", context)


@private_page
@require_safe
def agenda_for_members(request: HttpRequest, key: str) -> HttpResponse:
    """The newest agenda of a closed meeting, for those who take part in it. An open meeting's stands in public."""
    meeting = get_object_or_404(visible_meetings(request.user).prefetch_related("parts"), key=key)
    if is_public(meeting):
        return redirect("meetings:agenda", key)
    revisions = _revisions(meeting)
    context = {"meeting": meeting, "on": clock.today(), "revisions": revisions, "is_closed": True}
    if revisions:
        context |= _shown(meeting, revisions[0]) | {"is_newest": True}
    return render(request, "meetings/agenda.html", context)


def _meeting(key: str) -> Meeting:
    return get_object_or_404(with_rooms().prefetch_related("parts"), key=key)


def _revisions(meeting: Meeting) -> list[AgendaRevision]:
    """All, newest first, without what they hold."""
    return list(AgendaRevision.objects.filter(meeting=meeting).defer("content").order_by("-number"))


def _numbered(revisions: list[AgendaRevision], number: int) -> AgendaRevision:
    found = next((one for one in revisions if one.number == number), None)
    if found is None:
        raise Http404
    return found


def _programmes(meeting: Meeting, revision: AgendaRevision) -> list[dict[str, str]]:
    """The files of a revision, one a language. A revision of the history has none."""
    languages = ProgrammePdf.objects.filter(revision=revision).order_by("pk").values_list("language", flat=True)
    return [
        {
            "url": reverse("meeting-files:programme-pdf", args=[meeting.key, revision.number, language]),
            "name": LANGUAGE_NAMES.get(language, language),
            "tag": LANGUAGE_TAGS.get(language, language),
        }
        for language in languages
    ]


def _shown(meeting: Meeting, revision: AgendaRevision) -> dict[str, Any]:
    items = agenda_reading.revision_items(revision)
    sittings = list(agenda_reading.sittings_in(json.loads(revision.content)).values())
    planned = programme(items, sittings)
    return {
        "revision": revision,
        "items": items,
        "days": by_day(planned, meeting.time_zone),
        "unplaced": planned.unplaced,
        "papers": paper_names(meeting),
        "programmes": _programmes(meeting, revision),
    }
