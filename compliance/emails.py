"""The one message of compliance: something new is on the person's desk. It names nothing and its key says nothing,
so that the office's list of mails tells nobody that a case exists, nor who is named in one.
"""

from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.models import OutgoingMessage, User

NEWS = "compliance.news"


def register() -> None:
    """Make it known to the outbox."""
    template = "compliance/emails/news.txt"
    outbox.register_kind(
        outbox.MessageKind(name=NEWS, label=_("Something new on your desk"), template=template, context=_context)
    )


def news(*, to: User, at: datetime) -> bool:
    """Owe a person the word that their desk holds something new. Call it in the transaction of the fact."""
    return outbox.owe(kind=NEWS, key=f"{NEWS}:{uuid4()}", to=to, at=at)


def _context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    return {"url": settings.SITE_ADDRESS + reverse("dashboard:desk")}
