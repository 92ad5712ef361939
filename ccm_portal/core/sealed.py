"""Sealing small secrets that the database keeps: the seeds of second factors.

The key is derived from the portal's secret key, which the database does not hold; a dump of the
database alone opens nothing. Older secret keys (``SECRET_KEY_FALLBACKS``) still open what they sealed.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    derived = (hashlib.sha256(f"ccm_portal.core.sealed:{secret}".encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def seal(text: str) -> str:
    """What the database may keep."""
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """:raises cryptography.fernet.InvalidToken: if it was sealed with another key, or changed."""
    return _keys().decrypt(sealed.encode()).decode()
