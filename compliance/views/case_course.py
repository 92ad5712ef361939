"""Where a case goes: its next action, and its outcome."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of
from ccm_portal.core.workflow import available
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from compliance.domain import case_next, case_outcomes
from compliance.forms_casework import NextForm, OutcomeForm
from compliance.models import CasePlace, ComplianceCase
from compliance.rules import team_of
from compliance.views.case_pages import case_frame, case_page


@case_page("compliance.write_case")
def case_next_action(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """What is to be done next, whose it is, by when."""
    form = NextForm(request.POST or None, team=team_of(case), initial=_next(case))
    stands = None
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            case_next.set_next(
                case=case,
                action=cleaned["action"],
                owner=form.person(cleaned["owner"]),
                due=cleaned["due"],
                version=cleaned["version"],
                by=request.user,
                at=clock.now(),
            )
        except WorkChanged as refusal:
            stands = offered_again(form, now=_next(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(case.get_absolute_url())
    context = case_frame(request, case, place, "case-next") | {"form": form, "stands": stands}
    return render(request, "compliance/case_next.html", context, status=422 if form.errors else 200)


@case_page("compliance.lead_case")
def case_outcome(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """How the matter ends or goes on."""
    arrows = available(case_outcomes.OUTCOMES, case, request.user)
    form = OutcomeForm(request.POST or None, arrows=arrows, initial={"version": case.version})
    if form.is_valid():
        try:
            case_outcomes.settle(case=case, by=request.user, at=clock.now(), **form.cleaned_data)
        except WorkChanged as refusal:
            offered_again(form, now={"version": refusal.now.version}, why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Recorded, with the reasons."))
            return redirect(case.get_absolute_url())
    context = case_frame(request, case, place, "case-outcome") | {"form": form, "arrows": arrows}
    return render(request, "compliance/case_outcome.html", context, status=422 if form.errors else 200)


@require_POST
@case_page("compliance.write_case")
def case_begin(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """The informal track begins."""
    version = number_of(request.POST.get("version", ""))
    try:
        case_outcomes.begin(case=case, version=version, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The informal track has begun."))
    return redirect(case.get_absolute_url())


def _next(case: Any) -> dict[str, Any]:
    return {
        "version": case.version,
        "action": case.next_action,
        "owner": str(case.next_owner_id or ""),
        "due": case.next_due,
    }
