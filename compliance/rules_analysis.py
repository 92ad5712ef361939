"""Who may see and do what with a request once it is lodged. Each object rule has its queryset beside it.

    compliance.begin_group        the ISO; who leads the committee or theme that the request is about
    compliance.work_in_group      the ISO; delegates of the member States; people of the member organisations
    compliance.lead_group         the ISO; delegates of the States that lead the group
    compliance.issue_analysis     the ISO: it gives the paper its symbol
    compliance.draft_outcome      who runs the decisions of the meeting that decides
    compliance.record_outcome     the same, through the decision of the meeting
    compliance.set_benchmarks     the ISO, as the decision has them
    compliance.answer_group       delegates of the State that asks
    compliance.comment_request    delegates of States Parties, people of organisations: of others' requests
    compliance.withdraw_comment   who wrote it, while they act for whom they wrote
    compliance.note_benchmark     delegates of the State; the ISO

Who acts for the State that asks, in whatever role, never works in the group; who stands aside reads nothing of it.
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core import clock
from ccm_portal.core.enums import STATE_ROLES, Clock, Role
from ccm_portal.core.models import Organisation, State, User
from ccm_portal.core.permissions import acts_for_state, is_iso_staff
from committees.models import Body
from committees.rules import led_bodies
from compliance.enums import GRANTS, GroupPart, RequestOutcome, RequestStatus
from compliance.models import Benchmark, ExtensionRequest, GroupMember, RequestComment, RequestQuestion
from compliance.rules_requests import PUBLIC, public_requests
from meetings.rules import chair_places

OPEN = (RequestStatus.LODGED, RequestStatus.ANALYSED)
WAITS = Q(status__in=OPEN) | Q(outcome=RequestOutcome.NOT_RECORDED)  # for a decision, or for the record of it
GROUP_ROLES = STATE_ROLES | {Role.COMMITTEE_LEADER}
# The committee of the Convention, and the theme of coordinators, that look at requests on a clock.
BODIES = {
    Clock.ART3: ("stockpiles", "theme-stockpiles"),
    Clock.ART4: ("clearance", "theme-clearance"),
    Clock.NEW_CLEARANCE: ("clearance", "theme-clearance"),
}


def organisation_ids(user: Any) -> set[int]:
    """The organisations for which this person speaks."""
    if not isinstance(user, User):
        return set()
    return {one.organisation_id for one in user.memberships_now if one.organisation_id and one.role == Role.OBSERVER}


def _members(user: Any) -> QuerySet[GroupMember]:
    """The places in groups for which this person works."""
    if not isinstance(user, User) or not user.is_active:
        return GroupMember.objects.none()
    mine = Q(state__in=user.states_as(GROUP_ROLES)) | Q(organisation__in=organisation_ids(user))
    return GroupMember.objects.filter(mine, stands_aside=False).exclude(request__state__in=user.any_state_ids)


@rules.predicate
def is_open(user: Any, request: Any) -> bool:
    return request is not None and request.status in OPEN


@rules.predicate
def is_lodged(user: Any, request: Any) -> bool:
    """Lodged in the portal or before it, and not withdrawn since."""
    return request is not None and request.status in (*OPEN, RequestStatus.DECIDED)


@rules.predicate
def acts_for_it(user: Any, request: Any) -> bool:
    """In whatever role: also a leader or collaborator from the State that asks."""
    return request is not None and isinstance(user, User) and request.state_id in user.any_state_ids


@rules.predicate
def leads_its_theme(user: Any, request: Any) -> bool:
    if request is None or not (led := led_bodies(user)):
        return False
    return Body.objects.filter(pk__in=led, key__in=BODIES[Clock(request.clock.clock)]).exists()


@rules.predicate
def is_member(user: Any, request: Any) -> bool:
    return request is not None and _members(user).filter(request=request).exists()


@rules.predicate
def is_lead(user: Any, request: Any) -> bool:
    return request is not None and _members(user).filter(request=request, part=GroupPart.LEAD).exists()


@rules.predicate
def runs_its_meeting(user: Any, request: Any) -> bool:
    """Runs the decisions of the meeting that decides; the ISO also where none is known yet."""
    if request is None:
        return False
    return is_iso_staff(user, request) or bool(rules.has_perm("meetings.run_decisions", user, request.meeting))


@rules.predicate
def may_comment_on(user: Any, request: Any) -> bool:
    return request is not None and bool(speakers(user, request))


@rules.predicate
def is_its_author(user: Any, comment: Any) -> bool:
    """Wrote it, and still acts for whom it was written."""
    if comment is None or not isinstance(user, User) or comment.written_by_id != user.pk:
        return False
    return comment.state_id in user.state_ids or comment.organisation_id in organisation_ids(user)


rules.add_perm("compliance.begin_group", is_open & (is_iso_staff | (leads_its_theme & ~acts_for_it)))
rules.add_perm("compliance.work_in_group", is_lodged & ~acts_for_it & (is_iso_staff | is_member))
rules.add_perm("compliance.lead_group", is_open & ~acts_for_it & (is_iso_staff | is_lead))
rules.add_perm("compliance.issue_analysis", is_open & is_iso_staff)
rules.add_perm("compliance.draft_outcome", is_open & ~acts_for_it & runs_its_meeting)
rules.add_perm("compliance.record_outcome", runs_its_meeting)
rules.add_perm("compliance.set_benchmarks", is_lodged & is_iso_staff)
rules.add_perm("compliance.answer_group", is_lodged & acts_for_state)
rules.add_perm("compliance.comment_request", is_open & may_comment_on)
rules.add_perm("compliance.withdraw_comment", is_its_author)
rules.add_perm("compliance.note_benchmark", is_lodged & (is_iso_staff | acts_for_state))


def speakers(user: Any, request: ExtensionRequest) -> list[State | Organisation]:
    """In whose name this person may say something of a request: other States Parties, organisations."""
    if not isinstance(user, User):
        return []
    others = user.state_ids - {request.state_id}
    states = list(State.objects.parties_on(clock.today()).filter(pk__in=others).by_name()) if others else []
    bodies = organisation_ids(user)
    return [*states, *(Organisation.objects.filter(pk__in=bodies).by_name() if bodies else [])]


def desk_requests(user: Any) -> QuerySet[ExtensionRequest]:
    """Requests whose analysis this person has to do with: the set form of ``work_in_group`` and ``begin_group``, and
    what a chair drafts the decision of, or records it of afterwards."""
    found = public_requests().exclude(status=RequestStatus.WITHDRAWN)
    if not isinstance(user, User):
        return found.none()
    found = found.exclude(state__in=user.any_state_ids)
    if is_iso_staff(user, None):
        return found
    mine = Q(pk__in=_members(user).values("request"))
    mine |= WAITS & Q(meeting__in=chair_places(user).values("content_object"))
    if led := led_bodies(user):
        keys = set(Body.objects.filter(pk__in=led).values_list("key", flat=True))
        mine |= Q(status__in=OPEN, clock__clock__in=[one for one, bodies in BODIES.items() if keys & set(bodies)])
    return found.filter(mine)


def group_requests(user: Any) -> QuerySet[ExtensionRequest]:
    """The set form of ``compliance.work_in_group``."""
    found = desk_requests(user)
    return found if is_iso_staff(user, None) else found.filter(pk__in=_members(user).values("request"))


def lodged_requests() -> QuerySet[ExtensionRequest]:
    """Requests of which something can be said: lodged, and not withdrawn."""
    return public_requests().exclude(status=RequestStatus.WITHDRAWN)


def own_lodged_requests(user: Any) -> QuerySet[ExtensionRequest]:
    """The set form of ``compliance.answer_group``."""
    found = lodged_requests()
    return found.filter(state__in=user.state_ids) if isinstance(user, User) else found.none()


def public_questions() -> QuerySet[RequestQuestion]:
    """Questions that the State has answered, of requests that everybody reads."""
    lodged = ExtensionRequest.objects.filter(PUBLIC).values("pk")
    return RequestQuestion.objects.filter(request__in=lodged, answered_at__isnull=False).order_by("number")


def own_comments(user: Any) -> QuerySet[RequestComment]:
    """The set form of ``compliance.withdraw_comment``."""
    if not isinstance(user, User):
        return RequestComment.objects.none()
    mine = Q(state__in=user.state_ids) | Q(organisation__in=organisation_ids(user))
    comments = RequestComment.objects.select_related("request__state", "request__clock", "state", "organisation")
    return comments.filter(mine, written_by=user)


def running_benchmarks() -> QuerySet[Benchmark]:
    """What decisions have set, of extensions that were granted. Public."""
    return Benchmark.objects.select_related("request__state", "request__clock").filter(
        stage="decision", request__status=RequestStatus.DECIDED, request__outcome__in=GRANTS
    )


def own_benchmarks(user: Any) -> QuerySet[Benchmark]:
    """The set form of ``compliance.note_benchmark``."""
    found = running_benchmarks()
    if not isinstance(user, User):
        return found.none()
    return found if is_iso_staff(user, None) else found.filter(request__state__in=user.state_ids)
