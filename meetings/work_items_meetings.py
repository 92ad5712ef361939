"""What the office has to do next about meetings: sittings, a published agenda, what is prepared and not announced."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.permissions import is_iso_staff
from ccm_portal.core.work_items import WorkItem
from meetings.domain import words
from meetings.enums import FORMAL_KINDS, MeetingKind, MeetingStatus, ProposalStatus
from meetings.models import Meeting, VenueProposal

SITTINGS_BEFORE = timedelta(days=120)
AGENDA_BEFORE = timedelta(days=60)
WITH_AN_AGENDA = frozenset({*FORMAL_KINDS, MeetingKind.PREPARATORY, MeetingKind.INTERSESSIONAL})


def meetings_to_prepare(user: User, on: date) -> Iterator[WorkItem]:
    """Meetings within reach that lack sittings or a published agenda."""
    if not is_iso_staff(user, None):
        return
    ahead = Meeting.objects.filter(
        status=MeetingStatus.PLANNED, kind__in=WITH_AN_AGENDA, starts__gte=on, starts__lte=on + SITTINGS_BEFORE
    )
    counted = ahead.annotate(
        sittings=Count("parts__sittings", distinct=True), published=Count("revisions", distinct=True)
    )
    for meeting in counted.order_by("starts", "key"):
        when = words.span_text(meeting.starts, meeting.ends, meeting.precision)
        if not meeting.sittings:
            yield WorkItem(
                label=_("Set the sittings of %(meeting)s") % {"meeting": meeting.name},
                url=reverse("meetings:meeting-days", args=[meeting.key]),
                due=meeting.starts - AGENDA_BEFORE,
                detail=when,
            )
        if not meeting.published and meeting.starts - on <= AGENDA_BEFORE:
            yield WorkItem(
                label=_("Publish the agenda of %(meeting)s") % {"meeting": meeting.name},
                url=reverse("meetings:meeting-desk", args=[meeting.key]),
                due=meeting.starts - timedelta(days=14),
                detail=when,
            )


def meetings_to_announce(user: User, on: date) -> Iterator[WorkItem]:
    """Meetings that lie ahead and that nobody sees yet."""
    if not is_iso_staff(user, None):
        return
    for meeting in Meeting.objects.filter(status=MeetingStatus.DRAFT, ends__gte=on).order_by("starts", "key"):
        yield WorkItem(
            label=_("Announce %(meeting)s, or go on preparing it") % {"meeting": meeting.name},
            url=reverse("meetings:meeting-desk", args=[meeting.key]),
            due=meeting.starts - AGENDA_BEFORE,
            detail=words.span_text(meeting.starts, meeting.ends, meeting.precision),
        )


def venues_to_choose(user: User, on: date) -> Iterator[WorkItem]:
    """Offers to host that are not settled."""
    if not is_iso_staff(user, None):
        return
    rows = VenueProposal.objects.filter(status=ProposalStatus.PROPOSED, meeting__ends__gte=on)
    for proposal in rows.select_related("meeting", "host").order_by("proposed_at"):
        yield WorkItem(
            label=_("%(state)s offers %(city)s for %(meeting)s")
            % {"state": proposal.host.name, "city": proposal.city, "meeting": proposal.meeting.name},
            url=reverse("meetings:venue-list", args=[proposal.meeting.key]),
            due=None,
        )


PROVIDERS = (meetings_to_prepare, meetings_to_announce, venues_to_choose)
