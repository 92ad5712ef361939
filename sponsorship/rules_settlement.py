"""Who settles, and who reads the reports of a round.

sponsorship.settle          sponsorship officers: costs, settlements, reports of every round
sponsorship.read_account    officers; the donor, of its own contribution; everybody, of a report to a meeting
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_sponsorship_officer
from meetings.rules_room import observed_ids
from sponsorship.enums import PUBLIC_ROUNDS, TO_SETTLE, OfferStatus
from sponsorship.models import ActualCost, IssuedAccount, Offer
from sponsorship.rules import office_offers

# Offers for which money may be spent: a ticket is bought once somebody accepts.
COSTING = (OfferStatus.ACCEPTED, *TO_SETTLE)


@rules.predicate
def is_own_account(user: Any, account: Any) -> bool:
    return account is not None and own_accounts(user).filter(pk=account.pk).exists()


@rules.predicate
def is_public_account(user: Any, account: Any) -> bool:
    return account is not None and account.contribution_id is None and account.round.status in PUBLIC_ROUNDS


rules.add_perm("sponsorship.settle", is_sponsorship_officer)
rules.add_perm("sponsorship.read_account", is_sponsorship_officer | is_own_account | is_public_account)


def office_settlements(user: Any) -> QuerySet[Offer]:
    """Offers that cost something, for sponsorship officers."""
    return office_offers(user).filter(status__in=COSTING)


def office_costs(user: Any) -> QuerySet[ActualCost]:
    """What was paid, and what came back, for sponsorship officers."""
    found = ActualCost.objects.select_related("offer__nominee__application__state", "offer__round__meeting", "receipt")
    return found if is_sponsorship_officer(user, None) else found.none()


def _accounts() -> QuerySet[IssuedAccount]:
    return IssuedAccount.objects.select_related(
        "round__meeting", "contribution__state", "contribution__organisation", "issued_by"
    )


def office_accounts(user: Any) -> QuerySet[IssuedAccount]:
    """Every report that was issued, for sponsorship officers."""
    return _accounts() if is_sponsorship_officer(user, None) else _accounts().none()


def own_accounts(user: Any) -> QuerySet[IssuedAccount]:
    """Reports to the donors for which this person acts: its own State, or organisation."""
    if not isinstance(user, User) or not user.is_active:
        return _accounts().none()
    organisations = observed_ids(user)
    return _accounts().filter(
        Q(contribution__state__in=user.state_ids) | Q(contribution__organisation__in=organisations)
    )


def public_accounts() -> QuerySet[IssuedAccount]:
    """Reports to the meetings of rounds that everybody may read."""
    return _accounts().filter(contribution=None, round__status__in=PUBLIC_ROUNDS)
