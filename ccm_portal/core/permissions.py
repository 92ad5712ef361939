"""Who may do what: one question, asked through one function.

What follows from a role is a predicate. Superusers get nothing here: ``may`` asks the predicates
alone and no authentication backend.
"""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from ccm_portal.core.enums import Role
from ccm_portal.core.models import State, User


def may(user: Any, perm: str, obj: object) -> bool:
    """Whether ``user`` may do ``perm`` with ``obj``. Anonymous visitors are asked like anyone."""
    return bool(rules.has_perm(perm, user, obj))


def require(user: Any, perm: str, obj: object) -> None:
    """:raises PermissionDenied: where ``may`` says no."""
    if not may(user, perm, obj):
        raise PermissionDenied


def state_id_of(obj: object) -> int | None:
    """The State that ``obj`` is or belongs to."""
    if isinstance(obj, State):
        return obj.pk
    return getattr(obj, "state_id", None)


def _signed_in(user: Any) -> bool:
    return isinstance(user, User) and user.is_authenticated


@rules.predicate
def acts_for_state(user: Any, obj: object) -> bool:
    """A delegate of the object's State, in any role."""
    return _signed_in(user) and state_id_of(obj) in user.state_ids


# Whoever acts for the State may draft.
drafts_for_state = acts_for_state


@rules.predicate
def approves_for_state(user: Any, obj: object) -> bool:
    """An approver or the head of the State's delegation."""
    return _signed_in(user) and state_id_of(obj) in user.approving_state_ids


@rules.predicate
def heads_delegation(user: Any, obj: object) -> bool:
    """The head of the State's delegation."""
    return _signed_in(user) and state_id_of(obj) in user.states_as({Role.HEAD_OF_DELEGATION})


def _has_role(role: Role, name: str) -> rules.Predicate:
    @rules.predicate(name=name)
    def has_role(user: Any, obj: object = None) -> bool:
        return _signed_in(user) and role in user.roles

    return has_role


is_iso_staff = _has_role(Role.ISO_STAFF, "is_iso_staff")
is_sponsorship_officer = _has_role(Role.SPONSORSHIP_OFFICER, "is_sponsorship_officer")
is_president = _has_role(Role.PRESIDENT, "is_president")
is_auditor = _has_role(Role.AUDITOR, "is_auditor")
is_administrator = _has_role(Role.ADMINISTRATOR, "is_administrator")
