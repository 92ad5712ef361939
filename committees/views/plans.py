"""The work plan of a body, as its workspace writes it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.workflow import available
from committees import workflow_workspace as workflow
from committees.domain import plans
from committees.domain.said import WorkChanged, WorkRefused
from committees.enums import PlanStatus
from committees.forms_plans import EditPlanForm, MilestoneForm, PlanForm
from committees.models import WorkPlan
from committees.rules_workspace import visible_plans
from committees.views.stale import offered_again
from committees.views.workspace import body_of, frame

ARROWS = {arrow.name: arrow for arrow in (workflow.PUBLISH_PLAN, workflow.UNPUBLISH_PLAN, workflow.CLOSE_PLAN)}


@require_safe
@private_page
def plan_list(request: PrivateRequest, key: str) -> HttpResponse:
    body = body_of(request, key)
    rows = visible_plans(request.user).filter(body=body).order_by("-starts", "-pk")
    return render(request, "committees/plan_list.html", frame(request, body, "plan-list") | {"plans": rows})


@private_page
def plan_new(request: PrivateRequest, key: str) -> HttpResponse:
    body = body_of(request, key)
    require(request.user, "committees.lead_body", body)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            plan = plans.begin_plan(body=body, by=request.user, at=clock.now(), **_words(form))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Begun, as a draft. Add its steps."))
            return redirect("committees:plan", key=body.key, pk=plan.pk)
    context = frame(request, body, "plan-list") | {"form": form}
    return render(request, "committees/plan_new.html", context, status=422 if form.errors else 200)


@private_page
def plan(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    """The plan with its steps; here its leaders change its words and add steps, while it is a draft."""
    row = _plan(request, key, pk)
    posted = request.POST if request.method == "POST" else None
    adds = posted is not None and posted.get("do") == "add"
    if posted is not None:
        require(request.user, "committees.lead_work", row)
    form = EditPlanForm(None if adds else posted, initial=_initial(row))
    step = MilestoneForm(posted if adds else None, body=row.body, on=clock.today(), auto_id="step_%s")
    stands = None
    if step.is_valid() or form.is_valid():
        try:
            if adds:
                plans.add_milestone(plan=row, by=request.user, at=clock.now(), **step.cleaned_data)
            else:
                version = form.cleaned_data["version"]
                plans.edit_plan(plan=row, version=version, by=request.user, at=clock.now(), **_words(form))
        except WorkChanged as refusal:
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            (step if adds else form).add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("committees:plan", key=key, pk=pk)
    wrong = bool(form.errors or step.errors)
    writes = may(request.user, "committees.lead_work", row) and (row.status == PlanStatus.DRAFT or wrong)
    context = frame(request, row.body, "plan-list") | {
        "plan": row,
        "last_day": row.ends - timedelta(days=1),
        "steps": steps_of(row),
        "form": form if writes else None,
        "step": step if writes else None,
        "stands": stands,
        "arrows": available(ARROWS.values(), row, request.user),
    }
    return render(request, "committees/plan.html", context, status=422 if wrong else 200)


@private_page
@require_POST
def plan_move(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    """Publish it, take it back to a draft, or close it: ``do`` names the arrow."""
    row = _plan(request, key, pk)
    require(request.user, "committees.lead_work", row)
    arrow = ARROWS.get(request.POST.get("do", ""))
    if arrow is None:
        return redirect("committees:plan", key=key, pk=pk)
    try:
        version = number_of(request.POST.get("version", ""))
        row = plans.move_plan(plan=row, transition=arrow, version=version, by=request.user, at=clock.now())
    except WorkChanged:
        messages.info(request, _("The plan was changed after you opened the page. Read it again, then decide."))
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        told = {
            PlanStatus.PUBLISHED: _("Everybody can read the plan now."),
            PlanStatus.DRAFT: _("The plan is a draft again. Only who works here can read it."),
            PlanStatus.CLOSED: _("The plan is closed."),
        }
        messages.success(request, told[PlanStatus(row.status)])
    return redirect("committees:plan", key=key, pk=pk)


def steps_of(row: WorkPlan) -> list[dict[str, Any]]:
    """The steps in their order, each with what it cites. Three queries."""
    rows = row.milestones.select_related("term__state").prefetch_related("actions__plan").order_by("position", "pk")
    return [{"milestone": milestone, "cited": plans.cited(milestone)} for milestone in rows]


def _plan(request: PrivateRequest, key: str, pk: int) -> WorkPlan:
    return get_object_or_404(visible_plans(request.user), body__key=key, pk=pk)


def _words(form: PlanForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("title", "text", "starts", "ends")}


def _initial(row: Any) -> dict[str, Any]:
    return {
        "title": row.title,
        "text": row.text,
        "starts": row.starts,
        "last": row.ends - timedelta(days=1),
        "version": row.version,
    }
