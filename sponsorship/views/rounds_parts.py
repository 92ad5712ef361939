"""What belongs to a round: assumed costs, and who assesses from outside the office."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import RegionGroup, State
from ccm_portal.core.views.fresh import asks_again
from committees.views.acting import pressed, tried
from sponsorship.domain import costs, round_people
from sponsorship.forms_rounds import AssessorForm, CostForm, assumed_now
from sponsorship.models import CostAssumption, Round
from sponsorship.rules_rounds import office_costs, office_places
from sponsorship.views.rounds_office import address, form_page, run_round


@private_page
def cost_new(request: HttpRequest, round: str) -> HttpResponse:
    """Assume costs of a journey from a State, a region, or anywhere."""
    found = run_round(request, round)
    form = CostForm(request.POST or None, initial={"version": 0})
    stands: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        done, stands = _assume(request, form, found, form.cleaned_data["state"], form.cleaned_data["region_group"])
        if done:
            messages.success(request, _("Saved."))
            return redirect(address(found))
    title = _("Assumed costs of a journey")
    return form_page(request, form, title=title, back=address(found), round=found, stands=stands)


@private_page
def cost_change(request: HttpRequest, round: str, pk: int) -> HttpResponse:
    """Other figures for the same origin."""
    found = run_round(request, round)
    cost = get_object_or_404(office_costs(request.user), round=found, pk=pk)
    form = CostForm(request.POST or None, fixed=True, initial=assumed_now(cost))
    stands: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        done, stands = _assume(request, form, found, cost.state, cost.region_group)
        if done:
            messages.success(request, _("Saved."))
            return redirect(address(found))
    where = cost.state.name if cost.state else cost.region_group.name if cost.region_group else _("Anywhere else")
    return form_page(
        request,
        form,
        title=_("Assumed costs of a journey"),
        lede=where,
        back=address(found),
        round=found,
        stands=stands,
        drop=reverse("sponsorship:cost-drop", args=[found.key, cost.pk]),
        drop_version=cost.version,
    )


def _assume(
    request: HttpRequest, form: CostForm, round: Round, state: State | None, region: RegionGroup | None
) -> tuple[CostAssumption | None, list[dict[str, Any]]]:
    told = form.cleaned_data
    return tried(
        form,
        lambda: costs.assume(
            round=round,
            state=state,
            region_group=region,
            figures=form.figures(),
            source=told["source"],
            version=told["version"],
            by=request.user,
            at=clock.now(),
        ),
        now=assumed_now,
    )


@private_page
@require_POST
def cost_drop(request: HttpRequest, round: str, pk: int) -> HttpResponse:
    """The next nearest counts again."""
    found = run_round(request, round)
    cost = get_object_or_404(office_costs(request.user), round=found, pk=pk)

    def do(version: int) -> object:
        return costs.drop(cost=cost, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("Saved."), to=address(found))


@private_page
def assessors(request: PrivateRequest, round: str) -> HttpResponse:
    """Who assesses the applications of a round, and whom to name."""
    found = run_round(request, round)
    form = AssessorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and not asks_again(request, form):
        told = form.cleaned_data
        place, _stands = tried(form, lambda: round_people.name(round=found, by=request.user, at=clock.now(), **told))
        if place:
            messages.success(request, _("%(name)s can assess this round now.") % {"name": place.user})
            return redirect("sponsorship:assessors", found.key)
    context = {
        "round": found,
        "form": form,
        "places": list(office_places(request.user).filter(content_object=found).order_by("pk")),
    }
    return render(request, "sponsorship/assessors.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def assessor_end(request: PrivateRequest, round: str, pk: int) -> HttpResponse:
    """End a place: from the person's next request on."""
    found = run_round(request, round)
    place = get_object_or_404(office_places(request.user), content_object=found, pk=pk)

    def do(version: int) -> object:
        return round_people.end(place=place, by=request.user, at=clock.now())

    done = _("%(name)s can no longer assess this round.") % {"name": place.user}
    return pressed(request, do, done=done, to=reverse("sponsorship:assessors", args=[found.key]))
