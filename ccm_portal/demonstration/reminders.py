"""A few reminders of the demonstration: some went, one came back, one pause has ended."""

from datetime import datetime, timedelta

from ccm_portal.core import reminders
from ccm_portal.core.domain import messages, pauses
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage, ReminderPause, State, User

HOURS_AGO = 30


def load(*, by: User, at: datetime) -> int:
    """Owe what is due and say of it what the workers would have said some hours ago; no mail leaves for it.

    :returns: how many reminders there are new; none where a pause of the demonstration is known.
    """
    if ReminderPause.objects.filter(begun_by=by).exists():
        return 0
    then = at - timedelta(hours=HOURS_AGO)
    resting = pauses.begin(
        state=State.objects.get(iso3="LAO"),
        starts=then.date() - timedelta(days=9),
        until=then.date(),
        reason="Demonstration: the delegation asked for quiet while its offices moved.",
        by=by,
        at=then - timedelta(days=9),
    )
    pauses.end(pause=resting, version=resting.version, by=by, at=then - timedelta(hours=2))
    new = reminders.remind(on=then.date(), at=then)
    owed = OutgoingMessage.objects.filter(kind=reminders.KIND, status=MessageStatus.OWED, owed_at=then)
    owed.update(status=MessageStatus.SENT, claimed_at=then, settled_at=then, attempts=1)
    came_back = OutgoingMessage.objects.filter(kind=reminders.KIND, owed_at=then).order_by("pk").first()
    if came_back:
        messages.note_bounce(message=came_back, diagnostic="5.1.1 smtp; 550 5.1.1 Unknown user (demonstration)", at=at)
    return new
