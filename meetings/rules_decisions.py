"""Who may see and do what with decisions. Each object rule has its queryset beside it.

    meetings.run_decisions      a meeting: draft, open a vote or a silence procedure, record: whoever chairs it; the ISO
    meetings.cast_vote          a decision that is voted on: the delegates of States Parties
    meetings.read_proposal      a silence procedure that runs: the delegates of States Parties; the ISO
    meetings.object_to_decision the same: approvers and heads of delegation of States Parties
    meetings.do_follow_up       what follows from a decision: its owner; whoever runs the meeting

A decision is public once it is taken, in a meeting that is public; of a closed one those read it who may know of
the meeting. A draft is seen by those who run the meeting alone.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import is_iso_staff
from committees import office_names, offices
from committees.rules import led_bodies
from meetings.enums import DecisionStatus, MeetingAudience, Office
from meetings.models import Decision, DecisionFollowUp, Meeting
from meetings.rules import PUBLIC, chair_places, chairs, is_seen_by_all, leads_a_convener, visible_meetings

ISO_OWNER = office_names.ISO


@rules.predicate
def runs_its_meeting(user: Any, decision: Any) -> bool:
    """The same as ``meetings.run_decisions`` for the decision's meeting."""
    return decision is not None and rules.has_perm("meetings.run_decisions", user, decision.meeting)


@rules.predicate
def acts_for_a_party(user: Any, decision: Any = None) -> bool:
    """A delegate, in any role, of a State for which the Convention is in force today."""
    return bool(own_parties(user))


@rules.predicate
def approves_for_a_party(user: Any, decision: Any = None) -> bool:
    """An approver or the head of the delegation of such a State."""
    return isinstance(user, User) and bool(own_parties(user) & user.approving_state_ids)


@rules.predicate
def owns_follow_up(user: Any, follow_up: Any) -> bool:
    """Acts for the State that owns it, leads the body, or holds the office; of a meeting that they may know of."""
    if follow_up is None or not isinstance(user, User):
        return False
    owns = follow_up.state_id in user.state_ids or follow_up.body_id in led_bodies(user)
    owns = owns or offices.owns(user, follow_up.owner_name)
    return owns and bool(rules.has_perm("meetings.view_meeting", user, follow_up.decision.meeting))


@rules.predicate
def runs_its_decision(user: Any, follow_up: Any) -> bool:
    return follow_up is not None and runs_its_meeting(user, follow_up.decision)


rules.add_perm("meetings.run_decisions", is_iso_staff | leads_a_convener | (is_seen_by_all & chairs))
rules.add_perm("meetings.run_decision", runs_its_meeting)
rules.add_perm("meetings.cast_vote", acts_for_a_party)
rules.add_perm("meetings.read_proposal", acts_for_a_party | is_iso_staff)
rules.add_perm("meetings.object_to_decision", approves_for_a_party)
rules.add_perm("meetings.do_follow_up", owns_follow_up | runs_its_decision)


def own_parties(user: Any) -> set[int]:
    """The ids of the person's States for which the Convention is in force today. One query a request."""
    if not isinstance(user, User) or not user.is_active or not user.state_ids:
        return set()
    if not hasattr(user, "_own_parties"):
        parties = State.objects.parties_on(clock.today()).filter(pk__in=user.state_ids)
        user._own_parties = set(parties.values_list("pk", flat=True))  # type: ignore[attr-defined]
    own: set[int] = user._own_parties  # type: ignore[attr-defined]
    return own


def run_meetings(user: Any) -> QuerySet[Meeting]:
    """The set form of ``meetings.run_decisions``."""
    seen = visible_meetings(user)
    if is_iso_staff(user, None):
        return seen
    if not isinstance(user, User) or not user.is_active:
        return seen.none()
    led = Meeting.objects.filter(audience=MeetingAudience.MEMBERS, convened_by__in=led_bodies(user)).values("pk")
    named = chair_places(user).values("content_object")
    presided = Meeting.objects.filter(
        officers__office=Office.PRESIDENT, officers__state__in=user.states_as({Role.PRESIDENT})
    ).values("pk")
    return seen.filter(Q(pk__in=led) | (PUBLIC & (Q(pk__in=named) | Q(pk__in=presided))))


def _decisions() -> QuerySet[Decision]:
    return Decision.objects.select_related("meeting", "about_state", "document", "about_meeting", "about_host")


def public_decisions() -> QuerySet[Decision]:
    """Recorded decisions of public meetings: for everybody."""
    return _decisions().filter(
        status=DecisionStatus.TAKEN, meeting__in=Meeting.objects.filter(PUBLIC).order_by().values("pk")
    )


def members_decisions(user: Any) -> QuerySet[Decision]:
    """Recorded decisions of meetings that are not public: for those who may know of the meeting."""
    if not isinstance(user, User) or not user.is_active:
        return Decision.objects.none()
    closed = visible_meetings(user).exclude(PUBLIC).order_by().values("pk")
    return _decisions().filter(status=DecisionStatus.TAKEN, meeting__in=closed)


def desk_decisions(user: Any) -> QuerySet[Decision]:
    """The set form of ``meetings.run_decision``: drafts too."""
    return _decisions().filter(meeting__in=run_meetings(user).order_by().values("pk"))


def running_votes(user: Any) -> QuerySet[Decision]:
    """The set form of ``meetings.cast_vote``, and for the ISO to read: what is being voted on."""
    running = _decisions().filter(status=DecisionStatus.VOTING, meeting__in=Meeting.objects.filter(PUBLIC).values("pk"))
    return running if acts_for_a_party(user, None) or is_iso_staff(user, None) else running.none()


def running_silences(user: Any) -> QuerySet[Decision]:
    """The set form of ``meetings.read_proposal``: silence procedures, also those that objections ended."""
    ran = _decisions().filter(opened_at__isnull=False, meeting__in=Meeting.objects.filter(PUBLIC).values("pk"))
    return ran if acts_for_a_party(user, None) or is_iso_staff(user, None) else ran.none()


def own_follow_ups(user: Any) -> QuerySet[DecisionFollowUp]:
    """The set form of ``meetings.do_follow_up``, of recorded decisions."""
    every = DecisionFollowUp.objects.select_related("decision__meeting", "state", "body").filter(
        decision__status=DecisionStatus.TAKEN
    )
    if not isinstance(user, User) or not user.is_active:
        return every.none()
    mine = Q(state__in=user.state_ids) | Q(body__in=led_bodies(user)) | offices.owned_by(user)
    mine &= Q(decision__meeting__in=visible_meetings(user).order_by().values("pk"))
    return every.filter(mine | Q(decision__meeting__in=run_meetings(user).order_by().values("pk")))
