"""Delegations as units: who is expected, who asks to be invited, who was notified, who comes after all.

Accreditation and registration stay with the United Nations: here stand their references, never their work.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import Organisation, State, User
from ccm_portal.core.workflow import Transition, locked
from ccm_portal.core.writing import plain
from meetings import emails_people
from meetings import workflow_people as workflow
from meetings.domain.retention import are_names_gone
from meetings.enums import DelegationKind, DelegationStatus, MeetingStatus
from meetings.models import Delegation, Meeting
from meetings.rules_people import takes_delegations
from meetings.rules_room import TAKES_PART

STATE_KINDS = frozenset({DelegationKind.STATE_PARTY, DelegationKind.SIGNATORY, DelegationKind.STATE})
LONGEST_PURPOSE = 3000


class DelegationRefused(Exception):
    """It cannot be done with this delegation. The message is fit to show the user."""


class DelegationChanged(DelegationRefused):
    """Somebody else has changed it since the page was opened. ``delegation`` is as it is now."""

    def __init__(self, delegation: Delegation) -> None:
        super().__init__(
            _("This delegation was changed after you opened the page. Your text is kept: compare, then send it.")
        )
        self.delegation = delegation


def kind_of_state(state: State, *, on: date) -> DelegationKind:
    """As what a State takes part, by the Depositary's dates on the first day of the meeting."""
    if state.is_party_on(on):
        return DelegationKind.STATE_PARTY
    has_withdrawn = state.withdrawn_effective is not None and state.withdrawn_effective <= on
    if state.signed and state.signed <= on and not has_withdrawn:
        return DelegationKind.SIGNATORY
    return DelegationKind.STATE


def kind_of_organisation(organisation: Organisation) -> DelegationKind:
    """Rule 1.2 names those that attend as of right; all others ask (Rule 1.3)."""
    return DelegationKind.RIGHT if organisation.observer == "right" else DelegationKind.INVITED


def held(delegation: Delegation, *, version: int) -> Delegation:
    """The delegation, locked, if it is still as the page showed it and its meeting goes on.

    :raises DelegationChanged: if it is not.
    :raises DelegationRefused: if the meeting was cancelled.
    """
    fresh = locked(delegation)
    require_open(fresh.meeting)
    if fresh.version != version:
        raise DelegationChanged(fresh)
    return fresh


def require_open(meeting: Meeting) -> None:
    """:raises DelegationRefused: if nobody comes to the meeting any more."""
    if not takes_delegations(meeting):
        raise DelegationRefused(_("Nobody comes to this meeting as a delegation."))
    if meeting.status == MeetingStatus.CANCELLED:
        raise DelegationRefused(_("The meeting was cancelled."))


def require_ahead(meeting: Meeting, *, at: datetime) -> None:
    """:raises DelegationRefused: if nobody comes to the meeting any more, or it is over."""
    require_open(meeting)
    if meeting.ends < at.date():
        raise DelegationRefused(_("The meeting is over."))


def touch(delegation: Delegation, *, at: datetime) -> None:
    """Count a change of the delegation; it is saved by whoever calls."""
    delegation.version += 1
    delegation.changed_at = at


@transaction.atomic
def open_for_state(*, meeting: Meeting, state: State, by: User, at: datetime) -> Delegation:
    """The delegation of a State, begun by its own people or by the ISO; what exists is given back as it is.

    :raises DelegationRefused: if nobody comes to the meeting as a delegation, or it is over.
    """
    require_ahead(meeting, at=at)
    kind = kind_of_state(state, on=meeting.starts)
    delegation, is_new = Delegation.objects.get_or_create(
        meeting=meeting, state=state, defaults={"kind": kind, "changed_at": at}
    )
    if is_new:
        _noted("expect", delegation, by=by, at=at)
    return delegation


@transaction.atomic
def open_for_observer(*, meeting: Meeting, organisation: Organisation, by: User, at: datetime) -> Delegation:
    """The delegation of an organisation that attends as of right (Rule 1.2).

    :raises DelegationRefused: if the organisation has to ask.
    """
    require_ahead(meeting, at=at)
    kind = kind_of_organisation(organisation)
    if kind != DelegationKind.RIGHT:
        raise DelegationRefused(_("This organisation asks to be invited first."))
    delegation, is_new = Delegation.objects.get_or_create(
        meeting=meeting, organisation=organisation, defaults={"kind": kind, "changed_at": at}
    )
    if is_new:
        _noted("expect", delegation, by=by, at=at)
    return delegation


