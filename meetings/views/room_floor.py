"""A delegation's own page in the room: ask for the floor, see the place in the list, take it back, hand in the text."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from meetings.domain import floor, floor_requests
from meetings.domain.agenda_reading import public_items
from meetings.domain.floor_reading import floor as floor_as_it_stands
from meetings.domain.floor_room import FloorRefused, code_under_discussion
from meetings.forms_room import AskForm
from meetings.models import Meeting, SpeakersList, SpeakerSlot
from meetings.rules_room import own_statements, speaking_delegations
from meetings.views import room_time
from meetings.views.acting import meeting_for
from meetings.views.room import version_url


@private_page
def room_floor(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = meeting_for(request, key, "meetings.ask_for_the_floor")
    if request.method != "POST":
        return _page(request, meeting)
    if request.POST.get("act") == "withdraw":
        return _withdraw(request, meeting)
    return _ask(request, meeting)


def _ask(request: PrivateRequest, meeting: Meeting) -> HttpResponse:
    form = _form(request, meeting, request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            slot = floor.ask(
                meeting=meeting,
                code=form.cleaned_data["item"],
                delegation=form.cleaned_data["delegation"],
                kind=form.cleaned_data["kind"],
                on_behalf_of=form.cleaned_data["on_behalf_of"],
                by=request.user,
                at=room_time.now(),
            )
        except FloorRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(who)s is on the list.") % {"who": slot.delegation})
            return redirect("meetings:room-floor", meeting.key)
    return _page(request, meeting, form)


def _withdraw(request: PrivateRequest, meeting: Meeting) -> HttpResponse:
    slots = SpeakerSlot.objects.select_related("list").filter(
        list__meeting=meeting, delegation__in=speaking_delegations(request.user, meeting)
    )
    slot = get_object_or_404(slots, pk=number_of(request.POST.get("slot", "")))
    try:
        floor.withdraw(meeting=meeting, slot=slot, by=request.user, at=room_time.now())
    except FloorRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The request is withdrawn. You can ask again."))
    return redirect("meetings:room-floor", meeting.key)


def _form(request: PrivateRequest, meeting: Meeting, data: Any = None) -> AskForm | None:
    """For the items that have a list; nothing where there is none, or nobody to speak for."""
    delegations = speaking_delegations(request.user, meeting)
    lists = {one.code: one for one in SpeakersList.objects.filter(meeting=meeting)}
    items = [item for item in public_items(meeting) if item.code in lists]
    kinds = {kind for delegation in delegations for kind in floor.kinds_for(delegation)}
    if not items or not kinds:
        return None
    current = code_under_discussion(meeting)
    initial = {"item": current} if current in lists else {}
    return AskForm(data, items=items, delegations=delegations, kinds=kinds, initial=initial)


def _page(request: PrivateRequest, meeting: Meeting, form: AskForm | None = None) -> HttpResponse:
    delegations = list(speaking_delegations(request.user, meeting))
    context = {
        "meeting": meeting,
        "on": clock.today(),
        "delegations": delegations,
        "floor": floor_as_it_stands(meeting),
        "requests": floor_requests.requests_of(meeting, delegations),
        "statements": floor_requests.with_items(
            own_statements(request.user).filter(meeting=meeting).order_by("-handed_in_at", "pk"), meeting
        ),
        "form": form or _form(request, meeting),
        "refused": form,
        "is_over": floor.is_over(meeting, at=room_time.now()),
        "version_url": version_url(meeting),
    }
    return render(request, "meetings/room_floor.html", context, status=422 if form else 200)
