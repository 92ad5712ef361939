"""Moving the clocks of States: what a meeting granted, what is published, what later hostilities began.

The only writer of ``StateClock`` beside the reference data. Each function records its own act in the register, so an
operation that has one of them inside its transaction calls it last.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.clock_sentences import long_date, without_pending
from ccm_portal.core.enums import Clock
from ccm_portal.core.models import State, StateClock, User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain
from ccm_portal.treaty.clocks import new_clearance_deadline

LONGEST_SOURCE = 300
LONGEST_CAUSE = 200


class ClockRefused(Exception):
    """The clock cannot be set so. The message is fit to show the person; ``field`` names what it is about."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class ClockChanged(ClockRefused):
    """The clock was changed after it was seen. ``now`` is the clock as it stands."""

    def __init__(self, now: StateClock) -> None:
        super().__init__(_("This was changed after you opened the page. Compare, then save again."))
        self.now = now


@transaction.atomic
def grant(*, clock: StateClock, until: date, basis: str, by: User | None, at: datetime) -> StateClock:
    """A meeting has granted more time (Articles 3(5), 4(7)). Never refused: the meeting decides, the portal records.

    ``basis`` is the decision in words, in the language of the record. A day that was published earlier gives way.
    """
    clock = locked(clock)
    before = {"until": _iso(clock.granted_until), "override": _iso(clock.override), "current": _iso(clock.current)}
    clock.granted_until, clock.granted_basis = until, plain(basis)[:LONGEST_SOURCE]
    clock.override, clock.override_source = None, ""
    clock.notes = without_pending(clock.notes)
    _keep(clock)
    _record("grant", clock, by=by, at=at, until=_iso(until), basis=clock.granted_basis, before=before)
    return clock


@transaction.atomic
def answered(*, clock: StateClock, basis: str, by: User | None, at: datetime) -> StateClock:
    """A request on this clock was answered without a new day. That one is awaited is said no longer."""
    clock = locked(clock)
    clock.notes = without_pending(clock.notes)
    _keep(clock)
    _record("answer", clock, by=by, at=at, basis=plain(basis)[:LONGEST_SOURCE])
    return clock


@transaction.atomic
def take_back(*, clock: StateClock, before: date | None, basis: str, by: User | None, at: datetime) -> StateClock:
    """The record of a decision was corrected: nothing was granted by it. ``before`` is what an earlier one granted,
    ``None`` where there was none."""
    clock = locked(clock)
    until = _iso(clock.granted_until)
    clock.granted_until, clock.granted_basis = before, plain(basis)[:LONGEST_SOURCE] if before else ""
    _keep(clock)
    _record("take_back", clock, by=by, at=at, basis=plain(basis)[:LONGEST_SOURCE], before=until)
    return clock


@transaction.atomic
def override(*, clock: StateClock, day: date | None, source: str, version: int, by: User, at: datetime) -> StateClock:
    """A day is officially published that differs from the computed one; both are kept. ``None`` takes it back.

    :raises ClockRefused: without a source.
    :raises ClockChanged: if the clock has another version than the one seen.
    """
    clock = _seen(clock, version)
    source = sourced(source)
    before = _iso(clock.override)
    clock.override, clock.override_source = day, source if day else ""
    _keep(clock)
    _record("override", clock, by=by, at=at, day=_iso(day), source=source, before=before)
    return clock


@transaction.atomic
def begin_later(
    *, state: State, cause: str, hostilities_ended: date, source: str, by: User, at: datetime, key: str = ""
) -> StateClock:
    """Munitions became remnants after entry into force: ten years from the end of those hostilities (Article 4(1)(b)).

    ``key`` names the clock in addresses for ever; it is made of the cause where none is given.

    :raises ClockRefused: if the Convention does not bind the State, the hostilities ended before it did or are to
        end on a day still to come, something is missing, or the State has a clock of this name.
    """
    state = locked(state)
    cause, source = _caused(cause), sourced(source)
    _refuse_day(state, hostilities_ended, on=at.date())
    key = slugify(key or cause)[:40].strip("-") or f"{hostilities_ended.year}"
    if state.clocks.filter(clock=Clock.NEW_CLEARANCE, key=key).exists():
        raise ClockRefused(_("This State has a clock of that name already. Choose another."), "cause")
    clock = StateClock.objects.create(
        state=state,
        clock=Clock.NEW_CLEARANCE,
        key=key,
        cause=cause,
        starts=hostilities_ended,
        base=new_clearance_deadline(hostilities_ended=hostilities_ended).day,
        notes=source,
    )
    _record("begin", clock, by=by, at=at, key=key, cause=cause, starts=_iso(hostilities_ended), source=source)
    return clock


@transaction.atomic
def correct_later(
    *, clock: StateClock, cause: str, hostilities_ended: date, source: str, version: int, by: User, at: datetime
) -> StateClock:
    """What is known of those hostilities was wrong. The clock keeps its name; what was granted on it stays.

    :raises ClockRefused: as ``begin_later``, and for a clock that counts from entry into force.
    :raises ClockChanged: if the clock has another version than the one seen.
    """
    clock = _seen(clock, version)
    if clock.clock != Clock.NEW_CLEARANCE:
        raise ClockRefused(_("This clock counts from entry into force."))
    cause, source = _caused(cause), sourced(source)
    _refuse_day(clock.state, hostilities_ended, on=at.date())
    before = {"cause": clock.cause, "starts": _iso(clock.starts)}
    clock.cause, clock.starts, clock.notes = cause, hostilities_ended, source
    clock.base = new_clearance_deadline(hostilities_ended=hostilities_ended).day
    _keep(clock)
    _record("correct", clock, by=by, at=at, cause=cause, starts=_iso(hostilities_ended), source=source, before=before)
    return clock


def _seen(clock: StateClock, version: int) -> StateClock:
    fresh = locked(clock)
    if fresh.version != version:
        raise ClockChanged(fresh)
    return fresh


def sourced(source: str) -> str:
    """:raises ClockRefused: if it does not say where the day was published, or says too much."""
    source = plain(source)
    if not source:
        raise ClockRefused(_("Say where it was published."), "source")
    return _at_most(source, LONGEST_SOURCE, "source")


def _caused(cause: str) -> str:
    cause = plain(cause)
    if not cause:
        raise ClockRefused(_("Say which hostilities."), "cause")
    return _at_most(cause, LONGEST_CAUSE, "cause")


def _at_most(text: str, longest: int, field: str) -> str:
    if len(text) > longest:
        raise ClockRefused(_("Write at most %(limit)s characters.") % {"limit": longest}, field)
    return text


def _refuse_day(state: State, ended: date, *, on: date) -> None:
    if state.entry_into_force is None or not state.is_party_on(max(on, state.entry_into_force)):
        raise ClockRefused(_("The Convention is not in force for %(state)s.") % {"state": state.name})
    if ended > on:
        raise ClockRefused(
            _("This day is still to come: the ten years begin once the hostilities have ended."), "hostilities_ended"
        )
    if ended < state.entry_into_force:
        told = _("Those remnants are on the clock that runs from entry into force, on %(day)s, which came later.")
        raise ClockRefused(told % {"day": long_date(state.entry_into_force)}, "hostilities_ended")


def _keep(clock: StateClock) -> None:
    clock.version += 1
    clock.save()


def _record(act: str, clock: StateClock, *, by: User | None, at: datetime, **data: object) -> None:
    told = {"clock": clock.clock, **data}
    register.append(action=f"core.clock.{act}", by=by, at=at, state=clock.state, obj=clock, data=told)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
