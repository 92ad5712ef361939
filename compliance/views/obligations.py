"""What everybody reads of obligations: all States, one State, and the list as a file."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.models import State
from ccm_portal.core.sheets import CSV
from ccm_portal.core.views.giving_out import given
from ccm_portal.core.views.marks import mark
from compliance.domain import obligation_words, progress
from compliance.domain.obligations import day_that_ended, obligations
from compliance.enums import ObligationKind
from compliance.filters_obligations import ObligationFilter

PAGE = 100
REPORTS = (ObligationKind.INITIAL_REPORT, ObligationKind.ANNUAL_REPORT, ObligationKind.RETENTION_REPORT)


def _filtered(request: HttpRequest) -> ObligationFilter:
    bound = State.objects.exclude(entry_into_force=None).select_related("region_group").by_name()
    return ObligationFilter(request.GET, queryset=bound)


@public_page(mark)
def obligation_list(request: HttpRequest) -> HttpResponse:
    filtered, on = _filtered(request), day_that_ended(clock.now())
    page = Paginator(filtered.rows(on=on), PAGE).get_page(request.GET.get("page"))
    rows = [obligation_words.shown(row, on=on) for row in page.object_list]
    return render(
        request, "compliance/obligation_list.html", {"filter": filtered, "page": page, "rows": rows, "on": on}
    )


@public_page(mark)
def obligations_csv(request: HttpRequest) -> HttpResponse:
    """The list that the address asks for, whole."""
    rows = _filtered(request).rows(on=day_that_ended(clock.now()))
    return given(obligation_words.csv(rows, site=settings.SITE_ADDRESS.rstrip("/")), "ccm-obligations.csv", kind=CSV)


@public_page(mark)
def state_obligations(request: HttpRequest, state: str) -> HttpResponse:
    """All that one State owes and has owed."""
    found = get_object_or_404(State.objects.select_related("region_group").with_clocks(), slug=state)
    on = day_that_ended(clock.now())
    first = found.entry_into_force.year if found.entry_into_force else on.year
    rows = [obligation_words.shown(one, on=on) for one in obligations([found], on=on, years=range(first, on.year + 1))]
    told = progress.reported(found)
    context = {
        "state": found,
        "on": on,
        "clocks": [(one, progress.progress(one.row, told)) for one in rows if one.row.is_clock],
        "others": [one for one in rows if not one.row.is_clock and one.row.kind not in REPORTS],
        "reports": [one for one in reversed(rows) if one.row.kind in REPORTS],
    }
    return render(request, "compliance/state_obligations.html", context)
