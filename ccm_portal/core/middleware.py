"""What every request passes."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from ccm_portal.core.accounts import has_second_factor
from ccm_portal.core.factors import own_factors

Answer = Callable[[HttpRequest], HttpResponse]

# Where a signed-in person may go whose account has no second factor yet: to set one up, and out.
TO_SET_UP = frozenset(
    {
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
    }
)
# And where, if the account has one that this session has not shown: to show it, and out.
TO_SHOW = frozenset({"account_login", "account_logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"})


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


class Unchanged:
    """Tells a reader who holds a public page that it still stands, before anything that only a new answer needs."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._answer(request) or self.get_response(request)

    def _answer(self, request: HttpRequest) -> HttpResponse | None:
        if request.method not in ("GET", "HEAD") or "If-None-Match" not in request.headers:
            return None
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return None
        unchanged = getattr(match.func, "unchanged", None)
        return unchanged(request, *match.args, **match.kwargs) if unchanged else None


class SecondFactorRequired:
    """No page but the sign-in's own opens to a session without a second factor, where the person's
    roles ask for one. The admin site is no exception. Public pages do not ask who is reading.

    A password changed by mail, a password typed again, an accepted invitation: none of them is a
    second factor, and only a session that showed one counts, whatever the account has.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if getattr(view, "is_public_page", False) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.user.is_authenticated or not request.user.needs_second_factor or has_second_factor(request):
            return None
        allowed, door = (
            (TO_SHOW, "mfa_reauthenticate") if own_factors(request.user) else (TO_SET_UP, "mfa_activate_totp")
        )
        if request.resolver_match and request.resolver_match.view_name in allowed:
            return None
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse(settings.LOGIN_REDIRECT_URL)
        return redirect(f"{reverse(door)}?{urlencode({'next': back})}")
