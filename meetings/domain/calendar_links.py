"""The address of a person's own calendar feed: made, renewed and ended by them. Only its hash is kept."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from ccm_portal.core import register
from ccm_portal.core.models import User
from meetings.models import CalendarLink

TOKEN_BYTES = 32


@transaction.atomic
def make(*, user: User, at: datetime) -> str:
    """A new address; the one before ends. The token is given this once."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarLink.objects.update_or_create(user=user, defaults={"token_hash": digest(token), "made_at": at})
    register.append(action="meetings.calendar.link_make", by=user, at=at)
    return token


@transaction.atomic
def end(*, user: User, at: datetime) -> bool:
    """The address leads nowhere from the next request on.

    :returns: whether there was one.
    """
    ended, _rows = CalendarLink.objects.filter(user=user).delete()
    if ended:
        register.append(action="meetings.calendar.link_end", by=user, at=at)
    return bool(ended)


def owner(token: str) -> User | None:
    """Whose address it is, if the account is active."""
    link = CalendarLink.objects.select_related("user").filter(token_hash=digest(token)).first()
    return link.user if link and link.user.is_active else None


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
