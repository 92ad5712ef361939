"""Who may see and do what with nominations to lead a body.

    committees.nominate_state       a State, or its nomination: its approvers and the head of its delegation
    committees.read_nominations     delegates of States Parties, leaders, coordination partners, the President, the ISO
    committees.endorse_nomination   who takes part in coordination for a State or an organisation
    committees.see_diversity        who takes part in coordination, and the ISO

A nomination that led to an election is public.
"""

from typing import Any

import rules
from django.db.models import QuerySet

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation, State, User
from ccm_portal.core.permissions import approves_for_state, is_iso_staff, is_president
from committees.enums import NominationStatus, PlaceInWorkspace
from committees.models import Nomination, Term, TermPerson
from committees.rules import coordination_ids, led_bodies, places_of


def endorsing_parties(user: Any) -> list[State | Organisation]:
    """For whom this person can endorse, by name: the States under whose running terms they stand, the State that
    presides, and the organisation of a partner in the coordination body. Nothing for its readers."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if not hasattr(user, "_endorsing"):
        user._endorsing = _parties(user)  # type: ignore[attr-defined]
    parties: list[State | Organisation] = user._endorsing  # type: ignore[attr-defined]
    return parties


def _parties(user: User) -> list[State | Organisation]:
    found: dict[tuple[str, int], State | Organisation] = {}
    if led_bodies(user):
        leading = TermPerson.objects.leading(clock.today()).filter(user=user, term__state__in=user.any_state_ids)
        for person in leading.select_related("term__state"):
            found["state", person.term.state_id] = person.term.state
    partner = any(places_of(user).get(pk) == PlaceInWorkspace.PARTNER for pk in coordination_ids())
    for membership in user.memberships_named:
        if membership.role == Role.PRESIDENT and membership.state:
            found["state", membership.state.pk] = membership.state
        if partner and membership.organisation:
            found["organisation", membership.organisation.pk] = membership.organisation
    return sorted(found.values(), key=lambda party: party.name)


@rules.predicate
def takes_part_in_coordination(user: Any, obj: object = None) -> bool:
    """A leader of any body, the President, or somebody named to the coordination body."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return bool(led_bodies(user)) or is_president(user, None) or bool(coordination_ids() & set(places_of(user)))


@rules.predicate
def acts_for_a_party(user: Any, obj: object = None) -> bool:
    """A delegate of a State for which the Convention is in force."""
    return isinstance(user, User) and any(state.is_party_on(clock.today()) for state in user.states)


@rules.predicate
def can_endorse(user: Any, nomination: object) -> bool:
    """Takes part in coordination for somebody."""
    return bool(endorsing_parties(user))


rules.add_perm("committees.nominate_state", approves_for_state)
rules.add_perm("committees.read_nominations", is_iso_staff | takes_part_in_coordination | acts_for_a_party)
rules.add_perm("committees.endorse_nomination", can_endorse)
rules.add_perm("committees.see_diversity", is_iso_staff | takes_part_in_coordination)


def _known() -> QuerySet[Nomination]:
    return Nomination.objects.select_related("body__kind", "state__region_group", "nominated_by")


def public_nominations() -> QuerySet[Nomination]:
    """Those that led to an election."""
    return _known().filter(status=NominationStatus.ELECTED)


def visible_nominations(user: Any) -> QuerySet[Nomination]:
    """The set form of ``committees.read_nominations``; one's own State's besides, and what is public."""
    if is_iso_staff(user, None) or takes_part_in_coordination(user) or acts_for_a_party(user):
        return _known()
    own = user.state_ids if isinstance(user, User) else set()
    return public_nominations() | _known().filter(state__in=own)


def own_nominations(user: Any) -> QuerySet[Nomination]:
    """Those of the States for which this person acts."""
    return _known().filter(state__in=user.state_ids) if isinstance(user, User) else Nomination.objects.none()


def terms_to_manage(user: Any) -> QuerySet[Term]:
    """The set form of ``committees.manage_bodies`` over terms."""
    every = Term.objects.select_related("body__kind", "state__region_group")
    return every if is_iso_staff(user, None) else every.none()


def persons_to_manage(user: Any) -> QuerySet[TermPerson]:
    """The same over the persons under them."""
    every = TermPerson.objects.select_related("term__body", "term__state", "user")
    return every if is_iso_staff(user, None) else every.none()
