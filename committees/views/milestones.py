"""One step of a work plan: said otherwise, taken out, done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.permissions import require
from committees.domain import plans
from committees.domain.said import WorkChanged, WorkRefused
from committees.enums import PlanStatus
from committees.forms_plans import EditMilestoneForm, FinishMilestoneForm
from committees.models import Milestone
from committees.rules_workspace import visible_plans
from committees.views.stale import offered_again
from committees.views.workspace import frame


@private_page
def milestone(request: PrivateRequest, key: str, pk: int, step: int) -> HttpResponse:
    """``do`` says what is done with it: save, finish, reopen or remove."""
    plan = get_object_or_404(visible_plans(request.user), body__key=key, pk=pk)
    require(request.user, "committees.lead_work", plan)
    row = get_object_or_404(Milestone.objects.select_related("plan__body", "term__state"), plan=plan, pk=step)
    row.plan = plan
    posted = request.POST if request.method == "POST" else None
    do = posted.get("do", "save") if posted is not None else ""
    today = clock.today()
    form = EditMilestoneForm(
        posted if do == "save" else None, initial=_initial(row), body=plan.body, on=today, now=row.term
    )
    ending = FinishMilestoneForm(
        posted if do == "finish" else None,
        initial={"version": row.version, "done_on": today, "outcome": row.outcome},
        auto_id="done_%s",
    )
    stands, why = None, ""
    if do in {"remove", "reopen"} or form.is_valid() or ending.is_valid():
        try:
            told = _do(request, row, do, form, ending)
        except WorkChanged as refusal:
            if do == "save":
                stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
            why = "" if do == "save" else str(refusal)
        except WorkRefused as refusal:
            why = str(refusal)
        else:
            messages.success(request, told)
            return redirect("committees:plan", key=key, pk=pk)
    if why:
        (form if do == "save" else ending).errors.setdefault("__all__", form.error_class([why]))
        row.refresh_from_db()
    context = frame(request, plan.body, "plan-list") | {
        "plan": plan,
        "row": row,
        "cited": plans.cited(row),
        "form": form if plan.status == PlanStatus.DRAFT or form.errors else None,
        "ending": ending,
        "stands": stands,
        "why": why,
    }
    return render(
        request, "committees/milestone.html", context, status=422 if why or form.errors or ending.errors else 200
    )


def _do(request: PrivateRequest, row: Milestone, do: str, form: Any, ending: Any) -> str:
    """Carry it out, and say so."""
    by = {"milestone": row, "by": request.user, "at": clock.now()}
    seen = number_of(request.POST.get("version", ""))
    if do == "remove":
        plans.remove_milestone(version=seen, **by)
        return _("The step is taken out.")
    if do == "reopen":
        plans.finish_milestone(done_on=None, outcome=row.outcome, version=seen, **by)
        return _("It is open again.")
    if do == "finish":
        plans.finish_milestone(**ending.cleaned_data, **by)
        return _("Done.")
    plans.edit_milestone(**form.cleaned_data, **by)
    return _("Saved.")


def _initial(row: Any) -> dict[str, Any]:
    return {
        "text": row.text,
        "actions": ", ".join(str(number) for number in row.actions.order_by("number").values_list("number", flat=True)),
        "term": row.term_id,
        "due": row.due,
        "version": row.version,
    }
