"""What a person follows: a meeting, or a body. Told once a day what papers are new there (``digests``)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ccm_portal.core.models import Follow, User
from committees.models import Body
from meetings.models import Meeting, MeetingPaper
from meetings.rules import public_meetings

MEETING, BODY = "meeting", "body"
MOST = 100


class FollowRefused(Exception):
    """It cannot be followed. The message is fit to show the user."""


@dataclass(frozen=True)
class Topic:
    """What can be followed, by its name in the reader's language."""

    key: str  # "meeting:14msp"
    name: str
    url: str = ""


def meeting_topic(meeting: Meeting) -> str:
    return f"{MEETING}:{meeting.key}"


def body_topic(body: Body) -> str:
    return f"{BODY}:{body.key}"


def topics(keys: Iterable[str]) -> dict[str, Topic]:
    """Those of the topics that everybody may know of. Two queries."""
    wanted: dict[str, set[str]] = {MEETING: set(), BODY: set()}
    for key in keys:
        kind, _colon, name = key.partition(":")
        if kind in wanted:
            wanted[kind].add(name.replace("\x00", ""))
    found = {}
    for meeting in public_meetings().filter(key__in=wanted[MEETING]):
        found[meeting_topic(meeting)] = Topic(meeting_topic(meeting), meeting.name, meeting.get_absolute_url())
    for body in Body.objects.filter(key__in=wanted[BODY]):
        found[body_topic(body)] = Topic(body_topic(body), body.name, body.get_absolute_url())
    return found


@transaction.atomic
def follow(*, user: User, topic: str, at: datetime) -> Follow:
    """Hear of what is new from now on. Following twice is harmless.

    :raises FollowRefused: if there is no such thing, or too much is followed.
    """
    if topic not in topics([topic]):
        raise FollowRefused(_("There is nothing of this name to follow."))
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    mine = Follow.objects.filter(user=user)
    if not mine.filter(topic=topic).exists() and mine.count() >= MOST:
        raise FollowRefused(_("You follow %(limit)s things. Stop one of them first.") % {"limit": MOST})
    row, _new = mine.get_or_create(topic=topic, defaults={"user": user, "since": at, "told_until": at})
    return row


def stop(*, user: User, topic: str = "") -> int:
    """Stop following one thing, or everything. How many it was."""
    mine = Follow.objects.filter(user=user)
    return (mine.filter(topic=topic) if topic else mine).delete()[0]


def papers_of(topic: str) -> Q:
    """The condition on papers that belong to a topic: of the meeting; of the body and of open meetings it convenes."""
    kind, _colon, key = topic.partition(":")
    at = MeetingPaper.objects.filter(meeting__in=public_meetings().order_by().values("pk"))
    if kind == MEETING:
        return Q(pk__in=at.filter(meeting__key=key).values("document"))
    convened = at.filter(meeting__convened_by__key=key)
    return Q(pk__in=convened.values("document")) | Q(body_paper__body__key=key)
