"""How a case ends, or goes on: clarified, a response agreed, taken to the meeting, closed with reasons, opened again.

Each is recorded on the case's chain and stands as a step in its time line, so that what was said when stays said.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from committees.domain.said import refuse_stale, said
from compliance import workflow_cases as workflow
from compliance.domain.case_acts import CaseRefused, case_act, held, move, noted
from compliance.domain.case_entries import step
from compliance.domain.case_news import tell_concerned, tell_team
from compliance.enums import OPEN_CASES, EntryReaders, ResponseStatus
from compliance.models import ComplianceCase

# What a person can choose on the page, besides beginning.
OUTCOMES = (workflow.CLARIFY, workflow.AGREE, workflow.TAKE_TO_MEETING, workflow.CLOSE, workflow.REOPEN)
BY_NAME = {one.name: one for one in OUTCOMES}


@case_act
def begin(*, case: ComplianceCase, version: int, by: User, at: datetime) -> ComplianceCase:
    """The informal track begins (Article 8(1)).

    :raises WorkChanged: if it has another version than the one seen.
    """
    case = held(case, workflow.BEGIN.perm, by=by)
    refuse_stale(case, version)
    move(case, workflow.BEGIN)
    noted(case, workflow.BEGIN.name, by=by, at=at)
    return case


@case_act
def settle(
    *, case: ComplianceCase, outcome: str, why: str, for_state: str = "", version: int, by: User, at: datetime
) -> ComplianceCase:
    """Take one of ``OUTCOMES``, by name. ``why`` is for the team; ``for_state``, what the State concerned reads of it.

    :raises WorkChanged: if it has another version than the one seen.
    :raises CaseRefused: if it cannot be taken now, or no response with a follow-up and an owner is agreed.
    :raises WorkRefused: if no reason is given.
    """
    arrow = BY_NAME[outcome]
    case = held(case, arrow.perm, by=by)
    refuse_stale(case, version)
    why = said(why, empty=_("Give the reasons."))
    for_state = said(for_state)
    if arrow is workflow.AGREE and not has_agreed_response(case):
        raise CaseRefused(_("Agree a response first, and say who follows it up."))
    if arrow.target in OPEN_CASES:
        case.outcome_note, case.settled_on = ("" if arrow is workflow.REOPEN else why), None
    else:
        case.outcome_note, case.settled_on = why, at.date()
        case.next_action, case.next_owner, case.next_due = "", None, None  # nothing is left to be done
    move(case, arrow)
    step(case, text=why, by=by, at=at)
    if for_state:
        step(case, text=for_state, readers=EntryReaders.ALL, by=by, at=at)
        tell_concerned(case, at=at)
    tell_team(case, at=at)
    noted(case, arrow.name, by=by, at=at)
    return case


def has_agreed_response(case: ComplianceCase) -> bool:
    """Whether a response is agreed in it that somebody follows up."""
    agreed = (ResponseStatus.AGREED, ResponseStatus.RELEASED, ResponseStatus.DONE)
    return case.responses.filter(status__in=agreed).exclude(follow_up="").exclude(owner_name="").exists()
