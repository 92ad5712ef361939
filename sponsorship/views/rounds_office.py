"""The office's pages of rounds: planned, changed, opened, their closing time moved."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.models import State
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import available
from committees.views.acting import pressed, tried
from sponsorship import workflow_rounds as workflow
from sponsorship.domain import round_reading, rounds
from sponsorship.domain.eligibility import findings, judged_on, verdict
from sponsorship.forms_rounds import ClosingForm, RoundForm, closing_of, planned
from sponsorship.models import Round
from sponsorship.rules import office_rounds
from sponsorship.rules_rounds import office_places

RUN = "sponsorship.run_rounds"


def run_round(request: HttpRequest, key: str) -> Round:
    """A round that this person runs; for everybody else it is not there."""
    return get_object_or_404(office_rounds(request.user), key=key)


def address(round: Round) -> str:
    return reverse("sponsorship:office-round", args=[round.key])


@private_page
@require_safe
def office_rounds_list(request: HttpRequest) -> HttpResponse:
    """All rounds, also those that nobody else knows of."""
    require(request.user, RUN, None)
    rows = [
        (one, round_reading.BADGES[one.status], one.get_status_display())
        for one in round_reading.listed(office_rounds(request.user))
    ]
    return render(request, "sponsorship/office_rounds.html", {"rows": rows})


@private_page
def round_new(request: HttpRequest) -> HttpResponse:
    """Plan a round."""
    require(request.user, RUN, None)
    initial = {"version": 0, "reply_days": 10, "purge_days": 90, "places": 10}
    form = RoundForm(request.POST or None, on=clock.today(), initial=initial)
    if form.is_bound and form.is_valid() and (plan := form.plan()):
        key = form.cleaned_data["key"]
        made, _stands = tried(form, lambda: rounds.plan(key=key, plan=plan, by=request.user, at=clock.now()))
        if made:
            messages.success(request, _("Saved."))
            return redirect(address(made))
    back = reverse("sponsorship:office-rounds")
    return form_page(request, form, title=_("Plan a round"), back=back)


@private_page
@require_safe
def office_round(request: HttpRequest, round: str) -> HttpResponse:
    """What is planned of a round, its costs, who assesses; and what is missing before its call opens."""
    found, at = run_round(request, round), clock.now()
    moves = {one.name for one in available((workflow.OPEN, workflow.REOPEN), found, request.user)}
    context = {
        "round": found,
        "meeting": found.meeting,
        "badge": round_reading.BADGES[found.status],
        "badge_label": found.get_status_display(),
        "costs": round_reading.cost_rows(found),
        "moved": list(found.closing_changes.order_by("pk")),
        "places": list(office_places(request.user).filter(content_object=found).order_by("pk")),
        "missing": rounds.what_is_missing(found, policy=found.policy, at=at) if "open" in moves else [],
        "moves": moves,
        "has_money": round_reading.has_money(found, on=at.date()),
        "neighbours": round_reading.neighbours(found.meeting) if not found.shared_with else (),
    }
    return render(request, "sponsorship/office_round.html", context)


@private_page
@require_safe
def round_eligible(request: HttpRequest, round: str) -> HttpResponse:
    """What the rules of the round find of every State as of today, the most points first: why, and why not."""
    found = run_round(request, round)
    on = judged_on(found, on=clock.today())
    states = list(State.objects.by_name())
    judged = findings(found, states, on=on)
    rows = [(state, verdict(judged[state.pk]), judged[state.pk]) for state in states]
    eligible = sorted((row for row in rows if row[1].is_eligible), key=lambda row: -row[1].points)
    excluded = [row for row in rows if row[1].qualifies and row[1].excluded]
    context = {"round": found, "on": on, "eligible": eligible, "excluded": excluded}
    return render(request, "sponsorship/round_eligible.html", context)


@private_page
def round_change(request: HttpRequest, round: str) -> HttpResponse:
    """Change what is planned."""
    found = run_round(request, round)
    form = RoundForm(request.POST or None, on=clock.today(), round=found, initial=planned(found))
    stands: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid() and (plan := form.plan()):
        version = form.cleaned_data["version"]
        done, stands = tried(
            form,
            lambda: rounds.change(round=found, plan=plan, version=version, by=request.user, at=clock.now()),
            now=planned,
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect(address(found))
    return form_page(request, form, title=_("Change what is planned"), back=address(found), round=found, stands=stands)


@private_page
@require_POST
def round_open(request: HttpRequest, round: str) -> HttpResponse:
    """Open the call."""
    found = run_round(request, round)

    def do(version: int) -> object:
        return rounds.open_call(round=found, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("The call is open. Eligible States are written to."), to=address(found))


@private_page
def round_closing(request: HttpRequest, round: str) -> HttpResponse:
    """Move the closing time, or open a closed call again."""
    found = run_round(request, round)
    form = ClosingForm(request.POST or None, initial={"version": found.version} | closing_of(found))
    stands: list[dict[str, Any]] = []
    if form.is_bound and form.is_valid() and (closes_at := form.closes_at(found.meeting.time_zone)):
        told = form.cleaned_data
        done, stands = tried(
            form,
            lambda: rounds.move_closing(
                round=found,
                closes_at=closes_at,
                reason=told["reason"],
                version=told["version"],
                by=request.user,
                at=clock.now(),
            ),
            now=lambda row: {"version": row.version} | closing_of(row),
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect(address(found))
    title = _("Move the closing time")
    return form_page(request, form, title=title, back=address(found), round=found, stands=stands)


@private_page
@require_POST
def round_drop(request: HttpRequest, round: str) -> HttpResponse:
    """Give a plan up."""
    found = run_round(request, round)

    def do(version: int) -> object:
        return rounds.drop(round=found, version=version, by=request.user, at=clock.now())

    return pressed(request, do, done=_("The plan is given up."), to=reverse("sponsorship:office-rounds"))


def form_page(request: HttpRequest, form: Any, *, title: str, back: str, **context: Any) -> HttpResponse:
    """A page of one form, with what somebody else changed beside what was typed."""
    told = {"form": form, "title": title, "back": back, **context}
    return render(request, "sponsorship/office_form.html", told, status=422 if form.is_bound else 200)
