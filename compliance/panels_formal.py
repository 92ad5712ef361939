"""The formal track on the page of a case, and what of it is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import clock_sentences
from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from ccm_portal.core.work_items import WorkItem
from compliance.domain.formal import ReplyClock, reply_clock, reply_due
from compliance.enums import OPEN_CASES, Access, FormalStatus, Side
from compliance.models import CasePlace, ClarificationRequest, ComplianceCase
from compliance.rules import own_places, visible_cases
from meetings.models import Meeting


@dataclass(frozen=True, kw_only=True)
class Track:
    """What the page of a formal request shows beside the request itself."""

    clock: ReplyClock | None
    why: str  # the basis of the clock, in a sentence
    standing: str  # of the count of days: ahead, soon or past
    meeting: Meeting | None
    decision_url: str


def request_of(case: ComplianceCase) -> ClarificationRequest | None:
    """The formal request in a case that was found for this person."""
    related = ClarificationRequest.objects.select_related("case", "meeting", "decision", "decision__meeting")
    return related.prefetch_related("requesting__state").filter(case=case).first()


def track(found: ClarificationRequest, *, at: datetime) -> Track:
    clock = reply_clock(found, at=at)
    decision = found.decision
    days = (clock.due.day - at.date()).days if clock else 0
    return Track(
        clock=clock,
        why=clock_sentences.explain(clock.due) if clock else "",
        standing="past" if clock and clock.is_over else "soon" if days <= 7 else "ahead",
        meeting=found.meeting,
        decision_url=reverse("meetings:decision-detail", args=[decision.meeting.key, decision.number])
        if decision
        else "",
    )


def case_panel(case: ComplianceCase, user: User, place: CasePlace, at: datetime) -> Panel | None:
    """The block on the first page of a case: for everybody named in it, once there is a request."""
    found = request_of(case)
    if found is None:
        return None
    return Panel("compliance/panels/formal.html", {"formal": found, "track": track(found, at=at)})


def case_tab(case: ComplianceCase, place: CasePlace) -> tuple[str, str] | None:
    """Its own page; before there is a request, for the President alone, who records one there."""
    if place.access == Access.LEAD or ClarificationRequest.objects.filter(case=case).exists():
        return _("Formal request"), "formal"
    return None


def work_items(user: User, on: date) -> Iterable[WorkItem]:
    """The reply that is awaited: for who leads, and for those named for the State concerned."""
    awaited = ClarificationRequest.objects.filter(
        status=FormalStatus.RECEIVED, case__status__in=OPEN_CASES, case__in=visible_cases(user)
    ).select_related("case__state")
    places = {place.content_object_id: place for place in own_places(user)} if awaited else {}
    for request in awaited:
        place = places.get(request.case_id)
        due = reply_due(request)
        if place is None or due is None:
            continue
        if place.access == Access.LEAD or place.side == Side.CONCERNED:
            yield WorkItem(
                label=_("Reply to a request for clarification"),
                url=reverse("compliance:formal", args=[request.case_id]),
                due=due.day,
                acts_for=request.case.state.name,
                detail=request.case.title,
            )
