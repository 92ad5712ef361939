"""Which reports a State owes, and when. Arithmetic over the treaty's clocks; no database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ccm_portal.core.enums import Clock
from ccm_portal.core.models import State, StateClock
from ccm_portal.treaty.clocks import (
    Reasoned,
    annual_report_due,
    first_annual_year,
    initial_report_due,
)
from reporting.enums import ReportKind


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One report that a State owes, with the rule that sets its day.

    ``clock`` is the State's own record of it, where a published date may differ from the rule.
    """

    state: State
    kind: ReportKind
    year: int | None
    reason: Reasoned
    clock: StateClock | None = None

    @property
    def title(self) -> str:
        if self.kind == ReportKind.INITIAL:
            return _("Initial report")
        return _("Report for %(year)s") % {"year": self.year}

    @property
    def due(self) -> date:
        return self.clock.current if self.clock else self.reason.day

    @property
    def record_year(self) -> int:
        """The year in whose record it is counted: cycles run from 1 May to 30 April."""
        if self.year is not None:
            return self.year
        same_spring = self.due <= annual_report_due(year=self.due.year - 1).day
        return self.due.year - 1 if same_spring else self.due.year


def initial_owed(state: State) -> Owed | None:
    """The initial report (Article 7(1)); the clocks of ``state`` must be at hand."""
    if state.entry_into_force is None:
        return None
    clock = next((c for c in state.clocks.all() if c.clock == Clock.INITIAL_REPORT), None)
    reason = initial_report_due(entry_into_force=state.entry_into_force)
    return Owed(state=state, kind=ReportKind.INITIAL, year=None, reason=reason, clock=clock)


def annual_owed(state: State, year: int) -> Owed | None:
    """The report covering ``year`` (Article 7(2)), if the State was bound when it fell due."""
    reason = annual_report_due(year=year)
    if state.entry_into_force is None or not state.is_party_on(reason.day):
        return None
    if year < first_annual_year(entry_into_force=state.entry_into_force):
        return None
    return Owed(state=state, kind=ReportKind.ANNUAL, year=year, reason=reason)


def owed_until(state: State, year: int) -> Iterator[Owed]:
    """Everything ``state`` has owed, up to the annual report covering ``year``."""
    initial = initial_owed(state)
    if initial is None:
        return
    yield initial
    for covered in range(first_annual_year(entry_into_force=initial.reason.start), year + 1):
        if owed := annual_owed(state, covered):
            yield owed


def is_asked(state: State, on: date) -> bool:
    """Whether the Convention asks anything of ``state``: it binds the State, or a day is set on which it will."""
    if state.entry_into_force is None:
        return False
    return state.withdrawn_effective is None or on < state.withdrawn_effective


def owed_around(state: State, on: date) -> Iterator[Owed]:
    """What is on the desk as of ``on``: the initial report, the annual report that fell due last
    and the one that falls due next. Older gaps stay on the record and are not chased each year.
    A State that has withdrawn owes nothing any more."""
    if not is_asked(state, on):
        return
    if initial := initial_owed(state):
        yield initial
    last = on.year - 1 if on > annual_report_due(year=on.year - 1).day else on.year - 2
    for year in (last, last + 1):
        if owed := annual_owed(state, year):
            yield owed
