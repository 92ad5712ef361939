"""A Request for Clarification through the Secretary-General of the United Nations (Article 8(2)): lodged, transmitted,
received, and the reply within 28 days of receipt, or none.

OPEN-5: the Convention counts from when the State receives the request and names no act; so three days are kept, the
28 run from receipt, and how that day is known stands beside it. Before receipt no clock runs.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import may, require
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import date_text
from ccm_portal.treaty import deadlines
from ccm_portal.treaty.clocks import Reasoned, clarification_reply
from committees.domain.said import LONG, refuse_stale, said
from compliance import workflow_formal as workflow
from compliance.domain import case_news
from compliance.domain.case_acts import CaseRefused, case_act, held, noted
from compliance.enums import OPEN_CASES
from compliance.models import ClarificationRequest, ComplianceCase, RequestingState
from compliance.workflow_cases import GO_FORMAL


@dataclass(frozen=True, kw_only=True)
class ReplyClock:
    """The 28 days, once they run. ``ends_at`` is the end of the last one everywhere on Earth, in UTC."""

    due: Reasoned
    ends_at: datetime
    is_over: bool
    begins_later: bool  # the recorded day of receipt is still to come


def reply_due(request: ClarificationRequest) -> Reasoned | None:
    """The last of the 28 days (Article 8(2)); ``None`` before the day of receipt is known."""
    return clarification_reply(received=request.received_on) if request.received_on else None


def reply_clock(request: ClarificationRequest, *, at: datetime) -> ReplyClock | None:
    """The clock of the reply (Article 8(2)); ``None`` before the day of receipt is known."""
    due = reply_due(request)
    if due is None or request.received_on is None:
        return None
    offset = settings.LATE_AFTER_UTC_OFFSET_HOURS
    return ReplyClock(
        due=due,
        ends_at=deadlines.ends_at(due.day, utc_offset_hours=offset),
        is_over=deadlines.is_late(due=due.day, at=at, utc_offset_hours=offset),
        begins_later=request.received_on > at.date(),
    )


@case_act
def lodge(
    *, case: ComplianceCase, states: Iterable[State], text: str, lodged_on: date, version: int, by: User, at: datetime
) -> ClarificationRequest:
    """States Parties lodged a request for clarification with the Secretary-General; the case becomes formal.

    :raises WorkChanged: if the case has another version than the one seen.
    :raises CaseRefused: if one runs already, no State Party requests it, or the State concerned would ask itself.
    :raises TransitionRefused: if the case is settled.
    """
    case = held(case, workflow.LEAD, by=by)
    refuse_stale(case, version)
    requesting = sorted(set(states), key=lambda state: state.pk)
    if ClarificationRequest.objects.filter(case=case).exists():
        raise CaseRefused(_("A formal request stands in this matter already."))
    if not requesting:
        raise CaseRefused(_("Choose at least one State Party that requests the clarification."))
    if case.state in requesting:
        raise CaseRefused(_("A State does not request a clarification from itself."))
    if strangers := [state.name for state in requesting if not state.is_party_on(lodged_on)]:
        raise CaseRefused(
            _("Only a State Party may request a clarification. Not a party on that day: %(names)s")
            % {"names": ", ".join(strangers)}
        )
    request = ClarificationRequest.objects.create(
        case=case, text=said(text, longest=2 * LONG, empty=_("Write what is asked.")), lodged_on=lodged_on
    )
    RequestingState.objects.bulk_create(RequestingState(request=request, state=state) for state in requesting)
    case.version += 1
    GO_FORMAL.apply(case)
    case_news.tell_concerned(case, at=at)
    noted(case, "formal_lodge", by=by, at=at, states=[state.iso3 for state in requesting], on=lodged_on.isoformat())
    return request


@case_act
def note_transmitted(
    *, request: ClarificationRequest, on: date, version: int, by: User, at: datetime
) -> ClarificationRequest:
    """The Secretary-General has sent it to the State concerned.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if that was before it was lodged.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    _refuse_before(request, on)
    request.transmitted_on = on
    request.version += 1
    workflow.TRANSMIT.apply(request)
    noted(case, "formal_transmit", by=by, at=at, on=on.isoformat())
    return request


