"""How each rule looks at a State: whether it holds, and the codes of what was found (``eligibility_words``)."""

from collections.abc import Callable
from typing import Any

from ccm_portal.core.enums import Known, TreatyStatus
from ccm_portal.core.models import State
from ccm_portal.treaty.arithmetic import add_months, add_years
from compliance.domain.obligation_rows import Obligation
from compliance.enums import ObligationKind, Standing
from sponsorship.domain.eligibility_facts import REPORTS, TIME_LIMITS, YEARS_BACK, Facts
from sponsorship.enums import OfferStatus, RuleEffect, RuleKey
from sponsorship.models import PolicyRule

Said = list[tuple[str, dict[str, Any]]]
Look = Callable[[State, PolicyRule, Facts], tuple[bool, Said]]
MONTHS_AHEAD = 24  # unless the rule says otherwise
AGAINST = (RuleEffect.LOWERS, RuleEffect.EXCLUDES)


def _affected(state: State, rule: PolicyRule, facts: Facts) -> tuple[bool, Said]:
    return state.affected == Known.YES, [("affected", {"known": str(state.affected)})]


def _fact(state: State, rule: PolicyRule, facts: Facts) -> tuple[bool, Said]:
    fact = facts.facts.get((state.pk, rule.key))
    if fact is None:
        return False, [("no_fact", {})]
    data: dict[str, Any] = {"source": fact.source, "sure": fact.confidence in ("", "high")}
    if fact.since and fact.since > facts.on:
        return False, [("fact_ahead", data | {"day": fact.since.isoformat()})]
    if fact.until is None:
        return True, [("fact", data)]
    data["day"] = fact.until.isoformat()
    if facts.on < fact.until:
        return True, [("fact_until", data)]
    if rule.span and facts.on < add_years(fact.until, rule.span):
        return True, [("fact_still", data | {"years": rule.span})]
    return False, [("fact_over", data)]


def _joining(state: State, rule: PolicyRule, facts: Facts) -> tuple[bool, Said]:
    status = _status(state, facts)
    if status == TreatyStatus.NON_PARTY and (state.pk, rule.key) in facts.facts:
        return _fact(state, rule, facts)
    return status == TreatyStatus.SIGNATORY, [("status", {"status": str(status)})]


def _status(state: State, facts: Facts) -> TreatyStatus:
    """Whoever has deposited is a party already in all but the months until entry into force."""
    if state.withdrawn_effective and state.withdrawn_effective <= facts.on:
        return TreatyStatus.WITHDRAWN
    if state.deposited and state.deposited <= facts.on:
        return TreatyStatus.STATE_PARTY
    return TreatyStatus.SIGNATORY if state.signed and state.signed <= facts.on else TreatyStatus.NON_PARTY


def _request_pending(state: State, rule: PolicyRule, facts: Facts) -> tuple[bool, Said]:
    waiting = [one for one in facts.owed[state.pk] if one.kind in TIME_LIMITS and one.is_open and one.is_pending]
    said: Said = [
        ("request", _of(one) | {"day": one.pending.lodged_on.isoformat()})
        if one.pending and one.pending.lodged_on
        else ("request_waits", _of(one))
        for one in waiting
    ]
    return bool(waiting), said or [("no_request", {})]


def _deadline_near(state: State, rule: PolicyRule, facts: Facts) -> tuple[bool, Said]:
    months = rule.span or MONTHS_AHEAD
    last = add_months(facts.on, months)
    near = [one for one in facts.owed[state.pk] if one.kind in TIME_LIMITS and one.is_open and one.due <= last]
    said: Said = [
        ("deadline_passed" if one.due < facts.on else "deadline", _of(one) | {"day": one.due.isoformat()})
        for one in near
    ]
    return bool(near), said or [("no_deadline", {"months": months})]


def _overdue_report(state: State, rule: PolicyRule, facts: Facts) -> tuple[bool, Said]:
    late = [one for one in facts.owed[state.pk] if one.kind in REPORTS and one.standing == Standing.LAPSED]
    # What is kept is told in the annual report; one missing paper is told once.
    years = {one.year for one in late if one.kind == ObligationKind.ANNUAL_REPORT}
    told = [one for one in late if one.kind != ObligationKind.RETENTION_REPORT or one.year not in years]
    said: Said = [("overdue", _of(one) | {"day": one.due.isoformat()}) for one in told]
    return bool(late), said or [("nothing_overdue", {})]


def _of(row: Obligation) -> dict[str, Any]:
    """What its title is made of again."""
    cause = row.clock.cause if row.clock and row.is_clock else ""
    clock = str(row.clock.clock) if row.clock and row.is_clock else ""
    return {"kind": str(row.kind), "year": row.year, "clock": clock, "cause": cause}


def _donor(state: State, rule: PolicyRule, facts: Facts) -> tuple[bool, Said]:
    gives = state.pk in facts.donors
    return gives, [("donor" if gives else "no_donor", {})]


def _past_sponsorship(state: State, rule: PolicyRule, facts: Facts) -> tuple[bool, Said]:
    years = rule.span or YEARS_BACK
    since = add_years(facts.on, -years)
    came = {
        offer.round.meeting: None
        for offer in facts.offers[state.pk]
        if offer.status == OfferStatus.TRAVELLED and offer.round.meeting.ends > since
    }
    if not came:
        return False, [("not_sponsored", {"years": years})]
    return True, [("sponsored", {"meetings": [meeting.short_name for meeting in came]})]


def _past_duties(state: State, rule: PolicyRule, facts: Facts) -> tuple[bool, Said]:
    """Adds where all were kept; takes away, or excludes, where one was not. What nobody noted counts for neither."""
    absent: Said = [
        ("absent", {"meeting": offer.round.meeting.short_name})
        for offer in facts.offers[state.pk]
        if offer.status == OfferStatus.NO_SHOW and offer.absence_excused is False
    ]
    came = {offer.pk for offer in facts.offers[state.pk] if offer.status == OfferStatus.TRAVELLED}
    duties = [duty for duty in facts.duties[state.pk] if duty.offer_id in came]
    broken: Said = [
        ("duty_not_kept", {"duty": str(duty.kind), "meeting": duty.offer.round.meeting.short_name})
        for duty in duties
        if duty.met is False
    ]
    not_kept = absent + broken
    all_kept = bool(duties) and not not_kept and all(duty.met for duty in duties)
    said: Said = not_kept or [("duties_kept" if all_kept else "no_duties", {})]
    return bool(not_kept) if rule.effect in AGAINST else all_kept, said


LOOKS: dict[str, Look] = {
    RuleKey.AFFECTED: _affected,
    RuleKey.LEAST_DEVELOPED: _fact,
    RuleKey.SMALL_ISLAND: _fact,
    RuleKey.NO_GENEVA_MISSION: _fact,
    RuleKey.REQUEST_PENDING: _request_pending,
    RuleKey.DEADLINE_NEAR: _deadline_near,
    RuleKey.OVERDUE_REPORT: _overdue_report,
    RuleKey.JOINING: _joining,
    RuleKey.DONOR: _donor,
    RuleKey.PAST_DUTIES: _past_duties,
    RuleKey.PAST_SPONSORSHIP: _past_sponsorship,
}
