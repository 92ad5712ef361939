"""The token of a personal link. It is derived from whose link it is, the moment it was made and the portal's secret
key, so that the mail can be written when it leaves and neither the outbox nor the database holds it; a new moment makes
a new token and ends the one before.
"""

import hashlib
from datetime import UTC

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from sponsorship.models import PersonalLink

SALT = "sponsorship.own_part"


def token_of(link: PersonalLink) -> str:
    """The secret part of the address."""
    return salted_hmac(SALT, f"{link.nominee_id}:{moment_of(link)}", algorithm="sha256").hexdigest()


def moment_of(link: PersonalLink) -> str:
    """When it was made, as its token and its mail name it."""
    return link.made_at.astimezone(UTC).isoformat()


def token_hash(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()


def link_of(link: PersonalLink) -> str:
    """The whole address, in the active language."""
    return settings.SITE_ADDRESS + reverse("sponsorship:own-part", args=[token_of(link)])
