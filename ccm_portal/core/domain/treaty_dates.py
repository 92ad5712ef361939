"""The dates of the Convention for every State, base and current, each with its reason in words."""

from dataclasses import dataclass, field
from datetime import date

from ccm_portal.core.clock_sentences import (
    base_reason,
    explain,
    explain_current,
    explain_entry_into_force,
    explain_withdrawal,
)
from ccm_portal.core.enums import Clock, TreatyStatus
from ccm_portal.core.models import State, StateClock
from ccm_portal.treaty.status import treaty_status


@dataclass
class TreatyDates:
    """One State on one day. Dates are None where there is nothing to comply with."""

    iso3: str
    name: str
    status: TreatyStatus
    entry_into_force: date | None = None
    withdrawn_effective: date | None = None
    initial_report_due: date | None = None
    art3_base_deadline: date | None = None
    art3_deadline: date | None = None
    art4_base_deadline: date | None = None
    art4_deadline: date | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def treaty_dates(*, on: date) -> list[TreatyDates]:
    """Every State as it stands on ``on``, by name in the active language.

    A State that has not deposited an instrument by then has no dates. One whose withdrawal has taken effect keeps the
    dates the Convention had set, but no deadline counts for it any more.
    """
    return [_dates_of(state, on=on) for state in State.objects.with_clocks().by_name()]


def _dates_of(state: State, *, on: date) -> TreatyDates:
    status = treaty_status(
        on=on,
        signed=state.signed,
        deposited=state.deposited,
        entry_into_force=state.entry_into_force,
        withdrawn_effective=state.withdrawn_effective,
    )
    dates = TreatyDates(iso3=state.iso3, name=state.name, status=TreatyStatus(status.value))
    if state.entry_into_force is None or (state.deposited and state.deposited > on):
        return dates
    dates.entry_into_force = state.entry_into_force
    dates.reasons["entry_into_force"] = explain_entry_into_force(state)
    if status == TreatyStatus.WITHDRAWN:
        dates.withdrawn_effective = state.withdrawn_effective
        dates.reasons["withdrawn_effective"] = explain_withdrawal(state)
    for clock in state.clocks.all():
        if clock.key:
            continue  # of later contamination: a State may have several, listed with its obligations
        _add(dates, clock, state)
    return dates


def _add(dates: TreatyDates, clock: StateClock, state: State) -> None:
    base = base_reason(clock, state=state)
    if clock.clock == Clock.INITIAL_REPORT:
        dates.initial_report_due = clock.current
        dates.reasons["initial_report_due"] = explain_current(clock, state=state)
        return
    setattr(dates, f"{clock.clock}_base_deadline", clock.base)
    dates.reasons[f"{clock.clock}_base_deadline"] = explain(base)
    if dates.withdrawn_effective is None:
        setattr(dates, f"{clock.clock}_deadline", clock.current)
        dates.reasons[f"{clock.clock}_deadline"] = explain_current(clock, state=state)
    if clock.notes:
        dates.notes[clock.clock] = clock.notes
