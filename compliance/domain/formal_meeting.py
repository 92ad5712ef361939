"""What follows a request for clarification that got no reply, or none that satisfies: the submission to the next
meeting of States Parties (Article 8(3)), good offices (8(4)), and what the meeting makes of it (8(5), 8(6)).

OPEN-2: the next formal meeting counts, also where it is a Review Conference. The Convention knows no special meeting,
no petition and no fact-finding mission.
"""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from committees.domain.said import LONG, said
from compliance import workflow_formal as workflow
from compliance.domain.case_acts import CaseRefused, case_act, noted
from compliance.domain.formal import held_request, written_by_state
from compliance.domain.request_clock import formal_meetings
from compliance.enums import FormalStatus
from compliance.models import CirculatedClarification, ClarificationRequest
from compliance.workflow_cases import TAKE_TO_MEETING
from meetings.enums import DecisionStatus
from meetings.models import Decision, Meeting

BEFORE_MEETING = frozenset({FormalStatus.SUBMITTED})
SUBMITTED = frozenset({FormalStatus.SUBMITTED, FormalStatus.CONSIDERED, FormalStatus.NOT_CONSIDERED})
MEETING_SPOKE = frozenset({FormalStatus.CONSIDERED, FormalStatus.NOT_CONSIDERED, FormalStatus.SETTLED})


def next_meetings(*, on: date) -> QuerySet[Meeting]:
    """The formal meetings that open on or after a day, the next one first: a Meeting of States Parties or a Review
    Conference."""
    return formal_meetings().filter(starts__gte=on)


def decisions_on_it(request: ClarificationRequest) -> QuerySet[Decision]:
    """The decisions of its meeting that were taken."""
    return Decision.objects.filter(meeting=request.meeting_id, status=DecisionStatus.TAKEN).order_by("number")


@case_act
def submit(
    *,
    request: ClarificationRequest,
    on: date,
    text: str,
    meeting: Meeting,
    code: int | None = None,
    version: int,
    by: User,
    at: datetime,
) -> ClarificationRequest:
    """The requesting States submit the matter to the next meeting, through the Secretary-General: with it the case.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if the reply satisfies or nobody has said whether it does, or this is not the next meeting.
    :raises TransitionRefused: while a reply is awaited.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    workflow.SUBMIT.check(request)
    if request.status == FormalStatus.REPLIED and request.reply_satisfies is not False:
        raise CaseRefused(_("A matter goes to a meeting where the reply does not satisfy. Say first whether it does."))
    following = next_meetings(on=on).first()
    if following is None or following.pk != meeting.pk:
        raise CaseRefused(
            _("The Convention sends it to the next meeting after the submission: %(meeting)s.")
            % {"meeting": following.name}
            if following
            else _("No formal meeting after that day is in the portal yet.")
        )
    request.submitted_on, request.meeting, request.code = on, meeting, code
    request.submission = said(text, longest=2 * LONG, empty=_("Write what is submitted."))
    request.version += 1
    workflow.SUBMIT.apply(request)
    if TAKE_TO_MEETING.starts_at(case):
        case.version += 1
        TAKE_TO_MEETING.apply(case)
    noted(case, "formal_submit", by=by, at=at, on=on.isoformat(), meeting=meeting.key)
    return request


@case_act
def note_circulated(
    *, request: ClarificationRequest, on: date, version: int, by: User, at: datetime
) -> ClarificationRequest:
    """The Secretary-General has sent the submission to all States Parties (Article 8(3)). From that day the reply that
    was due within 28 days stands among the public obligations of the State; nothing else of the matter does.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if it was not submitted, or only later.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    _refuse_unsubmitted(request)
    if request.submitted_on and on < request.submitted_on:
        raise CaseRefused(_("That was before it was submitted."))
    request.circulated_on = on
    known = _told_to_everybody(request, on, by=by)
    _save(request)
    noted(case, "formal_circulate", by=by, at=at, on=on.isoformat())
    if known:
        told: dict[str, object] = {"received": known.received_on.isoformat(), "circulated": on.isoformat()}
        register.append(
            action="compliance.clarification.circulate", by=by, at=at, state=known.state, obj=known, data=told
        )
    return request


