"""Preparing a meeting in the coordination body: what each leader still owes for it, and which bodies have nobody.

What is owed is a follow-up of the coordination body that ``prepares`` a meeting and is a term's.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.coming import ComingMeeting
from committees.domain import follow_ups
from committees.domain.owners import Owner, terms
from committees.domain.said import WorkRefused
from committees.enums import BodyNature
from committees.models import Body, FollowUp, Term


def standard_set() -> list[tuple[str, int]]:
    """What every leader brings to a meeting, in the language of whoever adds it, and how many days before."""
    return [
        (_("Work plan for the next cycle"), 120),
        (_("Progress report, as a paper"), 70),
        (_("Name of the person who presides over the item"), 42),
        (_("Briefing notes for the President"), 21),
        (_("Speaking points"), 7),
    ]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One leader of one body, and what they owe: in its order, and how much of it is done, overdue, or neither."""

    body: Body
    term: Term
    owed: list[FollowUp]
    on: date

    @property
    def done(self) -> int:
        return sum(row.done_on is not None for row in self.owed)

    @property
    def overdue(self) -> int:
        return sum(row.is_overdue(self.on) for row in self.owed)

    @property
    def next(self) -> FollowUp | None:
        """What falls due first of that which is not done."""
        return next((row for row in self.owed if row.done_on is None), None)

    @property
    def open(self) -> int:
        return len(self.owed) - self.done - self.overdue


@dataclass(frozen=True, kw_only=True)
class Board:
    """The whole preparation: a line a leader, what others owe, and the bodies that nobody leads."""

    lines: list[Line] = field(default_factory=list)
    others: list[FollowUp] = field(default_factory=list)
    nobody: list[Body] = field(default_factory=list)

    @property
    def without_anything(self) -> int:
        return sum(not line.owed for line in self.lines)


@transaction.atomic
def add_standard_set(*, body: Body, meeting: ComingMeeting, by: User, at: datetime) -> int:
    """Ask every leader of today, who is asked for nothing yet, for the standard set. Pressed twice, it adds nothing.

    :returns: of how many leaders something is asked now.
    :raises WorkRefused: if ``body`` does not coordinate.
    """
    body = locked(body)
    if body.kind.nature != BodyNature.COORDINATION:
        raise WorkRefused(_("Meetings are prepared in the coordination body."))
    asked = set(_owed(body, meeting.key).values_list("term", flat=True))
    on = at.date()
    new = [term for term in terms(body, on=on) if term.pk not in asked]
    for term in new:
        for what, days in standard_set():
            due = max(meeting.starts - timedelta(days=days), on) if meeting.starts else None
            follow_ups.made(
                body=body,
                what=what,
                owner=Owner(term=term),
                due=due,
                meeting_key=meeting.key,
                prepares=True,
                by=by,
                at=at,
            )
    register.append(
        action="committees.preparation.ask", by=by, at=at, obj=body, data={"meeting": meeting.key, "leaders": len(new)}
    )
    return len(new)


def board(body: Body, meeting_key: str, *, rows: QuerySet[FollowUp], on: date) -> Board:
    """How the preparation stands on ``on``. A constant number of queries.

    :param rows: the follow-ups that the reader may see.
    """
    owed: defaultdict[int | None, list[FollowUp]] = defaultdict(list)
    for row in rows.filter(body=body, meeting_key=meeting_key, prepares=True).order_by("due", "pk"):
        owed[row.term_id].append(row)
    running = terms(body, on=on)
    over = Term.objects.filter(pk__in=[key for key in owed if key]).exclude(pk__in=[term.pk for term in running])
    leading = [*running, *over.select_related("state", "body")]
    lines = [Line(body=term.body, term=term, owed=owed.pop(term.pk, []), on=on) for term in leading]
    led = {term.body_id for term in running}
    bodies = Body.objects.exclude(kind__nature=BodyNature.COORDINATION).exclude(ends__lte=on).exclude(pk__in=led)
    bodies = bodies.exclude(starts__gt=on).select_related("kind").order_by("position", "pk")
    return Board(lines=lines, others=[row for left in owed.values() for row in left], nobody=list(bodies))


def is_prepared(body: Body, meeting_key: str) -> bool:
    """Whether anything is, or was, owed for this meeting."""
    return _owed(body, meeting_key).exists()


def _owed(body: Body, meeting_key: str) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(body=body, meeting_key=meeting_key, prepares=True)
