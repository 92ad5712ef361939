"""The two kinds of page: public, which a proxy may keep, and private, which nobody keeps."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ccm_portal.core.models import User

View = Callable[..., HttpResponse]


class PrivateRequest(HttpRequest):
    """What a private page is asked with: somebody is signed in."""

    user: User  # type: ignore[assignment]


Mark = Callable[..., str | None]


def public_page(mark: Mark | None = None, *, seconds: int = 60) -> Callable[[View], View]:
    """A page that is the same for everybody: no session, no cookie, no per-person fragment.

    ``mark`` takes what the view takes and says in one cheap query which version of the content
    stands now; an unchanged page is then answered 304 without being drawn. ``None`` means: draw.
    """

    def decorate(view: View) -> View:
        @require_safe
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.is_public_page = True  # type: ignore[attr-defined]
            etag = _etag(request, mark(request, *args, **kwargs)) if mark else None
            if etag and etag in request.headers.get("If-None-Match", ""):
                return _kept(HttpResponseNotModified(), etag, seconds)
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            return _kept(response, etag or _content_etag(response), seconds, request)

        page.is_public_page = True  # type: ignore[attr-defined]
        return page

    return decorate


def _etag(request: HttpRequest, mark: str | None) -> str | None:
    if mark is None:
        return None
    told = f"{settings.RELEASE}|{get_language()}|{request.get_full_path()}|{mark}"
    return quote_etag(hashlib.sha256(told.encode()).hexdigest()[:24])


def _content_etag(response: HttpResponse) -> str | None:
    if response.streaming:
        return None
    return quote_etag(hashlib.sha256(response.content).hexdigest()[:24])


def _kept(response: HttpResponse, etag: str | None, seconds: int, request: HttpRequest | None = None) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={seconds}"
    if etag:
        response["ETag"] = etag
        if request and etag in request.headers.get("If-None-Match", ""):
            return _kept(HttpResponseNotModified(), etag, seconds)
    return response


def private_page(view: View) -> View:
    """A page for signed-in people. Nothing on the way may keep it."""
    return cache_control(private=True, no_store=True)(login_required(view))
