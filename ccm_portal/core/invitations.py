"""The two halves of an invitation: a link that travels by mail, and a code told on another way.

The link's token is derived from the invitation's number and the portal's secret key, so that the
mail can be written when it leaves and neither the outbox nor the database holds it: the invitation
keeps a hash to find it by. Changing the secret key voids the open links; invite again.
"""

import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.urls import reverse
from django.utils.crypto import salted_hmac

from ccm_portal.core.models import Invitation

# No letter or digit that is mistaken for another when read out.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
SALT = "ccm_portal.core.invitation"


def new_code() -> str:
    """Eight characters, shown once to whoever invites."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def tidy_code(typed: str) -> str:
    """What was meant: without spaces and dashes, in capitals."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def code_hash(code: str) -> str:
    return make_password(code)


def code_fits(invitation: Invitation, code: str) -> bool:
    return check_password(code, invitation.code_hash)


def token(invitation: Invitation) -> str:
    """The secret part of the link."""
    return salted_hmac(SALT, str(invitation.pk), algorithm="sha256").hexdigest()


def token_hash(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()


def link(invitation: Invitation) -> str:
    """The whole address, in the active language."""
    return settings.SITE_ADDRESS + reverse("core:invitation", args=[token(invitation)])
