"""Statement texts: handed in by a delegation, or by the ISO for one that mailed it; held, released, withdrawn.

A held text is nobody's but the delegation's and the ISO's: it is in no register, no list, no search. Publication and
what happens to a published text are acts on record.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import files, register, writing
from ccm_portal.core.file_kinds import DOCX, ODT, PDF, TEXT
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from meetings.domain.agenda_reading import public_item
from meetings.domain.floor_room import FloorChanged, FloorRefused, held
from meetings.domain.statement_giving import about, published, record_published
from meetings.domain.statement_words import index
from meetings.enums import SlotKind, SlotStatus, StatementRelease, StatementStatus
from meetings.models import Delegation, Meeting, SpeakerSlot, Statement, StatementText
from meetings.rules_room import TAKES_PART
from meetings.workflow_room import WITHDRAW_STATEMENT

LONGEST = 60_000  # characters
KINDS = frozenset({PDF, DOCX, ODT, TEXT})


@dataclass(frozen=True)
class Given:
    """A text in one language: words, a file with its name, or both."""

    language: str
    text: str = ""
    name: str = ""
    content: bytes = b""


@transaction.atomic
def hand_in(
    *,
    meeting: Meeting,
    code: int,
    delegation: Delegation,
    given: Given,
    release: str,
    by: User,
    at: datetime,
    on_behalf_of: str = "",
) -> Statement:
    """Hand in what is, or was, said on an item. It goes with the delegation's request for the floor on it, if there is
    one. If it has been given already and is to be public then, it is public at once.

    :raises FloorRefused: if the delegation does not take part, the agenda has no such item, or nothing is said.
    :raises FileRefused: if the file cannot be taken.
    """
    held(meeting, at=at)
    delegation = Delegation.objects.select_related("state").get(pk=delegation.pk, meeting=meeting)
    if delegation.status not in TAKES_PART:
        raise FloorRefused(_("%(who)s does not take part in this meeting.") % {"who": delegation})
    if public_item(meeting, code) is None:
        raise FloorRefused(_("The published agenda has no such item."))
    group = " ".join(writing.plain(on_behalf_of).split())[:200]
    statement = Statement.objects.create(
        meeting=meeting,
        code=code,
        slot=_slot_for(meeting, code, delegation, group),
        delegation=delegation,
        on_behalf_of=group,
        release=StatementRelease(release),
        handed_in_by=by,
        handed_in_at=at,
    )
    _put(statement, given, at=at)
    if _has_been_given(statement):
        published(statement, at=at)
        record_published(statement, by=by, at=at)
    return statement


@transaction.atomic
def put_text(*, statement: Statement, given: Given, version: int, by: User, at: datetime) -> Statement:
    """Another language, or the text of a language anew. Of a published one it is a correction, on record.

    :raises FloorChanged: if the statement has another version.
    :raises FloorRefused: if it was withdrawn, or nothing is said.
    :raises FileRefused: if the file cannot be taken.
    """
    statement = _fresh(statement, version, at=at)
    _put(statement, given, at=at)
    statement.version += 1
    statement.save()
    if statement.status == StatementStatus.PUBLISHED:
        _noted("correct", statement, by=by, at=at, language=given.language)
    return statement


@transaction.atomic
def release(*, statement: Statement, version: int, by: User, at: datetime) -> Statement:
    """The delegation lets everybody read it, given or not.

    :raises FloorChanged: if the statement has another version.
    :raises FloorRefused: if it was withdrawn.
    """
    statement = _fresh(statement, version, at=at)
    if statement.status == StatementStatus.HELD:
        published(statement, at=at)
        record_published(statement, by=by, at=at)
    return statement


@transaction.atomic
def set_release(*, statement: Statement, when: str, version: int, by: User, at: datetime) -> Statement:
    """When a held text is to become public. What has been given already becomes public at once by "when given".

    :raises FloorChanged: if the statement has another version.
    :raises FloorRefused: if it is not held any more.
    """
    statement = _fresh(statement, version, at=at)
    if statement.status != StatementStatus.HELD:
        raise FloorRefused(_("This statement is public already."))
    statement.release = StatementRelease(when)
    statement.version += 1
    statement.save()
    if _has_been_given(statement):
        published(statement, at=at)
        record_published(statement, by=by, at=at)
    return statement


@transaction.atomic
def withdraw(*, statement: Statement, version: int, by: User, at: datetime) -> Statement:
    """Take it back: nobody else reads it from the next request on. Only of a published one is it an act on record.

    :raises FloorChanged: if the statement has another version.
    :raises FloorRefused: if it was withdrawn.
    """
    statement = _fresh(statement, version, at=at)
    was = statement.status
    statement.slot = None
    statement.version += 1
    WITHDRAW_STATEMENT.apply(statement)
    if was == StatementStatus.PUBLISHED:
        _noted("withdraw", statement, by=by, at=at)
    return statement


def _fresh(statement: Statement, version: int, *, at: datetime) -> Statement:
    """The statement, locked after its room: giving the floor and handing in wait for one another."""
    meeting = statement.meeting
    held(meeting, at=at)
    fresh = locked(statement)
    fresh.meeting, fresh.delegation = meeting, statement.delegation
    if fresh.version != version:
        raise FloorChanged(_("This statement was changed after you opened the page. Your text is kept: compare first."))
    if fresh.status == StatementStatus.WITHDRAWN:
        raise FloorRefused(_("This statement was withdrawn. Hand it in anew."))
    return fresh


def _put(statement: Statement, given: Given, *, at: datetime) -> None:
    text = writing.plain(given.text)
    if not text and not given.content:
        raise FloorRefused(_("Write the statement, or choose its file."))
    if len(text) > LONGEST:
        raise FloorRefused(_("A statement may have at most %(most)s characters.") % {"most": LONGEST})
    row = StatementText.objects.filter(statement=statement, language=given.language).first()
    row = row or StatementText(statement=statement, language=given.language)
    if given.content:
        row.file = files.store(content=given.content, name=given.name, at=at, kinds=KINDS)
    row.text, row.added_at = text, at
    index(row)
    row.save()


def _slot_for(meeting: Meeting, code: int, delegation: Delegation, group: str) -> SpeakerSlot | None:
    """The request that this is the text of: one that waits or speaks first, else the last that was given."""
    rows = SpeakerSlot.objects.filter(
        list__meeting=meeting, list__code=code, delegation=delegation, on_behalf_of__iexact=group, statement=None
    ).exclude(kind=SlotKind.REPLY)
    alive = rows.filter(status__in=[SlotStatus.WAITING, SlotStatus.SPEAKING]).order_by("requested_at").first()
    return alive or rows.filter(status=SlotStatus.SPOKEN).order_by("-ended_at").first()


def _has_been_given(statement: Statement) -> bool:
    slot = statement.slot
    given = slot is not None and slot.status == SlotStatus.SPOKEN
    return given and statement.release == StatementRelease.WHEN_GIVEN


def _noted(act: str, statement: Statement, *, by: User, at: datetime, **data: object) -> None:
    register.append(
        action=f"meetings.statement.{act}",
        by=by,
        at=at,
        state=statement.delegation.state,
        obj=statement,
        data=about(statement) | data,
    )
