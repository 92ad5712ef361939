"""A round as one page: the officer's."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.seen import SeenForm
from sponsorship import workflow_settlement as workflow
from sponsorship.domain import account_list, round_next, round_page
from sponsorship.rules import office_rounds


@private_page
@require_safe
def round_desk(request: PrivateRequest, round: str) -> HttpResponse:
    """Money, offers, people, dangers, what is unsettled, and what comes next."""
    found = get_object_or_404(office_rounds(request.user), key=round)
    on = clock.today()
    page = round_page.of_round(found, on=on)
    context = {
        "round": found,
        "page": page,
        "words": round_page.in_words(page),
        "next": round_next.what_comes_next(page, on=on),
        "on": on,
        "reports": account_list.of_round(found),
        "close": workflow.SETTLE_ROUND,
        "can_close": workflow.SETTLE_ROUND.starts_at(found),
        "seen": SeenForm(initial={"version": found.version}),
    }
    return render(request, "sponsorship/round_desk.html", context)
