"""For whom a contribution may be used: every kind of its earmarks must be met, of several regions or meetings one."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from ccm_portal.core.enums import Known
from ccm_portal.core.models import State
from committees.enums import Gender
from sponsorship.enums import AccountKind, EarmarkKind, FactKind, RuleKey
from sponsorship.models import Contribution, Earmark, PolicyRule, Round, StateFact

# Of two contributions with as many kinds of earmarks, that whose kinds stand first here is used up first.
NARROWEST = (
    EarmarkKind.AFFECTED,
    EarmarkKind.LEAST_DEVELOPED,
    EarmarkKind.REGION,
    EarmarkKind.WOMEN,
    EarmarkKind.MEETING,
)


@dataclass(frozen=True, kw_only=True)
class Pot:
    """A contribution with money that is free, and its earmarks by kind: none of general money."""

    contribution: Contribution
    free: Decimal  # in the contribution's currency, when it was read
    kinds: dict[str, list[Earmark]]

    def comes(self, currency: str) -> tuple[object, ...]:
        """Sorts the narrowest first, then what needs no rate into the round's ``currency``, then the older one."""
        order = sorted(NARROWEST.index(EarmarkKind(kind)) for kind in self.kinds)
        one = self.contribution
        return (-len(order), order, one.currency != currency, one.pledged_on, one.pk)


def least_developed(on: date, *, years_after: int = 0) -> set[int]:
    """States on the list of least developed countries on the day, or that left it less than so many years before."""
    try:
        since = on.replace(year=on.year - years_after)
    except ValueError:  # 29 February
        since = on.replace(year=on.year - years_after, day=28)
    facts = StateFact.objects.filter(Q(since=None) | Q(since__lte=on), kind=FactKind.LEAST_DEVELOPED)
    return set(facts.filter(Q(until=None) | Q(until__gt=since)).values_list("state_id", flat=True))


@dataclass(frozen=True)
class Pots:
    """All contributions with free money that a round may use, read once, the narrowest first."""

    pots: list[Pot]
    least_developed: set[int]

    @classmethod
    def of(cls, round: Round, *, on: date, only: set[int] | None = None) -> "Pots":
        """:param only: keys of contributions, where just some are to be looked at."""
        free = Q(accounts__kind=AccountKind.FREE)
        found = Contribution.objects.filter(free, accounts__balance__gt=0).annotate(free=Sum("accounts__balance"))
        found = found.select_related("state", "organisation").prefetch_related("earmarks")
        if only is not None:
            found = found.filter(pk__in=only)
        pots = []
        for contribution in found:
            kinds: dict[str, list[Earmark]] = defaultdict(list)
            for earmark in contribution.earmarks.all():
                kinds[earmark.kind].append(earmark)
            meetings = kinds.get(EarmarkKind.MEETING)
            if not meetings or any(one.meeting_id == round.meeting_id for one in meetings):
                pots.append(Pot(contribution=contribution, free=contribution.free, kinds=dict(kinds)))
        pots.sort(key=lambda pot: pot.comes(round.currency))
        rule = PolicyRule.objects.filter(policy=round.policy_id, key=RuleKey.LEAST_DEVELOPED).first()
        return cls(pots, least_developed(on, years_after=(rule and rule.span) or 0))

    def usable(self, *, state: State, gender: str) -> list[Pot]:
        """Those that may be used for a person of this State, the narrowest first, so that general money stays."""
        return [pot for pot in self.pots if all(self._met(kind, pot, state, gender) for kind in pot.kinds)]

    def _met(self, kind: str, pot: Pot, state: State, gender: str) -> bool:
        if kind == EarmarkKind.AFFECTED:
            return state.affected == Known.YES
        if kind == EarmarkKind.LEAST_DEVELOPED:
            return state.pk in self.least_developed
        if kind == EarmarkKind.WOMEN:
            return gender == Gender.WOMAN
        if kind == EarmarkKind.REGION:
            return any(one.region_group_id == state.region_group_id for one in pot.kinds[kind])
        return True  # the meeting was asked when the pots were read
