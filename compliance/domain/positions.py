"""Positions of States on what the Convention means: noted by the office, stated by a State, proposed by observers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import files, register
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import Transition, TransitionRefused
from ccm_portal.core.writing import plain
from committees.domain.said import WorkRefused, said, seen
from compliance import workflow_positions as workflow
from compliance.domain.quotations import refuse_unsaid
from compliance.enums import PositionSource, PositionStatus
from compliance.models import Position, Topic
from meetings.models import Meeting, Statement
from reporting.models import ReportVersion

LONGEST = 12_000
LONGEST_LINE = 300


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a State said it: a filed report, a published statement, or another place with its reference."""

    kind: str = PositionSource.OTHER
    report: ReportVersion | None = None
    statement: Statement | None = None
    meeting: Meeting | None = None
    where: str = ""
    reference: str = ""  # symbol, paragraph, address


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a State said, on what, when, in which language; and an unofficial translation into English."""

    topic: Topic
    text: str
    said_on: date
    language: str = "en"
    translation: str = ""


@transaction.atomic
def note(*, state: State, words: Words, source: Source, by: User, at: datetime) -> Position:
    """Note what a State said in public. Everybody can read it at once.

    :raises WorkRefused: if nothing is said, the day is yet to come, no source is named, or the words are not there.
    """
    position = _made(state, words, source, by=by, at=at)
    workflow.NOTE.apply(position)
    _record(workflow.NOTE, position, by=by, at=at)
    return position


@transaction.atomic
def propose(*, state: State, words: Words, source: Source, by: User, at: datetime) -> Position:
    """Propose one to the office, with its source. Whoever proposed it and the office alone can read it.

    :raises WorkRefused: as for ``note``.
    """
    position = _made(state, words, source, by=by, at=at)
    position.save()
    # Nobody who reads the acts of a State learns that something is proposed about it.
    register.append(action="compliance.position.propose", by=by, at=at, obj=position)
    return position


@transaction.atomic
def state_position(
    *,
    state: State,
    words: Words,
    reference: str,
    by: User,
    at: datetime,
    replaces: Position | None = None,
    version: int = 0,
) -> Position:
    """A State says what it holds, in its own name, at once. What it replaces stays readable, as replaced.

    :param version: of ``replaces``, as it was seen.
    :raises WorkChanged: if what it replaces has changed since.
    :raises WorkRefused: if nothing is said, or what it would replace is another State's, on another topic, or no
        longer stands.
    """
    old = seen(replaces, version) if replaces else None
    if old:
        _refuse_ended(old)
        if old.state_id != state.pk or old.topic_id != words.topic.pk:
            raise WorkRefused(_("A position can take the place of one of the same State on the same topic alone."))
    position = _made(state, words, Source(kind=PositionSource.SUBMISSION, reference=reference), by=by, at=at)
    workflow.STATE.apply(position)
    if old:
        old.replaced_by = position
        old.version += 1
        old.save(update_fields=["replaced_by", "version"])
    _record(workflow.STATE, position, by=by, at=at, replaces=old.pk if old else None)
    return position


@transaction.atomic
def take_in(*, position: Position, version: int, by: User, at: datetime) -> Position:
    """The office takes in what was proposed. Everybody can read it.

    :raises WorkChanged: if it has changed since it was seen.
    :raises WorkRefused: if it waits no longer, or its words are not in what everybody can read of its source.
    """
    position = seen(position, version)
    refuse_unsaid(position.text, report=position.report, statement=position.statement, state=position.state)
    return _settled(workflow.TAKE_IN, position, "", by=by, at=at)


@transaction.atomic
def refuse(*, position: Position, reason: str, version: int, by: User, at: datetime) -> Position:
    """The office does not take it in, and says why to whoever proposed it.

    :raises WorkChanged: if it has changed since it was seen.
    :raises WorkRefused: if it waits no longer, or no reason is given.
    """
    position = seen(position, version)
    return _settled(workflow.REFUSE, position, _reason(reason), by=by, at=at, quietly=True)


@transaction.atomic
def take_out(*, position: Position, reason: str, version: int, by: User, at: datetime) -> Position:
    """The office takes out what it noted wrongly. What a State said itself it leaves alone.

    :raises WorkChanged: if it has changed since it was seen.
    :raises WorkRefused: if it is the State's own word, or no reason is given.
    """
    position = seen(position, version)
    if position.source == PositionSource.SUBMISSION:
        raise WorkRefused(_("The State said this here itself. It alone can withdraw or replace it."))
    return _settled(workflow.TAKE_OUT, position, _reason(reason), by=by, at=at)


@transaction.atomic
def withdraw(*, position: Position, reason: str, version: int, by: User, at: datetime) -> Position:
    """The State withdraws it: everybody reads that and when, and no longer the words. The reason is for the office.

    :raises WorkChanged: if it has changed since it was seen.
    :raises WorkRefused: if it no longer stands.
    """
    position = seen(position, version)
    _refuse_ended(position)
    return _settled(workflow.WITHDRAW, position, said(reason), by=by, at=at)


@transaction.atomic
def correct(
    *, position: Position, words: Words, where: str, reference: str, version: int, by: User, at: datetime
) -> Position:
    """The office corrects what it noted. Of what a State said itself it writes the unofficial translation alone.

    :raises WorkChanged: if it has changed since it was seen.
    :raises WorkRefused: if it is published no longer, or what is written now could not have been noted.
    """
    position = seen(position, version)
    if position.status not in (PositionStatus.PUBLISHED, PositionStatus.PROPOSED):
        raise WorkRefused(_("This is no longer in the list."))
    position.translation = said(words.translation, longest=LONGEST)
    if position.source != PositionSource.SUBMISSION:
        source = Source(
            kind=position.source, report=position.report, statement=position.statement, meeting=position.meeting,
            where=where, reference=reference,
        )  # fmt: skip
        _fill(position, words, source, at=at)
    position.version += 1
    position.save()
    waits = position.status == PositionStatus.PROPOSED
    register.append(
        action="compliance.position.correct",
        by=by,
        at=at,
        state=None if waits else position.state,
        obj=position,
        content_hash=_hash(position),
    )
    return position


def _made(state: State, words: Words, source: Source, *, by: User, at: datetime) -> Position:
    """A new one, not saved yet.

    :raises WorkRefused: if it cannot be noted so.
    """
    position = Position(
        state=state,
        source=source.kind,
        report=source.report,
        statement=source.statement,
        meeting=source.meeting,
        noted_by=by,
        noted_at=at,
        is_demonstration=by.is_demonstration,
    )
    position.translation = said(words.translation, longest=LONGEST)
    _fill(position, words, source, at=at)
    return position


def _fill(position: Position, words: Words, source: Source, *, at: datetime) -> None:
    """Set who said what, when and where.

    :raises WorkRefused: if nothing is said, the day is yet to come, no source is named, or the words are not there.
    """
    text = said(words.text, longest=LONGEST, empty=_("Write what the State said, in its own words."))
    if words.said_on > at.date():
        raise WorkRefused(_("This day lies in the future."))
    reference = plain(source.reference)[:LONGEST_LINE]
    told = source.report or source.statement or source.kind == PositionSource.SUBMISSION
    if not reference and not told:
        raise WorkRefused(_("Name the source."))
    refuse_unsaid(text, report=source.report, statement=source.statement, state=position.state)
    position.topic = words.topic
    position.text = text
    position.said_on = words.said_on
    position.language = words.language
    position.where = plain(source.where)[:LONGEST_LINE]
    position.reference = reference


def _refuse_ended(position: Position) -> None:
    """:raises WorkRefused: if another took its place, or it is not published."""
    if position.replaced_by_id or position.status != PositionStatus.PUBLISHED:
        raise WorkRefused(_("This position no longer stands: it was replaced, withdrawn or taken out."))


def _reason(text: str) -> str:
    return said(text, longest=2000, empty=_("Say why."))


def _settled(
    arrow: Transition, position: Position, settled_note: str, *, by: User, at: datetime, quietly: bool = False
) -> Position:
    position.settled_by, position.settled_at, position.settled_note = by, at, settled_note
    position.version += 1
    try:
        arrow.apply(position)
    except TransitionRefused as refusal:
        raise WorkRefused(str(refusal)) from refusal
    if quietly:
        register.append(action=f"compliance.position.{arrow.name}", by=by, at=at, obj=position)
    else:
        _record(arrow, position, by=by, at=at)
    return position


def _record(arrow: Transition, position: Position, *, by: User, at: datetime, replaces: int | None = None) -> None:
    data: dict[str, object] = {"topic": position.topic.key} | ({"replaces": replaces} if replaces else {})
    arrow.record(position, by=by, at=at, content_hash=_hash(position), data=data)


def _hash(position: Position) -> str:
    return files.digest(position.text.encode())
