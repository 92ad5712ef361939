"""In the room, as everybody sees it: the page to follow, the screen of the hall, and the number that both ask for."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page, public_page
from ccm_portal.core.public_marks import record_mark
from meetings.domain.floor import is_over
from meetings.domain.floor_reading import floor, public_version, version_of
from meetings.models import Meeting
from meetings.rules import is_public, public_meetings, visible_meetings
from meetings.views import room_time

SCHEMES = ("light", "dark")


def mark(request: HttpRequest, key: str) -> str | None:
    """What stands on the screens: moves with the room and with the record."""
    version = public_version(key)
    return None if version is None else f"{record_mark(at=clock.now())}|{version}"


@public_page(mark, seconds=1)
def room(request: HttpRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(public_meetings(), key=key)
    return _page(request, "meetings/room.html", meeting, "room")


@public_page(mark, seconds=1)
def room_screen(request: HttpRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(public_meetings(), key=key)
    return _page(request, "meetings/room_screen.html", meeting, "room")


@private_page
@require_safe
def room_members(request: PrivateRequest, key: str) -> HttpResponse:
    """The same for a meeting that only its members may know of."""
    meeting = get_object_or_404(visible_meetings(request.user), key=key)
    return _page(request, "meetings/room.html", meeting, "room-members")


@private_page
@require_safe
def room_members_screen(request: PrivateRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(visible_meetings(request.user), key=key)
    return _page(request, "meetings/room_screen.html", meeting, "room-members")


def _page(request: HttpRequest, template: str, meeting: Meeting, name: str) -> HttpResponse:
    asked = request.GET.get("scheme", "")
    context: dict[str, Any] = {
        "meeting": meeting,
        "on": clock.today(),
        "floor": floor(meeting),
        "is_over": is_over(meeting, at=clock.now()),
        "version_url": version_url(meeting),
        "room_url": reverse(f"meetings:{name}", args=[meeting.key]),
        "screen_url": reverse(f"meetings:{name}-screen", args=[meeting.key]),
        "scheme": asked if asked in SCHEMES else "",
    }
    return render(request, template, context)


def version_url(meeting: Meeting) -> str:
    """Whom a page asks whether it still stands: the number that everybody may read, where there is one."""
    return reverse(
        "meetings:room-version" if is_public(meeting) else "meetings:room-members-version", args=[meeting.key]
    )


def screen_url(meeting: Meeting) -> str:
    return reverse("meetings:room-screen" if is_public(meeting) else "meetings:room-members-screen", args=[meeting.key])


def unchanged(request: HttpRequest, key: str) -> HttpResponse | None:
    """Answered before sessions and everything else, at the price of one query."""
    request.room_version = public_version(key)  # type: ignore[attr-defined]
    return _if_held(request, request.room_version)  # type: ignore[attr-defined]


@require_safe
def room_version(request: HttpRequest, key: str) -> HttpResponse:
    """The one number that each screen asks for every second, and the time, so that a page can set its clock."""
    version = request.room_version if hasattr(request, "room_version") else public_version(key)
    return _version(request, version)


room_version.is_public_page = True  # type: ignore[attr-defined]
room_version.unchanged = unchanged  # type: ignore[attr-defined]


@private_page
@require_safe
def room_members_version(request: PrivateRequest, key: str) -> HttpResponse:
    return _version(request, version_of(key, visible_meetings(request.user)))


def _version(request: HttpRequest, version: int | None) -> HttpResponse:
    if version is None:
        return JsonResponse({}, status=404)
    if answer := _if_held(request, version):
        return answer
    now = round(room_time.now().timestamp() * 1000)
    return _tagged(JsonResponse({"version": version, "now": now}), version)


def _if_held(request: HttpRequest, version: int | None) -> HttpResponse | None:
    held = version is not None and f'"r{version}"' in request.headers.get("If-None-Match", "")
    return _tagged(HttpResponseNotModified(), version) if held else None


def _tagged(response: HttpResponse, version: int | None) -> HttpResponse:
    response["ETag"] = f'W/"r{version}"'
    response["Cache-Control"] = "no-cache"
    return response
