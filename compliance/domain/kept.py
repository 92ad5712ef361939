"""What the ISO notes of obligations, each with its source: published days, completions, suspensions.

The days of clocks are set by ``core.domain.clocks``; refusals are the same two.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.clock_sentences import long_date
from ccm_portal.core.domain.clocks import ClockChanged, ClockRefused, sourced
from ccm_portal.core.models import State, StateClock, User
from ccm_portal.core.workflow import locked
from compliance.domain.obligation_rows import Obligation
from compliance.models import Completion, OfficialDay, Suspension
from meetings.models import Meeting


@transaction.atomic
def publish_day(
    *, row: Obligation, day: date | None, source: str, version: int, by: User, at: datetime
) -> OfficialDay | None:
    """A day is officially published that differs from the computed one, of what is no clock. ``None`` takes it back.

    :raises ClockRefused: without a source.
    :raises ClockChanged: if it has another version than the one seen; 0 where none stood.
    """
    state = locked(row.state)  # two people noting the first day of it wait for each other
    kept = OfficialDay.objects.filter(state=state, key=row.key).first()
    _refuse_stale(kept, version)
    source = sourced(source)
    before = kept.day.isoformat() if kept else None
    if day is None:
        if kept:
            kept.delete()
            kept = None
    else:
        kept = kept or OfficialDay(state=state, key=row.key, kind=row.kind, version=0)
        kept.day, kept.source, kept.noted_by, kept.noted_at, kept.version = day, source, by, at, kept.version + 1
        kept.save()
    told: dict[str, object] = {
        "key": row.key,
        "day": day.isoformat() if day else None,
        "source": source,
        "before": before,
    }
    register.append(action="compliance.day.publish", by=by, at=at, state=state, obj=kept, data=told)
    return kept


@transaction.atomic
def complete(
    *,
    clock: StateClock,
    completed_on: date,
    declared_on: date | None = None,
    declared_to: Meeting | None = None,
    source: str,
    version: int,
    by: User,
    at: datetime,
) -> Completion:
    """The State has declared that it has completed what this clock ran for (Articles 3(2), 4(1)(c)).

    :raises ClockRefused: without a source, or if a day is still to come or comes before what it follows.
    :raises ClockChanged: if it has another version than the one seen; 0 where none stood.
    """
    clock = locked(clock)
    kept = Completion.objects.filter(clock=clock).first()
    _refuse_stale(kept, version)
    _refuse_ahead(completed_on, at, "completed_on")
    if declared_on:
        _refuse_ahead(declared_on, at, "declared_on")
        if declared_on < completed_on:
            raise ClockRefused(_("It was declared before it was completed: check the days."), "declared_on")
    if declared_to and not declared_on:
        raise ClockRefused(_("Say on which day it was declared."), "declared_on")
    kept = kept or Completion(clock=clock, version=0)
    kept.completed_on, kept.declared_on, kept.declared_to = completed_on, declared_on, declared_to
    kept.source, kept.noted_by, kept.noted_at, kept.version = sourced(source), by, at, kept.version + 1
    kept.save()
    told: dict[str, object] = {
        "clock": clock.clock,
        "completed": completed_on.isoformat(),
        "declared": declared_on.isoformat() if declared_on else None,
        "to": declared_to.key if declared_to else None,
        "source": kept.source,
    }
    register.append(action="compliance.completion.note", by=by, at=at, state=clock.state, obj=kept, data=told)
    return kept


@transaction.atomic
def reopen(*, clock: StateClock, source: str, version: int, by: User, at: datetime) -> None:
    """A completion does not stand any more: more was found. The register keeps that it stood.

    :raises ClockRefused: without a source, or where none stands.
    :raises ClockChanged: if it has another version than the one seen.
    """
    clock = locked(clock)
    kept = Completion.objects.filter(clock=clock).first()
    _refuse_stale(kept, version)
    if kept is None:
        raise ClockRefused(_("No completion is noted."))
    source = sourced(source)
    told: dict[str, object] = {"clock": clock.clock, "completed": kept.completed_on.isoformat(), "source": source}
    kept.delete()
    register.append(action="compliance.completion.reopen", by=by, at=at, state=clock.state, obj=clock, data=told)


@transaction.atomic
def suspend(
    *, clock: StateClock, starts: date, ends: date | None, source: str, version: int, by: User, at: datetime
) -> Suspension:
    """A clock rests by an official act, until the day ``ends`` (excluded) or until further notice. One that runs, or
    is to come, is corrected.

    :raises ClockRefused: without a source, or if it ends before it starts.
    :raises ClockChanged: if it has another version than the one seen; 0 where none stood.
    """
    clock = locked(clock)
    kept = latest_suspension(clock, on=at.date())
    _refuse_stale(kept, version)
    if ends and ends <= starts:
        raise ClockRefused(_("The end must come after the beginning, %(day)s.") % {"day": long_date(starts)}, "ends")
    kept = kept or Suspension(clock=clock, version=0)
    kept.starts, kept.ends, kept.source = starts, ends, sourced(source)
    kept.noted_by, kept.noted_at, kept.version = by, at, kept.version + 1
    kept.save()
    told: dict[str, object] = {
        "clock": clock.clock,
        "starts": starts.isoformat(),
        "ends": ends.isoformat() if ends else None,
        "source": kept.source,
    }
    register.append(action="compliance.suspension.note", by=by, at=at, state=clock.state, obj=kept, data=told)
    return kept


def latest_suspension(clock: StateClock, *, on: date) -> Suspension | None:
    """The one that runs on ``on`` or is to come."""
    return clock.suspensions.exclude(ends__lte=on).order_by("starts").last()


def states_with_clocks() -> Any:
    """The States for which the Convention is or will be in force."""
    return State.objects.exclude(entry_into_force=None).by_name()


def _refuse_stale(kept: Any, version: int) -> None:
    if (kept.version if kept else 0) != version:
        raise ClockChanged(kept)


def _refuse_ahead(day: date, at: datetime, field: str) -> None:
    if day > at.date():
        raise ClockRefused(_("This day is still to come."), field)
