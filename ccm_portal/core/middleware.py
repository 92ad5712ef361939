"""What every request passes."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]

# Where a person who has not yet shown a second factor may go: there and out.
BEFORE_SECOND_FACTOR = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_login_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    }
)


class LanguageFromPath:
    """The language is in the address and nowhere else, so that a proxy may keep a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor: a code, or a passkey."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request))


class SecondFactorRequired:
    """No page but the sign-in's own opens to a session without a second factor, where the person's
    roles ask for one. The admin site is no exception. Public pages do not ask who is reading."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if getattr(view, "is_public_page", False) or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if match and match.view_name in BEFORE_SECOND_FACTOR:
            return None
        if not request.user.needs_second_factor or has_second_factor(request):
            return None
        if is_mfa_enabled(request.user):
            return redirect("mfa_reauthenticate")
        return redirect("mfa_activate_totp")
