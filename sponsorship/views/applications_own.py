"""A State's own pages of sponsorship: the calls, what it asked for, where everything stands, beginning one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from committees.domain.said import WorkRefused
from sponsorship.domain import application_desk, applications, nominees, standing
from sponsorship.models import Application
from sponsorship.rules import own_applications, own_offers, public_rounds
from sponsorship.rules_applications import applying_states
from sponsorship.views.applications_found import OWN

# To applicants a round that is decided looks like one that is closed: sending is refused then, in words.
TAKES_APPLICATIONS = ("open", "closed", "decided")


@private_page
@require_safe
def my_sponsorship(request: PrivateRequest, state: str) -> HttpResponse:
    """Calls that take applications, what the State asked for and where it stands, earlier sponsorship."""
    its = get_object_or_404(applying_states(request.user), slug=state)
    at = clock.now()
    on = at.date()
    mine = list(own_applications(request.user).filter(state=its).order_by("-round__meeting__starts", "pk"))
    begun = {one.round_id for one in mine}
    calls = public_rounds().filter(status__in=TAKES_APPLICATIONS).exclude(pk__in=begun).order_by("closes_at", "pk")
    offers = own_offers(request.user).filter(nominee__application__state=its).prefetch_related("duties")
    context = {
        "state": its,
        "on": on,
        "calls": [(call, at > call.closes_at) for call in calls],
        "rows": [(one, standing.of_application(one, on=on)) for one in mine],
        "past": application_desk.past_of(list(offers)),
    }
    return render(request, "sponsorship/my_sponsorship.html", context)


@private_page
@require_safe
def application(request: PrivateRequest, state: str, round: str) -> HttpResponse:
    """A State's application in a round: before it is begun, whether the State qualifies; then all of it, and where each
    person stands."""
    its = get_object_or_404(applying_states(request.user), slug=state)
    mine = own_applications(request.user).filter(state=its, round__key=round).first()
    call = mine.round if mine else get_object_or_404(public_rounds(), key=round)
    on = clock.now().date()
    context: dict[str, Any] = {
        "state": its,
        "round": call,
        "application": mine,
        "eligibility": application_desk.eligible(call, its, mine, on=on),
        "may_begin": call.status in TAKES_APPLICATIONS,
        "late": clock.now() > call.closes_at,
        "on": on,
        "names": OWN,
    }
    if mine is None:
        return render(request, "sponsorship/application_begin.html", context)
    return render(request, "sponsorship/application.html", context | whole(request, mine))


def whole(request: PrivateRequest, mine: Application) -> dict[str, Any]:
    """What a page says of an application that is begun."""
    on, user = clock.now().date(), request.user
    rows = application_desk.people(mine, on=on)
    return {
        "standing": standing.of_application(mine, on=on),
        "rows": rows,
        "order": nominees.order_of(row.person for row in rows),
        "missing": applications.missing(mine) if mine.status == "draft" else [],
        "is_draft": mine.status == "draft",
        "is_sent": mine.status == "endorsed",
        "open_still": mine.round.status in TAKES_APPLICATIONS,
        "may_endorse": may(user, "sponsorship.endorse_application", mine),
        "may_withdraw": may(user, "sponsorship.withdraw_application", mine),
    }


@private_page
@require_POST
def application_begin(request: PrivateRequest, state: str, round: str) -> HttpResponse:
    """Begin; who was quicker has begun it for both."""
    its = get_object_or_404(applying_states(request.user), slug=state)
    call = get_object_or_404(public_rounds(), key=round)
    require(request.user, "sponsorship.write_application", its)
    try:
        applications.begin(round=call, state=its, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The draft is begun. Only your delegation can see it."))
    return redirect("sponsorship:application", state=its.slug, round=call.key)
