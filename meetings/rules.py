"""Who may see and do what in meetings. Each object rule has its queryset beside it.

meetings.view_meeting       a meeting: everybody once an open one is announced; members of the bodies that convene a
                            closed one; the ISO always
meetings.manage_meeting     dates, places, sittings, agenda, papers: the ISO; for a closed meeting its leaders too
meetings.chair_meeting      in the room: whoever was named to chair it, its President, the ISO
meetings.convene_meetings   prepare a meeting: the ISO of any kind, leaders a closed one of their own body
meetings.see_closed         the list of closed meetings: whoever works in a body
meetings.keep_calendar      enter the meetings of related instruments: the ISO
meetings.propose_venue      offer a place: who acts for a State, the ISO
meetings.withdraw_venue     take an offer back: who acts for the State that made it, the ISO
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_iso_staff, is_president
from committees.rules import coordination_ids, led_bodies, working_body_ids
from meetings.enums import MeetingAudience, MeetingStatus, Office
from meetings.models import ChairPlace, Meeting

PUBLIC = Q(audience=MeetingAudience.OPEN) & ~Q(status=MeetingStatus.DRAFT)


def is_public(meeting: Meeting) -> bool:
    """Whether everybody may know of the meeting: the same as ``PUBLIC``."""
    return meeting.audience == MeetingAudience.OPEN and meeting.status != MeetingStatus.DRAFT


def run_bodies(user: Any) -> set[int]:
    """The ids of the bodies whose meetings this person runs: those led, and the coordination body for the President."""
    led = led_bodies(user)
    return led | coordination_ids() if is_president(user, None) else led


@rules.predicate
def is_seen_by_all(user: Any, meeting: Any) -> bool:
    """An open meeting that was announced."""
    return meeting is not None and is_public(meeting)


@rules.predicate
def convenes(user: Any, meeting: Any) -> bool:
    """Works in a body that convenes it, once it is announced; leads one, also before."""
    if meeting is None:
        return False
    bodies = {body.pk for body in meeting.convened_by.all()}
    if meeting.status == MeetingStatus.DRAFT:
        return bool(bodies & run_bodies(user))
    return bool(bodies & working_body_ids(user))


@rules.predicate
def leads_a_convener(user: Any, meeting: Any) -> bool:
    """Leads a body that convenes it, and it is for members alone: they run it themselves."""
    if meeting is None or meeting.audience != MeetingAudience.MEMBERS:
        return False
    return bool({body.pk for body in meeting.convened_by.all()} & run_bodies(user))


@rules.predicate
def runs_a_body(user: Any, obj: object = None) -> bool:
    """Leads a body today."""
    return bool(run_bodies(user))


@rules.predicate
def works_somewhere(user: Any, obj: object = None) -> bool:
    """Works in a body, in any place."""
    return bool(working_body_ids(user))


@rules.predicate
def acts_for_a_state(user: Any, obj: object = None) -> bool:
    """A delegate, of whichever State."""
    return isinstance(user, User) and bool(user.state_ids)


@rules.predicate
def acts_for_the_host(user: Any, proposal: Any) -> bool:
    """A delegate of the State that is proposed as host."""
    return isinstance(user, User) and proposal is not None and proposal.host_id in user.state_ids


def chair_places(user: User) -> QuerySet[ChairPlace]:
    """The meetings that this person was named to chair; none for who acts for nobody any more."""
    named = ChairPlace.objects.filter(user=user)
    return named if user.acts else named.none()


@rules.predicate
def chairs(user: Any, meeting: Any) -> bool:
    """Named to chair it, or acts as President for the State that presides over it."""
    if meeting is None or not isinstance(user, User) or not user.is_active:
        return False
    if chair_places(user).filter(content_object=meeting).exists():
        return True
    states = user.states_as({Role.PRESIDENT})
    return bool(states) and meeting.officers.filter(office=Office.PRESIDENT, state__in=states).exists()


rules.add_perm("meetings.view_meeting", is_seen_by_all | convenes | is_iso_staff)
rules.add_perm("meetings.manage_meeting", is_iso_staff | leads_a_convener)
rules.add_perm("meetings.convene_meetings", is_iso_staff | runs_a_body)
rules.add_perm("meetings.see_closed", is_iso_staff | works_somewhere)
rules.add_perm("meetings.keep_calendar", is_iso_staff)
rules.add_perm("meetings.propose_venue", is_iso_staff | (is_seen_by_all & acts_for_a_state))
rules.add_perm("meetings.withdraw_venue", is_iso_staff | acts_for_the_host)
rules.add_perm("meetings.chair_meeting", is_iso_staff | leads_a_convener | (is_seen_by_all & chairs))


def public_meetings() -> QuerySet[Meeting]:
    """What everybody may know of: for public pages, feeds and search."""
    return Meeting.objects.filter(PUBLIC)


def visible_meetings(user: Any) -> QuerySet[Meeting]:
    """The set form of ``meetings.view_meeting``."""
    if is_iso_staff(user, None):
        return Meeting.objects.all()
    working, led = working_body_ids(user), run_bodies(user)
    if not working:
        return public_meetings()
    mine = Meeting.objects.filter(
        (Q(convened_by__in=working) & ~Q(status=MeetingStatus.DRAFT)) | Q(convened_by__in=led)
    ).values("pk")
    return Meeting.objects.filter(PUBLIC | Q(pk__in=mine))


def run_meetings(user: Any) -> QuerySet[Meeting]:
    """The set form of ``meetings.manage_meeting``."""
    if is_iso_staff(user, None):
        return Meeting.objects.all()
    mine = Meeting.objects.filter(convened_by__in=run_bodies(user)).values("pk")
    return Meeting.objects.filter(audience=MeetingAudience.MEMBERS, pk__in=mine)
