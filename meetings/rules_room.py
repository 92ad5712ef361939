"""Who may speak for whom in the room, and who reads a text before it is public. Each rule has its queryset beside it.

meetings.speak_for          a delegation: its State's delegates, its organisation's observers; the ISO for anybody
meetings.ask_for_the_floor  open the page to ask: whoever acts for a State or observes for an organisation; the ISO
meetings.read_statement     one that is published, in a meeting that everybody may know of
                            one of a closed meeting: who may know of the meeting
meetings.read_held          one that is not public yet: its delegation and the ISO, nobody else; not even the chair
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_iso_staff
from meetings.enums import DelegationStatus, StatementStatus
from meetings.models import Delegation, Meeting, Statement, StatementText
from meetings.rules import public_meetings, visible_meetings

# Invited provisionally, expected or notified: each of them takes part.
TAKES_PART = (DelegationStatus.INVITED, DelegationStatus.EXPECTED, DelegationStatus.NOTIFIED)


def observed_ids(user: Any) -> set[int]:
    """The organisations for which this person takes part."""
    if not isinstance(user, User) or not user.is_active:
        return set()
    return {
        membership.organisation_id
        for membership in user.memberships_now
        if membership.organisation_id and membership.role == Role.OBSERVER
    }


@rules.predicate
def speaks_for(user: Any, delegation: Any) -> bool:
    """A delegate of its State, in any role of a State; an observer of its organisation."""
    if delegation is None or not isinstance(user, User) or not user.is_active:
        return False
    if delegation.state_id:
        return delegation.state_id in user.state_ids
    return bool(delegation.organisation_id) and delegation.organisation_id in observed_ids(user)


@rules.predicate
def may_take_part(user: Any, meeting: Any) -> bool:
    """Acts for a State, or observes for an organisation; whether its delegation takes part the page says."""
    return isinstance(user, User) and user.is_active and bool(user.state_ids or observed_ids(user))


@rules.predicate
def is_published(user: Any, statement: Any) -> bool:
    return statement is not None and public_statements().filter(pk=statement.pk).exists()


@rules.predicate
def is_of_ones_delegation(user: Any, statement: Any) -> bool:
    return statement is not None and speaks_for(user, statement.delegation)


rules.add_perm("meetings.speak_for", is_iso_staff | speaks_for)
rules.add_perm("meetings.ask_for_the_floor", is_iso_staff | may_take_part)
rules.add_perm("meetings.read_statement", is_published)
rules.add_perm("meetings.read_held", is_iso_staff | is_of_ones_delegation)


def speaking_delegations(user: Any, meeting: Meeting) -> QuerySet[Delegation]:
    """The set form of ``meetings.speak_for`` in one meeting, of delegations that take part."""
    rows = Delegation.objects.select_related("state", "organisation").filter(meeting=meeting, status__in=TAKES_PART)
    if not isinstance(user, User) or not user.is_active:
        return rows.none()
    if is_iso_staff(user):
        return rows
    return rows.filter(Q(state__in=user.state_ids) | Q(organisation__in=observed_ids(user)))


def public_statements() -> QuerySet[Statement]:
    """The set form of ``meetings.read_statement``."""
    return _statements().filter(status=StatementStatus.PUBLISHED, meeting__in=public_meetings())


def members_statements(user: Any) -> QuerySet[Statement]:
    """What is published in meetings that are not public: for those who may know of the meeting."""
    rows = _statements().filter(status=StatementStatus.PUBLISHED)
    if not isinstance(user, User) or not user.is_active:
        return rows.none()
    return rows.filter(meeting__in=visible_meetings(user)).exclude(meeting__in=public_meetings())


def own_statements(user: Any) -> QuerySet[Statement]:
    """The set form of ``meetings.read_held``: those of one's delegations, whatever their status; all, for the ISO."""
    rows = _statements()
    if not isinstance(user, User) or not user.is_active:
        return rows.none()
    rows = rows.filter(meeting__in=visible_meetings(user))
    if is_iso_staff(user):
        return rows
    return rows.filter(Q(delegation__state__in=user.state_ids) | Q(delegation__organisation__in=observed_ids(user)))


def public_texts() -> QuerySet[StatementText]:
    """The texts of ``public_statements``: for downloads and search."""
    return _texts().filter(statement__in=public_statements())


def members_texts(user: Any) -> QuerySet[StatementText]:
    """The texts of ``members_statements``."""
    return _texts().filter(statement__in=members_statements(user))


def own_texts(user: Any) -> QuerySet[StatementText]:
    """The texts of ``own_statements``."""
    return _texts().filter(statement__in=own_statements(user))


def _statements() -> QuerySet[Statement]:
    return Statement.objects.select_related("meeting", "delegation__state", "delegation__organisation")


def _texts() -> QuerySet[StatementText]:
    return StatementText.objects.select_related(
        "file", "statement__meeting", "statement__delegation__state", "statement__delegation__organisation"
    ).defer("vector")
