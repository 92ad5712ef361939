"""Decisions of a meeting: drafted by those who run it, recorded once taken, corrected in the open.

A draft is nobody else's. What was recorded is kept as it was (``DecisionText``): a correction adds a text and says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import register
from ccm_portal.core.models import Document, State, User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain
from committees.models import Nomination
from meetings.domain import decision_effects, decision_texts, presence
from meetings.enums import DecisionKind, DecisionMethod, DecisionOutcome, DecisionStatus, MeetingAudience
from meetings.models import Decision, Meeting
from meetings.workflow_decisions import RECORD

LONGEST = 20_000
SETTLES_NOTHING = gettext_lazy("A meeting for members alone elects nobody and moves no other meeting.")
CARRIED = frozenset({DecisionOutcome.ADOPTED, DecisionOutcome.AMENDED})


class DecisionRefused(Exception):
    """It cannot be done with this decision. The message is fit to show the user."""


class DecisionChanged(DecisionRefused):
    """Somebody else has written since the page was opened. ``decision`` is as it is now."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(_("This was changed after you opened the page. Your text is kept: compare, then send it."))
        self.decision = decision


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a decision says, as it is drafted or corrected."""

    kind: str
    title: str
    text: str
    code: int | None = None  # of the agenda item
    about_state: State | None = None
    document: Document | None = None
    between_meetings: bool = False
    conditions: str = ""
    reservations: str = ""
    granted_until: date | None = None
    about_meeting: Meeting | None = None
    about_starts: date | None = None
    about_ends: date | None = None
    about_city: str = ""
    about_host: State | None = None
    settles: Iterable[Nomination] = field(default_factory=tuple)


@transaction.atomic
def draft(*, meeting: Meeting, words: Words, by: User, at: datetime) -> Decision:
    """Draft a decision: its number is the next one of the meeting.

    :raises DecisionRefused: if it says nothing, or its dates do not fit.
    """
    meeting = locked(meeting)
    last = meeting.decisions.aggregate(last=Max("number"))["last"] or 0
    decision = Decision(meeting=meeting, number=last + 1)
    _say(decision, words)
    decision.save()
    decision.settles.set(_nominations(words))
    _noted("draft", decision, by=by, at=at)
    return decision


@transaction.atomic
def edit(*, decision: Decision, version: int, words: Words, by: User, at: datetime) -> Decision:
    """Write a draft anew.

    :raises DecisionChanged: if it has another version than the one seen.
    :raises DecisionRefused: if it is no draft any more, or says nothing.
    """
    decision = held(decision, version)
    if decision.status != DecisionStatus.DRAFT:
        raise DecisionRefused(_("This is no longer a draft. A recorded decision can be corrected."))
    _say(decision, words)
    decision.version += 1
    decision.save()
    decision.settles.set(_nominations(words))
    _noted("edit", decision, by=by, at=at)
    return decision


@transaction.atomic
def drop(*, decision: Decision, version: int, by: User, at: datetime) -> None:
    """Give a draft up. Nobody else ever saw it.

    :raises DecisionRefused: if it is no draft any more.
    """
    decision = held(decision, version)
    if decision.status != DecisionStatus.DRAFT:
        raise DecisionRefused(_("This is no longer a draft. A recorded decision can be corrected."))
    told = {"meeting": decision.meeting.key, "number": decision.number}
    decision.delete()
    register.append(action="meetings.decision.drop", by=by, at=at, data=told)


@transaction.atomic
def record(
    *,
    decision: Decision,
    version: int,
    outcome: str,
    decided_on: date,
    text: str = "",
    reservations: str = "",
    by: User,
    at: datetime,
) -> Decision:
    """Record what the meeting did with it by general agreement; ``text`` is the amended one.

    What follows from it is done in the same transaction: nominations are settled, dates moved.

    :raises DecisionChanged: if the draft was changed since it was read.
    :raises DecisionRefused: if it is recorded already, lies ahead or on no day of the meeting, or is amended without
        another text.
    """
    decision = held(decision, version)
    if decision.status == DecisionStatus.TAKEN:
        raise DecisionRefused(_("This decision is recorded already."))
    if decision.status != DecisionStatus.DRAFT:
        raise DecisionRefused(_("A vote or a silence procedure is running on this decision. It ends by itself."))
    if decided_on > at.date():
        raise DecisionRefused(_("The day of the decision lies ahead."))
    if not decision.between_meetings and decided_on not in presence.days_of(decision.meeting):
        raise DecisionRefused(_("That is none of the days of the meeting."))
    text = _longest(plain(text))
    if outcome == DecisionOutcome.AMENDED:
        if not text or text == decision.text:
            raise DecisionRefused(_("Write the text as it was amended."))
        decision.proposed_text, decision.text = decision.text, text
    decision.outcome, decision.method, decision.decided_on = outcome, DecisionMethod.AGREEMENT, decided_on
    decision.reservations = _longest(plain(reservations)) or decision.reservations
    return taken(decision, RECORD, by=by, at=at)


def taken(
    decision: Decision, arrow: object, *, by: User | None, at: datetime, carry_out: bool = True, **data: object
) -> Decision:
    """Take it by this arrow: keep its text, and carry out what it says, unless told not to. The transaction's last
    call; the outcome, day and method are set before.

    :raises DecisionRefused: if what should follow cannot.
    """
    decision.recorded_by, decision.recorded_at = (
        by or decision.recorded_by,
        at,
    )  # nobody: the sweeper, for who opened it
    decision.version += 1
    arrow.apply(decision)  # type: ignore[attr-defined]
    kept = decision_texts.keep(decision, note="", by=by, at=at)
    carry_out = carry_out and can_settle(decision.meeting)  # it may have been closed since it was drafted
    if carry_out and decision.recorded_by:
        try:
            if decision.outcome in CARRIED:
                decision_effects.follow(decision, by=decision.recorded_by, at=at)
            decision_effects.carry_on(decision, by=decision.recorded_by, at=at)
        except decision_effects.CannotFollow as refusal:
            raise DecisionRefused(str(refusal)) from refusal
    told = {"meeting": decision.meeting.key, "number": decision.number, "outcome": decision.outcome, **data}
    arrow.record(decision, by=by, at=at, content_hash=kept.content_hash, data=told)  # type: ignore[attr-defined]
    return decision


@transaction.atomic
def correct(
    *, decision: Decision, version: int, words: Words, outcome: str, note: str, by: User, at: datetime
) -> Decision:
    """Put a recorded decision right. The earlier text stays readable, with the day and the reason of the correction.

    What followed from it (nominations, dates of meetings) is not undone: that is done where it stands. What an app
    above has registered for its kind follows the correction.

    :raises DecisionChanged: if somebody corrected it since it was read.
    :raises DecisionRefused: if it is not recorded, nothing is changed, or no reason is given.
    """
    decision = held(decision, version)
    if decision.status != DecisionStatus.TAKEN:
        raise DecisionRefused(_("This decision is not recorded yet."))
    note = plain(note)
    if not note:
        raise DecisionRefused(_("Write what you correct, and why. Everybody can read it."))
    if outcome not in DecisionOutcome.values:
        raise DecisionRefused(_("Choose an outcome."))
    before = decision_texts.content_of(decision)
    if not decision.texts.exists():  # of the history, which was brought in without texts of its own
        decision_texts.keep(decision, note="", by=decision.recorded_by, at=decision.recorded_at or at)
    _say(decision, words)
    decision.outcome = outcome
    if decision_texts.content_of(decision) == before:
        raise DecisionRefused(_("Nothing is changed."))
    decision.version += 1
    decision.save()
    kept = decision_texts.keep(decision, note=note, by=by, at=at)
    if can_settle(decision.meeting):
        try:
            decision_effects.carry_on(decision, by=by, at=at)
        except decision_effects.CannotFollow as refusal:
            raise DecisionRefused(str(refusal)) from refusal
    _noted("correct", decision, by=by, at=at, content_hash=kept.content_hash, text=kept.number)
    return decision


def held(decision: Decision, version: int) -> Decision:
    """The decision, locked.

    :raises DecisionChanged: if it has another version than the one seen.
    """
    fresh = locked(decision)
    if fresh.version != version:
        raise DecisionChanged(fresh)
    return fresh


def words_of(decision: Decision) -> Words:
    """What it says now, for a form to begin with."""
    said = {one.name: getattr(decision, one.name) for one in fields(Words) if one.name != "settles"}
    return Words(**said, settles=tuple(decision.settles.all()))


def _say(decision: Decision, words: Words) -> None:
    if not plain(words.title):
        raise DecisionRefused(_("Give it a title."))
    if not plain(words.text):
        raise DecisionRefused(_("Write the text of the decision."))
    if (words.about_starts is None) != (words.about_ends is None):
        raise DecisionRefused(_("Give the first and the last day, or none."))
    if words.about_starts and words.about_ends and words.about_ends < words.about_starts:
        raise DecisionRefused(_("The last day lies before the first."))
    if words.about_meeting and words.about_meeting.pk == decision.meeting_id:
        raise DecisionRefused(_("A meeting does not decide its own dates. Choose another meeting, or none."))
    if not can_settle(decision.meeting) and (_nominations(words) or _moves(words)):
        raise DecisionRefused(str(SETTLES_NOTHING))
    for one in fields(Words):
        said = getattr(words, one.name)
        if one.name != "settles":
            setattr(decision, one.name, _longest(plain(said)) if isinstance(said, str) else said)
    if decision.kind != DecisionKind.VENUE:
        decision.about_meeting = decision.about_starts = decision.about_ends = decision.about_host = None
        decision.about_city = ""
    if decision.kind != DecisionKind.EXTENSION:
        decision.granted_until = None


def can_settle(meeting: Meeting) -> bool:
    """Whether what it decides is carried out beyond it: States are elected, other meetings moved. A meeting for members
    alone is run by the leaders of one body, who give no offices and move nobody else's meeting by it."""
    return meeting.audience == MeetingAudience.OPEN


def _moves(words: Words) -> bool:
    return words.kind == DecisionKind.VENUE and words.about_meeting is not None


def _nominations(words: Words) -> list[Nomination]:
    return list(words.settles) if words.kind == DecisionKind.OFFICERS else []


def _longest(text: str) -> str:
    if len(text) > LONGEST:
        raise DecisionRefused(_("Write at most %(limit)s characters.") % {"limit": LONGEST})
    return text


def _noted(act: str, decision: Decision, *, by: User, at: datetime, content_hash: str = "", **data: object) -> None:
    """The act in the register, without the words: the transaction's last statement."""
    register.append(
        action=f"meetings.decision.{act}",
        by=by,
        at=at,
        obj=decision,
        content_hash=content_hash,
        data={"meeting": decision.meeting.key, "number": decision.number} | data,
    )
