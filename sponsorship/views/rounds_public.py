"""What the world reads of sponsorship: the rounds, the rules of each, what a journey is assumed to cost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.views.marks import mark
from sponsorship import panels_rounds
from sponsorship.domain import round_reading
from sponsorship.rules_rounds import public_policies, readable_rounds


@public_page(mark)
def round_list(request: HttpRequest) -> HttpResponse:
    """All rounds; those that can be applied to first."""
    rows = [(one, *round_reading.badge(one)) for one in round_reading.listed(readable_rounds())]
    return render(request, "sponsorship/round_list.html", {"rows": rows, "policy": public_policies().first()})


@public_page(mark)
def round_detail(request: HttpRequest, round: str) -> HttpResponse:
    """One round: call, dates, rules, assumed costs."""
    found = get_object_or_404(readable_rounds(), key=round)
    badge, words = round_reading.badge(found)
    at = clock.now()
    context = {
        "round": found,
        "meeting": found.meeting,
        "badge": badge,
        "badge_label": words,
        "is_open": round_reading.is_open_now(found, at=at),
        "rules": round_reading.rules_in_words(found.policy),
        "costs": round_reading.cost_rows(found),
        "moved": list(found.closing_changes.order_by("pk")),
        "has_money": round_reading.has_money(found, on=at.date()),
        "panels": panels_rounds.round_panels(found, at=at),
        "on": at.date(),
    }
    return render(request, "sponsorship/round_detail.html", context)


@public_page(mark)
def policy_detail(request: HttpRequest, number: int) -> HttpResponse:
    """One adopted version of the rules."""
    policy = get_object_or_404(public_policies(), number=number)
    context = {
        "policy": policy,
        "rules": round_reading.rules_in_words(policy),
        "rounds": readable_rounds().filter(policy=policy).order_by("-meeting__starts", "pk"),
        "newest": public_policies().first(),
    }
    return render(request, "sponsorship/policy_detail.html", context)
