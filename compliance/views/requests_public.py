"""What the world reads of extension requests: the list, its file, one request with its versions."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.http import public_page
from ccm_portal.core.sheets import CSV
from ccm_portal.core.views.giving_out import given, given_out
from ccm_portal.core.views.marks import mark
from compliance.domain import request_changes, request_reading
from compliance.filters_requests import RequestFilter
from compliance.models import ExtensionRequest, of_address
from compliance.panels_requests import request_panels
from compliance.rules_requests import public_intents, public_request_files, public_requests

PAGE = 50


@public_page(mark)
def request_list(request: HttpRequest) -> HttpResponse:
    filtered = RequestFilter(request.GET, queryset=request_reading.readable())
    page = Paginator(filtered.qs, PAGE).get_page(request.GET.get("page"))
    rows = [(one, *request_reading.badge(one)) for one in request_reading.as_public(page.object_list)]
    return render(request, "compliance/request_list.html", {"filter": filtered, "page": page, "rows": rows})


@public_page(mark)
def requests_csv(request: HttpRequest) -> HttpResponse:
    """The list that the address asks for, whole."""
    filtered = RequestFilter(request.GET, queryset=request_reading.readable())
    content = request_changes.csv(request_reading.as_public(filtered.qs), site=settings.SITE_ADDRESS.rstrip("/"))
    return given(content, "ccm-extension-requests.csv", kind=CSV)


@public_page(mark)
def request_detail(request: HttpRequest, state: str, clock: str, number: int) -> HttpResponse:
    """One request. Where it is only an intent, that alone."""
    at = portal_clock.now()
    asked = of_address(state, clock, number)
    found = request_reading.whole(public_requests()).filter(asked).first()
    if found is None:
        intent = public_intents().filter(asked).first()
        if intent is None:
            raise Http404
        found = request_reading.intent_alone(intent)
        return render(request, "compliance/request_intent.html", _frame(found, at))
    context = _frame(found, at) | request_reading.told(found, at=at)
    context["panels"] = request_panels(found, at=at)
    return render(request, "compliance/request_detail.html", context)


def _frame(found: ExtensionRequest, at: datetime) -> dict[str, Any]:
    status, label = request_reading.badge(found)
    return {
        "extension": found,
        "state": found.state,
        "title": request_reading.title_of(found),
        "article": request_reading.article_of(found.clock),
        "badge": status,
        "badge_label": label,
        "on": at.date(),
    }


@public_page(mark)
def request_changes_between(
    request: HttpRequest, state: str, clock: str, number: int, older: int, newer: int
) -> HttpResponse:
    """What a revised request says otherwise, and why it was revised."""
    found = get_object_or_404(request_reading.whole(public_requests()), of_address(state, clock, number))
    versions = {one.number: one for one in found.versions.all()}
    if older not in versions or newer not in versions or older >= newer:
        raise Http404
    before, after = (request_reading.content_of(versions[one], found) for one in (older, newer))
    notes = [(one, versions[one].note) for one in range(older + 1, newer + 1)]
    context = _frame(found, portal_clock.now()) | {
        "older": versions[older],
        "newer": versions[newer],
        "changes": request_changes.between(before, after),
        "language": after.language,
        "notes": notes,
    }
    return render(request, "compliance/request_changes.html", context)


@public_page()
def request_file(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """An annex of a lodged version."""
    annex = get_object_or_404(public_request_files(), pk=pk)
    return given_out(request, annex.file, annex.file.name, cache="public, max-age=60")
