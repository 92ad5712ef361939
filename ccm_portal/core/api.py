"""What every view of the read-only API shares: kept and marked like a page, open to every site, errors as JSON."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.public_marks import record_mark


class OneForm(BaseContentNegotiation):
    """Each address has one form and gives it to everybody: a browser, which asks for a page, gets it too, not 406."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        return next(iter(parsers), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        only = next(iter(renderers))
        return only, str(only.media_type)


def mark(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return record_mark(at=clock.now())


def public_api(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that anyone may read from anywhere. Other methods are refused by the view itself, in JSON."""
    kept = public_page(mark)(view)

    @csrf_exempt
    @wraps(view)
    def api(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reads = request.method in {"GET", "HEAD"}
        response = kept(request, *args, **kwargs) if reads else view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    api.is_public_page = True  # type: ignore[attr-defined]
    return api


def not_found(request: HttpRequest, **kwargs: Any) -> JsonResponse:
    """An address that the API does not have."""
    return JsonResponse({"detail": "There is nothing at this address. See /data/ and /api/v1/."}, status=404)


not_found.is_public_page = True  # type: ignore[attr-defined]
