"""Contacts between meetings: with whom, when, on which way, about what, and the next step."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import Organisation, State, User
from committees.domain import follow_ups
from committees.domain.owners import Owner
from committees.domain.said import WorkRefused, said, seen
from committees.enums import ContactKind
from committees.models import Body, Contact

LONGEST_ABOUT = 300


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is written down of a contact."""

    kind: str
    channel: str
    level: str
    held_on: date
    states: tuple[State, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    others: str = ""
    about: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """What follows from a contact: what, whose it is, by when."""

    what: str
    owner: Owner
    due: date | None


@transaction.atomic
def note_contact(*, body: Body, told: Told, next_step: NextStep | None, by: User, at: datetime) -> Contact:
    """Write a contact down, with its next step if there is one.

    :raises WorkRefused: if it was with nobody, with several sides though it is called bilateral, or is still to come.
    """
    contact = Contact(body=body, noted_by=by, noted_at=at)
    _write(contact, told, on=at.date())
    if next_step:
        about = told.states[0] if len(told.states) == 1 else None
        follow_ups.made(
            body=body,
            what=next_step.what,
            owner=next_step.owner,
            due=next_step.due,
            contact=contact,
            state=about,
            by=by,
            at=at,
        )
    _noted("note", contact, by=by, at=at, next_step=next_step is not None)
    return contact


@transaction.atomic
def edit_contact(*, contact: Contact, told: Told, version: int, by: User, at: datetime) -> Contact:
    """Say it otherwise.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: as ``note_contact``.
    """
    contact = seen(contact, version)
    contact.version += 1
    _write(contact, told, on=at.date())
    _noted("edit", contact, by=by, at=at)
    return contact


def _write(contact: Contact, told: Told, *, on: date) -> None:
    others = said(told.others, longest=200)
    sides = len(told.states) + len(told.organisations) + bool(others)
    if not sides:
        raise WorkRefused(_("Say with whom it was: a State, an organisation, or others in words."))
    if told.kind == ContactKind.BILATERAL and sides > 1:
        raise WorkRefused(_("A bilateral contact is with one side. Choose “Multilateral”, or leave one side."))
    if told.held_on > on:
        raise WorkRefused(_("This day is still to come. Write down as a next step what is planned."))
    contact.kind, contact.channel, contact.level = told.kind, told.channel, told.level
    contact.held_on, contact.with_others = told.held_on, others
    contact.about = said(told.about, longest=LONGEST_ABOUT, empty=_("Say what it was about."))
    contact.text = said(told.text)
    contact.save()
    contact.with_states.set(told.states)
    contact.with_organisations.set(told.organisations)


def sides_of(contact: Contact) -> list[str]:
    """With whom, by their names: States, organisations, others."""
    named: Iterable[State | Organisation] = [*contact.with_states.all(), *contact.with_organisations.all()]
    return [one.name for one in named] + ([contact.with_others] if contact.with_others else [])


def _noted(act: str, contact: Contact, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register, without with whom and about what."""
    register.append(
        action=f"committees.contact.{act}", by=by, at=at, obj=contact, data={"body": contact.body.key, **data}
    )
