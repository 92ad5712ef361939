"""Every obligation of every State, derived from its dates and from what is known: nothing of it is stored.

Pages, the API, due items and what is offered to the President all read ``obligations``. A reply to a request for
clarification is one of these rows once the request was circulated to all States Parties; until then it stands in its
case alone.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import prefetch_related_objects

from ccm_portal.core.enums import Known
from ccm_portal.core.models import State
from ccm_portal.treaty.clocks import annual_report_due, clarification_reply, retention_report_due
from compliance.domain import obligation_clocks
from compliance.domain.obligation_facts import Facts, gather
from compliance.domain.obligation_rows import Obligation
from compliance.enums import ObligationKind, Standing
from reporting.domain.obligations import annual_owed, initial_owed
from reporting.enums import ReportKind


def day_that_ended(at: datetime) -> date:
    """The day to ask for at an instant: what was due the day before it is late everywhere on Earth."""
    return (at + timedelta(hours=settings.LATE_AFTER_UTC_OFFSET_HOURS)).date()


def obligations(
    states: Iterable[State] | None = None,
    *,
    on: date,
    years: Collection[int] | None = None,
    kinds: Collection[ObligationKind] = tuple(ObligationKind),
    as_it_was: bool = False,
) -> list[Obligation]:
    """What these States, or all, owe as of ``on``; State by State, in the order of the articles. 11 queries at most.

    :param years: those of which annual and retention reports are told; the last one due and the next, if not given.
    :param kinds: those that are told; fewer ask less of the database.
    :param as_it_was: without what was filed, lodged or declared after ``on``.
    """
    if states is None:
        states = State.objects.exclude(entry_into_force=None).by_name()
    bound = [state for state in states if state.entry_into_force]
    prefetch_related_objects(bound, "clocks")
    facts = gather(bound, on=on, kinds=kinds, as_it_was=as_it_was)
    told = tuple(sorted(years)) if years is not None else around(on)
    return [row for state in bound for row in _of(state, facts, on=on, years=told) if row.kind in kinds]


def around(on: date) -> tuple[int, int]:
    """The year of which the report fell due last, and the one after it."""
    last = on.year - 1 if on > annual_report_due(year=on.year - 1).day else on.year - 2
    return last, last + 1


def _of(state: State, facts: Facts, *, on: date, years: tuple[int, ...]) -> Iterator[Obligation]:
    yield from obligation_clocks.of_clocks(state, facts, on=on)
    yield from _reports(state, facts, on=on, years=years)
    yield from _retention(state, facts, on=on, years=years)
    yield from _clarifications(state, facts, on=on)
    if withdrawal := _withdrawal(state, facts, on=on):
        yield withdrawal


def _reports(state: State, facts: Facts, *, on: date, years: tuple[int, ...]) -> Iterator[Obligation]:
    """Article 7(1) and 7(2)."""
    if initial := initial_owed(state):
        filed = facts.filed.get((state.pk, ReportKind.INITIAL, None))
        yield Obligation(
            state=state,
            kind=ObligationKind.INITIAL_REPORT,
            key="initial_report",
            due=initial.due,
            computed=initial.reason.day,
            standing=_of_report(state, initial.due, is_filed=filed is not None, on=on),
            article=initial.reason.article,
            reason=initial.reason,
            clock=initial.clock,
            filed=filed,
        )
    for year in years:
        owed = annual_owed(state, year)
        if owed is None:
            continue
        filed = facts.filed.get((state.pk, ReportKind.ANNUAL, year))
        official, due = facts.counting(state, f"annual:{year}", owed.due)
        yield Obligation(
            state=state,
            kind=ObligationKind.ANNUAL_REPORT,
            key=f"annual:{year}",
            due=due,
            computed=owed.reason.day,
            standing=_of_report(state, due, is_filed=filed is not None, on=on),
            article=owed.reason.article,
            reason=owed.reason,
            year=year,
            official=official,
            filed=filed,
        )


def _retention(state: State, facts: Facts, *, on: date, years: tuple[int, ...]) -> Iterator[Obligation]:
    """Article 3(8), for a State that is known to keep munitions: told in the report for the year."""
    if state.retains != Known.YES or state.entry_into_force is None:
        return
    for year in years:
        reason = retention_report_due(year=year)
        if year < state.entry_into_force.year or not state.is_party_on(reason.day):
            continue
        filed = facts.filed.get((state.pk, ReportKind.ANNUAL, year))
        if filed is None and year == state.entry_into_force.year:
            filed = facts.filed.get((state.pk, ReportKind.INITIAL, None))
        official, due = facts.counting(state, f"retention:{year}", reason.day)
        yield Obligation(
            state=state,
            kind=ObligationKind.RETENTION_REPORT,
            key=f"retention:{year}",
            due=due,
            computed=reason.day,
            standing=_of_report(state, due, is_filed=filed is not None, on=on),
            article=reason.article,
            reason=reason,
            year=year,
            official=official,
            filed=filed,
        )


def _of_report(state: State, due: date, *, is_filed: bool, on: date) -> Standing:
    if not is_filed and due < settings.RECORD_BEGINS:
        return Standing.UNRECORDED
    return obligation_clocks.settled(state, due, is_done=is_filed, on=on)


def _clarifications(state: State, facts: Facts, *, on: date) -> Iterator[Obligation]:
    """Article 8(2), of requests that were circulated."""
    for known in facts.clarifications.get(state.pk, ()):
        key = f"clarification:{known.pk}"
        reason = clarification_reply(received=known.received_on)
        official, due = facts.counting(state, key, reason.day)
        yield Obligation(
            state=state,
            kind=ObligationKind.CLARIFICATION,
            key=key,
            due=due,
            computed=reason.day,
            standing=obligation_clocks.settled(state, due, is_done=known.replied_on is not None, on=on),
            article=reason.article,
            reason=reason,
            official=official,
            clarification=known,
        )


def _withdrawal(state: State, facts: Facts, *, on: date) -> Obligation | None:
    """Article 20(3): from when nothing is owed any more."""
    known = facts.withdrawals.get(state.pk)
    effective = state.withdrawn_effective or (known.effective_on if known else None)
    if effective is None:
        return None
    return Obligation(
        state=state,
        kind=ObligationKind.WITHDRAWAL,
        key="withdrawal",
        due=effective,
        computed=obligation_clocks.withdrawal_reason(known).day if known else effective,
        standing=Standing.ENDED if effective <= on else Standing.RUNNING,
        article="20(3)",
        reason=obligation_clocks.withdrawal_reason(known) if known else None,
        withdrawal=known,
    )
