"""Second factors: what counts as one, and how many an account has."""

from allauth.mfa.models import Authenticator

from ccm_portal.core.models import User

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def own_factors(user: User) -> int:
    """How many second factors the account has; recovery codes are none of their own."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).count()
