"""Who may see and change who acts for whom. Each object rule has its queryset beside it.

    core.view_delegation     a membership, or a State's list of them
    core.manage_delegation   an invitation or a membership: withdraw it, end it; a State: change its list
    core.invite              invite to act for a State or an organisation; which roles: ``roles_to_give``

That someone works on a compliance case is known to those named in it; such memberships are in no
list here, the office's included.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core import document_rules  # noqa: F401  papers have their rules on a page of their own
from ccm_portal.core.enums import STATE_ROLES, Role
from ccm_portal.core.models import Invitation, Membership, Organisation, ReminderPause, State, User
from ccm_portal.core.models.reminders import ReminderPauseQuerySet
from ccm_portal.core.permissions import acts_for_state, heads_delegation, is_auditor, is_iso_staff, may

OFFICE = "iso"
ROLES_BY_A_HEAD = (Role.DRAFTER, Role.APPROVER)
ROLES_FOR_A_STATE = (*ROLES_BY_A_HEAD, Role.HEAD_OF_DELEGATION, Role.COMMITTEE_LEADER, Role.PRESIDENT)
ROLES_IN_THE_OFFICE = (Role.ISO_STAFF, Role.SPONSORSHIP_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)
ROLES_FOR_ANOTHER_BODY = (Role.OBSERVER,)
SECRET_ROLES = ("", Role.CASE_COLLABORATOR)
OFFICE_ROLES = (*ROLES_FOR_A_STATE, *ROLES_IN_THE_OFFICE, *ROLES_FOR_ANOTHER_BODY)


@rules.predicate
def is_no_secret(user: Any, obj: object) -> bool:
    """Not a place on a compliance case, nor an account alone, which is offered and withdrawn with what waits for it."""
    return getattr(obj, "role", None) not in SECRET_ROLES


@rules.predicate
def is_of_the_delegation(user: Any, obj: object) -> bool:
    """The delegation itself, or a role in it; not an office held in a committee."""
    return not hasattr(obj, "role") or obj.role in STATE_ROLES


rules.add_perm("core.view_delegation", is_no_secret & (acts_for_state | is_iso_staff))
rules.add_perm("core.manage_delegation", is_no_secret & (is_iso_staff | (heads_delegation & is_of_the_delegation)))
rules.add_perm("core.invite", heads_delegation | is_iso_staff)
rules.add_perm("core.see_messages", is_iso_staff)
rules.add_perm("core.note_mission", is_iso_staff)
rules.add_perm("core.read_register", is_auditor)


def visible_memberships(user: Any) -> QuerySet[Membership]:
    """The set form of ``core.view_delegation`` over memberships."""
    known = Membership.objects.exclude(role=Role.CASE_COLLABORATOR).select_related("user", "state", "organisation")
    if is_iso_staff(user, None):
        return known
    return known.filter(state__in=user.state_ids) if isinstance(user, User) else known.none()


def visible_invitations(user: Any) -> QuerySet[Invitation]:
    """The set form of ``core.manage_delegation`` over invitations."""
    known = Invitation.objects.exclude(role__in=SECRET_ROLES).select_related("state", "organisation", "given_by")
    if is_iso_staff(user, None):
        return known
    if not isinstance(user, User):
        return known.none()
    return known.filter(Q(state__in=user.states_as({Role.HEAD_OF_DELEGATION})), role__in=STATE_ROLES)


def visible_pauses(user: Any) -> ReminderPauseQuerySet:
    """Of reminders: the office's own matter."""
    known = ReminderPause.objects.select_related("state", "begun_by", "ended_by")
    return known if may(user, "core.see_messages", None) else known.none()


def roles_for(acts_for: State | Organisation) -> tuple[Role, ...]:
    """The roles that exist for this State or organisation."""
    if isinstance(acts_for, State):
        return ROLES_FOR_A_STATE
    return ROLES_IN_THE_OFFICE if acts_for.key == OFFICE else ROLES_FOR_ANOTHER_BODY


def roles_to_give(user: Any, acts_for: State | Organisation) -> list[Role]:
    """The roles to which this person may invite others."""
    if not may(user, "core.invite", acts_for):
        return []
    return [role for role in roles_for(acts_for) if is_iso_staff(user, None) or role in ROLES_BY_A_HEAD]
