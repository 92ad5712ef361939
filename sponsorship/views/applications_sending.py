"""Reading the whole application and endorsing it; taking it back, withdrawing it or one person of it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.seen import stands_now
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import application_desk, applications, withdrawals
from sponsorship.forms_applications import EndorseForm, ReasonForm
from sponsorship.models import Application
from sponsorship.views.applications_found import OWN, application_of, nominee_of
from sponsorship.views.applications_writing import back_to, frame
from sponsorship.workflow_applications import TAKE_BACK, WITHDRAW, WITHDRAW_PERSON


@private_page
def application_check(request: PrivateRequest, state: str, round: str) -> HttpResponse:
    """The application as it will be sent, and what is missing. The head of the delegation endorses it from here."""
    mine = application_of(request, state, round, OWN)
    at = clock.now()
    form = EndorseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.user, "sponsorship.endorse_application", mine)
    if form.is_valid():
        try:
            sent = applications.endorse(application=mine, seen=form.cleaned_data["seen"], by=request.user, at=at)
        except (WorkRefused, TransitionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Sent, and recorded as late.") if sent.is_late else _("Endorsed and sent.")
            messages.success(request, told)
            return back_to(mine, OWN)
    context = frame(mine, OWN) | {
        "form": form,
        "seen": applications.digest(mine),
        "missing": applications.missing(mine),
        "rows": application_desk.people(mine, on=at.date()),
        "eligibility": application_desk.eligible(mine.round, mine.state, mine, on=at.date()),
        "late": at > mine.round.closes_at,
        "is_draft": mine.status == "draft",
        "may_endorse": may(request.user, "sponsorship.endorse_application", mine),
    }
    return render(request, "sponsorship/application_check.html", context, status=422 if form.errors else 200)


@private_page
def application_take_back(request: PrivateRequest, state: str, round: str) -> HttpResponse:
    """Make it a draft again, to change it."""
    mine = application_of(request, state, round, OWN)
    require(request.user, TAKE_BACK.perm, mine)
    return _with_reason(
        request, mine, mine, withdrawals.take_back, told=_("The application is a draft again."), what="take_back"
    )


@private_page
def application_withdraw(request: PrivateRequest, state: str, round: str) -> HttpResponse:
    mine = application_of(request, state, round, OWN)
    require(request.user, WITHDRAW.perm, mine)
    return _with_reason(
        request, mine, mine, withdrawals.withdraw_application, told=_("The application is withdrawn."), what="withdraw"
    )


@private_page
def nominee_withdraw(request: PrivateRequest, state: str, round: str, pk: uuid.UUID) -> HttpResponse:
    person = nominee_of(request, state, round, pk, OWN)
    require(request.user, WITHDRAW_PERSON.perm, person)
    return _with_reason(
        request,
        person.application,
        person,
        withdrawals.withdraw_person,
        told=_("The person is withdrawn."),
        what="person",
    )


def _with_reason(
    request: PrivateRequest, mine: Application, subject: Any, act: Callable[..., Any], *, told: str, what: str
) -> HttpResponse:
    """A page that asks for a reason, then acts. ``subject`` is what is taken back: an application, or a person."""
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"version": subject.version})
    if form.is_valid():
        name = "nominee" if what == "person" else "application"
        cleaned = {"reason": form.cleaned_data["reason"], "version": form.cleaned_data["version"]}
        try:
            act(**{name: subject}, **cleaned, by=request.user, at=clock.now())
        except WorkChanged as refusal:
            subject.refresh_from_db()
            stands_now(form, subject.version)
            form.add_error(None, str(refusal))
        except (WorkRefused, TransitionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told)
            return redirect(OWN.application, state=mine.state.slug, round=mine.round.key)
    context = frame(mine, OWN) | {
        "form": form,
        "what": what,
        "person": subject if what == "person" else None,
        "late": clock.now() > mine.round.closes_at,
    }
    return render(request, "sponsorship/application_reason.html", context, status=422 if form.errors else 200)
