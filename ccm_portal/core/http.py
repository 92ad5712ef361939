"""The two kinds of page: public, which a proxy may keep, and private, which nobody keeps."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ccm_portal.core.models import User

View = Callable[..., HttpResponse]


def number_of(text: str) -> int:
    """A whole number that a page sent, such as the version it showed; 0 for anything else, which fits nothing."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class PrivateRequest(HttpRequest):
    """What a private page is asked with: somebody is signed in."""

    user: User  # type: ignore[assignment]


Mark = Callable[..., str | None]

# How long a drawn page is kept; its mark moves long before. Addresses with a query have no end, so they are kept
# only as long as one is looked at by many.
KEPT_SECONDS = 24 * 3600
KEPT_SECONDS_ASKED = 60


def public_page(mark: Mark | None = None, *, seconds: int = 60) -> Callable[[View], View]:
    """A page that is the same for everybody: no session, no cookie, no per-person fragment.

    ``mark`` takes what the view takes and says in one cheap query which version of the content stands now. An unchanged
    page is then answered 304 without being drawn, and a page once drawn is kept, compressed, until its mark moves.
    ``None`` means: draw, and keep nothing.
    """

    def decorate(view: View) -> View:
        def unchanged(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse | None:
            """The answer to a reader who holds what stands now."""
            told = mark(request, *args, **kwargs) if mark else None
            if told is None:
                return None
            tag = _digest(f"{as_set()}|{get_language()}|{request.get_host()}|{request.get_full_path()}|{told}")
            request.page_tag = tag  # type: ignore[attr-defined]
            return _told(HttpResponseNotModified(), tag, seconds) if _is_held(request, tag) else None

        @require_safe
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.is_public_page = True  # type: ignore[attr-defined]
            if not hasattr(request, "page_tag") and (answer := unchanged(request, *args, **kwargs)):
                return answer
            tag = getattr(request, "page_tag", None)
            if tag is None:
                return _fresh(request, _drawn(view(request, *args, **kwargs)), seconds)
            pages = caches["pages"]
            kept = pages.get(f"page:{tag}")
            if kept is None:
                response = _drawn(view(request, *args, **kwargs))
                if response.status_code != 200 or response.streaming:
                    return response
                kept = _Kept.of(response)
                pages.set(f"page:{tag}", kept, KEPT_SECONDS_ASKED if request.GET else KEPT_SECONDS)
            return _told(kept.answer(request), tag, seconds)

        page.is_public_page = True  # type: ignore[attr-defined]
        page.unchanged = unchanged  # type: ignore[attr-defined]
        return page

    return decorate


def as_set() -> str:
    """What is set on this machine and shows on pages: a page kept under other settings is not this one."""
    return (
        f"{settings.RELEASE}|{settings.DEMONSTRATION}|{settings.RECORD_BEGINS}|{settings.LATE_AFTER_UTC_OFFSET_HOURS}"
        f"|{settings.PARTICIPANTS_KEPT_DAYS}"
    )


@dataclass(frozen=True)
class _Kept:
    """A drawn page. Nothing on it is anyone's secret, so that compressing it gives nothing away."""

    content: bytes
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, response: HttpResponse) -> "_Kept":
        return cls(gzip.compress(response.content, 6, mtime=0), tuple(response.items()))

    def answer(self, request: HttpRequest) -> HttpResponse:
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(self.content if packed else gzip.decompress(self.content), headers=dict(self.headers))
        if packed:
            response["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def _drawn(response: HttpResponse) -> HttpResponse:
    """With its content at hand: some answers are drawn only when they are asked for it."""
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def _fresh(request: HttpRequest, response: HttpResponse, seconds: int) -> HttpResponse:
    if response.status_code != 200 or response.streaming:
        return response
    tag = _digest(response.content)
    if _is_held(request, tag):
        response = HttpResponseNotModified()
    return _told(response, tag, seconds)


def _digest(told: str | bytes) -> str:
    return hashlib.sha256(told.encode() if isinstance(told, str) else told).hexdigest()[:24]


def _is_held(request: HttpRequest, tag: str) -> bool:
    return f'"{tag}"' in request.headers.get("If-None-Match", "")


def _told(response: HttpResponse, tag: str, seconds: int) -> HttpResponse:
    """The tag is weak: one content, compressed or not."""
    response["Cache-Control"] = f"public, max-age={seconds}"
    response["ETag"] = f'W/"{tag}"'
    return response


def private_page(view: View) -> View:
    """A page for signed-in people. Nothing on the way may keep it."""
    return cache_control(private=True, no_store=True)(login_required(view))


def came_from_here(request: HttpRequest) -> bool:
    """Whether a page of this portal posted the form. Another site's text is never given back."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
