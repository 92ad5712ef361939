"""The page of one delegation, whoever looks: its own people, the ISO, the President. What each may do is asked anew
with every act."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest
from ccm_portal.core.permissions import may, require
from ccm_portal.core.seen import SeenForm, stands_now
from ccm_portal.core.workflow import Transition, TransitionRefused
from meetings import workflow_people as workflow
from meetings.domain import delegations, participants, retention
from meetings.domain.delegations import STATE_KINDS, DelegationChanged, DelegationRefused
from meetings.enums import DelegationKind, DelegationStatus
from meetings.forms_people import ApprovalForm, DecisionNoteForm, NoteForm, PersonForm
from meetings.models import Delegation

# What is told once it is done; ``None`` where there is no more to say than that it is saved.
Doing = Callable[[PrivateRequest, Delegation, Any, datetime], str | None]


def _add(request: PrivateRequest, delegation: Delegation, form: PersonForm, at: datetime) -> str:
    require(request.user, "meetings.write_delegation", delegation)
    person = form.person()
    was = participants.other_head(delegation, person)
    participants.add(delegation=delegation, person=person, version=form.cleaned_data["version"], by=request.user, at=at)
    return saved(was)


def saved(was_head: str) -> str:
    """That it is saved, and who is no longer the head of the delegation."""
    if was_head:
        return _("Saved. %(name)s is no longer the head of the delegation.") % {"name": was_head}
    return _("Saved.")


def _notify(request: PrivateRequest, delegation: Delegation, form: NoteForm, at: datetime) -> None:
    require(request.user, workflow.NOTIFY.perm, delegation)
    delegations.notify(delegation=delegation, **form.cleaned_data, by=request.user, at=at)


def _approve(request: PrivateRequest, delegation: Delegation, form: ApprovalForm, at: datetime) -> None:
    require(request.user, "meetings.examine_credentials", delegation)
    delegations.approve(delegation=delegation, **form.cleaned_data, by=request.user, at=at)


def _take(arrow: Transition) -> Doing:
    def take(request: PrivateRequest, delegation: Delegation, form: DecisionNoteForm, at: datetime) -> None:
        require(request.user, arrow.perm, delegation)
        delegations.move(delegation=delegation, arrow=arrow, **form.cleaned_data, by=request.user, at=at)

    return take


ACTS: dict[str, tuple[str, type[forms.Form], Doing]] = {
    "person": ("person", PersonForm, _add),
    "notify": ("note", NoteForm, _notify),
    "approve": ("approval", ApprovalForm, _approve),
    "invite": ("invitation", DecisionNoteForm, _take(workflow.INVITE)),
    "decline": ("invitation", DecisionNoteForm, _take(workflow.DECLINE)),
    **{arrow.name: ("credentials", DecisionNoteForm, _take(arrow)) for arrow in workflow.CREDENTIALS},
    "withdraw": ("leave", SeenForm, _take(workflow.WITHDRAW)),
    "return": ("leave", SeenForm, _take(workflow.RETURN)),
}


def act(request: PrivateRequest, delegation: Delegation, address: str, **context: Any) -> HttpResponse:
    """Do what a form of the page asks; or show the page again, with what was typed and what is wrong."""
    known = ACTS.get(request.POST.get("act", ""))
    if known is None:
        return show(request, delegation, status=422, **context)
    name, form_class, do = known
    form = form_class(request.POST)
    if request.POST.get("act") == "withdraw" and "sure" not in request.POST and delegation.participants.exists():
        require(request.user, workflow.WITHDRAW.perm, delegation)
        return _ask_whether_sure(request, delegation, address)
    if form.is_valid():
        try:
            told = do(request, delegation, form, clock.now())
        except DelegationChanged as refusal:
            delegation = refusal.delegation
            stands_now(form, delegation.version)
            form.add_error(None, str(refusal))
        except (DelegationRefused, TransitionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told or _("Saved."))
            return redirect(address)
    return show(request, delegation, forms={name: form}, status=422, **context)


def _ask_whether_sure(request: PrivateRequest, delegation: Delegation, address: str) -> HttpResponse:
    """Names are deleted at once: first it is said how many."""
    context = {
        "meeting": delegation.meeting,
        "delegation": delegation,
        "persons": delegation.participants.count(),
        "back": address,
    }
    return render(request, "meetings/delegation_leave.html", context)


def show(
    request: PrivateRequest,
    delegation: Delegation,
    *,
    forms: dict[str, Any] | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page, with the forms that this person may use."""
    meeting, user, today = delegation.meeting, request.user, clock.today()
    seen = {"version": delegation.version}
    noted = {name: getattr(delegation, name) for name in ("note_reference", "note_date", "un_reference")}
    may_write = may(user, "meetings.write_delegation", delegation)
    may_invite = may(user, "meetings.invite_delegation", delegation)
    may_examine = may(user, "meetings.examine_credentials", delegation)
    gone = retention.are_names_gone(meeting, on=today)
    offered: dict[str, Any] = {}
    if may_write and delegations.may_be_written(delegation, on=today):
        offered["person"] = PersonForm(initial=seen)
    if may_write and workflow.NOTIFY.starts_at(delegation):
        offered["note"] = NoteForm(initial=seen | noted)
    if may_invite and delegation.kind == DelegationKind.INVITED:
        offered["invitation"] = DecisionNoteForm(initial=seen | {"note": delegation.decided_note})
        if may_examine and delegation.status in (DelegationStatus.INVITED, DelegationStatus.NOTIFIED):
            offered["approval"] = ApprovalForm(initial=seen | {"on": delegation.approved_on})
    if may_examine and delegation.kind in STATE_KINDS:
        offered["credentials"] = DecisionNoteForm(initial=seen | {"note": delegation.credentials_note})
    return render(
        request,
        "meetings/delegation.html",
        {
            "meeting": meeting,
            "delegation": delegation,
            "persons": [] if gone else participants.in_order(delegation.participants.all()),
            "sees_names": may_write or may(user, "meetings.see_participants", meeting),
            "may_write": may_write,
            "may_examine": may_examine,
            "may_invite": may_invite,
            "invitations": _open(delegation, (workflow.INVITE, workflow.DECLINE)),
            "credentials": _open(delegation, workflow.CREDENTIALS),
            "has_credentials": delegation.kind in STATE_KINDS,
            "can_leave": may_write and workflow.WITHDRAW.starts_at(delegation),
            "can_return": may_write
            and workflow.RETURN.starts_at(delegation)
            and delegation.kind != DelegationKind.INVITED,
            "kept_until": retention.kept_until(meeting),
            "names_gone": gone,
            "forms": offered | (forms or {}),
            **context,
        },
        status=status,
    )


def _open(delegation: Delegation, arrows: tuple[Transition, ...]) -> list[Transition]:
    return [arrow for arrow in arrows if arrow.starts_at(delegation)]