@transaction.atomic
def expect_all(*, meeting: Meeting, by: User, at: datetime) -> int:
    """Expect every State Party of the meeting's first day that has no delegation yet, in one go. How many were new.

    :raises DelegationRefused: if nobody comes to the meeting as a delegation, or it is over.
    """
    meeting = locked(meeting)
    require_ahead(meeting, at=at)
    parties = State.objects.parties_on(meeting.starts).exclude(delegations__meeting=meeting)
    made = Delegation.objects.bulk_create(
        Delegation(meeting=meeting, state=state, kind=DelegationKind.STATE_PARTY, changed_at=at) for state in parties
    )
    if made:
        register.append(
            action="meetings.delegation.expect_all", by=by, at=at, obj=meeting, data={"delegations": len(made)}
        )
    return len(made)


@transaction.atomic
def ask(*, meeting: Meeting, organisation: Organisation, purpose: str, by: User, at: datetime) -> Delegation:
    """An organisation asks to be invited (Rule 1.3), saying that it works without profit and what for.

    :raises DelegationRefused: if it attends as of right, has asked already, or says nothing.
    """
    require_ahead(meeting, at=at)
    if kind_of_organisation(organisation) == DelegationKind.RIGHT:
        raise DelegationRefused(_("This organisation attends as of right. It need not ask."))
    text = _purpose(purpose)
    delegation, is_new = Delegation.objects.get_or_create(
        meeting=meeting,
        organisation=organisation,
        defaults={
            "kind": DelegationKind.INVITED,
            "status": DelegationStatus.ASKED,
            "purpose": text,
            "changed_at": at,
        },
    )
    if not is_new:
        delegation = locked(delegation)
        if delegation.status != DelegationStatus.WITHDRAWN:
            raise DelegationRefused(_("Your organisation has asked already. The answer stands on this page."))
        delegation.purpose = text
        touch(delegation, at=at)
        workflow.ASK_AGAIN.apply(delegation)
    emails_people.asked(delegation, at=at)
    _noted("ask", delegation, by=by, at=at)
    return delegation


@transaction.atomic
def add(
    *,
    meeting: Meeting,
    by: User,
    at: datetime,
    state: State | None = None,
    organisation: Organisation | None = None,
    name: str = "",
    is_expert: bool = False,
    purpose: str = "",
) -> Delegation:
    """A delegation that the ISO enters: of a State, of an organisation known here, or of one known by its name alone.
    Technical experts and field workers are invited in person; ``name`` then says from which team or place.

    :raises DelegationRefused: if it is there already, or is of nobody.
    """
    meeting = locked(meeting)  # so that two who add the same one at the same moment do so one after the other
    require_open(meeting)
    name = plain(name)
    if [bool(state), bool(organisation), bool(name)].count(True) != 1:
        raise DelegationRefused(_("Choose a State or an organisation, or write a name: one of the three."))
    if is_expert and not name:
        raise DelegationRefused(_("For an expert, write the team or place the person comes from."))
    kind = _kind(meeting, state, organisation, is_expert=is_expert)
    of = Delegation(meeting=meeting, state=state, organisation=organisation, name=name, kind=kind, changed_at=at)
    if _stands(of):
        raise DelegationRefused(_("This delegation is in the list already."))
    if kind == DelegationKind.INVITED:
        of.status, of.purpose = DelegationStatus.ASKED, _purpose(purpose)
    elif kind == DelegationKind.EXPERT:
        of.status, of.purpose = DelegationStatus.INVITED, plain(purpose)[:LONGEST_PURPOSE]
    of.save()
    _noted("add", of, by=by, at=at)
    return of


def _kind(
    meeting: Meeting, state: State | None, organisation: Organisation | None, *, is_expert: bool
) -> DelegationKind:
    if state:
        return kind_of_state(state, on=meeting.starts)
    if organisation:
        return kind_of_organisation(organisation)
    return DelegationKind.EXPERT if is_expert else DelegationKind.INVITED


def _stands(of: Delegation) -> bool:
    same = Delegation.objects.filter(meeting=of.meeting)
    if of.state_id or of.organisation_id:
        return same.filter(state=of.state, organisation=of.organisation).exists()
    return same.filter(name__iexact=of.name, kind=of.kind).exists()


def _purpose(text: str) -> str:
    text = plain(text)
    if not text:
        raise DelegationRefused(
            _("Say that the organisation works without profit, and how its purposes fit the Convention.")
        )
    if len(text) > LONGEST_PURPOSE:
        raise DelegationRefused(_("Write at most %(limit)s characters.") % {"limit": LONGEST_PURPOSE})
    return text


