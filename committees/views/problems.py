"""Problems that a body has identified: the list, raising one, one problem with its ways forward."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.seen import SeenForm
from committees.domain import problems
from committees.domain.said import WorkChanged, WorkRefused
from committees.enums import ProblemStatus
from committees.forms_workspace import EditProblemForm, OutcomeForm, ProblemForm
from committees.models import Problem
from committees.rules_workspace import visible_follow_ups, visible_problems
from committees.views.stale import offered_again
from committees.views.workspace import body_of, frame


@require_safe
@private_page
def problem_list(request: PrivateRequest, key: str) -> HttpResponse:
    body = body_of(request, key)
    rows = list(visible_problems(request.user).filter(body=body).order_by("-raised_at", "-pk"))
    context = frame(request, body, "problem-list") | {
        "open_rows": [row for row in rows if row.status != ProblemStatus.SETTLED],
        "settled": [row for row in rows if row.status == ProblemStatus.SETTLED],
    }
    return render(request, "committees/problem_list.html", context)


@private_page
def problem_new(request: PrivateRequest, key: str) -> HttpResponse:
    body = body_of(request, key)
    require(request.user, "committees.write_in_body", body)
    contact = request.GET.get("contact")
    form = ProblemForm(request.POST if request.method == "POST" else None, body=body, initial={"contact": contact})
    if form.is_valid():
        try:
            problem = problems.raise_problem(body=body, by=request.user, at=clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. Everybody who works here can read it."))
            return redirect("committees:problem", key=body.key, pk=problem.pk)
    context = frame(request, body, "problem-list") | {"form": form}
    return render(request, "committees/problem_new.html", context, status=422 if form.errors else 200)


@private_page
def problem(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    row = _problem(request, key, pk)
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        require(request.user, "committees.write_work", row)
    form = EditProblemForm(posted, body=row.body, initial=_initial(row))
    stands = None
    if form.is_valid():
        try:
            problems.edit_problem(problem=row, by=request.user, at=clock.now(), **form.cleaned_data)
        except WorkChanged as refusal:
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("committees:problem", key=key, pk=pk)
    return _page(request, row, form=form, stands=stands)


@private_page
@require_POST
def problem_settle(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    """It is settled, or, with ``do=reopen``, it is not."""
    row = _problem(request, key, pk)
    require(request.user, "committees.write_work", row)
    reopen = request.POST.get("do") == "reopen"
    form = SeenForm(request.POST) if reopen else OutcomeForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        if reopen:
            problems.reopen(problem=row, version=version, by=request.user, at=clock.now())
        else:
            outcome = request.POST.get("outcome", "")
            problems.settle(problem=row, outcome=outcome, version=version, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        row.refresh_from_db()
        again = OutcomeForm({"version": row.version, "outcome": request.POST.get("outcome", "")}, auto_id="settle_%s")
        again.add_error(None, str(refusal))
        return _page(request, row, form=None, outcome=again)
    messages.success(request, _("It is open again.") if reopen else _("Settled."))
    return redirect("committees:problem", key=key, pk=pk)


def _page(request: PrivateRequest, row: Problem, *, form: Any, stands: Any = None, outcome: Any = None) -> HttpResponse:
    may_write = may(request.user, "committees.write_work", row)
    settled = row.status == ProblemStatus.SETTLED
    wrong = bool((form and form.errors) or outcome)
    context = frame(request, row.body, "problem-list") | {
        "row": row,
        "form": form if may_write and (not settled or wrong) else None,
        "stands": stands,
        "is_settled": settled,
        "outcome": outcome
        or OutcomeForm(initial={"version": row.version, "outcome": row.outcome}, auto_id="settle_%s"),
        "steps": visible_follow_ups(request.user).filter(problem=row).order_by("done_on", "due", "pk"),
    }
    return render(request, "committees/problem.html", context, status=422 if wrong else 200)


def _problem(request: PrivateRequest, key: str, pk: int) -> Problem:
    return get_object_or_404(visible_problems(request.user), body__key=key, pk=pk)


def _initial(row: Any) -> dict[str, Any]:
    names = ("title", "text", "ways_forward", "version")
    return {name: getattr(row, name) for name in names} | {"contact": row.contact_id}
