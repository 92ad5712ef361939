"""A State's way through the Convention: its time line and its obligations, each date with its reason."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ccm_portal.core.clock_sentences import (
    EXTENSION_ARTICLES,
    base_reason,
    explain_current,
    explain_entry_into_force,
    explain_withdrawal,
    is_pending,
)
from ccm_portal.core.enums import Clock, Known
from ccm_portal.core.models import State, StateClock
from ccm_portal.treaty.clocks import Reasoned


def timeline(state: State, *, on: date) -> list[dict[str, Any]]:
    """What the Depositary has recorded, oldest first."""
    deposit = state.get_instrument_kind_display() or _("Instrument deposited")
    events = [
        (state.signed, _("Signed"), ""),
        (state.deposited, deposit, _("Deposited with the Secretary-General of the United Nations.")),
        (state.entry_into_force, _("In force"), explain_entry_into_force(state)),
        (state.withdrawn_effective, _("Withdrawn"), explain_withdrawal(state)),
    ]
    return [
        {"date": day, "title": title, "text": text, "when": "past" if day <= on else "ahead"}
        for day, title, text in events
        if day
    ]


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """One clock of a State: by when, why, and what is known. ``marks`` draw it; none where nothing runs."""

    key: str
    title: str
    due: date
    standing: str
    is_pending: bool
    sentence: str
    reason: Reasoned
    granted: date | None
    granted_article: str
    override: date | None
    source: str
    note: str
    remark: str
    marks: list[dict[str, Any]]

    @property
    def end(self) -> date:
        """Where the drawn span ends."""
        return max(self.due, self.reason.day)


def obligations(state: State, *, on: date) -> list[Obligation]:
    """The clocks that run for ``state`` or have run, in the order of the articles; its clocks must be at hand."""
    if state.entry_into_force is None or (state.withdrawn_effective and state.withdrawn_effective <= on):
        return []
    clocks = {Clock(clock.clock): clock for clock in state.clocks.all() if not clock.key}
    return [_obligation(state, clocks[key], on=on) for key in (Clock.ART3, Clock.ART4) if key in clocks]


def _obligation(state: State, clock: StateClock, *, on: date) -> Obligation:
    key, reason = Clock(clock.clock), base_reason(clock, state=state)
    concerned, remark = _concern(state, key)
    return Obligation(
        key=key,
        title=str(key.label),
        due=clock.current,
        standing=_standing(clock, on),
        is_pending=is_pending(clock),
        sentence=explain_current(clock, state=state),
        reason=reason,
        granted=clock.granted_until,
        granted_article=EXTENSION_ARTICLES[key],
        override=clock.override,
        source=clock.override_source,
        note=clock.notes,
        remark=remark,
        marks=list(_marks(clock, reason)) if concerned else [],
    )


def _standing(clock: StateClock, on: date) -> str:
    if clock.current < on:
        return "ahead" if is_pending(clock) else "past"
    return "soon" if (clock.current - on).days < 365 else "ahead"


def _concern(state: State, key: Clock) -> tuple[bool, str]:
    """Whether the clock is drawn, and what the published lists say. A list is not a finding; the words keep that."""
    if key == Clock.ART3:
        known = {
            Known.YES: (True, _("Has declared stocks of cluster munitions.")),
            Known.NO: (False, _("Has declared no stocks of cluster munitions.")),
            Known.UNKNOWN: (False, _("Whether it holds stocks of cluster munitions is not known.")),
        }
    else:
        known = {
            Known.YES: (True, _("Listed as contaminated by cluster munition remnants.")),
            Known.NO: (False, _("Not listed as contaminated by cluster munition remnants.")),
            Known.UNKNOWN: (False, _("Whether it is contaminated by cluster munition remnants is not known.")),
        }
    return known[Known(state.stockpile_declared if key == Clock.ART3 else state.affected)]


def _marks(clock: StateClock, reason: Reasoned) -> Iterator[dict[str, Any]]:
    yield {"day": reason.start, "words": _("in force")}
    yield {"day": reason.day, "words": _("eight years") if clock.clock == Clock.ART3 else _("ten years")}
    if clock.current != reason.day:
        yield {"day": clock.current, "words": _("as published") if clock.override else _("extended")}
