"""Positions on interpretation as everybody reads them: the topics, one topic across States, the list as files."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.sheets import CSV, XLSX
from ccm_portal.core.views.giving_out import given
from ccm_portal.core.views.marks import mark
from compliance.domain import positions_reading as reading
from compliance.filters_positions import PositionFilter, TopicFilter
from compliance.models import Topic
from compliance.rules_positions import public_positions
from reporting.domain.tables import Listing

PAGE = 50


@public_page(mark)
def position_list(request: HttpRequest) -> HttpResponse:
    """The topics; with a condition in the address, the positions that meet it."""
    filtered = PositionFilter(request.GET, queryset=public_positions())
    asked = bool(filtered.form.changed_data)
    context: dict[str, Any] = {"filter": filtered, "asked": asked, "topics": None if asked else reading.overview()}
    if asked:
        context["page"] = Paginator(filtered.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "compliance/position_list.html", context)


@public_page(mark)
def position_topic(request: HttpRequest, topic: str) -> HttpResponse:
    """What States say on one topic, beside each other."""
    found = get_object_or_404(Topic, key=topic)
    filtered = TopicFilter(request.GET, queryset=public_positions().filter(topic=found))
    asked = bool(set(filtered.form.changed_data) - {"sort"})
    withdrawn = [] if asked else reading.withdrawn_on(found)
    groups = reading.by_state(filtered.qs, withdrawn)
    context = {
        "topic": found,
        "filter": filtered,
        "asked": asked,
        "groups": groups,
        "speaking": sum(1 for group in groups if group.standing),
        "topics": Topic.objects.order_by("position"),
    }
    return render(request, "compliance/position_topic.html", context)


@public_page(mark)
def positions_csv(request: HttpRequest) -> HttpResponse:
    """The list that the address asks for, whole."""
    with override(_language(request)):
        return given(_listing(request, coded=True).csv(), "ccm-positions.csv", kind=CSV)


@public_page(mark)
def positions_xlsx(request: HttpRequest) -> HttpResponse:
    language = _language(request)
    with override(language):
        content = _listing(request).xlsx(at=clock.now(), language=language)
        return given(content, "ccm-positions.xlsx", kind=XLSX)


def _listing(request: HttpRequest, *, coded: bool = False) -> Listing:
    found = PositionFilter(request.GET, queryset=public_positions()).qs
    return reading.listing(found, site=settings.SITE_ADDRESS.rstrip("/"), coded=coded)


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else "en"
