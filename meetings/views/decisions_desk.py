"""For whoever runs a meeting: its decisions, drafted, recorded and corrected, and what follows from them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import number_of, private_page
from ccm_portal.core.seen import SeenForm, stands_now
from ccm_portal.core.workflow import TransitionRefused
from meetings.domain import ballots, decision_reading, decisions, follow_ups, presence, reading, voting
from meetings.domain.local_times import day_there
from meetings.enums import DecisionKind, DecisionStatus
from meetings.forms_decisions import (
    CorrectionForm,
    DecisionForm,
    FollowUpForm,
    OpenSilenceForm,
    OpenVoteForm,
    RecordForm,
    initial_of,
)
from meetings.models import Decision, Meeting
from meetings.rules_decisions import desk_decisions
from meetings.views.acting import meeting_for

REFUSED = (decisions.DecisionRefused, TransitionRefused)


@private_page
def decision_desk(request: HttpRequest, key: str) -> HttpResponse:
    meeting = deciding_meeting(request, key)
    found = list(desk_decisions(request.user).filter(meeting=meeting).order_by("number"))
    context = {"meeting": meeting, "decisions": found, "on": clock.today()}
    return render(request, "meetings/decision_desk.html", context)


@private_page
def decision_new(request: HttpRequest, key: str) -> HttpResponse:
    meeting = deciding_meeting(request, key)
    initial = {"version": 1, "kind": DecisionKind.GUIDANCE, "code": request.GET.get("item", "")}
    form = DecisionForm(request.POST or None, meeting=meeting, initial=initial)
    if form.is_valid():
        try:
            made = decisions.draft(meeting=meeting, words=form.words(), by=request.user, at=clock.now())
        except decisions.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is kept. Nobody sees it but those who run the meeting."))
            return redirect("meetings:decision-page", key, made.number)
    context = {"meeting": meeting, "form": form, "parts": form.parts()}
    return render(request, "meetings/decision_form.html", context, status=422 if form.is_bound else 200)


@private_page
def decision_edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Write a draft anew; or put a recorded decision right, with the reason."""
    decision = desk_decision(request, key, number)
    recorded = decision.status == DecisionStatus.TAKEN
    shape = CorrectionForm if recorded else DecisionForm
    stands = None
    form = shape(request.POST or None, meeting=decision.meeting, initial=initial_of(decision))
    if form.is_valid():
        try:
            _written(decision, form, by=request.user, at=clock.now())
        except decisions.DecisionChanged as refusal:
            stands = refusal.decision
            stands_now(form, stands.version)
            form.add_error(None, str(refusal))
        except decisions.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Corrected. The earlier text stays readable.") if recorded else _("The draft is kept.")
            messages.success(request, said)
            return redirect("meetings:decision-page", key, number)
    context = {
        "meeting": decision.meeting,
        "decision": decision,
        "recorded": recorded,
        "stands": stands,
        "form": form,
        "parts": form.parts(),
    }
    return render(request, "meetings/decision_form.html", context, status=422 if form.is_bound else 200)


def _written(decision: Decision, form: DecisionForm, *, by: Any, at: Any) -> None:
    given: dict[str, Any] = {"decision": decision, "version": form.cleaned_data["version"], "by": by, "at": at}
    if isinstance(form, CorrectionForm):
        told = {name: form.cleaned_data[name] for name in ("outcome", "note")}
        decisions.correct(words=form.words(), **told, **given)
    else:
        decisions.edit(words=form.words(), **given)


@private_page
def decision_page(request: HttpRequest, key: str, number: int) -> HttpResponse:
    return _page(request, desk_decision(request, key, number))


