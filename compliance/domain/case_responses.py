"""Responses suggested to other States Parties. A State reads one only once the President has released it to that State,
and reads that text alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from ccm_portal.core.models import Organisation, State, User
from ccm_portal.core.permissions import require
from committees.domain.said import refuse_stale, said
from compliance import workflow_casework as workflow
from compliance.domain.case_acts import CaseRefused, case_act, held, move, noted
from compliance.domain.case_news import tell, tell_addressed, tell_leader
from compliance.enums import ResponseStatus, Side
from compliance.models import CasePlace, CaseResponse, ComplianceCase, ResponseAddressee
from compliance.rules_casework import addressed_rows

LONGEST_TITLE = 200
OPEN_TO_EDITS = frozenset({ResponseStatus.PROPOSED, ResponseStatus.NOT_AGREED})


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """What the States it is addressed to would read, and who they are."""

    title: str
    text: str
    states: tuple[State, ...]
    proposed_for: Organisation | None = None


@dataclass(frozen=True, kw_only=True)
class FollowedUp:
    """What comes after it, whose that is, and by when."""

    follow_up: str = ""
    owner_name: str = ""
    due: date | None = None


@case_act
def propose(*, case: ComplianceCase, suggested: Suggested, by: User, at: datetime) -> CaseResponse:
    """Suggest a response. Anybody of the team may, also who only reads.

    :raises PermissionDenied: to the person of the State concerned.
    :raises CaseRefused: if it is addressed to nobody, to the State concerned, or to a State that is no party.
    """
    case = _of_team(case, by=by)
    response = CaseResponse.objects.create(
        case=case,
        proposed_by=by,
        proposed_for=suggested.proposed_for,
        proposed_at=at,
        **_words(suggested),
    )
    _address(response, suggested.states, case=case, at=at)
    tell_leader(case, at=at)
    noted(case, "propose_response", by=by, at=at, response=str(response.pk))
    return response


@case_act
def edit_response(
    *, response: CaseResponse, suggested: Suggested, version: int, by: User, at: datetime
) -> CaseResponse:
    """Say it otherwise, until it is agreed. One that was not agreed is proposed again by it.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if it is agreed already, or a State has answered what it said.
    """
    case, response = _held(response, by=by)
    if response.proposed_by_id != by.pk:
        require(by, "compliance.write_case", case)
    refuse_stale(response, version)
    if response.status not in OPEN_TO_EDITS:
        raise CaseRefused(_("This response is agreed. Its words stay as they are."))
    if response.addressees.exclude(answered_at=None).exists():
        raise CaseRefused(_("A State has answered these words. They stay as they are: suggest a new response."))
    for name, value in _words(suggested).items():
        setattr(response, name, value)
    response.proposed_for = suggested.proposed_for
    again = response.status == ResponseStatus.NOT_AGREED
    if again:
        move(response, workflow.PROPOSE_AGAIN)
        tell_leader(case, at=at)
    else:
        response.version += 1
        response.save()
    response.addressees.all().delete()
    _address(response, suggested.states, case=case, at=at)
    noted(case, "propose_response_again" if again else "edit_response", by=by, at=at, response=str(response.pk))
    return response


@case_act
def decide(*, response: CaseResponse, agreed: bool, reason: str, version: int, by: User, at: datetime) -> CaseResponse:
    """Agree to it or not, with a reason: who leads the case.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it is not agreed and no reason is given.
    """
    case, response = _held(response, by=by)
    require(by, "compliance.lead_case", case)
    refuse_stale(response, version)
    response.settled_note = said(reason, empty="" if agreed else _("Give the reasons."))
    arrow = workflow.AGREE_RESPONSE if agreed else workflow.REFUSE_RESPONSE
    move(response, arrow)
    if response.proposed_by_id != by.pk:
        tell(case, response.proposed_by, at=at)
    noted(case, arrow.name, by=by, at=at, response=str(response.pk))
    return response


@case_act
def release(*, response: CaseResponse, version: int, by: User, at: datetime) -> CaseResponse:
    """Let the States it is addressed to read it, from the next request on.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if it is not agreed.
    """
    case, response = _held(response, by=by)
    require(by, "compliance.lead_case", case)
    refuse_stale(response, version)
    response.released_at = at
    move(response, workflow.RELEASE_RESPONSE)
    tell_addressed(response, at=at)
    noted(case, workflow.RELEASE_RESPONSE.name, by=by, at=at, response=str(response.pk))
    return response


@case_act
def take_back(*, response: CaseResponse, version: int, by: User, at: datetime) -> CaseResponse:
    """Those States cannot read it any more, from the next request on. What they answered stays.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if it is not released.
    """
    case, response = _held(response, by=by)
    require(by, "compliance.lead_case", case)
    refuse_stale(response, version)
    response.released_at = None
    move(response, workflow.TAKE_BACK_RESPONSE)
    noted(case, workflow.TAKE_BACK_RESPONSE.name, by=by, at=at, response=str(response.pk))
    return response


@case_act
def follow_up(*, response: CaseResponse, given: FollowedUp, version: int, by: User, at: datetime) -> CaseResponse:
    """Say what comes after it, whose that is and by when.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if there is an owner or a day without anything to do.
    """
    case, response = _held(response, by=by)
    require(by, "compliance.write_case", case)
    refuse_stale(response, version)
    what, owner = said(given.follow_up, longest=300), said(given.owner_name, longest=160)
    if bool(what) != bool(owner) or (given.due and not what):
        raise CaseRefused(_("Say what is to be done and whose it is."))
    response.follow_up, response.owner_name, response.due = what, owner, given.due
    response.version += 1
    response.save()
    noted(case, "follow_up_response", by=by, at=at, response=str(response.pk))
    return response


@case_act
def finish(*, response: CaseResponse, note: str, version: int, by: User, at: datetime) -> CaseResponse:
    """It is done; ``note`` says what came of it.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if nothing is said, or it was not released.
    """
    case, response = _held(response, by=by)
    require(by, "compliance.lead_case", case)
    refuse_stale(response, version)
    response.done_note, response.done_on = said(note, empty=_("Say what came of it.")), at.date()
    move(response, workflow.FINISH_RESPONSE)
    noted(case, workflow.FINISH_RESPONSE.name, by=by, at=at, response=str(response.pk))
    return response


@case_act
def answer(*, addressee: ResponseAddressee, text: str, version: int, by: User, at: datetime) -> ResponseAddressee:
    """A State to which it was released says what it makes of it. It may say so again, until it is done.

    :raises ResponseAddressee.DoesNotExist: if it is not released to a State of theirs (any more).
    :raises PermissionDenied: to whoever does not approve for the State.
    :raises WorkChanged: if a colleague has answered since the page was opened.
    """
    response = CaseResponse.objects.select_for_update().filter(pk=addressee.response_id).first()
    rows = addressed_rows(by).select_for_update(of=("self",))
    row = rows.filter(pk=addressee.pk).first() if response else None
    if response is None or row is None:
        raise ResponseAddressee.DoesNotExist
    require(by, "compliance.answer_response", row)
    refuse_stale(row, version)
    if response.status == ResponseStatus.DONE:
        raise CaseRefused(_("The President has closed this response. It needs no answer any more."))
    row.answer = said(text, empty=_("Write your answer."))
    row.answered_by, row.answered_at = by, at
    row.version += 1
    row.save()
    case = ComplianceCase(pk=response.case_id)  # only its chain: nothing else of it is this person’s to see
    noted(case, "answer_response", by=by, at=at, response=str(response.pk), addressee=row.pk)
    return row


def _of_team(case: ComplianceCase, *, by: User) -> ComplianceCase:
    case = held(case, "compliance.read_case", by=by)
    if not CasePlace.objects.filter(content_object=case, user=by, side=Side.TEAM).exists():
        raise ComplianceCase.DoesNotExist
    return case


def _held(response: CaseResponse, *, by: User) -> tuple[ComplianceCase, CaseResponse]:
    """The case and the response, locked in this order, for somebody of the team at this moment."""
    case = _of_team(ComplianceCase(pk=response.case_id), by=by)
    fresh = CaseResponse.objects.select_for_update().get(pk=response.pk, case=case)
    fresh.case = case
    return case, fresh


def _words(suggested: Suggested) -> dict[str, str]:
    return {
        "title": said(suggested.title, longest=LONGEST_TITLE, empty=_("Give the response a name.")),
        "text": said(suggested.text, empty=_("Write what those States would read.")),
    }


def _address(response: CaseResponse, states: Iterable[State], *, case: ComplianceCase, at: datetime) -> None:
    chosen = {state.pk: state for state in states}
    if not chosen:
        raise CaseRefused(_("Choose the States Parties to which it is addressed."))
    if case.state_id in chosen:
        raise CaseRefused(_("The State concerned is heard by a concern that is put to it. Choose other States."))
    if not all(state.is_party_on(at.date()) for state in chosen.values()):
        raise CaseRefused(_("A response is suggested to States Parties alone."))
    ResponseAddressee.objects.bulk_create(
        [ResponseAddressee(response=response, state=chosen[pk]) for pk in sorted(chosen)]
    )
