"""The persons of a delegation: only what the list of participants needs, one of them its head."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.writing import plain
from committees.enums import Gender
from meetings.domain.delegations import DelegationRefused, held, may_be_written, touch
from meetings.models import Delegation, Participant

MOST = 200  # persons in one delegation


@dataclass(frozen=True, kw_only=True)
class Person:
    """What is asked of a person. Gender is counted and never listed."""

    name: str
    title: str = ""
    function: str = ""
    gender: str = Gender.NOT_SAID
    is_head: bool = False
    is_online: bool = False


def in_order(persons: Iterable[Participant]) -> list[Participant]:
    """The head first, then as they were entered."""
    return sorted(persons, key=lambda one: (not one.is_head, one.position, one.pk))


def other_head(delegation: Delegation, person: Person, *, than: Participant | None = None) -> str:
    """Who is no longer the head once this person is; empty where nobody loses it."""
    if not person.is_head:
        return ""
    heads = delegation.participants.filter(is_head=True)
    if than is not None and than.pk is not None:
        heads = heads.exclude(pk=than.pk)
    return str(heads.values_list("name", flat=True).first() or "")


@transaction.atomic
def add(*, delegation: Delegation, person: Person, version: int, by: User, at: datetime) -> Participant:
    """Enter a person. Where the person is the head, whoever was is no longer.

    :raises DelegationRefused: if no names are taken any more, or the person is in the delegation already.
    """
    delegation = _writable(delegation, version=version, at=at)
    others = list(delegation.participants.all())
    if len(others) >= MOST:
        raise DelegationRefused(_("A delegation has at most %(most)s persons here.") % {"most": MOST})
    _require_new(person, others)
    if person.is_head:
        delegation.participants.filter(is_head=True).update(is_head=False)
    position = max((one.position for one in others), default=0) + 1
    made = Participant(delegation=delegation, position=position)
    _write(made, person)
    _counted("person_added", delegation, by=by, at=at)
    return made


@transaction.atomic
def change(*, participant: Participant, person: Person, version: int, by: User, at: datetime) -> Participant:
    """Write a person anew.

    :raises DelegationRefused: if no names are taken any more, or another person of the delegation has that name.
    """
    delegation = _writable(participant.delegation, version=version, at=at)
    fresh = delegation.participants.get(pk=participant.pk)
    _require_new(person, [one for one in delegation.participants.all() if one.pk != fresh.pk])
    if person.is_head:
        delegation.participants.exclude(pk=fresh.pk).filter(is_head=True).update(is_head=False)
    _write(fresh, person)
    _counted("person_changed", delegation, by=by, at=at)
    return fresh


@transaction.atomic
def remove(*, participant: Participant, version: int, by: User, at: datetime) -> None:
    """Take a person out: nothing of them stays.

    :raises DelegationRefused: if the delegation was changed meanwhile.
    """
    delegation = held(participant.delegation, version=version)
    delegation.participants.filter(pk=participant.pk).delete()
    _counted("person_removed", delegation, by=by, at=at)


def _writable(delegation: Delegation, *, version: int, at: datetime) -> Delegation:
    delegation = held(delegation, version=version)
    if not may_be_written(delegation, on=at.date()):
        raise DelegationRefused(_("Names cannot be entered for this delegation now."))
    return delegation


def _require_new(person: Person, others: Iterable[Participant]) -> None:
    if not plain(person.name):
        raise DelegationRefused(_("Write a name."))
    if any(one.name.casefold() == plain(person.name).casefold() for one in others):
        raise DelegationRefused(_("A person of this name is in the delegation already."))


def _write(participant: Participant, person: Person) -> None:
    participant.title = plain(person.title)
    participant.name = plain(person.name)
    participant.function = plain(person.function)
    participant.gender = person.gender
    participant.is_head = person.is_head
    participant.is_online = person.is_online
    participant.save()


def _counted(act: str, delegation: Delegation, *, by: User, at: datetime) -> None:
    """Keep the number beside the names, and record that names changed, never which."""
    delegation.size = delegation.participants.count()
    touch(delegation, at=at)
    delegation.save()
    register.append(
        action=f"meetings.delegation.{act}",
        by=by,
        at=at,
        state=delegation.state,
        obj=delegation,
        data={"meeting": delegation.meeting.key, "persons": delegation.size},
    )
