"""Helpers for tests: signing in as the portal sees it."""

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows import login as allauth_login
from django.test import Client

from ccm_portal.core import clock
from ccm_portal.core.models import User

# allauth binds its records to the account, so that they cannot outlive a change of person.
_RECORDS_OWNER_KEY = allauth_login._AUTHENTICATION_METHODS_USER_SESSION_KEY


def sign_in(client: Client, user: User, *, second_factor: bool = True) -> Client:
    """Sign in with a password and, unless told otherwise, with a second factor, just now."""
    client.force_login(user)
    at = clock.now().timestamp()
    records = [{"method": "password", "at": at}]
    if second_factor:
        records.append({"method": "mfa", "type": "totp", "at": at})
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session[_RECORDS_OWNER_KEY] = str(user.pk)
    session.save()
    return client
