"""What the office can do about a message whose outcome is unclear, or that could not be sent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import doorbell, outbox, register
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage, User
from ccm_portal.core.workflow import locked

STUCK = frozenset({MessageStatus.UNCLEAR, MessageStatus.FAILED, MessageStatus.BOUNCED})


class MessageRefused(Exception):
    """Somebody was quicker. The message is fit to show the person."""


def _stuck(message: OutgoingMessage) -> OutgoingMessage:
    message = locked(message)
    if message.status not in STUCK:
        raise MessageRefused(_("This message is not waiting for a decision any more."))
    return message


@transaction.atomic
def send_again(*, message: OutgoingMessage, by: User, at: datetime) -> OutgoingMessage:
    """Owe it once more: somebody looked, and would rather have it arrive twice than never.

    :raises MessageRefused: if it is not waiting for a decision.
    """
    message = _stuck(message)
    message.status = MessageStatus.OWED
    message.attempts = 0
    message.message_id = ""  # a notice about the first one must not be taken for one about this
    message.not_before, message.claimed_at, message.settled_at = at, None, None
    message.save()
    doorbell.ring(outbox.DELIVER, message.pk)
    register.append(action="core.message.send_again", by=by, at=at, obj=message)
    return message


@transaction.atomic
def set_aside(*, message: OutgoingMessage, by: User, at: datetime) -> OutgoingMessage:
    """Leave it: it arrived after all, or was told another way.

    :raises MessageRefused: if it is not waiting for a decision.
    """
    message = _stuck(message)
    message.status, message.settled_at = MessageStatus.WITHDRAWN, at
    message.save()
    register.append(action="core.message.set_aside", by=by, at=at, obj=message)
    return message


@transaction.atomic
def note_bounce(*, message: OutgoingMessage, diagnostic: str, at: datetime) -> bool:
    """Note that a message that left came back, with what the machine said of it.

    :returns: whether that is news. What was withdrawn, set aside or owed again is left as it is.
    """
    message = locked(message)
    if message.status not in {MessageStatus.SENT, MessageStatus.UNCLEAR}:
        return False
    message.status, message.settled_at = MessageStatus.BOUNCED, at
    message.last_error = outbox.told_of(message, diagnostic)
    message.save()
    register.append(action="core.message.bounce", by=None, at=at, obj=message)
    return True
