"""Responses suggested in a case: for the President's team."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from compliance.domain import case_responses
from compliance.enums import ResponseStatus, Side
from compliance.forms_responses import DecideForm, DoneForm, EditResponseForm, FollowUpForm, ResponseForm
from compliance.models import CasePlace, CaseResponse, ComplianceCase
from compliance.rules_casework import case_responses as responses_in
from compliance.views.case_pages import case_frame, case_page


@require_safe
@case_page("compliance.read_case", what="responses")
def response_list(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    _refuse_other_side(place)
    rows = responses_in(request.user, case).prefetch_related("addressees__state").order_by("-proposed_at", "-pk")
    context = case_frame(request, case, place, "case-responses") | {"rows": rows}
    return render(request, "compliance/response_list.html", context)


@case_page("compliance.read_case")
def response_new(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """Anybody of the team suggests one."""
    _refuse_other_side(place)
    now = clock.now()
    form = ResponseForm(request.POST or None, case=case, on=now.date())
    if form.is_valid():
        try:
            row = case_responses.propose(case=case, suggested=form.suggested(), by=request.user, at=now)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. The President agrees to it or not."))
            return redirect("compliance:case-response", case=case.pk, response=row.pk)
    context = case_frame(request, case, place, "case-responses") | {"form": form}
    return render(request, "compliance/response_new.html", context, status=422 if form.errors else 200)


@case_page("compliance.read_case", what="responses")
def response(request: PrivateRequest, case: ComplianceCase, place: CasePlace, *, response: Any) -> HttpResponse:
    """One response with what became of it; each form for itself (``do``)."""
    _refuse_other_side(place)
    row = _row(request, case, response)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if request.method == "POST" and do not in ACTS:
        raise Http404
    made = _forms(request, case, row, sent=do)
    form = made.get(FORM_OF.get(do, ""))
    stands = None
    if form is not None and form.is_valid():
        try:
            ACTS[do](request, row, form)
        except WorkChanged as refusal:
            row = _row(request, case, response)
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:case-response", case=case.pk, response=row.pk)
    frame = case_frame(request, case, place, "case-responses")
    context = frame | {
        "row": row,
        "addressees": row.addressees.select_related("state", "answered_by").order_by("pk"),
        "forms": {name: one for name, one in made.items() if _offered(name, row, frame, request)},
        "stands": stands,
        "open": FORM_OF.get(do, ""),
    }
    return render(request, "compliance/response.html", context, status=422 if form and form.errors else 200)


@require_POST
@case_page("compliance.lead_case", fresh=True)
def response_release(request: PrivateRequest, case: ComplianceCase, place: CasePlace, *, response: Any) -> HttpResponse:
    """Let those States read it; or, with ``do=take_back``, not any more."""
    row = _row(request, case, response)
    back = request.POST.get("do") == "take_back"
    act = case_responses.take_back if back else case_responses.release
    try:
        act(response=row, version=number_of(request.POST.get("version", "")), by=request.user, at=clock.now())
    except WorkChanged:
        messages.info(request, _("This was changed after you opened the page. Read it again, then decide."))
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        taken_back = _("Taken back. Those States cannot read it any more.")
        messages.success(request, taken_back if back else _("Released. The delegates of those States can read it now."))
    return redirect("compliance:case-response", case=case.pk, response=row.pk)


def _edit(request: PrivateRequest, row: CaseResponse, form: Any) -> None:
    case_responses.edit_response(
        response=row,
        suggested=form.suggested(),
        version=form.cleaned_data["version"],
        by=request.user,
        at=clock.now(),
    )


def _decide(request: PrivateRequest, row: CaseResponse, form: Any) -> None:
    agreed = request.POST["do"] == "agree"
    case_responses.decide(response=row, agreed=agreed, by=request.user, at=clock.now(), **form.cleaned_data)


def _follow(request: PrivateRequest, row: CaseResponse, form: Any) -> None:
    version = form.cleaned_data["version"]
    case_responses.follow_up(response=row, given=form.given(), version=version, by=request.user, at=clock.now())


def _finish(request: PrivateRequest, row: CaseResponse, form: Any) -> None:
    case_responses.finish(response=row, by=request.user, at=clock.now(), **form.cleaned_data)


ACTS = {"edit": _edit, "agree": _decide, "refuse": _decide, "follow": _follow, "finish": _finish}
FORM_OF = {"edit": "edit", "agree": "decide", "refuse": "decide", "follow": "follow", "finish": "finish"}


def _offered(name: str, row: CaseResponse, frame: dict[str, Any], request: PrivateRequest) -> bool:
    return {
        "edit": row.status in case_responses.OPEN_TO_EDITS
        and (frame["may_write"] or row.proposed_by_id == request.user.pk),
        "decide": frame["may_lead"] and row.status in (ResponseStatus.PROPOSED, ResponseStatus.AGREED),
        "follow": frame["may_write"] and row.status != ResponseStatus.DONE,
        "finish": frame["may_lead"] and row.status == ResponseStatus.RELEASED,
    }[name]


def _forms(request: PrivateRequest, case: ComplianceCase, row: CaseResponse, *, sent: str) -> dict[str, forms.Form]:
    initial = _initial(row)

    def posted(name: str) -> dict[str, Any]:
        data = {"data": request.POST} if FORM_OF.get(sent) == name else {}
        return data | {"auto_id": f"{name}_%s", "initial": initial}

    return {
        "edit": EditResponseForm(case=case, on=clock.today(), **posted("edit")),
        "decide": DecideForm(**posted("decide")),
        "follow": FollowUpForm(**posted("follow")),
        "finish": DoneForm(**posted("finish")),
    }


def _initial(row: Any) -> dict[str, Any]:
    names = ("version", "title", "text", "follow_up", "owner_name", "due")
    return {name: getattr(row, name) for name in names} | {
        "states": [one.state.slug for one in row.addressees.select_related("state")],
        "proposed_for": row.proposed_for.key if row.proposed_for else "",
        "reason": row.settled_note,
        "note": row.done_note,
    }


def _refuse_other_side(place: CasePlace) -> None:
    """For the State concerned there are no responses, not even none."""
    if place.side != Side.TEAM:
        raise Http404


def _row(request: PrivateRequest, case: ComplianceCase, response: Any) -> CaseResponse:
    return get_object_or_404(responses_in(request.user, case), pk=response)