def _told_to_everybody(request: ClarificationRequest, on: date, *, by: User) -> CirculatedClarification | None:
    """The public fact, written or with its day put right; ``None`` where no day of receipt is known, so that no clock
    ran."""
    if request.received_on is None:
        return None
    known = request.public or CirculatedClarification(is_demonstration=by.is_demonstration)
    known.state, known.circulated_on = request.case.state, on
    known.received_on, known.replied_on = request.received_on, request.replied_on
    known.save()
    request.public = known
    return known


@case_act
def respond(*, request: ClarificationRequest, text: str, version: int, by: User, at: datetime) -> ClarificationRequest:
    """The State concerned responds to the submission; it stands beside it. Recorded by whoever is named for the State,
    or by the President.

    :raises PermissionDenied: to anybody else.
    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if nothing was submitted, or nothing is said; to the President, if the State wrote it itself.
    """
    case, request = held_request(request, version, perm="compliance.read_case", by=by)
    is_own = written_by_state(case, stands_as_own=request.response_is_own, by=by)
    _refuse_unsubmitted(request)
    request.state_response = said(text, longest=2 * LONG, empty=_("Write the response."))
    request.response_is_own = is_own
    _save(request)
    noted(case, "formal_respond", by=by, at=at)
    return request


@case_act
def note_good_offices(
    *, request: ClarificationRequest, on: date, note: str, version: int, by: User, at: datetime
) -> ClarificationRequest:
    """A State Party asked the Secretary-General for good offices, while a meeting is waited for (Article 8(4)).

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if the meeting has spoken already, or nothing is said of who asked.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    if request.status in MEETING_SPOKE:
        raise CaseRefused(_("Good offices are asked for while a meeting is waited for. This one has spoken."))
    request.good_offices_on = on
    request.good_offices_note = said(note, empty=_("Say who asked, and what came of it."))
    _save(request)
    noted(case, "formal_good_offices", by=by, at=at, on=on.isoformat())
    return request


@case_act
def note_meeting(
    *,
    request: ClarificationRequest,
    on: date,
    considered: bool,
    says: str = "",
    beyond_control: bool = False,
    decision: Decision | None = None,
    version: int,
    by: User,
    at: datetime,
) -> ClarificationRequest:
    """The meeting decided first whether to consider the matter at all; if it did, it may say how to resolve it, and
    recommend cooperative measures where the causes were beyond the State's control (Article 8(5)).

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if a decision of another meeting is named, or a matter that was not considered got measures.
    :raises TransitionRefused: if it was not submitted.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    move = workflow.CONSIDER if considered else workflow.NOT_CONSIDER
    move.check(request)
    if beyond_control and not considered:
        raise CaseRefused(_("A meeting that does not consider a matter recommends no measures in it."))
    if decision is not None and decision.meeting_id != request.meeting_id:
        raise CaseRefused(_("That is a decision of another meeting."))
    request.considered_on, request.decision = on, decision
    request.meeting_says = said(says, longest=2 * LONG)
    request.beyond_control = beyond_control
    request.version += 1
    move.apply(request)
    noted(case, "formal_meeting", by=by, at=at, on=on.isoformat(), considered=considered)
    return request


@case_act
def note_procedures(
    *, request: ClarificationRequest, text: str, version: int, by: User, at: datetime
) -> ClarificationRequest:
    """General procedures or mechanisms that a meeting adopted later (Article 8(6)), as far as they touch this matter.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if it was not submitted, or nothing is said.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    _refuse_unsubmitted(request)
    request.procedures = said(text, empty=_("Say what was adopted, and by which meeting."))
    _save(request)
    noted(case, "formal_procedures", by=by, at=at)
    return request


@case_act
def settle(*, request: ClarificationRequest, version: int, by: User, at: datetime) -> ClarificationRequest:
    """The formal track ends: the reply satisfies, or the meeting has spoken. The matter itself is settled on its own.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if there is a reply that does not satisfy.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    if request.status == FormalStatus.REPLIED and not request.reply_satisfies:
        raise CaseRefused(_("The reply does not satisfy yet, so nothing is settled."))
    request.version += 1
    workflow.SETTLE.apply(request)
    noted(case, "formal_settle", by=by, at=at)
    return request


def _save(request: ClarificationRequest) -> None:
    request.version += 1
    request.save()


def _refuse_unsubmitted(request: ClarificationRequest) -> None:
    if request.status not in SUBMITTED:
        raise CaseRefused(_("It was not submitted to a meeting."))
