"""The group that analyses a request: who is in it, and who stands aside."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.enums import Clock
from ccm_portal.core.models import Organisation, State, User
from ccm_portal.core.workflow import locked
from committees.domain import reading
from committees.domain.said import WorkRefused, said, seen
from compliance.enums import GroupPart
from compliance.models import ExtensionRequest, GroupMember
from compliance.rules_analysis import BODIES, OPEN

EXPERTS = ("gichd", "icrc", "cmc")
LONGEST = 2000


@transaction.atomic
def begin(*, request: ExtensionRequest, by: User, at: datetime) -> list[GroupMember]:
    """The States that lead the committee or theme on the day, with the organisations that give advice. A State that
    asks and leads at once is in the list, and stands aside.

    :raises WorkRefused: if the request is not lodged, or has a group.
    """
    request = open_request(request)
    if request.group.exists():
        raise WorkRefused(_("This request has an analysis group already."))
    terms = reading.leaders_on(at.date()).filter(body__key__in=BODIES[Clock(request.clock.clock)])
    leads = {term.state_id: term.state for term in terms}
    members = [
        GroupMember(
            request=request, state=one, part=GroupPart.LEAD, stands_aside=one == request.state, added_by=by, added_at=at
        )
        for one in leads.values()
    ]
    members += [
        GroupMember(request=request, organisation=one, part=GroupPart.EXPERT, added_by=by, added_at=at)
        for one in Organisation.objects.filter(key__in=EXPERTS).order_by("pk")
    ]
    GroupMember.objects.bulk_create(members)
    _noted("begin", request, by=by, at=at, members=[name_of(one) for one in members])
    return members


@transaction.atomic
def add(
    *,
    request: ExtensionRequest,
    part: str,
    by: User,
    at: datetime,
    state: State | None = None,
    organisation: Organisation | None = None,
) -> GroupMember:
    """One more State or organisation.

    :raises WorkRefused: if it is none or both, is in the group, or asks itself.
    """
    request = open_request(request)
    if (state is None) == (organisation is None):
        raise WorkRefused(_("Choose a State or an organisation: one of the two."))
    if state == request.state:
        raise WorkRefused(_("The State that asks does not analyse its own request."))
    if request.group.filter(state=state, organisation=organisation).exists():
        raise WorkRefused(_("It is in the group already."))
    member = GroupMember.objects.create(
        request=request, state=state, organisation=organisation, part=part, added_by=by, added_at=at
    )
    _noted("add", request, by=by, at=at, member=name_of(member), part=part)
    return member


@transaction.atomic
def declare(
    *, member: GroupMember, conflict: str, stands_aside: bool, version: int, by: User, at: datetime
) -> GroupMember:
    """A member says what binds it to the State that asks, and whether it stands aside.

    :raises WorkChanged: if somebody else has written since.
    :raises WorkRefused: if who asks is not to stand aside, or somebody stands aside without a word why.
    """
    request = open_request(member.request)
    member = seen(member, version)
    conflict = said(conflict, longest=LONGEST)
    asks = is_found(member, request)
    if asks and not stands_aside:
        raise WorkRefused(_("The State that asks stands aside: it does not analyse its own request."))
    if stands_aside and not asks and not conflict:
        raise WorkRefused(_("Write why it stands aside. Everybody can read it."))
    member.conflict, member.stands_aside = conflict, stands_aside
    member.version += 1
    member.save()
    _noted("declare", request, by=by, at=at, member=name_of(member), stands_aside=stands_aside)
    return member


@transaction.atomic
def remove(*, member: GroupMember, version: int, by: User, at: datetime) -> None:
    """Out of the group.

    :raises WorkChanged: if somebody else has written since.
    """
    request = open_request(member.request)
    member = seen(member, version)
    told = name_of(member)
    member.delete()
    _noted("remove", request, by=by, at=at, member=told)


def is_found(member: GroupMember, request: ExtensionRequest) -> bool:
    """A conflict that needs no declaration: the State that asks leads the committee."""
    return member.state_id == request.state_id


def name_of(member: GroupMember) -> str:
    """A State's code or an organisation's key, for the register."""
    return member.state.iso3 if member.state else member.organisation.key if member.organisation else ""


def open_request(request: ExtensionRequest) -> ExtensionRequest:
    """The request, locked.

    :raises WorkRefused: if it is decided, withdrawn, or not lodged yet.
    """
    fresh = locked(request)
    if fresh.status not in OPEN:
        raise WorkRefused(_("This request is not open any more."))
    return fresh


def _noted(act: str, request: ExtensionRequest, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register: the transaction's last statement."""
    register.append(action=f"compliance.group.{act}", by=by, at=at, state=request.state, obj=request, data=data)
