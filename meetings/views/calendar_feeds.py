"""Calendar feeds that go out, and a person's own address for theirs."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import private_page, public_page
from ccm_portal.core.views.giving_out import given
from ccm_portal.core.views.marks import mark
from committees.models import Body
from meetings.domain import calendar_links, feeds
from meetings.models import CalendarLink
from meetings.rules import public_meetings

ICS = "text/calendar; charset=utf-8"
SEEN_ONCE = "calendar-token"  # in the session, until the page that shows it is drawn


@public_page(mark)
def all_ics(request: HttpRequest) -> HttpResponse:
    with override(_language(request)):
        return _feed(feeds.all_feed(), "ccm-meetings.ics")


@public_page(mark)
def body_ics(request: HttpRequest, key: str) -> HttpResponse:
    body = get_object_or_404(Body, key=key)
    with override(_language(request)):
        return _feed(feeds.body_feed(body), f"ccm-{key}.ics")


@public_page(mark)
def meeting_ics(request: HttpRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(public_meetings(), key=key)
    with override(_language(request)):
        return _feed(feeds.meeting_feed(meeting), f"ccm-{key}.ics")


@public_page(mark)
def deadlines_ics(request: HttpRequest) -> HttpResponse:
    with override(_language(request)):
        return _feed(feeds.deadlines_feed(on=clock.today()), "ccm-deadlines.ics")


@require_safe
def own_ics(request: HttpRequest, token: str) -> HttpResponse:
    """The feed of whoever holds the address. What they may see is asked anew each time; nobody on the way keeps it."""
    user = calendar_links.owner(token)
    if user is None:
        raise Http404
    with override(user.language):
        content = feeds.own_feed(user, on=clock.today())
    tag = f'"{hashlib.sha256(content).hexdigest()[:24]}"'
    held = tag in request.headers.get("If-None-Match", "")
    answer = HttpResponseNotModified() if held else _feed(content, "ccm-mine.ics")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@public_page(mark)
def calendar_subscribe(request: HttpRequest) -> HttpResponse:
    """Which feeds there are, and what to do with them."""
    bodies = Body.objects.filter(ends=None, meetings__in=public_meetings().order_by().values("pk")).distinct()
    coming = public_meetings().filter(ends__gte=clock.today()).order_by("starts")
    context = {
        "site": settings.SITE_ADDRESS.rstrip("/"),
        "bodies": bodies.order_by("position", "pk"),
        "meetings": coming[:12],
    }
    return render(request, "meetings/calendar_subscribe.html", context)


@private_page
@require_safe
def my_calendar(request: HttpRequest) -> HttpResponse:
    token = request.session.pop(SEEN_ONCE, "")
    address = settings.SITE_ADDRESS.rstrip("/") + reverse("meeting-files:own-ics", args=[token]) if token else ""
    link = CalendarLink.objects.filter(user=request.user).first()
    return render(request, "meetings/my_calendar.html", {"link": link, "address": address})


@private_page
@require_POST
def my_calendar_make(request: HttpRequest) -> HttpResponse:
    request.session[SEEN_ONCE] = calendar_links.make(user=request.user, at=clock.now())
    return redirect("meetings:my-calendar")


@private_page
@require_POST
def my_calendar_end(request: HttpRequest) -> HttpResponse:
    if calendar_links.end(user=request.user, at=clock.now()):
        messages.success(request, _("The address is ended: calendars that use it are shown nothing any more."))
    return redirect("meetings:my-calendar")


def _language(request: HttpRequest) -> str:
    """The language that the address asks for, if the portal has it."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else "en"


def _feed(content: bytes, name: str) -> HttpResponse:
    return given(content, name, kind=ICS, saved=False)
