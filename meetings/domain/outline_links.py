"""What items of an outline hold on to: sittings, bodies, and problems, which follow their item onto the agenda and off.

Undoing and redoing bring rows back; what they name may have gone, or have moved on, since.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from ccm_portal.core.models import User
from committees.domain import problems
from committees.enums import ProblemStatus
from committees.models import Body, Problem
from meetings.models import Meeting, Sitting

Rows = Mapping[int, dict[str, Any]]


def forget_what_is_gone(meeting: Meeting, rows: list[dict[str, Any]]) -> None:
    """A sitting or body may have been deleted since, a problem settled or put on another agenda; the row comes back
    without it."""
    free = Q(status=ProblemStatus.OPEN) | Q(meeting_key=meeting.key)
    there = {
        "sitting": set(Sitting.objects.filter(part__meeting=meeting).values_list("pk", flat=True)),
        "problem": set(Problem.objects.filter(free, pk__in=_named(rows, "problem")).values_list("pk", flat=True)),
        "lead_body": set(Body.objects.filter(pk__in=_named(rows, "lead_body")).values_list("pk", flat=True)),
    }
    for row in rows:
        for name, known in there.items():
            if row[name] not in known:
                row[name] = None


def let_go(meeting: Meeting, before: Rows, after: Rows, *, by: User | None, at: datetime) -> None:
    """Problems whose item left the outline are open again. Called in the transaction that takes the item out."""
    gone = _named(before.values(), "problem") - _named(after.values(), "problem")
    for problem in _problems(gone):
        problems.take_off_agenda(problem=problem, meeting_key=meeting.key, by=by, at=at)


def take_up(meeting: Meeting, before: Rows, after: Rows, *, by: User | None, at: datetime) -> None:
    """Open problems whose item came back are on the agenda again. Called in the transaction that brings it back."""
    back = _named(after.values(), "problem") - _named(before.values(), "problem")
    for problem in _problems(back):
        if problem.status == ProblemStatus.OPEN:
            problems.put_on_agenda(problem=problem, meeting_key=meeting.key, by=by, at=at)


def _problems(keys: set[int]) -> Iterable[Problem]:
    return Problem.objects.filter(pk__in=keys).order_by("pk") if keys else []


def _named(rows: Iterable[dict[str, Any]], name: str) -> set[int]:
    return {row[name] for row in rows if row[name] is not None}
