"""Observers' own programmes: how many people their organisation brings to the meeting of a round, in numbers alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import Organisation
from ccm_portal.core.permissions import require
from committees.views.acting import pressed, tried
from meetings.rules_people import observing_organisations
from sponsorship.domain import programmes
from sponsorship.enums import RoundStatus
from sponsorship.forms_policies import ProgrammeForm
from sponsorship.models import ObserverProgramme
from sponsorship.rules_rounds import own_programmes, rounds_with_programmes

NOTE = "sponsorship.note_programme"


def _organisation(request: PrivateRequest) -> Organisation:
    """The one that the address names, of those for which this person acts; else the first."""
    mine = list(observing_organisations(request.user).by_name())
    wanted = request.GET.get("for", "")
    found = next((one for one in mine if one.key == wanted), mine[0] if mine else None)
    require(request.user, NOTE, found)
    assert found is not None
    return found


@private_page
@require_safe
def my_programmes(request: PrivateRequest) -> HttpResponse:
    """The rounds, and what one's organisations said for each."""
    require(request.user, NOTE, None)
    said = {(one.round_id, one.organisation_id): one for one in own_programmes(request.user)}
    organisations = list(observing_organisations(request.user).by_name())
    rounds = list(rounds_with_programmes(request.user).order_by("-meeting__starts", "pk"))
    rows = [(round, one, said.get((round.pk, one.pk))) for round in rounds for one in organisations]
    return render(request, "sponsorship/my_programmes.html", {"rows": rows})


@private_page
def my_programme(request: PrivateRequest, round: str) -> HttpResponse:
    """What one organisation brings to the meeting of one round."""
    organisation = _organisation(request)
    found = get_object_or_404(rounds_with_programmes(request.user), key=round)
    row = own_programmes(request.user).filter(round=found, organisation=organisation).first()
    form = ProgrammeForm(request.POST or None, initial=_now(row) if row else {"version": 0})
    stands: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        done, stands = tried(
            form,
            lambda: programmes.note(round=found, organisation=organisation, by=request.user, at=clock.now(), **told),
            now=_now,
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect("sponsorship:my-programmes")
    context = {
        "round": found,
        "organisation": organisation,
        "row": row,
        "form": form,
        "stands": stands,
        "is_over": found.status == RoundStatus.SETTLED,
    }
    return render(request, "sponsorship/my_programme.html", context, status=422 if form.is_bound else 200)


@private_page
@require_POST
def programme_take_back(request: PrivateRequest, round: str) -> HttpResponse:
    """Say nothing of it any more."""
    organisation = _organisation(request)
    row = get_object_or_404(own_programmes(request.user), round__key=round, organisation=organisation)

    def do(version: int) -> object:
        return programmes.take_back(programme=row, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("Saved."), to=reverse("sponsorship:my-programmes"))


def _now(row: ObserverProgramme) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("persons", "women", "about", "version")}
