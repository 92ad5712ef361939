"""The formal track of one matter: read by everybody named in it, moved on by the President, answered by the State."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest
from ccm_portal.core.permissions import may
from ccm_portal.core.seen import stands_now
from ccm_portal.core.views.fresh import asks_again, signed_in_just_now, to_sign_in_again
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from compliance import forms_formal as forms
from compliance.domain import formal, formal_meeting
from compliance.domain.formal_steps import OF_THE_STATE, STEPS, steps_now
from compliance.models import CasePlace, ClarificationRequest, ComplianceCase
from compliance.panels_formal import request_of, track
from compliance.views.case_pages import case_frame, case_page

Act = Callable[..., Any]
# Each step: what it sends, and the operation it asks for.
PAGES: dict[str, tuple[type[forms.DayForm], Act]] = {
    "transmitted": (forms.TransmittedForm, formal.note_transmitted),
    "received": (forms.ReceivedForm, formal.note_received),
    "reply": (forms.ReplyForm, formal.note_reply),
    "judged": (forms.JudgeForm, formal.judge_reply),
    "silence": (forms.ConfirmForm, formal.note_silence),
    "submitted": (forms.SubmitForm, formal_meeting.submit),
    "circulated": (forms.CirculatedForm, formal_meeting.note_circulated),
    "response": (forms.ResponseForm, formal_meeting.respond),
    "good-offices": (forms.GoodOfficesForm, formal_meeting.note_good_offices),
    "meeting": (forms.MeetingForm, formal_meeting.note_meeting),
    "procedures": (forms.ProceduresForm, formal_meeting.note_procedures),
    "settled": (forms.ConfirmForm, formal_meeting.settle),
}
LABELS = {step.key: step.label for step in STEPS}


@require_safe
@case_page("compliance.read_case", what="formal")
def formal_page(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """The whole track, and what this person can do next."""
    at = clock.now()
    found = request_of(case)
    leads = may(request.user, "compliance.lead_case", case)
    if found is None and not leads:
        raise Http404
    answers = may(request.user, "compliance.answer_case", case)
    context = case_frame(request, case, place, "formal") | {
        "formal": found,
        "track": track(found, at=at) if found else None,
        "steps": steps_now(found, leads=leads, answers=answers, at=at) if found else [],
    }
    return render(request, "compliance/formal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@case_page("compliance.lead_case", what="formal")
def formal_lodge(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """Record a request that States Parties lodged, right after signing in."""
    if request.method != "POST" and not signed_in_just_now(request):
        return to_sign_in_again(request.path)
    posted = request.POST if request.method == "POST" else None
    form = forms.LodgeForm(posted, concerned=case.state, initial={"version": case.version, "lodged_on": clock.today()})
    if posted is not None and form.is_valid() and not asks_again(request, form):
        try:
            formal.lodge(case=case, **form.cleaned_data, by=request.user, at=clock.now())
        except WorkChanged as refusal:
            stands_now(form, refusal.now.version)
            form.add_error(None, str(refusal))
        except (WorkRefused, TransitionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("The formal request is recorded. No clock runs before the State has received it.")
            )
            return redirect("compliance:formal", case=case.pk)
    context = case_frame(request, case, place, "formal") | {"form": form, "label": _("Record a formal request")}
    return render(request, "compliance/formal_step.html", context, status=422 if posted is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@case_page("compliance.read_case", what="formal")
def formal_step(request: PrivateRequest, case: ComplianceCase, place: CasePlace, step: str) -> HttpResponse:
    """One step: its form, and the operation behind it."""
    found = request_of(case)
    if found is None or step not in PAGES:
        raise Http404
    leads = may(request.user, "compliance.lead_case", case)
    if not leads and not (step in OF_THE_STATE and may(request.user, "compliance.answer_case", case)):
        raise PermissionDenied
    kind, act = PAGES[step]
    posted = request.POST if request.method == "POST" else None
    form = kind(posted, request=found, initial=_initial(found, step))
    if posted is not None and form.is_valid():
        try:
            act(request=found, **_said(form, step), by=request.user, at=clock.now())
        except WorkChanged as refusal:
            stands_now(form, refusal.now.version)
            form.add_error(None, str(refusal))
        except (WorkRefused, TransitionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:formal", case=case.pk)
    at = clock.now()
    context = case_frame(request, case, place, "formal") | {
        "form": form,
        "label": LABELS[step],
        "formal": request_of(case),
        "step": step,
        "reply_clock": formal.reply_clock(found, at=at),
    }
    return render(request, "compliance/formal_step.html", context, status=422 if posted is not None else 200)


def _said(form: forms.DayForm, step: str) -> dict[str, Any]:
    said = dict(form.cleaned_data)
    for name in ("satisfies", "considered"):
        if name in said:
            said[name] = said[name] == "yes"
    return said


def _initial(found: ClarificationRequest, step: str) -> dict[str, Any]:
    """What stands already, to be corrected; else today."""
    stands: dict[str, dict[str, Any]] = {
        "received": {"on": found.received_on, "basis": found.received_basis},
        "reply": {"on": found.replied_on, "text": found.reply, "through_un_on": found.reply_through_un_on},
        "judged": {"satisfies": {True: "yes", False: "no", None: None}[found.reply_satisfies]},
        "circulated": {"on": found.circulated_on},
        "response": {"text": found.state_response},
        "good-offices": {"on": found.good_offices_on, "note": found.good_offices_note},
        "meeting": {
            "on": found.considered_on,
            "says": found.meeting_says,
            "beyond_control": found.beyond_control,
            "decision": found.decision_id,
            "considered": "yes" if found.considered_on else None,
        },
        "procedures": {"text": found.procedures},
    }
    given = {"on": clock.today()} | {name: value for name, value in stands.get(step, {}).items() if value is not None}
    return given | {"version": found.version}
