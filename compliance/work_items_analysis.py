"""What has to be done next about lodged requests: by the group, by the State that asks, by the ISO."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_iso_staff
from ccm_portal.core.work_items import WorkItem
from ccm_portal.core.writing import number_text
from compliance.domain.request_reading import title_of
from compliance.enums import RequestStatus
from compliance.models import RequestQuestion
from compliance.rules_analysis import OPEN, desk_requests, group_requests


def groups_to_begin(user: User, on: date) -> Iterator[WorkItem]:
    """For the ISO and who leads the committee: lodged requests without a group."""
    for one in desk_requests(user).filter(status__in=OPEN, group=None).order_by("lodged_on", "pk"):
        yield WorkItem(
            label=_("Begin the analysis group: %(request)s") % {"request": title_of(one)},
            url=reverse("compliance:group-desk", kwargs=one.address),
            due=one.meeting.starts if one.meeting else None,
            detail=one.meeting.short_name if one.meeting else "",
        )


def analyses_to_write(user: User, on: date) -> Iterator[WorkItem]:
    """For who works in a group: the analysis, before the meeting; for the ISO: one that is to be issued."""
    found = group_requests(user).filter(status=RequestStatus.LODGED, group__isnull=False)
    for one in found.select_related("analysis").distinct().order_by("lodged_on", "pk"):
        analysis = getattr(one, "analysis", None)
        is_whole = bool(analysis and analysis.text and analysis.draft_decision)
        if is_whole and is_iso_staff(user, None):
            label = _("Issue the analysis: %(request)s")
        elif not is_iso_staff(user, None):
            label = _("Write the analysis: %(request)s")
        else:
            continue
        yield WorkItem(
            label=label % {"request": title_of(one)},
            url=reverse("compliance:group-desk", kwargs=one.address),
            due=one.meeting.starts if one.meeting else None,
            detail=one.meeting.short_name if one.meeting else "",
        )


def questions_to_answer(user: User, on: date) -> Iterator[WorkItem]:
    """For the delegates of the State that asks: what its request has made the group ask."""
    waiting = RequestQuestion.objects.filter(
        request__state__in=user.state_ids, request__status__in=OPEN, answered_at=None
    ).select_related("request__state", "request__clock")
    counts: dict[int, int] = {}
    requests = {}
    for question in waiting.order_by("number"):
        requests[question.request_id] = question.request
        counts[question.request_id] = counts.get(question.request_id, 0) + 1
    for pk, one in requests.items():
        yield WorkItem(
            label=ngettext(
                "%(count)s question of the analysis group to answer",
                "%(count)s questions of the analysis group to answer",
                counts[pk],
            )
            % {"count": number_text(counts[pk])},
            url=reverse("compliance:own-questions", kwargs=one.address),
            due=None,
            acts_for=one.state.name,
            detail=title_of(one),
        )


PROVIDERS = (groups_to_begin, analyses_to_write, questions_to_answer)
