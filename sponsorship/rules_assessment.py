"""Who assesses, who replies to an offer. Each object rule has its queryset beside it.

sponsorship.reply_offer      an approver or the head of the State's delegation; ``own_offers``
sponsorship.note_reply       sponsorship officers, who note what a State said; ``office_offers``
sponsorship.score_nominee    who assesses the round and declared no conflict with the State; ``scored_nominees``
"""

from datetime import timedelta
from typing import Any

import rules
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ccm_portal.core.models import Membership, User
from ccm_portal.core.permissions import approves_for_state, is_sponsorship_officer
from sponsorship.enums import ASSESSED_ROUNDS
from sponsorship.models import ConflictDeclaration, Nominee, Offer, Round
from sponsorship.rules import assessed_rounds, is_named_assessor, own_offers

# Rounds whose applications are weighed, or were. Before the call closes nobody reads them.
BEFORE = timedelta(days=365)  # so long before the call closed, whoever acted for a State is still in conflict with it


def acted_for(user: Any, round: Round) -> set[int]:
    """States for which this person acts, or did within the year before the call closed: a conflict by itself."""
    if not isinstance(user, User):
        return set()
    since = round.closes_at.date() - BEFORE
    found = Membership.objects.filter(user=user, state__isnull=False, accepted_at__isnull=False)
    return set(found.filter(Q(ends=None) | Q(ends__gt=since)).values_list("state_id", flat=True))


def in_conflict(user: Any, round: Round) -> set[int]:
    """The same, and what was declared."""
    declared = ConflictDeclaration.states.through.objects.filter(
        conflictdeclaration__user=user, conflictdeclaration__round=round
    )
    return acted_for(user, round) | set(declared.values_list("state_id", flat=True))


@rules.predicate
def assesses_its_round(user: Any, nominee: Any) -> bool:
    return nominee is not None and bool(
        is_sponsorship_officer(user, None) or is_named_assessor(user, nominee.application.round)
    )


@rules.predicate
def has_no_conflict(user: Any, nominee: Any) -> bool:
    """Declared in the round, and not in conflict with the State."""
    if nominee is None:
        return False
    round = nominee.application.round
    declared = ConflictDeclaration.objects.filter(user=user, round=round)
    return declared.exists() and nominee.state_id not in in_conflict(user, round)


rules.add_perm("sponsorship.reply_offer", approves_for_state)
rules.add_perm("sponsorship.note_reply", is_sponsorship_officer)
rules.add_perm("sponsorship.score_nominee", assesses_its_round & has_no_conflict)


def weighed_nominees(user: Any) -> QuerySet[Nominee]:
    """Who was sent by a State to a round that this person assesses, once its call is closed."""
    found = Nominee.objects.select_related("application__state__region_group", "application__round__meeting")
    rounds = assessed_rounds(user).filter(status__in=ASSESSED_ROUNDS)
    return found.filter(application__round__in=rounds, application__endorsed_at__isnull=False)


def scored_nominees(user: Any) -> QuerySet[Nominee]:
    """The set form of ``sponsorship.score_nominee``."""
    if not isinstance(user, User):
        return Nominee.objects.none()
    declared = ConflictDeclaration.objects.filter(user=user, round=OuterRef("application__round"))
    acts = Membership.objects.filter(user=user, state=OuterRef("application__state"), accepted_at__isnull=False)
    still = acts.filter(Q(ends=None) | Q(ends__gt=OuterRef("closed") - BEFORE))
    found = weighed_nominees(user).annotate(closed=F("application__round__closes_at"))
    found = found.filter(Exists(declared)).exclude(Exists(declared.filter(states=OuterRef("application__state"))))
    return found.exclude(Exists(still))


def offers_to_answer(user: Any) -> QuerySet[Offer]:
    """The set form of ``sponsorship.reply_offer``."""
    if not isinstance(user, User):
        return Offer.objects.none()
    return own_offers(user).filter(nominee__application__state__in=user.approving_state_ids)
