"""The obligations with a time limit that a meeting may extend, and what is counted from them: by when a request is to
be lodged, to which meeting completion is declared, what a decision asked to be reached."""

import re
from collections.abc import Iterator
from datetime import date

from ccm_portal.core.clock_sentences import base_reason, is_pending
from ccm_portal.core.enums import Clock, Known
from ccm_portal.core.models import State, StateClock
from ccm_portal.treaty.clocks import Reasoned, Rule, completion_declaration, withdrawal_effective
from committees.models import Withdrawal
from compliance.domain import request_clock
from compliance.domain.obligation_facts import Facts
from compliance.domain.obligation_rows import CLOCKS, Obligation, clock_key
from compliance.enums import ObligationKind, Standing
from meetings.enums import DatePrecision

# How the reference data say that a State has finished; no day is taken from them.
FINISHED = re.compile(r"\bcompleted\b|\bdeclared complete\b|\breported complete\b", re.IGNORECASE)
ORDER = tuple(CLOCKS)


def of_clocks(state: State, facts: Facts, *, on: date) -> Iterator[Obligation]:
    """The clocks of ``state`` in the order of the articles, each with what is counted from it."""
    clocks = [clock for clock in state.clocks.all() if clock.clock in ORDER]
    for clock in sorted(clocks, key=lambda one: (ORDER.index(Clock(one.clock)), one.starts or date.min, one.key)):
        clock.state = state  # at hand for sentences
        row = _of_clock(state, clock, facts, on=on)
        yield row
        if lodging := _lodging(row, facts, on=on):
            yield lodging
        if declaration := _declaration(row, facts, on=on):
            yield declaration
    for benchmark in facts.benchmarks.get(state.pk, ()):
        key = f"benchmark:{benchmark.pk}"
        official, due = facts.counting(state, key, benchmark.due)
        yield Obligation(
            state=state,
            kind=ObligationKind.BENCHMARK,
            key=key,
            due=due,
            computed=benchmark.due,
            standing=settled(state, due, is_done=benchmark.met_on is not None, on=on),
            article="3(5)" if benchmark.request.clock.clock == Clock.ART3 else "4(7)",
            clock=benchmark.request.clock,
            official=official,
            benchmark=benchmark,
        )


def _of_clock(state: State, clock: StateClock, facts: Facts, *, on: date) -> Obligation:
    reason = base_reason(clock, state=state)
    return Obligation(
        state=state,
        kind=CLOCKS[Clock(clock.clock)],
        key=clock_key(clock),
        due=clock.current,
        computed=reason.day,
        standing=_standing(state, clock, facts, on=on),
        article=reason.article,
        reason=reason,
        clock=clock,
        pending=facts.waiting.get(clock.pk),
        extensions=tuple(facts.granted.get(clock.pk, ())),
        completion=facts.completions.get(clock.pk),
        suspension=facts.suspensions.get(clock.pk),
    )


def _standing(state: State, clock: StateClock, facts: Facts, *, on: date) -> Standing:
    completion = facts.completions.get(clock.pk)
    if completion and completion.completed_on <= on:
        return Standing.FULFILLED
    published = _published(state, clock)
    if published == Standing.FULFILLED:
        return published
    if state.withdrawn_effective and state.withdrawn_effective <= on:
        return Standing.ENDED
    if published:
        return published
    if clock.pk in facts.suspensions:
        return Standing.SUSPENDED
    if clock.current >= on:
        return Standing.RUNNING
    return Standing.LAPSED_PENDING if clock.pk in facts.waiting or is_pending(clock) else Standing.LAPSED


def _published(state: State, clock: StateClock) -> Standing | None:
    """What the published lists say of the clock, where that means that it does not run."""
    if clock.clock == Clock.NEW_CLEARANCE:
        return None
    if clock.clock == Clock.ART3:
        notes = f"{clock.notes} {state.notes}" if "destruction" in state.notes.lower() else clock.notes
        known, finished = state.stockpile_declared, FINISHED.search(notes)
    else:
        known = state.affected
        finished = FINISHED.search(clock.notes) if known == Known.NO else None
    if finished:
        return Standing.FULFILLED
    return None if known == Known.YES else Standing.NOTHING


def _lodging(row: Obligation, facts: Facts, *, on: date) -> Obligation | None:
    """By when a request to extend a clock that runs is to be lodged (Articles 3(5), 4(6)). Once it has run out, that
    itself is what is open."""
    clock = row.clock
    if clock is None or row.standing != Standing.RUNNING:
        return None
    found = request_clock.lodging(clock, on=on, meetings=facts.meetings)
    if found.due is None:
        return None
    key = f"lodging:{row.key}"
    official, due = facts.counting(row.state, key, found.due.day)
    return Obligation(
        state=row.state,
        kind=ObligationKind.LODGING,
        key=key,
        due=due,
        computed=found.due.day,
        standing=settled(row.state, due, is_done=row.is_pending, on=on),
        article=found.due.article,
        reason=found.due,
        clock=clock,
        official=official,
        pending=row.pending,
        meeting=found.last,
    )


def _declaration(row: Obligation, facts: Facts, *, on: date) -> Obligation | None:
    """To which meeting completed clearance is declared (Article 4(1)(c))."""
    completion = row.completion
    if completion is None or row.kind == ObligationKind.STOCKPILE:
        return None
    by_day = {meeting.starts: meeting for meeting in facts.meetings}
    reason = completion_declaration(completed=completion.completed_on, openings=by_day)
    if reason is None or by_day[reason.day].precision != DatePrecision.DAY:
        return None
    key = f"declaration:{row.key}"
    official, due = facts.counting(row.state, key, reason.day)
    return Obligation(
        state=row.state,
        kind=ObligationKind.DECLARATION,
        key=key,
        due=due,
        computed=reason.day,
        standing=settled(row.state, due, is_done=completion.declared_on is not None, on=on),
        article=reason.article,
        reason=reason,
        clock=row.clock,
        official=official,
        completion=completion,
        meeting=by_day[reason.day],
    )


def settled(state: State, due: date, *, is_done: bool, on: date) -> Standing:
    """How something that is done or not stands on a day."""
    if is_done:
        return Standing.FULFILLED
    if state.withdrawn_effective and state.withdrawn_effective <= on:
        return Standing.ENDED
    return Standing.LAPSED if due < on else Standing.RUNNING


def withdrawal_reason(withdrawal: Withdrawal) -> Reasoned:
    """From the receipt of the instrument; where a conflict held it, until that ended."""
    computed = withdrawal_effective(received=withdrawal.received_on)
    if computed and withdrawal.effective_on == computed.day:
        return computed
    return Reasoned(withdrawal.effective_on, Rule.WITHDRAWAL_HELD, "20(3)", withdrawal.received_on)