@transaction.atomic
def notify(
    *,
    delegation: Delegation,
    note_reference: str,
    note_date: date | None,
    un_reference: str,
    version: int,
    by: User,
    at: datetime,
) -> Delegation:
    """Write down by which note verbale, or under which reference of the United Nations, the delegation was notified.

    :raises DelegationRefused: if neither is given, or the day of the note lies ahead.
    :raises TransitionRefused: if the delegation does not take part.
    """
    delegation = held(delegation, version=version)
    if not plain(note_reference) and not plain(un_reference):
        raise DelegationRefused(_("Write the reference of the note verbale, or of the registration."))
    if note_date and note_date > at.date():
        raise DelegationRefused(_("The day of the note verbale lies ahead."))
    delegation.note_reference = plain(note_reference)
    delegation.note_date = note_date
    delegation.un_reference = plain(un_reference)
    touch(delegation, at=at)
    workflow.NOTIFY.apply(delegation)
    workflow.NOTIFY.record(delegation, by=by, at=at)
    return delegation


@transaction.atomic
def move(
    *, delegation: Delegation, arrow: Transition, version: int, by: User, at: datetime, note: str | None = None
) -> Delegation:
    """Take one of the arrows that need no more than a note: invite, decline, withdraw, return, credentials. The names
    of a delegation that does not come are deleted at once.

    :raises DelegationRefused: if credentials are asked of an observer, or a refusal is without a reason.
    :raises TransitionRefused: if the arrow does not start where the delegation is.
    """
    delegation = held(delegation, version=version)
    if arrow in workflow.CREDENTIALS:
        if delegation.kind not in STATE_KINDS:
            raise DelegationRefused(_("Observers have no credentials to show."))
        delegation.credentials_note = plain(note or "")
    elif arrow in (workflow.INVITE, workflow.DECLINE):
        if delegation.kind not in (DelegationKind.INVITED, DelegationKind.EXPERT):
            raise DelegationRefused(_("This delegation needs no invitation."))
        if arrow is workflow.DECLINE and not plain(note or ""):
            raise DelegationRefused(_("Say why the organisation is not invited."))
        delegation.decided_note = plain(note or "")
    elif arrow is workflow.RETURN and delegation.kind == DelegationKind.INVITED:
        raise DelegationRefused(_("The organisation asks anew to be invited."))
    if arrow in (workflow.WITHDRAW, workflow.DECLINE):
        delegation.participants.all().delete()  # nobody needs the names of who does not come
        delegation.size = 0
    touch(delegation, at=at)
    arrow.apply(delegation)
    if arrow is workflow.INVITE:
        emails_people.invited(delegation, at=at)
    elif arrow is workflow.DECLINE:
        emails_people.declined(delegation, at=at)
    arrow.record(delegation, by=by, at=at)
    return delegation


@transaction.atomic
def approve(*, delegation: Delegation, on: date, version: int, by: User, at: datetime) -> Delegation:
    """Record that the meeting gave its final approval to an observer that was invited provisionally (Rule 1.3).

    :raises DelegationRefused: if it needs none, was not invited, or the day is none of the meeting's.
    """
    delegation = held(delegation, version=version)
    if delegation.kind != DelegationKind.INVITED or delegation.status not in (
        DelegationStatus.INVITED,
        DelegationStatus.NOTIFIED,
    ):
        raise DelegationRefused(_("Only an organisation that was invited provisionally is approved by the meeting."))
    if not delegation.meeting.parts.filter(starts__lte=on, ends__gte=on).exists():
        raise DelegationRefused(_("The meeting approves on one of its own days."))
    if on > at.date():
        raise DelegationRefused(_("That day lies ahead."))
    delegation.approved_on = on
    touch(delegation, at=at)
    delegation.save()
    _noted("approve", delegation, by=by, at=at)
    return delegation


def may_be_written(delegation: Delegation, *, on: date) -> bool:
    """Whether names can be entered: the delegation comes, and names are still kept."""
    meeting = delegation.meeting
    return (
        delegation.status in TAKES_PART
        and meeting.status != MeetingStatus.CANCELLED
        and not are_names_gone(meeting, on=on)
    )


def _noted(act: str, delegation: Delegation, *, by: User, at: datetime) -> None:
    register.append(
        action=f"meetings.delegation.{act}",
        by=by,
        at=at,
        state=delegation.state,
        obj=delegation,
        data={"meeting": delegation.meeting.key, "kind": delegation.kind},
    )
