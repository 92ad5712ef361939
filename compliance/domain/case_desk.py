"""The cases of one person, step by step, with what is to be done next and by when. A constant number of queries."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F

from ccm_portal.core.models import User
from compliance.domain.formal import reply_due
from compliance.enums import CaseStatus, FormalStatus, Side
from compliance.models import CasePlace, ComplianceCase
from compliance.rules import own_places, visible_cases


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One case on somebody's desk. ``reply_due``: the end of the 28 days, while a reply is awaited."""

    case: ComplianceCase
    place: CasePlace
    reply_due: date | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """The cases at one step."""

    status: CaseStatus
    rows: list[CaseRow]


def desk(user: User) -> tuple[list[Step], list[CaseRow]]:
    """The cases in whose teams a person is, by step in the order of the life of a case; and the matters about their own
    State in which they are named for it: its history, the newest first."""
    places = {place.content_object_id: place for place in own_places(user)}
    order = (F("next_due").asc(nulls_last=True), "opened_at", "pk")
    cases = visible_cases(user).select_related("state", "formal", "next_owner").order_by(*order)
    rows = [
        CaseRow(case=case, place=places[case.pk], reply_due=_reply_due(case)) for case in cases if case.pk in places
    ]
    team = [row for row in rows if row.place.side == Side.TEAM]
    steps = [Step(status=one, rows=[row for row in team if row.case.status == one]) for one in CaseStatus]
    own = [row for row in rows if row.place.side == Side.CONCERNED]
    return [step for step in steps if step.rows], sorted(own, key=lambda row: row.case.opened_at, reverse=True)


def _reply_due(case: ComplianceCase) -> date | None:
    try:
        formal = case.formal
    except ObjectDoesNotExist:
        return None
    due = reply_due(formal) if formal.status == FormalStatus.RECEIVED else None
    return due.day if due else None