@case_act
def note_received(
    *, request: ClarificationRequest, on: date, basis: str, version: int, by: User, at: datetime
) -> ClarificationRequest:
    """The State concerned has received it: the 28 days run from here. A day still to come is taken as it is; pages say
    that the clock begins later. Said anew, it corrects the day.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if that was before it was lodged, or nothing is said about how the day is known.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    _refuse_before(request, on)
    before = request.received_on
    request.received_on = on
    request.received_basis = said(basis, longest=300, empty=_("Say how the day of receipt is known."))
    request.version += 1
    workflow.RECEIVE.apply(request)
    case_news.tell_concerned(case, at=at)
    noted(case, "formal_receive", by=by, at=at, on=on.isoformat(), before=before.isoformat() if before else "")
    return request


@case_act
def note_reply(
    *,
    request: ClarificationRequest,
    text: str,
    on: date,
    through_un_on: date | None,
    version: int,
    by: User,
    at: datetime,
) -> ClarificationRequest:
    """The reply of the State concerned, recorded by whoever is named for it or by the President. One that comes after
    the 28 days is taken like any other. What was thought of an earlier reply falls with it.

    :raises PermissionDenied: to anybody else.
    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: to the President, if the State wrote its reply here itself.
    """
    case, request = held_request(request, version, perm=workflow.REPLY.perm, by=by)
    is_own = written_by_state(case, stands_as_own=request.reply_is_own, by=by)
    _refuse_before(request, on)
    request.reply = said(text, longest=2 * LONG, empty=_("Write the reply."))
    request.replied_on, request.reply_through_un_on = on, through_un_on
    request.reply_is_own, request.reply_satisfies = is_own, None
    request.version += 1
    workflow.REPLY.apply(request)
    tell = case_news.tell_team if is_own else case_news.tell_concerned
    tell(case, at=at)
    noted(case, "formal_reply", by=by, at=at, on=on.isoformat())
    return request


@case_act
def judge_reply(
    *, request: ClarificationRequest, satisfies: bool, version: int, by: User, at: datetime
) -> ClarificationRequest:
    """Whether the reply satisfies the requesting States.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if there is no reply, or it went on to a meeting.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    if request.status != workflow.REPLY.target:
        raise CaseRefused(_("There is no reply to judge."))
    request.reply_satisfies = satisfies
    request.version += 1
    request.save()
    noted(case, "formal_judge", by=by, at=at, satisfies=satisfies)
    return request


@case_act
def note_silence(*, request: ClarificationRequest, version: int, by: User, at: datetime) -> ClarificationRequest:
    """No reply came within 28 days (Article 8(2)). Never said before the last day has ended everywhere on Earth.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: while the 28 days run, or before they begin.
    """
    case, request = held_request(request, version, perm=workflow.LEAD, by=by)
    clock = reply_clock(request, at=at)
    if clock is None or not clock.is_over:
        raise CaseRefused(
            _("The 28 days have not ended everywhere on Earth. They end with %(day)s.")
            % {"day": date_text(clock.due.day)}
            if clock
            else _("The day of receipt is not known, so no clock runs yet.")
        )
    request.version += 1
    workflow.SILENCE.apply(request)
    noted(case, "formal_silence", by=by, at=at, due=clock.due.day.isoformat())
    return request


def written_by_state(case: ComplianceCase, *, stands_as_own: bool, by: User) -> bool:
    """Whether words of the State concerned would be its own, or recorded for it by the President.

    :raises PermissionDenied: to anybody else.
    :raises CaseRefused: to the President, if what stands there is the State's own.
    """
    if may(by, "compliance.answer_case", case):
        return True
    require(by, workflow.LEAD, case)
    if stands_as_own:
        raise CaseRefused(_("The State said this here itself. It alone can withdraw or replace it."))
    return False


def held_request(
    request: ClarificationRequest, version: int, *, perm: str, by: User
) -> tuple[ComplianceCase, ClarificationRequest]:
    """The case and its request, locked in this order, in the version seen.

    :raises ComplianceCase.DoesNotExist: to a person who is not named in it (any more).
    :raises PermissionDenied: to a person named for less.
    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if the matter is settled.
    """
    case = held(request.case, "compliance.read_case", by=by)
    require(by, perm, case)
    fresh = locked(request)
    fresh.case = case
    refuse_stale(fresh, version)
    if case.status not in OPEN_CASES:
        raise CaseRefused(_("This matter is settled. Open it again first."))
    return case, fresh


def _refuse_before(request: ClarificationRequest, on: date) -> None:
    if on < request.lodged_on:
        raise CaseRefused(
            _("That was before the request was lodged, on %(day)s.") % {"day": date_text(request.lodged_on)}
        )
