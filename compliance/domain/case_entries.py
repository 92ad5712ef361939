"""The time line of a case: meetings, letters, calls, notes, concerns put to the State, its replies.

Each entry says who may read it. ``sayable`` is what the President's report may take from it, in words that may become
public. Acts stand on the case's own chain without a word of what was written.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from ccm_portal.core import files
from ccm_portal.core.file_kinds import DOCUMENTS, ENDINGS
from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from committees.domain.said import WorkChanged, refuse_stale, said
from compliance import workflow_cases
from compliance.domain.case_acts import CaseRefused, case_act, held, noted
from compliance.domain.case_news import tell_concerned, tell_team
from compliance.enums import CaseStatus, EntryKind, EntryReaders, Side
from compliance.models import CaseEntry, CaseFile, CasePlace, ComplianceCase, EntryReader
from compliance.rules import visible_entries
from compliance.rules_casework import is_states_own

CONTACTS = frozenset({EntryKind.MEETING, EntryKind.LETTER, EntryKind.CALL, EntryKind.CONCERN})
WRITTEN = (EntryKind.MEETING, EntryKind.LETTER, EntryKind.CALL, EntryKind.NOTE, EntryKind.CONCERN)


class ConcernChanged(WorkChanged):
    """What was put to the State is not what its person saw when they began to reply."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What somebody writes into the time line."""

    kind: str
    on: date
    text: str
    with_whom: str = ""
    readers: str = EntryReaders.TEAM
    chosen: tuple[User, ...] = field(default=())
    sayable: str = ""


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A file to be kept with an entry."""

    title: str
    content: bytes


@case_act
def add_entry(
    *, case: ComplianceCase, given: Given, attached: Iterable[Attached] = (), by: User, at: datetime
) -> CaseEntry:
    """Write something into the time line. The first contact, or concern, begins the informal track (Article 8(1)).

    :raises CaseRefused: if a person chosen is not of the team, or a concern is put in a case that is settled.
    :raises WorkRefused: if nothing is said, or the day lies ahead.
    :raises ccm_portal.core.files.FileRefused: if a file is none of those that are taken.
    """
    case = held(case, "compliance.write_case", by=by)
    if given.kind not in WRITTEN:
        raise CaseRefused(_("This is not written here."))
    if given.kind == EntryKind.CONCERN and case.settled_on:
        raise CaseRefused(_("This matter is settled. Open it again, then put the concern to the State."))
    entry = CaseEntry.objects.create(
        case=case,
        kind=given.kind,
        readers=EntryReaders.ALL if given.kind == EntryKind.CONCERN else given.readers,
        sayable=said(given.sayable),
        written_by=by,
        written_at=at,
        **_words(given, at=at),
    )
    _choose(entry, given.chosen)
    _attach(entry, attached, by=by, at=at)
    if given.kind in CONTACTS and case.status == CaseStatus.NOTED:
        workflow_cases.BEGIN.apply(case)
    if entry.readers == EntryReaders.ALL:
        tell_concerned(case, at=at)
    noted(case, "add_entry", by=by, at=at, entry=entry.pk, kind=entry.kind, readers=entry.readers)
    return entry


@case_act
def edit_entry(*, entry: CaseEntry, given: Given, version: int, by: User, at: datetime) -> CaseEntry:
    """Say an entry otherwise. Its kind and its readers stay.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if it is a concern to which the State has replied.
    """
    case, entry = _held(entry, by=by)
    require(by, "compliance.edit_entry", entry)
    refuse_stale(entry, version)
    _refuse_replied(entry)
    words = _words(given, at=at)
    if is_states_own(entry):
        words |= {"with_whom": "", "on": entry.on}  # the State’s own words, on the day on which it wrote them
    elif entry.kind == EntryKind.REPLY and not words["with_whom"]:
        raise CaseRefused(_("Say how the reply came."))
    for name, value in words.items():
        setattr(entry, name, value)
    entry.version += 1
    entry.save()
    noted(case, "edit_entry", by=by, at=at, entry=entry.pk)
    return entry


@case_act
def set_readers(
    *, entry: CaseEntry, readers: str, chosen: Iterable[User] = (), version: int, by: User, at: datetime
) -> CaseEntry:
    """Show an entry to others than before; it holds from the next request on.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if a person chosen is not of the team.
    """
    case, entry = _held(entry, by=by)
    require(by, "compliance.set_readers", entry)
    refuse_stale(entry, version)
    begins = readers == EntryReaders.ALL != entry.readers
    entry.readers = readers
    entry.version += 1
    entry.save()
    entry.chosen.all().delete()
    _choose(entry, chosen)
    if begins:
        tell_concerned(case, at=at)
    noted(case, "set_readers", by=by, at=at, entry=entry.pk, readers=readers)
    return entry


@case_act
def say(*, entry: CaseEntry, sayable: str, version: int, by: User, at: datetime) -> CaseEntry:
    """Write what the President's report may take from an entry; nothing, if it says nothing.

    :raises WorkChanged: if it has another version than the one seen.
    """
    case, entry = _held(entry, by=by)
    require(by, "compliance.say_entry", entry)
    refuse_stale(entry, version)
    entry.sayable = said(sayable)
    entry.version += 1
    entry.save()
    noted(case, "say", by=by, at=at, entry=entry.pk, says_something=bool(entry.sayable))
    return entry


@case_act
def reply(
    *,
    concern: CaseEntry,
    text: str,
    version: int,
    attached: Iterable[Attached] = (),
    on: date | None = None,
    came_by: str = "",
    by: User,
    at: datetime,
) -> CaseEntry:
    """The State concerned is heard: its reply stands beside the concern from now on, for everybody who reads that.

    The State's person writes it (today). The team notes one that came on another way: ``on`` and ``came_by`` say when
    and how.

    :raises ConcernChanged: if the concern has another version than the one seen.
    :raises WorkRefused: if nothing is said, or the team does not say how it came.
    """
    case, concern = _held(concern, by=by)
    is_own = refuse_reply(case, CasePlace.objects.get(content_object=case, user=by), by=by)
    if concern.kind != EntryKind.CONCERN:
        raise CaseRefused(_("A reply answers a concern that was put to the State."))
    if concern.version != version:
        raise ConcernChanged(concern)
    entry = CaseEntry.objects.create(
        case=case,
        kind=EntryKind.REPLY,
        readers=EntryReaders.ALL,
        answers=concern,
        on=at.date() if is_own else _past(on or at.date(), at=at),
        with_whom="" if is_own else said(came_by, longest=300, empty=_("Say how the reply came.")),
        text=said(text, empty=_("Write the reply.")),
        written_by=by,
        written_at=at,
    )
    _attach(entry, attached, by=by, at=at)
    if is_own:
        tell_team(case, at=at)
    noted(case, "reply", by=by, at=at, entry=entry.pk, concern=concern.pk, own=is_own)
    return entry


def refuse_reply(case: ComplianceCase, place: CasePlace, *, by: User) -> bool:
    """Whether the reply would be the State's own.

    :raises PermissionDenied: to who may neither reply nor note a reply.
    """
    is_own = place.side == Side.CONCERNED
    require(by, "compliance.answer_case" if is_own else "compliance.write_case", case)
    return is_own


@case_act
def attach(*, entry: CaseEntry, attached: Iterable[Attached], by: User, at: datetime) -> None:
    """Keep files with an entry that is there already.

    :raises CaseRefused: if it is a concern to which the State has replied.
    :raises ccm_portal.core.files.FileRefused: if one is none of those that are taken.
    """
    case, entry = _held(entry, by=by)
    require(by, "compliance.edit_entry", entry)
    _refuse_replied(entry)
    rows = _attach(entry, attached, by=by, at=at)
    if not rows:
        raise CaseRefused(_("Choose a file."))
    _touch(entry)
    noted(case, "attach", by=by, at=at, entry=entry.pk, files=[row.pk for row in rows])


@case_act
def detach(*, file: CaseFile, by: User, at: datetime) -> None:
    """Take a file off an entry. Nobody can open it from now on.

    :raises CaseRefused: if it is a concern to which the State has replied.
    """
    case, entry = _held(file.entry, by=by)
    require(by, "compliance.edit_entry", entry)
    _refuse_replied(entry)
    row = CaseFile.objects.filter(pk=file.pk, entry=entry).first()
    if row is None:
        return
    number = row.pk
    row.delete()
    _touch(entry)
    noted(case, "detach", by=by, at=at, entry=entry.pk, file=number)


def step(case: ComplianceCase, *, text: str, readers: str = EntryReaders.TEAM, by: User, at: datetime) -> CaseEntry:
    """A step of the case, in its time line: where it led is the status that the case has now. Called in the transaction
    of the act, before its last statement."""
    return CaseEntry.objects.create(
        case=case,
        kind=EntryKind.STEP,
        step=case.status,
        on=at.date(),
        text=text,
        readers=readers,
        written_by=by,
        written_at=at,
    )


def _held(entry: CaseEntry, *, by: User) -> tuple[ComplianceCase, CaseEntry]:
    """The case and the entry, locked in this order, for somebody who may read it at this moment."""
    case = held(ComplianceCase(pk=entry.case_id), "compliance.read_case", by=by)
    fresh = visible_entries(by, case).select_for_update(of=("self",)).filter(pk=entry.pk).first()
    if fresh is None:
        raise ComplianceCase.DoesNotExist
    fresh.case = case
    return case, fresh


def _refuse_replied(entry: CaseEntry) -> None:
    """:raises CaseRefused: if it is a concern to which the State has replied: to its words, and to its files."""
    if entry.kind == EntryKind.CONCERN and entry.replies.exists():
        raise CaseRefused(_("The State has replied to these words. They stay as they are: put a new concern."))


def _touch(entry: CaseEntry) -> None:
    """Whoever replies, or writes, meanwhile has not seen the files that are there now."""
    entry.version += 1
    entry.save(update_fields=["version"])


def _words(given: Given, *, at: datetime) -> dict[str, object]:
    return {
        "on": _past(given.on, at=at),
        "with_whom": said(given.with_whom, longest=300),
        "text": said(given.text, empty=_("Write what was said.")),
    }


def _past(on: date, *, at: datetime) -> date:
    if on > at.date():
        raise CaseRefused(_("This day has not come yet. What is to be done stands under the next action."))
    return on


def _choose(entry: CaseEntry, chosen: Iterable[User]) -> None:
    """:raises CaseRefused: if somebody is not of the team, or nobody is chosen."""
    if entry.readers != EntryReaders.CHOSEN:
        return
    wanted = {user.pk for user in chosen}
    team = set(CasePlace.objects.filter(content_object=entry.case, side=Side.TEAM).values_list("user_id", flat=True))
    if not wanted or wanted - team:
        raise CaseRefused(_("Choose persons of the team who may read it."))
    EntryReader.objects.bulk_create([EntryReader(entry=entry, user_id=pk) for pk in sorted(wanted)])


def _attach(entry: CaseEntry, attached: Iterable[Attached], *, by: User, at: datetime) -> list[CaseFile]:
    """Rows of stored files are not fenced: a file is kept under a name that says nothing."""
    rows = []
    for one in attached:
        kind = files.checked_kind(one.content, DOCUMENTS)
        stored = files.store(content=one.content, name=f"file.{ENDINGS[kind]}", at=at, kinds=DOCUMENTS)
        title = files.safe_name(one.title)
        rows.append(CaseFile.objects.create(entry=entry, title=title, file=stored, added_by=by, added_at=at))
    return rows
