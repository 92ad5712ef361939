"""Who may see and do what with applications. Each object rule has its queryset beside it.

    sponsorship.view_own_applications   a State: its delegates, in any role
    sponsorship.write_application       the same: drafts are written by everybody of the delegation; and sponsorship
                                        officers, where the application came on paper
    sponsorship.endorse_application     the head of the delegation
    sponsorship.withdraw_application    approvers and the head of the delegation: taking back, withdrawing a person
    sponsorship.read_application        sponsorship officers: what was sent, and what they enter for a State
    sponsorship.enter_application       sponsorship officers: one that came on paper

A draft of a State is its delegation's alone. What an officer begins for a State is in its own pages from the start.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import acts_for_state, approves_for_state, heads_delegation, is_sponsorship_officer
from sponsorship.models import Application, Nominee

# Sent at some time, whatever became of it since; or entered by the office from a paper.
READ_BY_OFFICERS = Q(endorsed_at__isnull=False) | Q(entered_by__isnull=False)


@rules.predicate
def is_read_by_officers(user: Any, application: Any) -> bool:
    """The same as ``READ_BY_OFFICERS``."""
    return application is not None and (application.endorsed_at is not None or application.entered_by_id is not None)


@rules.predicate
def came_on_paper(user: Any, obj: Any) -> bool:
    """Of an application, or of a person in it."""
    return getattr(getattr(obj, "application", obj), "entered_by_id", None) is not None


rules.add_perm("sponsorship.view_own_applications", acts_for_state)
rules.add_perm("sponsorship.write_application", acts_for_state | (is_sponsorship_officer & came_on_paper))
rules.add_perm("sponsorship.endorse_application", heads_delegation)
rules.add_perm("sponsorship.withdraw_application", approves_for_state)
rules.add_perm("sponsorship.read_application", is_sponsorship_officer & is_read_by_officers)
rules.add_perm("sponsorship.enter_application", is_sponsorship_officer)


def applying_states(user: Any) -> QuerySet[State]:
    """The set form of ``sponsorship.view_own_applications``."""
    return State.objects.filter(pk__in=user.state_ids) if isinstance(user, User) else State.objects.none()


def office_applications(user: Any) -> QuerySet[Application]:
    """The set form of ``sponsorship.read_application``."""
    found = Application.objects.select_related("state", "round__meeting", "round__policy", "entered_by", "endorsed_by")
    return found.filter(READ_BY_OFFICERS) if is_sponsorship_officer(user, None) else found.none()


def entered_nominees(user: Any) -> QuerySet[Nominee]:
    """The people in them."""
    found = Nominee.objects.select_related("application__state", "application__round__meeting")
    return found.filter(application__in=office_applications(user).order_by().values("pk"))
