"""What is known of States and bears on their eligibility, gathered in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Q

from ccm_portal.core.models import State
from ccm_portal.treaty.arithmetic import add_years
from compliance.domain.obligation_rows import CLOCKS, Obligation
from compliance.domain.obligations import obligations
from compliance.enums import ObligationKind
from sponsorship.enums import OfferStatus, RuleKey
from sponsorship.models import Contribution, Duty, Offer, PolicyRule, Round, StateFact

TIME_LIMITS = frozenset(CLOCKS.values())
REPORTS = frozenset({ObligationKind.INITIAL_REPORT, ObligationKind.ANNUAL_REPORT, ObligationKind.RETENTION_REPORT})
# Which obligations a rule looks at.
OF_OBLIGATIONS = {
    RuleKey.REQUEST_PENDING: TIME_LIMITS,
    RuleKey.DEADLINE_NEAR: TIME_LIMITS,
    RuleKey.OVERDUE_REPORT: REPORTS,
}
FROM_FACTS = frozenset(
    {RuleKey.LEAST_DEVELOPED, RuleKey.SMALL_ISLAND, RuleKey.NO_GENEVA_MISSION, RuleKey.JOINING},
)
FROM_OFFERS = frozenset({RuleKey.PAST_DUTIES, RuleKey.PAST_SPONSORSHIP})
YEARS_BACK = 2  # unless the rule says otherwise
COME_OR_NOT = (OfferStatus.TRAVELLED, OfferStatus.NO_SHOW)


@dataclass
class Facts:
    """By the keys of States, as of ``on``."""

    on: date
    facts: dict[tuple[int, str], StateFact] = field(default_factory=dict)
    owed: dict[int, list[Obligation]] = field(default_factory=lambda: defaultdict(list))
    donors: frozenset[int] = frozenset()
    offers: dict[int, list[Offer]] = field(default_factory=lambda: defaultdict(list))
    duties: dict[int, list[Duty]] = field(default_factory=lambda: defaultdict(list))  # by offer's State


def gather(states: list[State], rules: Iterable[PolicyRule], *, on: date, besides: Round | None) -> Facts:
    """Only what the rules ask for."""
    keys = {RuleKey(rule.key): rule for rule in rules}
    ids, facts = [state.pk for state in states], Facts(on=on)
    if FROM_FACTS & keys.keys():
        facts.facts = {(one.state_id, one.kind): one for one in StateFact.objects.filter(state__in=ids)}
    if kinds := frozenset().union(*(OF_OBLIGATIONS[key] for key in OF_OBLIGATIONS if key in keys)):
        years = range(settings.RECORD_BEGINS.year - 1, on.year)
        for row in obligations(states, on=on, years=years, kinds=kinds):
            facts.owed[row.state.pk].append(row)
    if rule := keys.get(RuleKey.DONOR):
        facts.donors = _donors(ids, years=rule.span or YEARS_BACK, on=on)
    if FROM_OFFERS & keys.keys():
        _earlier(facts, ids, besides=besides)
    return facts


def _donors(ids: list[int], *, years: int, on: date) -> frozenset[int]:
    """Who has promised something in these years, or for this one and later ones."""
    recent = Q(pledged_on__gt=add_years(on, -years)) | Q(instalments__year__gte=on.year)
    found = Contribution.objects.filter(recent, state__in=ids, pledged_on__lte=on)
    return frozenset(found.values_list("state", flat=True))


def _earlier(facts: Facts, ids: list[int], *, besides: Round | None) -> None:
    offers = Offer.objects.filter(
        nominee__application__state__in=ids, status__in=COME_OR_NOT, round__meeting__ends__lte=facts.on
    ).select_related("round__meeting", "nominee__application")
    if besides is not None:
        offers = offers.exclude(round=besides)
    for offer in offers.order_by("round__meeting__starts", "pk"):
        facts.offers[offer.state_id].append(offer)
    state_of = {offer.pk: offer.state_id for theirs in facts.offers.values() for offer in theirs}
    for duty in Duty.objects.filter(offer__in=state_of).select_related("offer__round__meeting").order_by("pk"):
        facts.duties[state_of[duty.offer_id]].append(duty)
