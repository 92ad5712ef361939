"""Search over everything public."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ccm_portal.core import clock, search
from ccm_portal.core.http import public_page
from ccm_portal.core.public_marks import record_mark

LIMIT = 20
LONGEST = 100


def mark(request: HttpRequest) -> str:
    return record_mark(at=clock.now())


@public_page(mark)
def search_page(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    found: list[tuple[Any, Any]] = search.search(words, limit=LIMIT) if words else []
    context = {"words": words, "found": found, "limit": LIMIT, "longest": LONGEST}
    return render(request, "dashboard/search.html", context)
