"""Days, places and sittings of a meeting, by whoever runs it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock, writing
from ccm_portal.core.http import private_page
from meetings.domain import parts, sittings, words
from meetings.domain.local_times import local, which_of_two
from meetings.forms_meetings import HoursForm, MoveForm, PartForm, PlaceForm
from meetings.models import Meeting, MeetingPart, Sitting
from meetings.rules import is_public
from meetings.views.acting import form_page, pressed, run_meeting, tried
from meetings.views.reading import facts


def _days(key: str) -> str:
    return reverse("meetings:meeting-days", args=[key])


def _part(meeting: Meeting, number: int) -> MeetingPart:
    part = get_object_or_404(meeting.parts.all(), number=number)
    part.meeting = meeting
    return part


@require_safe
@private_page
def meeting_days(request: HttpRequest, key: str) -> HttpResponse:
    meeting = run_meeting(request, key)
    context = {"meeting": meeting, "is_public": is_public(meeting), **facts(meeting)}
    return render(request, "meetings/desk_days.html", context)


@private_page
def part_add(request: HttpRequest, key: str) -> HttpResponse:
    meeting = run_meeting(request, key)
    form = PartForm(request.POST or None, initial={"version": meeting.version, "format": "in_person"})
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        made = tried(
            form,
            lambda: parts.add(
                meeting=meeting,
                version=told["version"],
                starts=told["starts"],
                ends=told["ends"],
                place=form.place(),
                by=request.user,
                at=clock.now(),
            ),
        )
        if made:
            messages.success(request, _("The meeting has one more part."))
            return redirect(_days(key))
    return form_page(request, meeting, form, title=_("One more part"), act=_("Add the part"), back=_days(key))


@private_page
def part_place(request: HttpRequest, key: str, number: int) -> HttpResponse:
    meeting = run_meeting(request, key)
    part = _part(meeting, number)
    begun = {"version": meeting.version, "format": part.format, "city": part.city, "venue": part.venue}
    form = PlaceForm(request.POST or None, initial=begun | {"host": part.host_id})
    if form.is_bound and form.is_valid():
        done = tried(
            form,
            lambda: parts.place(
                part=part,
                version=form.cleaned_data["version"],
                place=form.place(),
                by=request.user,
                at=clock.now(),
            ),
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect(_days(key))
    return form_page(request, meeting, form, title=_("Where it is held"), act=_("Save"), back=_days(key))


@private_page
def part_move(request: HttpRequest, key: str, number: int) -> HttpResponse:
    meeting = run_meeting(request, key)
    part = _part(meeting, number)
    form = MoveForm(
        request.POST or None, initial={"version": meeting.version, "starts": part.starts, "ends": part.ends}
    )
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        done = tried(form, lambda: parts.move(part=part, **told, by=request.user, at=clock.now()))
        if done:
            messages.success(request, _moved_words(done[1]))
            return redirect(_days(key))
    return form_page(
        request,
        meeting,
        form,
        title=_("Move the days"),
        lede=_("The old days are kept with the reason. Sittings move along, each at the same hours at the venue."),
        act=_("Move"),
        back=_days(key),
    )


def _moved_words(sittings_moved: int) -> str:
    if not sittings_moved:
        return _("The days have moved. There were no sittings yet.")
    return ngettext(
        "The days have moved, and %(count)s sitting with them, at the same hours.",
        "The days have moved, and %(count)s sittings with them, at the same hours.",
        sittings_moved,
    ) % {"count": writing.number_text(sittings_moved)}


@private_page
@require_POST
def part_remove(request: HttpRequest, key: str, number: int) -> HttpResponse:
    part = _part(run_meeting(request, key), number)

    def do(version: int) -> object:
        return parts.remove(part=part, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("The part is taken away."), to=_days(key))


@private_page
@require_POST
def sitting_usual(request: HttpRequest, key: str, number: int) -> HttpResponse:
    part = _part(run_meeting(request, key), number)

    def do(version: int) -> object:
        return sittings.usual_days(part=part, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("Every day has its sittings now."), to=_days(key))


@private_page
def sitting_add(request: HttpRequest, key: str, number: int) -> HttpResponse:
    meeting = run_meeting(request, key)
    part = _part(meeting, number)
    form = HoursForm(request.POST or None, days=_choices(part), initial={"version": meeting.version})
    if form.is_bound and form.is_valid():
        made = tried(
            form,
            lambda: sittings.add(
                part=part,
                version=form.cleaned_data["version"],
                hours=form.hours(),
                by=request.user,
                at=clock.now(),
            ),
        )
        if made:
            messages.success(request, _("The sitting is added."))
            return redirect(_days(key))
    return form_page(request, meeting, form, title=_("Add a sitting"), act=_("Add the sitting"), back=_days(key))


@private_page
def sitting_edit(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    meeting = run_meeting(request, key)
    sitting = _sitting(meeting, pk)
    begun = _as_it_is(sitting, meeting)
    form = HoursForm(request.POST or None, days=_choices(sitting.part), initial=begun)
    if form.is_bound and form.is_valid():
        done = tried(
            form,
            lambda: sittings.edit(
                sitting=sitting,
                version=form.cleaned_data["version"],
                hours=form.hours(),
                by=request.user,
                at=clock.now(),
            ),
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect(_days(key))
    return form_page(request, meeting, form, title=_("Change a sitting"), act=_("Save"), back=_days(key))


def _as_it_is(sitting: Sitting, meeting: Meeting) -> dict[str, Any]:
    day, begins = local(sitting.starts_at, meeting.time_zone)
    return {
        "version": meeting.version,
        "day": day.isoformat(),
        "begins": begins,
        "ends": local(sitting.ends_at, meeting.time_zone)[1],
        "which": which_of_two(sitting.starts_at, meeting.time_zone) or "",
        "room": sitting.room,
        "note": sitting.note,
    }


@private_page
@require_POST
def sitting_remove(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    sitting = _sitting(run_meeting(request, key), pk)

    def do(version: int) -> object:
        return sittings.remove(sitting=sitting, version=version, by=request.user, at=clock.now())

    return pressed(
        request, do, done=_("The sitting is taken away. What stood in it stays on the agenda."), to=_days(key)
    )


def _sitting(meeting: Meeting, pk: int) -> Sitting:
    return get_object_or_404(Sitting.objects.select_related("part__meeting"), part__meeting=meeting, pk=pk)


def _choices(part: MeetingPart) -> list[tuple[str, str]]:
    days = (part.starts + timedelta(days=offset) for offset in range((part.ends - part.starts).days + 1))
    return [(day.isoformat(), words.weekday_text(day)) for day in days]
