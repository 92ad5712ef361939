"""How people sign in: by invitation alone, with a second factor, and never by a mailbox alone.

allauth does the signing in; here stands what the portal decides about it. Every mail goes through
the outbox.
"""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.utils import get_login_redirect_url
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import clock, emails, sealed
from ccm_portal.core.factors import own_factors
from ccm_portal.core.models import User

WRONG_CODE = _("This code does not open. A code works once; wait for the next one and type it as shown.")
TOO_OFTEN = _("Too many tries. Wait five minutes, then try again.")
LAST_FACTOR = _("This is your last second factor. Set up another one first.")
# Said on the page itself, or owed in the transaction of the fact (see ``factor_added``).
QUIET = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})
OWED_ELSEWHERE = frozenset({"mfa/email/totp_activated", "mfa/email/webauthn_added"})


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor: a code, or a passkey."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def factor_added(request: HttpRequest, authenticator: Authenticator) -> None:
    """A code or a passkey was set up in this session: it counts from now on, under a new session key;
    the account's other sessions end, and the person is told.

    Call it in the transaction that adds the factor.
    """
    user = authenticator.user
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
    request.session.cycle_key()
    end_other_sessions(request, user)
    UserSession.objects.create_from_request(request)
    emails.account_notice(user=user, what=emails.FACTOR_ADDED, at=clock.now())


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up, no foreign redirects, no mail that is not owed first."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "email_password_mismatch": _("Address and password do not belong together. Check both; mind capitals."),
        "enter_current_password": _("This is not your password now."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This is not your password."),
        "invalid_password_reset": _("This link has been used or is too old. Ask for a new one."),
        "rate_limited": TOO_OFTEN,
        "too_many_login_attempts": TOO_OFTEN,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only this portal, under the name by which it was called."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def post_login(self, request: HttpRequest, user: User, *, redirect_url: str | None, **how: Any) -> HttpResponse:
        """After signing in, the page that was asked for, in the account's own language; where the page of signing in
        was opened in another language than the portal's first one, that was a choice, and it stays."""
        url = get_login_redirect_url(request, redirect_url, signup=how["signup"])
        if not translation.get_language_from_path(request.path_info):
            url = translate_url(url, user.language)
        return super().post_login(request, user, redirect_url=url, **how)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever proved a moment ago who they are is not asked again."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        if message_template not in QUIET:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        if template_prefix not in OWED_ELSEWHERE:
            emails.account_notice(user=user, what=template_prefix.rpartition("/")[2], at=clock.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """:raises RuntimeError: always; a message of allauth's that the portal does not know."""
        raise RuntimeError(f"{template_prefix} would leave without being owed.")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Who needs a second factor keeps at least one. Its seed is sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": LAST_FACTOR,
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
    }

    def encrypt(self, text: str) -> str:
        return sealed.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return sealed.unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        user = authenticator.user
        return not user.needs_second_factor or own_factors(user) > 1
