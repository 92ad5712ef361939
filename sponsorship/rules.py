"""Who may see and do what in sponsorship. Each object rule has its queryset beside it; parts add theirs in ``rules_*``.

    sponsorship.run_rounds      sponsorship officers; nobody else in the office sees applications
    sponsorship.assess_round    sponsorship officers, and whom they name to one round

Rounds themselves are public: see ``public_rounds``, and ``rules_rounds.readable_rounds`` for planned ones too.
Nothing else here is anybody's by being ISO staff, administrator or superuser.
"""

from typing import Any

import rules
from django.db.models import QuerySet

from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_sponsorship_officer
from sponsorship.enums import PUBLIC_ROUNDS
from sponsorship.models import Application, Nominee, Offer, Round, RoundPlace


def _named(user: Any) -> QuerySet[RoundPlace]:
    """Rounds to which this person was named. Places give nothing to who acts for nobody."""
    if not isinstance(user, User) or not user.is_active or not user.acts:
        return RoundPlace.objects.none()
    return RoundPlace.objects.filter(user=user)


@rules.predicate
def is_named_assessor(user: Any, round: Any) -> bool:
    return round is not None and _named(user).filter(content_object=round).exists()


rules.add_perm("sponsorship.run_rounds", is_sponsorship_officer)
rules.add_perm("sponsorship.assess_round", is_sponsorship_officer | is_named_assessor)


def _rounds() -> QuerySet[Round]:
    return Round.objects.select_related("meeting", "policy", "shared_with")


def public_rounds() -> QuerySet[Round]:
    """Rounds whose call was opened."""
    return _rounds().filter(status__in=PUBLIC_ROUNDS)


def office_rounds(user: Any) -> QuerySet[Round]:
    """The set form of ``sponsorship.run_rounds``: all, for sponsorship officers."""
    return _rounds() if is_sponsorship_officer(user, None) else Round.objects.none()


def assessed_rounds(user: Any) -> QuerySet[Round]:
    """The set form of ``sponsorship.assess_round``."""
    if is_sponsorship_officer(user, None):
        return _rounds()
    return _rounds().filter(pk__in=_named(user).values("content_object"))


def own_applications(user: Any) -> QuerySet[Application]:
    """Applications of the States for which this person acts."""
    found = Application.objects.select_related("state", "round__meeting", "round__policy")
    return found.filter(state__in=user.state_ids) if isinstance(user, User) else found.none()


def own_nominees(user: Any) -> QuerySet[Nominee]:
    """Whom the States nominate for which this person acts."""
    found = Nominee.objects.select_related("application__state", "application__round__meeting")
    return found.filter(application__state__in=user.state_ids) if isinstance(user, User) else found.none()


def office_offers(user: Any) -> QuerySet[Offer]:
    """Every offer, for sponsorship officers."""
    found = Offer.objects.select_related("nominee__application__state", "round__meeting")
    return found if is_sponsorship_officer(user, None) else found.none()


def own_offers(user: Any) -> QuerySet[Offer]:
    """Offers to people of the States for which this person acts."""
    found = Offer.objects.select_related("nominee__application__state", "round__meeting")
    return found.filter(nominee__application__state__in=user.state_ids) if isinstance(user, User) else found.none()
