"""Who may see and change a journey and what is owed for it. Each rule has its queryset beside it.

sponsorship.run_journeys    sponsorship officers; see ``office_travel``, ``office_duties``
sponsorship.follow_journey  the delegates of the State whose person travels: what is missing, days, visa, ticket;
                            never what is sealed, nor the allowance. See ``own_travel``, ``own_duties``
"""

from typing import Any

import rules
from django.db.models import QuerySet

from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_sponsorship_officer
from sponsorship.domain.risks import with_round
from sponsorship.models import Duty, Offer, TravelFile


@rules.predicate
def sends_the_person(user: Any, journey: TravelFile | Duty | Offer) -> bool:
    """A delegate of the State whose person travels."""
    offer = journey if isinstance(journey, Offer) else journey.offer
    return isinstance(user, User) and offer.state_id in user.state_ids


rules.add_perm("sponsorship.run_journeys", is_sponsorship_officer)
rules.add_perm("sponsorship.follow_journey", sends_the_person)


def _duties() -> QuerySet[Duty]:
    related = ("offer__nominee__application__state", "offer__round__meeting", "statement__delegation", "noted_by")
    return Duty.objects.select_related(*related).order_by("pk")


def office_travel(user: Any) -> QuerySet[TravelFile]:
    """The set form of ``sponsorship.run_journeys``: every journey."""
    found = with_round(TravelFile.objects.all())
    return found if is_sponsorship_officer(user, None) else found.none()


def own_travel(user: Any) -> QuerySet[TravelFile]:
    """The set form of ``sponsorship.follow_journey``: the journeys of one's own State's people."""
    found = with_round(TravelFile.objects.all())
    mine = {"offer__nominee__application__state__in": user.state_ids} if isinstance(user, User) else None
    return found.filter(**mine) if mine else found.none()


def office_duties(user: Any) -> QuerySet[Duty]:
    """The set form of ``sponsorship.run_journeys`` over what is owed."""
    return _duties() if is_sponsorship_officer(user, None) else _duties().none()


def own_duties(user: Any) -> QuerySet[Duty]:
    """The set form of ``sponsorship.follow_journey`` over what is owed."""
    if not isinstance(user, User):
        return _duties().none()
    return _duties().filter(offer__nominee__application__state__in=user.state_ids)
