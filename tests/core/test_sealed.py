"""The seed of a second factor is not read out of the database."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.fernet import InvalidToken

from ccm_portal.core.sealed import seal, unseal
from tests.factories import person


@pytest.mark.django_db
def test_the_database_does_not_hold_the_seed_and_the_code_still_opens():
    user, secret = person(), generate_totp_secret()
    TOTP.activate(user, secret)

    kept = Authenticator.objects.get(user=user)

    assert secret not in str(kept.data)
    assert unseal(kept.data["secret"]) == secret


def test_what_an_older_secret_key_sealed_still_opens(settings):
    settings.SECRET_KEY = "the older one"
    sealed = seal("seed")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the newer one", ["the older one"]

    assert unseal(sealed) == "seed"


def test_another_key_opens_nothing(settings):
    sealed = seal("seed")
    settings.SECRET_KEY = "somebody else's"

    with pytest.raises(InvalidToken):
        unseal(sealed)
