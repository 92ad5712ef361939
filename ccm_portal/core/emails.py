"""The kernel's own messages. One function a message."""

from datetime import date, datetime

from django.conf import settings

from ccm_portal.core import outbox, reminders
from ccm_portal.core import register as acts
from ccm_portal.core.models import OutgoingMessage

HEAD = "core.register_head"


def register() -> None:
    """Make the kernel's messages known to the outbox."""
    outbox.register_kind(
        outbox.MessageKind(name=reminders.KIND, template="core/emails/reminder.txt", context=reminders.context)
    )
    outbox.register_kind(outbox.MessageKind(name=HEAD, template="core/emails/register_head.txt", context=_head_context))


def register_head(*, on: date, at: datetime) -> bool:
    """Owe the day's head of the main chain to the auditor's mailbox, so that a cut tail is found."""
    return outbox.owe(kind=HEAD, key=f"register-head:{on}", to=settings.AUDIT_MAILBOX, at=at)


def _head_context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    main = [head for head in acts.heads() if head.chain == acts.MAIN]
    return {"head": main[0]} if main else None
