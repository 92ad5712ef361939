"""Who may see and do what with money. Each object rule has its queryset beside it.

    sponsorship.keep_money           contributions, rates, the ledger: sponsorship officers
    sponsorship.view_contribution    its donor: delegates of the State, observers of the organisation
    sponsorship.follow_contributions open one's own page of contributions: whoever acts for a State, or observes

A donor sees its own money only, and of those it brings no names.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_sponsorship_officer
from meetings.rules_room import observed_ids
from sponsorship.models import Contribution, ExchangeRate, LedgerEntry


@rules.predicate
def is_donor(user: Any, contribution: Any) -> bool:
    """The same as ``own_contributions``."""
    if contribution is None or not isinstance(user, User) or not user.is_active:
        return False
    return contribution.state_id in user.state_ids or contribution.organisation_id in observed_ids(user)


@rules.predicate
def may_give(user: Any, obj: object = None) -> bool:
    return isinstance(user, User) and user.is_active and bool(user.state_ids or observed_ids(user))


rules.add_perm("sponsorship.keep_money", is_sponsorship_officer)
rules.add_perm("sponsorship.view_contribution", is_donor)
rules.add_perm("sponsorship.follow_contributions", may_give)


def _contributions() -> QuerySet[Contribution]:
    found = Contribution.objects.select_related("state", "organisation", "replaces", "replaced_by")
    return found.prefetch_related("earmarks__region_group", "earmarks__meeting")


def office_contributions(user: Any) -> QuerySet[Contribution]:
    """The set form of ``sponsorship.keep_money``: every contribution."""
    found = _contributions()
    return found if is_sponsorship_officer(user, None) else found.none()


def own_contributions(user: Any) -> QuerySet[Contribution]:
    """The set form of ``sponsorship.view_contribution``."""
    found = _contributions()
    if not isinstance(user, User) or not user.is_active:
        return found.none()
    return found.filter(Q(state__in=user.state_ids) | Q(organisation__in=observed_ids(user)))


def office_entries(user: Any) -> QuerySet[LedgerEntry]:
    """The whole ledger, for sponsorship officers."""
    related = (
        "contribution__state", "contribution__organisation", "round__meeting", "rate", "cost", "by", "undone_by",
        "offer__nominee__application__state", "undoes",
    )  # fmt: skip
    found = LedgerEntry.objects.select_related(*related).prefetch_related("postings__account")
    return found if is_sponsorship_officer(user, None) else found.none()


def office_rates(user: Any) -> QuerySet[ExchangeRate]:
    """Every exchange rate, for sponsorship officers."""
    found = ExchangeRate.objects.select_related("noted_by")
    return found if is_sponsorship_officer(user, None) else found.none()
