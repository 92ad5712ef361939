"""What every view of the read-only API shares: kept and marked like a page, open to every site, errors as JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.public_marks import record_mark


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
    return JsonResponse({"detail": "There is nothing at this address. See /api/v1/."}, status=404)


not_found.is_public_page = True  # type: ignore[attr-defined]
