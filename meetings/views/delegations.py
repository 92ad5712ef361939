"""A delegation's own pages: of a State, of an organisation; and the persons in it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.models import Organisation, State
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import stands_now
from meetings.domain import delegations, participants, retention
from meetings.domain.delegations import DelegationChanged, DelegationRefused
from meetings.enums import DelegationKind, DelegationStatus
from meetings.forms_people import AskForm, PersonForm
from meetings.models import Delegation, Meeting, Participant
from meetings.rules_people import (
    meetings_with_delegations,
    observing_organisations,
    own_delegations,
    visible_participants,
)
from meetings.views import delegation_page


@private_page
def state_delegation(request: PrivateRequest, state: str, key: str) -> HttpResponse:
    here = get_object_or_404(State.objects.filter(pk__in=request.user.state_ids), slug=state)
    meeting = get_object_or_404(meetings_with_delegations(request.user), key=key)
    delegation = own_delegations(request.user).filter(meeting=meeting, state=here).first()
    address = reverse("meetings:state-delegation", args=[here.slug, meeting.key])
    if delegation is not None:
        return _page(request, delegation, address, acts_for=here)
    if request.method == "POST":
        try:
            delegations.open_for_state(meeting=meeting, state=here, by=request.user, at=clock.now())
        except DelegationRefused as refusal:
            messages.info(request, str(refusal))
        return redirect(address)
    return _begin(request, meeting, here)


@private_page
def observer_delegation(request: PrivateRequest, key: str) -> HttpResponse:
    mine = list(observing_organisations(request.user).by_name())
    wanted = request.GET.get("for", "")
    here = next((one for one in mine if one.key == wanted), mine[0] if mine else None)
    meeting = get_object_or_404(meetings_with_delegations(request.user) if here else Meeting.objects.none(), key=key)
    assert here is not None
    address = f"{reverse('meetings:observer-delegation', args=[meeting.key])}?for={here.key}"
    delegation = own_delegations(request.user).filter(meeting=meeting, organisation=here).first()
    if delegation is not None and not _asks_anew(delegation):
        return _page(request, delegation, address, acts_for=here)
    form = None
    if delegations.kind_of_organisation(here) != DelegationKind.RIGHT:
        form = AskForm(request.POST or None, initial={"purpose": delegation.purpose if delegation else ""})
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            if form is None:
                delegations.open_for_observer(meeting=meeting, organisation=here, by=request.user, at=clock.now())
            else:
                purpose = form.cleaned_data["purpose"]
                delegations.ask(meeting=meeting, organisation=here, purpose=purpose, by=request.user, at=clock.now())
        except DelegationRefused as refusal:
            messages.info(request, str(refusal))
        return redirect(address)
    return _begin(request, meeting, here, form=form)


def _asks_anew(delegation: Delegation) -> bool:
    """An organisation that had asked and then said that it does not come."""
    return delegation.kind == DelegationKind.INVITED and delegation.status == DelegationStatus.WITHDRAWN


def _page(request: PrivateRequest, delegation: Delegation, address: str, **context: object) -> HttpResponse:
    if request.method == "POST":
        return delegation_page.act(request, delegation, address, **context)
    return delegation_page.show(request, delegation, **context)


def _begin(
    request: PrivateRequest, meeting: Meeting, acts_for: State | Organisation, *, form: AskForm | None = None
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "acts_for": acts_for,
        "form": form,
        "kept_until": retention.kept_until(meeting),
        "is_over": meeting.ends < clock.today(),
    }
    return render(request, "meetings/delegation_begin.html", context, status=422 if form and form.errors else 200)


# One person


@private_page
def participant_edit(request: PrivateRequest, pk: int) -> HttpResponse:
    participant = _participant(request, pk)
    delegation = participant.delegation
    form = PersonForm(
        request.POST or None, initial=PersonForm.initial_of(participant) | {"version": delegation.version}
    )
    if request.method == "POST" and form.is_valid():
        was = participants.other_head(delegation, form.person(), than=participant)
        try:
            participants.change(
                participant=participant,
                person=form.person(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=clock.now(),
            )
        except DelegationChanged as refusal:
            delegation = refusal.delegation
            stands_now(form, delegation.version)
            form.add_error(None, str(refusal))
        except DelegationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, delegation_page.saved(was))
            return redirect(_back(request, delegation))
    context = {
        "participant": participant,
        "delegation": delegation,
        "meeting": delegation.meeting,
        "form": form,
        "back": _back(request, delegation),
    }
    return render(request, "meetings/participant_edit.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def participant_remove(request: PrivateRequest, pk: int) -> HttpResponse:
    participant = _participant(request, pk)
    try:
        version = number_of(request.POST.get("version", ""))
        participants.remove(participant=participant, version=version, by=request.user, at=clock.now())
    except DelegationChanged:
        messages.info(request, _("This delegation was changed after you opened the page. Look again, then decide."))
    except DelegationRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The person is no longer in the delegation, and nothing of them is kept."))
    return redirect(_back(request, participant.delegation))


def _participant(request: PrivateRequest, pk: int) -> Participant:
    """A person whose name this one may still see and change."""
    found = visible_participants(request.user).select_related(
        "delegation__meeting", "delegation__state", "delegation__organisation"
    )
    participant = get_object_or_404(found, pk=pk)
    require(request.user, "meetings.write_delegation", participant.delegation)
    if retention.are_names_gone(participant.delegation.meeting, on=clock.today()):
        return get_object_or_404(Participant.objects.none(), pk=pk)
    return participant


def _back(request: PrivateRequest, delegation: Delegation) -> str:
    """The page of the delegation that is this person's own; the desk's for the ISO."""
    key = delegation.meeting.key
    if delegation.state_id in request.user.state_ids and delegation.state:
        return reverse("meetings:state-delegation", args=[delegation.state.slug, key])
    if own_delegations(request.user).filter(pk=delegation.pk).exists() and delegation.organisation:
        return f"{reverse('meetings:observer-delegation', args=[key])}?for={delegation.organisation.key}"
    return reverse("meetings:delegation-detail", args=[key, delegation.pk])
