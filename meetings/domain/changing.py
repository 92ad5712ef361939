"""What every change of a meeting has in common: the version that was seen, and what calendars must follow."""

from datetime import datetime

from django.utils.translation import gettext as _

from ccm_portal.core import register, writing
from ccm_portal.core.models import RegisterEntry, User
from ccm_portal.core.workflow import locked
from meetings.models import Meeting


class MeetingRefused(Exception):
    """It cannot be done with this meeting. The message is fit to show the user; ``field`` names what it is about."""

    def __init__(self, told: str, field: str = "") -> None:
        super().__init__(told)
        self.field = field


class MeetingChanged(MeetingRefused):
    """Somebody else has changed the meeting since the page was opened. ``meeting`` is as it is now."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(_who_changed(meeting))
        self.meeting = meeting


def _who_changed(meeting: Meeting) -> str:
    """A sentence that says who, and when."""
    last = (
        RegisterEntry.objects.filter(object_type=meeting._meta.label, object_id=str(meeting.pk))
        .select_related("actor")
        .order_by("-number")
        .first()
    )
    if last is None or last.actor is None:
        return _("The meeting was changed after you opened the page. What you typed is kept: compare, then save.")
    return _(
        "%(name)s changed the meeting after you opened the page (%(moment)s)."
        " What you typed is kept: compare, then save."
    ) % {"name": last.actor.name or last.actor.email, "moment": writing.moment_text(last.at)}


def held(meeting: Meeting, version: int) -> Meeting:
    """The meeting, locked, as it was seen.

    :raises MeetingChanged: if it has another version.
    """
    fresh = locked(meeting)
    if fresh.version != version:
        raise MeetingChanged(fresh)
    return fresh


def touch(meeting: Meeting, *, at: datetime, moves: bool = True) -> None:
    """Count the change; ``moves`` where calendars must follow it. The caller saves, or a transition does."""
    meeting.version += 1
    meeting.changed_at = at
    if moves:
        meeting.sequence += 1


def noted(act: str, meeting: Meeting, *, by: User | None, at: datetime, **data: object) -> None:
    """The act in the register: the transaction's last statement."""
    register.append(action=f"meetings.meeting.{act}", by=by, at=at, obj=meeting, data={"meeting": meeting.key, **data})
