"""One matter: what is asked, on whose word, who is named in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest
from compliance.enums import Side
from compliance.models import CasePlace, ComplianceCase
from compliance.panels_cases import case_panels
from compliance.rules import visible_sources
from compliance.views.case_pages import case_frame, case_page


@require_safe
@case_page("compliance.read_case")
def case(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """What everybody named in it sees; and to each what their place shows beside it."""
    context = case_frame(request, case, place, "case") | {
        "panels": case_panels(case, request.user, place, at=clock.now()),
        "of_the_team": place.side == Side.TEAM,
        "sources": visible_sources(request.user, case),
    }
    return render(request, "compliance/case.html", context)
