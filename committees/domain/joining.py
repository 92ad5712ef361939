"""The universalisation log: how far a State is on its way to joining, obstacles, next steps, and its votes.

What is learnt is written down as an entry and stays; the newest tells where the State stands. An entry is private to
those who work on universalisation, unless it rests on a public source and is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.enums import TreatyStatus
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import locked
from committees.domain import follow_ups
from committees.domain.contacts import NextStep
from committees.domain.said import WorkRefused, said
from committees.enums import AssemblyVote
from committees.models import Body, Contact, JoiningEntry, ResolutionVote

LONGEST_LINE = 300
FIRST_VOTE = 2015  # the General Assembly's first resolution on the Convention


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """What was learnt of a State's way to joining, on which day and from where."""

    on: date
    step: str
    position: str = ""
    obstacles: str = ""
    source: str = ""
    is_public: bool = False


@transaction.atomic
def note_entry(
    *,
    body: Body,
    state: State,
    learnt: Learnt,
    contact: Contact | None,
    next_step: NextStep | None,
    by: User,
    at: datetime,
) -> JoiningEntry:
    """Write down what was learnt, with its next step if there is one.

    :raises WorkRefused: if the State is a Party, the day is to come, or it is to be shown without a source.
    """
    if state.is_party_on(at.date()):
        raise WorkRefused(_("The Convention is in force for this State."))
    if learnt.on > at.date():
        raise WorkRefused(_("This day is still to come."))
    source = said(learnt.source, longest=LONGEST_LINE)
    if learnt.is_public and not source:
        raise WorkRefused(_("Name the public source. Without one this cannot be shown to everybody."))
    if contact and contact.body_id != body.pk:
        raise WorkRefused(_("This was written down in another body."))
    entry = JoiningEntry.objects.create(
        state=state,
        contact=contact,
        learnt_on=learnt.on,
        step=learnt.step,
        position=said(learnt.position),
        obstacles=said(learnt.obstacles),
        next_step=said(next_step.what, longest=LONGEST_LINE) if next_step else "",
        source=source,
        is_public=learnt.is_public,
        noted_by=by,
        noted_at=at,
    )
    if next_step:
        follow_ups.made(
            body=body,
            what=next_step.what,
            owner=next_step.owner,
            due=next_step.due,
            contact=contact,
            state=state,
            by=by,
            at=at,
        )
    _noted("note", entry, by=by, at=at, shown=entry.is_public)
    return entry


@transaction.atomic
def show_entry(*, entry: JoiningEntry, shown: bool, by: User, at: datetime) -> JoiningEntry:
    """Let everybody read the entry's position, obstacles and source, or take that back. Its next step stays private.

    :raises WorkRefused: if it has no source.
    """
    entry = locked(entry)
    if entry.is_public == shown:
        return entry
    if shown and not entry.source:
        raise WorkRefused(_("Name the public source. Without one this cannot be shown to everybody."))
    entry.is_public = shown
    entry.save(update_fields=["is_public"])
    _noted("show" if shown else "hide", entry, by=by, at=at)
    return entry


@transaction.atomic
def record_vote(*, state: State, year: int, vote: str, source: str, by: User, at: datetime) -> ResolutionVote:
    """How a State voted on the General Assembly's resolution of a year; a later record of the same year corrects it.

    :raises WorkRefused: if there was no such resolution, or no source is named.
    """
    if not FIRST_VOTE <= year <= at.year:
        told = {"first": FIRST_VOTE, "last": at.year}
        raise WorkRefused(
            _("The resolution is voted on each year since %(first)s; the last one is of %(last)s.") % told
        )
    row, _new = ResolutionVote.objects.update_or_create(
        state=state,
        year=year,
        defaults={
            "vote": AssemblyVote(vote),
            "source": said(source, longest=LONGEST_LINE, empty=_("Name the source.")),
        },
    )
    register.append(
        action="committees.resolutionvote.record", by=by, at=at, state=state, obj=row, data={"year": year, "vote": vote}
    )
    return row


def outside(*, on: date) -> QuerySet[State]:
    """The States for which the Convention is not in force on ``on``, signatories among them, by name."""
    return State.objects.exclude(pk__in=State.objects.parties_on(on)).by_name()


def is_signatory(state: State) -> bool:
    return state.treaty_status == TreatyStatus.SIGNATORY


def newest(entries: Iterable[JoiningEntry]) -> dict[int, JoiningEntry]:
    """State -> the entry that tells where it stands: the one learnt last."""
    found: dict[int, JoiningEntry] = {}
    for entry in sorted(entries, key=lambda entry: (entry.learnt_on, entry.pk)):
        found[entry.state_id] = entry
    return found


def _noted(act: str, entry: JoiningEntry, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register, without the words."""
    register.append(
        action=f"committees.joiningentry.{act}", by=by, at=at, state=entry.state, obj=entry, data=dict(data)
    )
