"""Who holds the offices that own what is to be done (``office_names``): it reaches their desk."""

from typing import Any

from django.db.models import Q

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_iso_staff
from committees.domain.presidency import president_on
from committees.office_names import ISO, PRESIDENT


def held_by(user: Any) -> set[str]:
    """The offices that this person holds today: staff of the ISO; whoever acts as President for the State that
    presides. At most one query, and none for most people."""
    held = {ISO} if is_iso_staff(user, None) else set()
    states = user.states_as({Role.PRESIDENT}) if isinstance(user, User) and user.is_active else set()
    if states:
        now = president_on(clock.today())
        if now and now.state_id in states:
            held.add(PRESIDENT)
    return held


def owned_by(user: Any) -> Q:
    """The condition on ``owner_name``: an office of this person's."""
    found = Q(pk__in=[])
    for name in sorted(held_by(user)):
        found |= Q(owner_name__iexact=name)
    return found


def owns(user: Any, name: str) -> bool:
    """The same for one name."""
    return bool(name) and name.casefold() in {held.casefold() for held in held_by(user)}