def _page(request: HttpRequest, decision: Decision, **bound: forms.Form) -> HttpResponse:
    """One decision and everything that can be done with it now; forms that were refused stand there as they came."""
    decision = get_object_or_404(decision_reading.whole(desk_decisions(request.user)), pk=decision.pk)
    meeting, on = decision.meeting, clock.today()
    seen = {"version": decision.version}
    context: dict[str, Any] = {
        "decision": decision,
        "meeting": meeting,
        "on": on,
        "follow_up_form": bound.get("follow_up") or FollowUpForm(),
        **decision_reading.told(decision),
    }
    if left := decision_reading.meeting_it_leaves(decision):
        context["left"], context["left_stands"] = left, reading.sentence(left)
    if decision.status == DecisionStatus.DRAFT:
        context["record_form"] = bound.get("record") or RecordForm(initial=seen | {"decided_on": _likely_day(decision)})
        majority = ballots.majority_for(decision.kind)
        context["vote_form"] = bound.get("vote") or OpenVoteForm(initial=seen | {"majority": majority})
        context["silence_form"] = bound.get("silence") or OpenSilenceForm(initial=seen, zone=meeting.time_zone)
    if decision.status in (DecisionStatus.DRAFT, DecisionStatus.VOTING):
        today = day_there(clock.now(), meeting.time_zone)
        room, rule = presence.room(meeting, on=today).quorum, voting.quorum_rule()
        context["why_no_vote"] = ballots.why_no_vote(meeting, today, room)
        context["quorum"] = decision_reading.quorum_words(room)
        context["rule"], context["rule_words"] = rule, decision_reading.quorum_rule_words(rule)
    if decision.status == DecisionStatus.VOTING:
        count = ballots.counted(decision)
        context["standing"], context["result_code"] = count, ballots.result_code(count)
        context["result"] = decision_reading.result_words(decision, count)
    return render(request, "meetings/decision_page.html", context, status=422 if bound else 200)


def _likely_day(decision: Decision) -> date:
    """The day on which it was decided, as far as one can guess."""
    today = day_there(clock.now(), decision.meeting.time_zone)
    return today if decision.between_meetings else presence.last_day_by(decision.meeting, on=today)


@private_page
@require_POST
def decision_record(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Record what the meeting did by general agreement."""
    decision = desk_decision(request, key, number)
    form = RecordForm(request.POST)
    return acted(
        request,
        decision,
        "record",
        form,
        lambda said: decisions.record(decision=decision, by=request.user, at=clock.now(), **said),
        _("The decision is recorded and public."),
    )


@private_page
@require_POST
def decision_drop(request: HttpRequest, key: str, number: int) -> HttpResponse:
    decision = desk_decision(request, key, number)
    try:
        decisions.drop(
            decision=decision,
            version=number_of(request.POST.get("version", "")),
            by=request.user,
            at=clock.now(),
        )
    except decisions.DecisionRefused as refusal:
        messages.info(request, str(refusal))
        return redirect("meetings:decision-page", key, number)
    messages.success(request, _("The draft is given up."))
    return redirect("meetings:decision-desk", key)


@private_page
@require_POST
def follow_up_add(request: HttpRequest, key: str, number: int) -> HttpResponse:
    decision = desk_decision(request, key, number)
    form = FollowUpForm(request.POST)
    return acted(
        request,
        decision,
        "follow_up",
        form,
        lambda said: follow_ups.add(decision=decision, by=request.user, at=clock.now(), **said),
        _("It is written down and reaches its owner’s desk once the decision is recorded."),
    )


def acted(
    request: HttpRequest,
    decision: Decision,
    name: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Do what a form of the page asks; where that is refused, the page again with what was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except REFUSED as refusal:
            if isinstance(refusal, decisions.DecisionChanged) and isinstance(form, SeenForm):
                stands_now(form, refusal.decision.version)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("meetings:decision-page", decision.meeting.key, decision.number)
    return _page(request, decision, **{name: form})


def desk_decision(request: HttpRequest, key: str, number: int) -> Decision:
    """A decision of a meeting that this person runs; raises as ``deciding_meeting`` does."""
    meeting = deciding_meeting(request, key)
    return get_object_or_404(desk_decisions(request.user), meeting=meeting, number=number)


def deciding_meeting(request: HttpRequest, key: str) -> Meeting:
    """A meeting whose decisions this person runs.

    :raises Http404: if they may not know of it.
    :raises PermissionDenied: if they do not run them.
    """
    return meeting_for(request, key, "meetings.run_decisions")
