"""Who may see and do what about delegations. Each object rule has its queryset beside it.

meetings.write_delegation      names, head, note verbale: whoever drafts for the State, whoever acts for the
                               organisation, the ISO
meetings.invite_delegation     invite an organisation provisionally or not (Rule 1.3): the ISO, and whoever acts as
                               President for the State that presides over the meeting
meetings.examine_credentials   credentials, the approval by the meeting, the UN's reference: the ISO
meetings.see_participants      the names of all participants: who takes part, who chairs, the ISO

Names are for those who take part. Everybody else reads which delegations come, and how many persons.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation, User
from ccm_portal.core.permissions import is_iso_staff
from meetings.enums import MeetingAudience, MeetingKind, MeetingStatus, Office
from meetings.models import Delegation, Meeting, Officer, Participant
from meetings.rules import chair_places, chairs, public_meetings, visible_meetings
from meetings.rules_room import TAKES_PART, observed_ids, speaks_for

KINDS_WITH_DELEGATIONS = frozenset(
    {MeetingKind.MSP, MeetingKind.REVIEW_CONFERENCE, MeetingKind.PREPARATORY, MeetingKind.INTERSESSIONAL}
)
WITH_DELEGATIONS = Q(audience=MeetingAudience.OPEN, kind__in=KINDS_WITH_DELEGATIONS)


def takes_delegations(meeting: Meeting) -> bool:
    """Whether States and observers come to it as delegations: the same as ``WITH_DELEGATIONS``."""
    return meeting.audience == MeetingAudience.OPEN and meeting.kind in KINDS_WITH_DELEGATIONS


def observing_organisations(user: Any) -> QuerySet[Organisation]:
    """The same, as rows."""
    return Organisation.objects.filter(pk__in=observed_ids(user))


def _mine(user: Any) -> Q:
    """Delegations of a State or organisation for which this person acts; never of nobody."""
    if not isinstance(user, User) or not user.is_active:
        return Q(pk__in=[])
    return Q(state__in=user.state_ids) | Q(organisation__in=observed_ids(user))


@rules.predicate
def acts_for_delegation(user: Any, delegation: Any) -> bool:
    """For its State in any role, or for its organisation as an observer; while the meeting can be seen."""
    if not speaks_for(user, delegation):
        return False
    seen: bool = rules.has_perm("meetings.view_meeting", user, delegation.meeting)
    return seen


@rules.predicate
def chairs_its_meeting(user: Any, delegation: Any) -> bool:
    """Acts as President, or was named to chair."""
    return delegation is not None and bool(chairs(user, delegation.meeting))


@rules.predicate
def takes_part(user: Any, meeting: Any) -> bool:
    """Acts for a delegation that comes to the meeting."""
    if meeting is None or not isinstance(user, User) or not user.is_active:
        return False
    return Delegation.objects.filter(_mine(user), meeting=meeting, status__in=TAKES_PART).exists()


rules.add_perm("meetings.write_delegation", acts_for_delegation | is_iso_staff)
rules.add_perm("meetings.invite_delegation", is_iso_staff | chairs_its_meeting)
rules.add_perm("meetings.examine_credentials", is_iso_staff)
rules.add_perm("meetings.see_participants", is_iso_staff | takes_part | chairs)


def own_delegations(user: Any) -> QuerySet[Delegation]:
    """The set form of ``acts_for_delegation``."""
    return Delegation.objects.filter(_mine(user), meeting__in=visible_meetings(user))


def visible_delegations(user: Any) -> QuerySet[Delegation]:
    """The set form of ``meetings.write_delegation``: those whose names this person may see and change."""
    if is_iso_staff(user, None):
        return Delegation.objects.all()
    return own_delegations(user)


def delegations_to_invite(user: Any, meeting: Meeting) -> QuerySet[Delegation]:
    """The set form of ``meetings.invite_delegation``, of one meeting: what its President may see."""
    if is_iso_staff(user, None) or chairs(user, meeting):
        return Delegation.objects.filter(meeting=meeting)
    return Delegation.objects.none()


def meetings_to_invite_to(user: Any, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Those of the meetings to which this person may invite: all for the ISO; those they were named to chair, or over
    which their State presides while they act as its President."""
    if is_iso_staff(user, None):
        return meetings
    if not isinstance(user, User) or not user.is_active:
        return meetings.none()
    named = chair_places(user).values("content_object")
    presiding = Officer.objects.filter(office=Office.PRESIDENT, state__in=user.states_as({Role.PRESIDENT}))
    return meetings.filter(Q(pk__in=named) | Q(pk__in=presiding.values("meeting")))


def public_delegations() -> QuerySet[Delegation]:
    """Which delegations come, for everybody: the unit, never the persons."""
    return Delegation.objects.filter(meeting__in=public_meetings(), status__in=TAKES_PART)


def visible_participants(user: Any) -> QuerySet[Participant]:
    """Persons, for whoever may change their delegation."""
    return Participant.objects.filter(delegation__in=visible_delegations(user))


def meetings_with_delegations(user: Any) -> QuerySet[Meeting]:
    """Meetings to which this person's State or organisation may come as a delegation."""
    return visible_meetings(user).filter(WITH_DELEGATIONS, ~Q(status=MeetingStatus.DRAFT))


def meetings_with_names(user: Any) -> QuerySet[Meeting]:
    """Meetings that this person can see and that have delegations; whether the names too, ``see_participants`` says."""
    return visible_meetings(user).filter(WITH_DELEGATIONS)
