"""What every page of a case goes through, once: find it (404), may this person (403), did they sign in just now where
that is asked, and the reading is noted.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.views.fresh import signed_in_just_now, to_sign_in_again
from compliance.models import CasePlace, ComplianceCase
from compliance.panels_cases import case_tabs
from compliance.rules import place_in, visible_cases

READING = ("GET", "HEAD")
SHOWN = (200, 422)  # answers that hold the page, also the one that a form comes back on
CasePage = Callable[..., HttpResponse]


def case_page(perm: str, *, fresh: bool = False, what: str = "case") -> Callable[[CasePage], Callable[..., Any]]:
    """A page of one case, at an address with ``<uuid:case>``. The view is called as ``view(request, case, place, …)``.

    For whoever is not named in the case it does not exist. ``fresh`` asks for a sign-in within the last five minutes.
    ``what`` says in the record of readings what was read; it may name arguments of the address: ``"file:{number}"``.
    """

    def decorate(view: CasePage) -> Callable[..., Any]:
        @private_page
        @wraps(view)
        def page(request: PrivateRequest, *, case: Any, **kwargs: Any) -> HttpResponse:
            found = get_object_or_404(visible_cases(request.user), pk=case)
            require(request.user, perm, found)
            place = place_in(request.user, found)
            if place is None:
                raise Http404
            if fresh and not signed_in_just_now(request):
                first = reverse("compliance:case", args=[found.pk])
                return to_sign_in_again(request.get_full_path() if request.method in READING else first)
            try:
                answer = view(request, found, place, **kwargs)
            except ComplianceCase.DoesNotExist as gone:
                raise Http404 from gone
            if answer.status_code in SHOWN:
                found.readings.create(user=request.user, what=what.format(**kwargs), at=clock.now())
            return answer

        return page

    return decorate


def case_frame(request: PrivateRequest, case: ComplianceCase, place: CasePlace, here: str) -> dict[str, Any]:
    """What the head of each page of a case needs (``compliance/case_base.html``); ``here`` names its address."""
    tabs = [(_("The matter"), "case"), *case_tabs(case, place)]
    return {
        "case": case,
        "place": place,
        "on": clock.today(),
        "may_write": may(request.user, "compliance.write_case", case),
        "may_lead": may(request.user, "compliance.lead_case", case),
        "may_answer": may(request.user, "compliance.answer_case", case),
        "tabs": [
            {"label": label, "url": reverse(f"compliance:{name}", args=[case.pk]), "current": name == here}
            for label, name in tabs
        ],
    }
