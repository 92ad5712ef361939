"""The decision on a request: drafted from it, and what follows once the meeting, or silence, has taken it.

Everything follows in the transaction of the decision: the outcome, the day, the benchmarks, and the clock of the State.
"""

from dataclasses import replace as with_
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain import clocks
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused, refuse_stale
from compliance.domain import benchmarks, request_clock
from compliance.domain.analyses import proposed_decision
from compliance.domain.groups import open_request
from compliance.enums import GRANTS, BenchmarkStage, RequestOutcome, RequestStatus
from compliance.models import ExtensionRequest
from compliance.rules_analysis import OPEN, WAITS
from compliance.workflow_requests import DECIDE, REOPEN
from meetings.domain import decisions
from meetings.domain.decision_effects import CannotFollow, basis_of
from meetings.domain.decisions import CARRIED, DecisionRefused, Words
from meetings.enums import DecisionKind, DecisionOutcome, DecisionStatus
from meetings.models import Decision


def proposed(request: ExtensionRequest) -> Words:
    """What a draft of the decision begins with: the words and the day of the analysis, where there is one."""
    analysis = getattr(request, "analysis", None)
    until = request.recommended_until or request.asked_until
    rows = benchmarks.rows_of(request, BenchmarkStage.DECISION) or benchmarks.rows_of(request, BenchmarkStage.ANALYSIS)
    issued = analysis if analysis and analysis.issued_at else None
    return Words(
        kind=DecisionKind.EXTENSION,
        title=_("Extension request of %(state)s") % {"state": request.state.name},
        text=issued.draft_decision if issued else proposed_decision(request, until),
        code=request.code,
        about_state=request.state,
        document=issued.document if issued else request.document,
        conditions=benchmarks.lines(rows) if issued else "",
        granted_until=until,
    )


@transaction.atomic
def draft(*, request: ExtensionRequest, version: int, words: Words, by: User, at: datetime) -> Decision:
    """Draft the decision of the meeting on this request.

    :raises WorkChanged: if the request was changed since.
    :raises WorkRefused: if a decision is drafted already, no meeting is known, or the draft says too little.
    """
    request = open_request(request)
    refuse_stale(request, version)
    if request.meeting is None:
        raise WorkRefused(_("Say first which meeting decides."))
    before = request.decision
    if before and not (before.status == DecisionStatus.TAKEN and before.outcome == DecisionOutcome.DEFERRED):
        raise WorkRefused(_("A decision on this request is drafted already."))
    words = with_(words, kind=DecisionKind.EXTENSION, about_state=request.state)
    try:
        decision = decisions.draft(meeting=request.meeting, words=words, by=by, at=at)
    except DecisionRefused as refusal:
        raise WorkRefused(str(refusal)) from refusal
    request.decision = decision
    request.version += 1
    request.save()
    told = {"meeting": request.meeting.key, "number": decision.number}
    register.append(
        action="compliance.extensionrequest.draft_decision",
        by=by,
        at=at,
        state=request.state,
        obj=request,
        data=told,
    )
    return decision


def follow(decision: Decision, by: User, at: datetime) -> None:
    """What a recorded or corrected decision on an extension does: registered with the decisions of meetings.

    :raises CannotFollow: if it grants more time without a day, or reopens a request that has a successor.
    """
    found = _request_of(decision)
    if found is None or found.status not in (*OPEN, RequestStatus.DECIDED):
        return
    request = locked(found)
    if request.decision_id is None:
        request.decision = decision
    outcome = _outcome(decision, request)
    was_granted = request.outcome in GRANTS
    request.outcome, request.decided_on = outcome, decision.decided_on
    request.granted_until = decision.granted_until if outcome in GRANTS else None
    request.version += 1
    if outcome == RequestOutcome.DEFERRED:
        _defer(request, decision)
    else:
        request.meeting = decision.meeting
        request.code = decision.code if decision.code is not None else request.code
        _settle(request)
    if outcome in GRANTS and not request.benchmarks.filter(stage=BenchmarkStage.DECISION).exists():
        rows = benchmarks.rows_of(request, BenchmarkStage.ANALYSIS) if _is_issued(request) else []
        benchmarks.replace(request, BenchmarkStage.DECISION, rows)
    with translation.override("en"):  # the language of the record
        remark = beyond(request)
    register.append(
        action="compliance.extensionrequest.decide",
        by=by,
        at=at,
        state=request.state,
        obj=request,
        data={
            "outcome": outcome,
            "decision": basis_of(decision),
            "granted_until": request.granted_until.isoformat() if request.granted_until else None,
            "beyond": remark,
        },
    )
    _move_the_clock(request, decision, was_granted=was_granted, by=by, at=at)


