"""Let reminders rest: for one State or for all, for a while. Nothing is hidden from a desk by it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import outbox, register, reminders
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage, ReminderPause, State, User
from ccm_portal.core.workflow import locked

LONGEST_DAYS = 90


class PauseRefused(Exception):
    """It cannot be so. The message is fit to show the person."""


@transaction.atomic
def begin(*, state: State | None, starts: date, until: date, reason: str, by: User, at: datetime) -> ReminderPause:
    """Nothing leaves from ``starts`` to ``until``, both included; ``state`` None means all States.

    :raises PauseRefused: if it is longer than 90 days, lies in the past, has no reason, or another runs then.
    """
    # One row is locked so that two do not begin the same pause; the first State's stands for all.
    State.objects.select_for_update().filter(**({"pk": state.pk} if state else {})).order_by("pk").first()
    if until < starts or until < at.date():
        raise PauseRefused(_("The last day must not lie before the first, nor in the past."))
    if (until - starts).days >= LONGEST_DAYS:
        raise PauseRefused(_("A pause lasts 90 days at most."))
    if not reason.strip():
        raise PauseRefused(_("Say why. The reason stands in the register."))
    if ReminderPause.objects.open(starts).filter(state=state, starts__lte=until).exists():
        raise PauseRefused(_("Reminders are paused then already."))
    pause = ReminderPause.objects.create(
        state=state, starts=starts, until=until, reason=reason.strip(), begun_by=by, begun_at=at
    )
    data: dict[str, object] = {"starts": starts.isoformat(), "until": until.isoformat(), "reason": pause.reason}
    register.append(action="core.reminders.pause", by=by, at=at, state=state, obj=pause, data=data)
    return pause


@transaction.atomic
def end(*, pause: ReminderPause, version: int, by: User, at: datetime) -> ReminderPause:
    """Let reminders leave again at once: each person gets the rung that is true now.

    :raises PauseRefused: if it has ended, or was changed since it was looked at.
    """
    pause = locked(pause)
    if pause.ended_at or pause.until < at.date():
        raise PauseRefused(_("This pause has ended already."))
    if pause.version != version:
        raise PauseRefused(_("Somebody changed this pause meanwhile. Look at it again."))
    pause.ended_at, pause.ended_by = at, by
    pause.version += 1
    pause.save()
    waiting = OutgoingMessage.objects.filter(kind=reminders.KIND, status=MessageStatus.OWED, not_before__gt=at)
    if pause.state:
        waiting = waiting.filter(ids__state=pause.state.iso3)
    outbox.ready(pks=list(waiting.values_list("pk", flat=True)), at=at)
    register.append(action="core.reminders.resume", by=by, at=at, state=pause.state, obj=pause)
    return pause
