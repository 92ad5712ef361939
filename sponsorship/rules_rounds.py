"""Who may see rounds, policies, facts and observers' own programmes. Each rule has its queryset beside it.

    sponsorship.run_rounds      sponsorship officers: rounds, policies, costs, facts, assessors
    sponsorship.note_programme  observers, of the organisations for which they act

A round is public from its call on, a planned one once its rules are adopted (``readable_rounds``).
A policy is public once it is adopted, before any call is opened under it.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.permissions import is_sponsorship_officer
from meetings.rules import public_meetings
from meetings.rules_room import observed_ids
from sponsorship.enums import PUBLIC_ROUNDS, RoundStatus
from sponsorship.models import CostAssumption, ObserverProgramme, Policy, Round, RoundPlace, StateFact
from sponsorship.rules import office_rounds, public_rounds


@rules.predicate
def observes(user: Any, obj: object = None) -> bool:
    """An observer of some organisation."""
    return bool(observed_ids(user))


rules.add_perm("sponsorship.note_programme", observes)


def readable_rounds() -> QuerySet[Round]:
    """What everybody reads: rounds whose call was opened, and planned ones of public meetings under adopted rules."""
    planned = Q(
        status=RoundStatus.PLANNED,
        policy__adopted_on__isnull=False,
        meeting__in=public_meetings().order_by().values("pk"),
    )
    found = Round.objects.select_related("meeting", "policy", "shared_with")
    return found.filter(Q(status__in=PUBLIC_ROUNDS) | planned)


def public_policies() -> QuerySet[Policy]:
    """Adopted versions of the rules."""
    return Policy.objects.filter(adopted_on__isnull=False).order_by("-number")


def office_policies(user: Any) -> QuerySet[Policy]:
    """All versions, for sponsorship officers."""
    return Policy.objects.order_by("-number") if is_sponsorship_officer(user, None) else Policy.objects.none()


def office_facts(user: Any) -> QuerySet[StateFact]:
    """Facts about States, for sponsorship officers."""
    found = StateFact.objects.select_related("state")
    return found if is_sponsorship_officer(user, None) else found.none()


def office_costs(user: Any) -> QuerySet[CostAssumption]:
    """Assumed costs of every round, for sponsorship officers."""
    found = CostAssumption.objects.select_related("state", "region_group", "round__meeting")
    return found.filter(round__in=office_rounds(user).order_by().values("pk"))


def office_places(user: Any) -> QuerySet[RoundPlace]:
    """Who was named to assess, for sponsorship officers."""
    found = RoundPlace.objects.select_related("user", "content_object")
    return found.filter(content_object__in=office_rounds(user).order_by().values("pk"))


def rounds_with_programmes(user: Any) -> QuerySet[Round]:
    """The rounds for which an observer may say what its organisation brings: those whose call was opened."""
    return public_rounds() if observed_ids(user) else Round.objects.none()


def own_programmes(user: Any) -> QuerySet[ObserverProgramme]:
    """What the organisations of an observer said."""
    found = ObserverProgramme.objects.select_related("organisation", "round__meeting")
    return found.filter(organisation__in=observed_ids(user))
