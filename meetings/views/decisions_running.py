"""Votes and silence procedures: opened and closed by whoever runs the meeting, answered by States Parties."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import number_of, private_page
from ccm_portal.core.models import State
from ccm_portal.core.permissions import may, require
from ccm_portal.core.seen import stands_now
from ccm_portal.core.workflow import TransitionRefused
from meetings.domain import ballots, decision_reading, decisions, follow_ups, silence
from meetings.enums import DecisionStatus
from meetings.forms_decisions import BallotForm, DoneForm, ObjectionForm, OpenSilenceForm, OpenVoteForm
from meetings.rules_decisions import own_follow_ups, own_parties, running_silences, running_votes
from meetings.views.decisions_desk import acted, desk_decision


@private_page
@require_POST
def vote_open(request: HttpRequest, key: str, number: int) -> HttpResponse:
    decision = desk_decision(request, key, number)
    return acted(
        request,
        decision,
        "vote",
        OpenVoteForm(request.POST),
        lambda said: ballots.open_vote(decision=decision, by=request.user, at=clock.now(), **said),
        _("The vote is open: delegates of States Parties find it on their desk."),
    )


@private_page
@require_POST
def vote_close(request: HttpRequest, key: str, number: int) -> HttpResponse:
    decision = desk_decision(request, key, number)
    try:
        done = ballots.close_vote(
            decision=decision,
            version=number_of(request.POST.get("version", "")),
            confirmed=request.POST.get("confirmed", ""),
            by=request.user,
            at=clock.now(),
        )
    except (decisions.DecisionRefused, TransitionRefused) as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The vote is closed: %(outcome)s.") % {"outcome": done.get_outcome_display()})
    return redirect("meetings:decision-page", key, number)


@private_page
@require_POST
def vote_call_off(request: HttpRequest, key: str, number: int) -> HttpResponse:
    decision = desk_decision(request, key, number)
    version = number_of(request.POST.get("version", ""))
    try:
        ballots.call_off(decision=decision, version=version, by=request.user, at=clock.now())
    except (decisions.DecisionRefused, TransitionRefused) as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The vote is called off. What was voted does not count."))
    return redirect("meetings:decision-page", key, number)


@private_page
@require_POST
def silence_open(request: HttpRequest, key: str, number: int) -> HttpResponse:
    decision = desk_decision(request, key, number)
    form = OpenSilenceForm(request.POST, zone=decision.meeting.time_zone)
    return acted(
        request,
        decision,
        "silence",
        form,
        lambda said: silence.open_silence(
            decision=decision,
            version=said["version"],
            closes_at=form.closes_at(silence.instant_at),
            on_objection=said["on_objection"],
            by=request.user,
            at=clock.now(),
        ),
        _("The silence procedure is open. The delegates of States Parties are told by mail."),
    )


@private_page
def decision_vote(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """For a State Party's delegates: the proposal, and their State's vote."""
    decision = get_object_or_404(decision_reading.whole(running_votes(request.user)), meeting__key=key, number=number)
    if request.method == "POST":
        require(request.user, "meetings.cast_vote", decision)
    states = _own(request)
    given = {vote.state_id: vote for vote in decision.votes.all()}
    open_to = [state for state in states if state.pk not in given]
    form = BallotForm(request.POST or None, states=open_to) if open_to else None
    if request.method == "POST" and form is None:
        messages.info(request, _("Your State has voted. A State votes once."))
        return redirect("meetings:decision-vote", key, number)
    if form and form.is_valid():
        try:
            vote = ballots.cast(decision=decision, by=request.user, at=clock.now(), **form.cleaned_data)
        except decisions.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = {"state": vote.state.name, "ballot": vote.get_ballot_display()}
            messages.success(request, _("%(state)s has voted: %(ballot)s.") % said)
            return redirect("meetings:decision-vote", key, number)
    context = {
        "decision": decision,
        "meeting": decision.meeting,
        "form": form,
        "states": open_to,
        "given": [given[state.pk] for state in states if state.pk in given],
    }
    return render(request, "meetings/decision_vote.html", context, status=422 if form and form.is_bound else 200)


@private_page
def decision_silence(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """For States Parties: what is proposed, until when, and who objected."""
    decision = get_object_or_404(
        decision_reading.whole(running_silences(request.user)), meeting__key=key, number=number
    )
    form, approved = None, _own(request, approving=True)
    objects = decision.status == DecisionStatus.OPEN and may(request.user, "meetings.object_to_decision", decision)
    if request.method == "POST":
        require(request.user, "meetings.object_to_decision", decision)
    if objects or request.method == "POST":
        form = ObjectionForm(request.POST or None, states=approved)
        if form.is_valid():
            try:
                silence.object_to(decision=decision, by=request.user, at=clock.now(), **form.cleaned_data)
            except decisions.DecisionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Your objection is recorded. The silence procedure is over."))
                return redirect("meetings:decision-silence", key, number)
    context = {
        "decision": decision,
        "meeting": decision.meeting,
        "form": form,
        "states": approved,
        "objections": decision.objections.select_related("state", "made_by"),
        "on": clock.today(),
        **decision_reading.told(decision),
    }
    return render(request, "meetings/decision_silence.html", context, status=422 if form and form.is_bound else 200)


@private_page
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """For whose it is: what follows from a decision, and that it is done."""
    one = get_object_or_404(own_follow_ups(request.user), pk=pk)
    initial = {"version": one.version, "done_on": one.done_on or clock.today(), "outcome": one.outcome}
    form = DoneForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            follow_ups.settle(follow_up=one, by=request.user, at=clock.now(), **form.cleaned_data)
        except follow_ups.FollowUpChanged as refusal:
            stands_now(form, refusal.follow_up.version)
            form.add_error(None, str(refusal))
            one = refusal.follow_up
        except decisions.DecisionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is noted."))
            return redirect("dashboard:desk")
    context = {"follow_up": one, "decision": one.decision, "meeting": one.decision.meeting, "form": form}
    return render(request, "meetings/follow_up.html", context, status=422 if form.is_bound else 200)


def _own(request: HttpRequest, *, approving: bool = False) -> list[State]:
    """The person's States Parties; with ``approving``, those for which they may bind their State."""
    ids = own_parties(request.user)
    if approving:
        ids = ids & request.user.approving_state_ids
    return list(State.objects.filter(pk__in=ids).by_name())
