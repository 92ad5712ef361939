"""A State's own requests: its time limits, an intent, beginning a draft, the draft as a list of sections."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.models import State, StateClock
from ccm_portal.core.permissions import may, require
from committees.domain.said import WorkRefused
from compliance.domain import request_desk, request_drafts, request_reading
from compliance.enums import RequestStatus
from compliance.forms_requests import BeginForm, IntentForm
from compliance.models import ExtensionRequest, of_address
from compliance.rules_requests import drafts, own_requests, own_states


@private_page
@require_safe
def my_requests(request: PrivateRequest, state: str) -> HttpResponse:
    """The State's time limits, each with the request that runs on it, and what it asked before."""
    its = _state(request, state)
    at = portal_clock.now()
    mine = list(own_requests(request.user).filter(state=its).order_by("clock", "-number"))
    context = {
        "state": its,
        "on": at.date(),
        "clocks": request_desk.own_clocks(its, at=at),
        "rows": [(one, *request_reading.badge(one), _page_of(one)) for one in mine],
    }
    return render(request, "compliance/my_requests.html", context)


@private_page
def request_begin(request: PrivateRequest, state: str) -> HttpResponse:
    its = _state(request, state)
    require(request.user, "compliance.begin_request", its)
    initial = {"clock": request.GET.get("clock"), "language": request.LANGUAGE_CODE}
    form = BeginForm(request.POST if request.method == "POST" else None, state_id=its.pk, initial=initial)
    if form.is_valid():
        try:
            made = request_drafts.begin(
                clock=_clock(its, form.cleaned_data["clock"]),
                language=form.cleaned_data["language"],
                by=request.user,
                at=portal_clock.now(),
            )
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is begun. Only your delegation can see it."))
            return redirect("compliance:request-draft", **made.address)
    context = {"state": its, "form": form}
    return render(request, "compliance/request_begin.html", context, status=422 if form.errors else 200)


@private_page
def request_intend(request: PrivateRequest, state: str) -> HttpResponse:
    its = _state(request, state)
    require(request.user, "compliance.begin_request", its)
    initial = {"clock": request.GET.get("clock"), "on": portal_clock.today()}
    form = IntentForm(request.POST if request.method == "POST" else None, state_id=its.pk, initial=initial)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            request_drafts.signal_intent(
                clock=_clock(its, cleaned["clock"]),
                on=cleaned["on"],
                source=cleaned["source"],
                by=request.user,
                at=portal_clock.now(),
            )
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. The ISO can see it."))
            return redirect("compliance:my-requests", state=its.slug)
    context = {"state": its, "form": form}
    return render(request, "compliance/request_intend.html", context, status=422 if form.errors else 200)


@private_page
@require_safe
def request_draft(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """The draft as a list of sections: what is written, what is missing, by when it must be lodged."""
    draft = draft_of(request, state, clock, number)
    context = frame(request, draft) | request_desk.overview(draft, at=portal_clock.now())
    return render(request, "compliance/request_draft.html", context)


@private_page
@require_POST
def request_show(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """Let the ISO read the draft, or end that."""
    draft = draft_of(request, state, clock, number)
    require(request.user, "compliance.show_draft", draft)
    shown = request.POST.get("shown") == "yes"
    request_drafts.show_to_iso(request=draft, shown=shown, by=request.user, at=portal_clock.now())
    messages.success(
        request, _("The ISO can read this draft.") if shown else _("The ISO can no longer read this draft.")
    )
    return redirect("compliance:request-draft", **draft.address)


def draft_of(request: PrivateRequest, state: str, clock: str, number: int) -> ExtensionRequest:
    """A draft that this person may read. :raises Http404: if there is none."""
    return get_object_or_404(drafts(request.user).select_related("renews"), of_address(state, clock, number))


def frame(request: PrivateRequest, draft: ExtensionRequest) -> dict[str, Any]:
    """What every page of a draft says of it."""
    user = request.user
    return {
        "extension": draft,
        "state": draft.state,
        "title": request_reading.title_of(draft),
        "on": portal_clock.today(),
        "is_own": may(user, "compliance.view_own_requests", draft),
        "may_write": may(user, "compliance.write_draft", draft),
        "may_invite": may(user, "compliance.invite_to_draft", draft),
        "may_show": may(user, "compliance.show_draft", draft),
        "may_lodge": may(user, "compliance.lodge_request", draft),
    }


def _page_of(mine: ExtensionRequest) -> str:
    """Where a request of one's own State is read: the draft, or what everybody reads; empty for an intent."""
    if mine.status == RequestStatus.DRAFT:
        return reverse("compliance:request-draft", kwargs=mine.address)
    return mine.get_absolute_url() if may(None, "compliance.view_request", mine) else ""


def _state(request: PrivateRequest, slug: str) -> State:
    return get_object_or_404(own_states(request.user), slug=slug)


def _clock(state: State, slug: str) -> StateClock:
    kind, _dash, key = slug.partition("-")
    return get_object_or_404(StateClock.objects.select_related("state"), state=state, clock=kind, key=key)
