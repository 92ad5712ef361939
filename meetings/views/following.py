"""What a person follows: begin, and stop with one click."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import Follow
from committees.models import Body
from meetings.domain import following
from meetings.domain.following import Topic
from meetings.rules import public_meetings


@private_page
def my_following(request: PrivateRequest) -> HttpResponse:
    if request.method == "POST":
        return _act(request)
    rows = list(Follow.objects.filter(user=request.user).order_by("topic"))
    asked = request.GET.get("topic", "")[:100]
    known = following.topics([*(row.topic for row in rows), asked])
    held = {row.topic for row in rows}
    meetings = public_meetings().filter(ends__gte=clock.today()).order_by("starts")[:30]
    choices = [
        (_("Meetings"), [Topic(following.meeting_topic(one), one.name) for one in meetings]),
        (_("Committees and other bodies"), [Topic(following.body_topic(one), one.name) for one in _bodies()]),
    ]
    context = {
        "followed": [(row, known.get(row.topic)) for row in rows],
        "asked": known.get(asked) if asked not in held else None,
        "choices": [(label, [one for one in offered if one.key not in held]) for label, offered in choices],
        "language": dict(settings.LANGUAGES).get(request.user.language, ""),
    }
    return render(request, "meetings/following.html", context)


def _bodies() -> list[Body]:
    on = clock.today()
    return [body for body in Body.objects.by_name() if body.ends is None or body.ends > on]


def _act(request: PrivateRequest) -> HttpResponse:
    topic = request.POST.get("topic", "").replace("\x00", "")[:100]
    if request.POST.get("do") == "follow":
        try:
            following.follow(user=request.user, topic=topic, at=clock.now())
        except following.FollowRefused as refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("You are told once a day what is new, if anything is."))
    elif request.POST.get("do") == "stop-all" or topic:
        following.stop(user=request.user, topic="" if request.POST.get("do") == "stop-all" else topic)
        messages.success(request, _("Stopped. No more mail comes about it."))
    return redirect("meetings:following")
