"""Whether a State may be sponsored in a round, as the rules of the round's policy find it, each with its reason.

    findings(round, states, *, on) -> {state pk: [Finding, ...]}   every rule of the policy, in its order, held or not
    verdict(findings) -> Verdict                                   qualifies, excluded, points; ``is_eligible``
    frozen(findings) -> list                                       as JSON, for ``Application.eligibility``
    thawed(json) -> [Finding, ...]                                 from JSON; words come in the reader's language
    judged_on(round, *, on) -> date                                the day that counts: ``on``, at last the closing day

A finding tells ``title`` (the rule), ``reason`` (what was found), ``holds``, ``effect`` and ``points``. Reasons are
kept as codes with data and become words when they are read. A constant number of queries, for any number of States.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ccm_portal.core.models import State
from sponsorship.domain.eligibility_facts import gather
from sponsorship.domain.eligibility_looks import LOOKS
from sponsorship.domain.eligibility_words import reason_words, rule_title
from sponsorship.enums import RuleEffect
from sponsorship.models import Policy, Round


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one rule found of one State. ``points`` are the rule's, and count only where it ``holds``."""

    key: str
    effect: str
    points: int
    span: int | None
    holds: bool
    said: tuple[tuple[str, dict[str, Any]], ...]  # codes of reasons, and what they need

    @property
    def title(self) -> str:
        """The rule, in the reader's language."""
        return rule_title(self.key, effect=self.effect, span=self.span)

    @property
    def reason(self) -> str:
        """What was found, in the reader's language."""
        return reason_words(self.said)

    @property
    def effect_name(self) -> str:
        return str(RuleEffect(self.effect).label)

    @property
    def counts(self) -> int:
        """Points that it adds; below zero where it takes some away."""
        if not self.holds or self.effect == RuleEffect.EXCLUDES:
            return 0
        return -self.points if self.effect == RuleEffect.LOWERS else self.points


@dataclass(frozen=True)
class Verdict:
    """What the findings come to."""

    qualifies: bool
    excluded: bool
    points: int

    @property
    def is_eligible(self) -> bool:
        return self.qualifies and not self.excluded


def judged_on(round: Round, *, on: date) -> date:
    """The day as of which States are judged: the one asked for, and after the closing day that one."""
    return min(on, round.closes_at.date())


def findings(round: Round, states: Iterable[State], *, on: date) -> dict[int, list[Finding]]:
    """What every rule of the round's policy finds of each of ``states`` as of ``on``; see ``judged_on``.

    Seventeen queries at most.
    """
    return judged(round.policy, states, on=on, besides=round)


def judged(
    policy: Policy, states: Iterable[State], *, on: date, besides: Round | None = None
) -> dict[int, list[Finding]]:
    """The same under any version of the policy. ``besides``: this round is no earlier sponsorship."""
    asked = list(states)
    rules = list(policy.rules.order_by("position", "pk"))
    facts = gather(asked, rules, on=on, besides=besides)
    found: dict[int, list[Finding]] = {}
    for state in asked:
        found[state.pk] = []
        for rule in rules:
            holds, said = LOOKS[rule.key](state, rule, facts)
            found[state.pk].append(
                Finding(
                    key=str(rule.key),
                    effect=str(rule.effect),
                    points=rule.points,
                    span=rule.span,
                    holds=holds,
                    said=tuple(said),
                )
            )
    return found


def verdict(findings: Sequence[Finding]) -> Verdict:
    """One qualifying rule is enough, if there are any; one that excludes is too much."""
    qualifying = [one for one in findings if one.effect == RuleEffect.QUALIFIES]
    return Verdict(
        qualifies=any(one.holds for one in qualifying) if qualifying else True,
        excluded=any(one.holds for one in findings if one.effect == RuleEffect.EXCLUDES),
        points=sum(one.counts for one in findings),
    )


def frozen(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """As JSON: what ``thawed`` reads."""
    return [asdict(one) | {"said": [[code, data] for code, data in one.said]} for one in findings]


def thawed(kept: Iterable[dict[str, Any]]) -> list[Finding]:
    """Findings as they were when they were frozen."""
    return [Finding(**one | {"said": tuple((code, data) for code, data in one["said"])}) for one in kept]