def beyond(request: ExtensionRequest) -> str:
    """The sentence on how far one extension can reach, where more was granted; else empty."""
    return beyond_day(request, request.granted_until)


def beyond_day(request: ExtensionRequest, until: date | None) -> str:
    """The same for any day."""
    return request_clock.beyond_the_limit(request.clock, until, deadline=request.deadline_then)


def _request_of(decision: Decision) -> ExtensionRequest | None:
    """The request that the decision was drafted for; else the one that this State has before this meeting."""
    requests = ExtensionRequest.objects.select_related("state", "clock")
    drafted = requests.filter(decision=decision).first()
    if drafted or decision.about_state_id is None:
        return drafted
    here = requests.filter(state=decision.about_state_id, meeting=decision.meeting_id, decision=None)
    waiting = list(here.filter(WAITS))  # some of history are recorded only now
    return waiting[0] if len(waiting) == 1 else None


def _outcome(decision: Decision, request: ExtensionRequest) -> RequestOutcome:
    if decision.outcome == DecisionOutcome.DEFERRED:
        return RequestOutcome.DEFERRED
    if decision.outcome not in CARRIED:
        return RequestOutcome.NOT_GRANTED
    if decision.granted_until is None:
        raise CannotFollow(
            _("Give the day until which the extension is granted. If it is not, record that it was not adopted.")
        )
    less = request.asked_until and decision.granted_until < request.asked_until
    return RequestOutcome.GRANTED_LESS if less else RequestOutcome.GRANTED


def _settle(request: ExtensionRequest) -> None:
    if request.status == RequestStatus.DECIDED:
        request.save()
    else:
        DECIDE.apply(request)


def _defer(request: ExtensionRequest, decision: Decision) -> None:
    """It stays open, for the next meeting that is known."""
    request.meeting = request_clock.formal_meetings().filter(starts__gt=decision.meeting.ends).first()
    request.code = None
    if request.status != RequestStatus.DECIDED:
        request.save()
        return
    if ExtensionRequest.objects.filter(clock=request.clock_id, number__gt=request.number).exists():
        raise CannotFollow(_("The State has asked again since: this request cannot be opened again."))
    REOPEN.apply(request)


def _is_issued(request: ExtensionRequest) -> bool:
    analysis = getattr(request, "analysis", None)
    return bool(analysis and analysis.issued_at)


def _move_the_clock(
    request: ExtensionRequest, decision: Decision, *, was_granted: bool, by: User, at: datetime
) -> None:
    """The clock shows what was granted last: a correction that comes after the next grant moves nothing."""
    later = ExtensionRequest.objects.filter(clock=request.clock_id, number__gt=request.number, outcome__in=GRANTS)
    if later.exists():
        return
    basis = basis_of(decision)
    if request.granted_until:
        clocks.grant(clock=request.clock, until=request.granted_until, basis=basis, by=by, at=at)
    elif was_granted:
        before = request.deadline_then if request.deadline_then != request.clock.base else None
        clocks.take_back(clock=request.clock, before=before, basis=basis, by=by, at=at)
    elif request.outcome == RequestOutcome.NOT_GRANTED:
        clocks.answered(clock=request.clock, basis=basis, by=by, at=at)
