"""The chair's page: one press calls the next, starts, pauses and stops; the list is put in order; limits are set."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.seen import stands_now
from ccm_portal.core.workflow import TransitionRefused
from meetings.domain import floor, floor_clock, floor_order
from meetings.domain.agenda_reading import public_items
from meetings.domain.floor import Limits
from meetings.domain.floor_reading import Floor
from meetings.domain.floor_reading import floor as floor_as_it_stands
from meetings.domain.floor_room import FloorRefused
from meetings.enums import SlotKind
from meetings.forms_room import AskForm, LimitsForm, SlotLimitForm
from meetings.models import Delegation, Meeting, SpeakersList, SpeakerSlot
from meetings.rules_room import TAKES_PART
from meetings.views import room_time
from meetings.views.acting import meeting_for
from meetings.views.room import screen_url, version_url

CLOCK = ("start", "pause", "resume", "stop", "go_on", "pass_over", "put_back")


@private_page
def room_chair(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = meeting_for(request, key, "meetings.chair_meeting")
    if request.method != "POST":
        return _page(request, meeting)
    act = request.POST.get("act", "")
    if act in TYPED:
        return TYPED[act](request, meeting)
    try:
        _press(request, meeting, act)
    except (FloorRefused, TransitionRefused) as refusal:
        messages.warning(request, str(refusal))
    return redirect("meetings:room-chair", key)


def _press(request: PrivateRequest, meeting: Meeting, act: str) -> None:
    """What a button does: everything it needs is in the form around it."""
    told = request.POST
    what: dict[str, Any] = {"meeting": meeting, "by": request.user, "at": room_time.now()}
    version, code = number_of(told.get("version", "")), number_of(told.get("code", ""))
    if act in CLOCK:
        getattr(floor_clock, act)(slot=_slot(request, meeting), version=version, **what)
    elif act == "call":
        stopping = number_of(told.get("stopping", "")) or None
        floor_clock.call(slot=_slot(request, meeting), version=version, stopping=stopping, **what)
    elif act in ("forward", "back"):
        places = -1 if act == "forward" else 1
        floor_order.move(slot=_slot(request, meeting), places=places, version=version, **what)
    elif act == "arrange":
        slots = [number_of(one) for one in told.get("slots", "").split(",")]
        floor_order.arrange(code=code, slots=slots, version=version, **what)
    elif act == "withdraw":
        floor.withdraw(slot=_slot(request, meeting), **what)
    elif act == "switch":
        floor.switch_item(code=code or None, seen=number_of(told.get("seen", "")) or None, **what)
    elif act == "open":
        floor.open_list(code=code, **what)
    elif act == "close":
        floor.close_list(code=code, version=version, **what)
    else:
        raise Http404


def _limits(request: PrivateRequest, meeting: Meeting) -> HttpResponse:
    """The limits of the list and its order, together."""
    code = number_of(request.POST.get("code", ""))
    get_object_or_404(SpeakersList, meeting=meeting, code=code)
    form = LimitsForm(request.POST, prefix="limits")
    if not form.is_valid():
        return _page(request, meeting, limits=form)
    try:
        floor_order.set_list(
            meeting=meeting,
            code=code,
            limits=Limits(**form.limits),
            order=form.cleaned_data["order"],
            version=form.cleaned_data["version"],
            by=request.user,
            at=room_time.now(),
        )
    except FloorRefused as refusal:
        stands_now(form, SpeakersList.objects.get(meeting=meeting, code=code).version)
        form.add_error(None, str(refusal))
        return _page(request, meeting, limits=form)
    return redirect("meetings:room-chair", meeting.key)


def _slot_limit(request: PrivateRequest, meeting: Meeting) -> HttpResponse:
    slot = _slot(request, meeting)
    form = SlotLimitForm(request.POST)
    if not form.is_valid():
        messages.warning(request, " ".join(str(one) for some in form.errors.values() for one in some))
        return redirect("meetings:room-chair", meeting.key)
    try:
        floor.set_slot_limit(
            meeting=meeting,
            slot=slot,
            seconds=form.cleaned_data["seconds"],
            version=form.cleaned_data["version"],
            by=request.user,
            at=room_time.now(),
        )
    except FloorRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect("meetings:room-chair", meeting.key)


def _add(request: PrivateRequest, meeting: Meeting) -> HttpResponse:
    """A request for a delegation in the room that has no telephone at hand, or an expert."""
    form = _ask_form(meeting, floor_as_it_stands(meeting), request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        try:
            floor.ask(
                meeting=meeting,
                code=form.cleaned_data["item"],
                delegation=form.cleaned_data["delegation"],
                kind=form.cleaned_data["kind"],
                on_behalf_of=form.cleaned_data["on_behalf_of"],
                by=request.user,
                at=room_time.now(),
                by_chair=True,
            )
        except FloorRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("meetings:room-chair", meeting.key)
    return _page(request, meeting, add=form)


TYPED: dict[str, Callable[[PrivateRequest, Meeting], HttpResponse]] = {
    "limits": _limits,
    "limit": _slot_limit,
    "add": _add,
}


def _slot(request: HttpRequest, meeting: Meeting) -> SpeakerSlot:
    slots = SpeakerSlot.objects.select_related("list").filter(list__meeting=meeting)
    return get_object_or_404(slots, pk=number_of(request.POST.get("slot", "")))


def _ask_form(meeting: Meeting, stands: Floor, data: Any = None) -> AskForm | None:
    """Whom the chair may add to the list under discussion; nothing while there is none."""
    if stands.item is None or stands.speakers_list is None:
        return None
    delegations = Delegation.objects.select_related("state", "organisation").filter(
        meeting=meeting, status__in=TAKES_PART
    )
    return AskForm(
        data, items=[stands.item], delegations=delegations, kinds=SlotKind.values, item_is_known=True, prefix="add"
    )


def _page(
    request: PrivateRequest, meeting: Meeting, *, limits: LimitsForm | None = None, add: AskForm | None = None
) -> HttpResponse:
    stands = floor_as_it_stands(meeting)
    context = {
        "meeting": meeting,
        "on": clock.today(),
        "floor": stands,
        "items": public_items(meeting),
        "limits_form": limits or (LimitsForm.of(stands.speakers_list) if stands.speakers_list else None),
        "add_form": add or _ask_form(meeting, stands),
        "refused_limits": limits,
        "refused_add": add,
        "version_url": version_url(meeting),
        "screen_url": screen_url(meeting),
    }
    return render(request, "meetings/room_chair.html", context, status=422 if limits or add else 200)
