"""Lodging a request or its next version, taking one back; and what States said that they will ask, for the ISO."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import stands_now
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from compliance.domain import lodging, request_desk, request_drafts, request_reading
from compliance.forms_requests import LodgeForm, OfficeIntentForm, WithdrawRequestForm
from compliance.models import RequestVersion, of_address
from compliance.rules_requests import office_intents, own_requests
from compliance.views.requests_own import draft_of, frame
from compliance.workflow_requests import WITHDRAW


@private_page
def request_lodge(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """The request as everybody will read it. An approver lodges it from here, late or not."""
    draft = draft_of(request, state, clock, number)
    at = portal_clock.now()
    form = None
    if request.method == "POST":
        require(request.user, "compliance.lodge_request", draft)
        form = LodgeForm(request.POST)
        if form.is_valid():
            try:
                version = lodging.lodge(request=draft, by=request.user, at=at, **form.cleaned_data)
            except (WorkRefused, TransitionRefused) as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Lodged. Everybody can read it from now on."))
                return redirect(version.request.get_absolute_url())
    overview = request_desk.overview(draft, at=at)
    if form is not None:  # it was refused: what is read below is what the next press lodges
        data = form.data.copy()
        data["seen"] = overview["digest"]
        form.data = data
    content = lodging.content(draft)
    context = frame(request, draft) | overview
    context |= {
        "form": form or LodgeForm(initial={"seen": overview["digest"]}),
        "content": request_reading.content_of(RequestVersion(content=content), draft),
    }
    return render(request, "compliance/request_lodge.html", context, status=422 if form else 200)


@private_page
def request_withdraw(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """Take a request back: an intent, a draft, or one that was lodged."""
    mine = get_object_or_404(own_requests(request.user), of_address(state, clock, number))
    require(request.user, "compliance.withdraw_request", mine)
    posted = request.POST if request.method == "POST" else None
    form = WithdrawRequestForm(posted, initial={"version": mine.version})
    if form.is_valid():
        try:
            lodging.withdraw(
                request=mine,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=portal_clock.now(),
            )
        except WorkChanged as refusal:
            mine.refresh_from_db()
            stands_now(form, mine.version)
            form.add_error(None, str(refusal))
        except (WorkRefused, TransitionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The request is withdrawn."))
            return redirect("compliance:my-requests", state=mine.state.slug)
    context = {
        "extension": mine,
        "state": mine.state,
        "title": request_reading.title_of(mine),
        "form": form,
        "can": WITHDRAW.starts_at(mine),
        "was_lodged": mine.lodged_on is not None,
    }
    return render(request, "compliance/request_withdraw.html", context, status=422 if form.errors else 200)


@private_page
def intent_list(request: PrivateRequest) -> HttpResponse:
    """For the ISO: what States said that they will ask for, and noting one more."""
    require(request.user, "compliance.note_intent", None)
    form = OfficeIntentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = request_drafts.signal_intent(by=request.user, at=portal_clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. Everybody can read of the intent, with its source."))
            return redirect(made.get_absolute_url())
    rows = office_intents(request.user).order_by("-intent_on", "pk")
    return render(
        request, "compliance/intent_list.html", {"form": form, "rows": rows}, status=422 if form.errors else 200
    )
