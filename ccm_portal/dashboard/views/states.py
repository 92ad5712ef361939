"""The States: the list, and a page for each."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccm_portal.core import clock, due_items, panels
from ccm_portal.core.http import public_page
from ccm_portal.core.models import State
from ccm_portal.core.public_marks import record_mark
from ccm_portal.dashboard.filters import StateFilter
from ccm_portal.dashboard.state_dates import timeline
from compliance.domain import obligation_words
from compliance.domain.obligation_rows import CLOCKS
from compliance.domain.obligations import day_that_ended, obligations
from compliance.enums import Standing


def mark(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return record_mark(at=clock.now())


@public_page(mark)
def state_list(request: HttpRequest) -> HttpResponse:
    filtered = StateFilter(request.GET, queryset=State.objects.select_related("region_group").by_name())
    page = Paginator(filtered.qs, 200).get_page(request.GET.get("page"))
    return render(request, "dashboard/state_list.html", {"filter": filtered, "page": page})


@public_page(mark)
def state_detail(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    on = now.date()
    state = get_object_or_404(State.objects.select_related("region_group").with_clocks(), slug=slug)
    clocks = obligations([state], on=day_that_ended(now), years=(), kinds=CLOCKS.values())
    context = {
        "state": state,
        "on": on,
        "events": timeline(state, on=on),
        "obligations": [obligation_words.shown(row, on=on) for row in clocks if row.standing != Standing.ENDED],
        "due": due_items.due_items(on=on, states=State.objects.filter(pk=state.pk)),
        "panels": panels.state_panels(state, at=now),
    }
    return render(request, "dashboard/state_detail.html", context)
