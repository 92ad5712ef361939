"""What is to be done inside cases: only for the person it is for, while they are named there."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.work_items import WorkItem
from compliance import fence
from compliance.enums import Access, EntryKind, ResponseStatus, Side
from compliance.models import CaseEntry, CasePlace, CaseResponse, ComplianceCase
from compliance.rules import WRITING, own_places
from compliance.rules_casework import addressed_rows


def inside_cases(user: User, on: date) -> Iterator[WorkItem]:
    """The next action, concerns that wait for the State's reply, responses that wait for the President's word."""
    if not user.acts:
        return
    with fence.reading_as(user):
        places = list(own_places(user))
        items = [*_next_actions(user, places, on), *_concerns(places), *_responses(places, on)] if places else []
    yield from items


def responses_to_answer(user: User, on: date) -> Iterator[WorkItem]:
    """Responses released to a State for which this person acts, and which it has not answered."""
    if not user.state_ids:
        return
    with fence.reading_as(user):
        open_rows = addressed_rows(user).filter(answered_at=None, response__status=ResponseStatus.RELEASED)
        rows = list(open_rows.order_by("response__released_at", "pk"))
    for row in rows:
        yield WorkItem(
            label=_("The President suggests a response to you: read it, and answer"),
            url=reverse("compliance:response", args=[row.response_id]),
            due=None,
            acts_for=row.state.name,
            detail=row.response.title,
        )


def _next_actions(user: User, places: list[CasePlace], on: date) -> Iterator[WorkItem]:
    mine = [place.content_object_id for place in places if place.side == Side.TEAM]
    for case in (
        ComplianceCase.objects.filter(pk__in=mine, next_owner=user).exclude(next_action="").order_by("next_due")
    ):
        late = case.next_due is not None and case.next_due < on
        yield WorkItem(
            label=case.next_action,
            url=case.get_absolute_url(),
            due=case.next_due,
            acts_for=case.title,
            detail=_("Overdue") if late else "",
        )


def _concerns(places: list[CasePlace]) -> Iterator[WorkItem]:
    asked = [p.content_object_id for p in places if p.side == Side.CONCERNED and p.access in WRITING]
    if not asked:
        return
    rows = CaseEntry.objects.filter(case__in=asked, kind=EntryKind.CONCERN, replies=None)
    for row in rows.select_related("case").order_by("on", "pk"):
        yield WorkItem(
            label=_("Reply to a concern that the President put to your State"),
            url=reverse("compliance:case-reply", args=[row.case_id, row.pk]),
            due=None,
            acts_for=row.case.title,
        )


def _responses(places: list[CasePlace], on: date) -> Iterator[WorkItem]:
    led = [place.content_object_id for place in places if place.access == Access.LEAD]
    if not led:
        return
    labels = {
        ResponseStatus.PROPOSED: _("Agree to a suggested response, or say why not"),
        ResponseStatus.AGREED: _("Release the response that is agreed"),
        ResponseStatus.RELEASED: _("Follow up a response"),
    }
    rows = CaseResponse.objects.filter(case__in=led, status__in=labels).order_by("due", "proposed_at")
    for row in rows:
        if row.status == ResponseStatus.RELEASED and row.due is None:
            continue
        released = row.status == ResponseStatus.RELEASED
        yield WorkItem(
            label=labels[ResponseStatus(row.status)],
            url=reverse("compliance:case-response", args=[row.case_id, row.pk]),
            due=row.due if released else None,
            acts_for=row.title,
            detail=_("Overdue") if released and row.due and row.due < on else row.follow_up if released else "",
        )
