"""What a State's people, observers and the office have to do next about delegations."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import State, User
from ccm_portal.core.work_items import WorkItem
from meetings.enums import DelegationStatus, MeetingStatus
from meetings.models import Delegation, Meeting, Participant
from meetings.rules_people import meetings_to_invite_to, meetings_with_delegations, observed_ids, own_delegations
from meetings.rules_room import TAKES_PART

AHEAD = timedelta(days=90)


def _coming(user: User, on: date) -> QuerySet[Meeting]:
    """Meetings of the next months, or that run."""
    ahead = meetings_with_delegations(user).filter(status=MeetingStatus.PLANNED, ends__gte=on, starts__lte=on + AHEAD)
    return ahead.order_by("starts", "key")


def notice_day(meeting: Meeting) -> date:
    """Until when a State is asked to notify its delegation."""
    return meeting.starts - timedelta(days=settings.DELEGATION_NOTICE_DAYS)


def delegations_to_notify(user: User, on: date) -> Iterator[WorkItem]:
    """For a State's people: the note verbale is missing, or nobody heads the delegation."""
    if not user.state_ids:
        return
    meetings = list(_coming(user, on))
    if not meetings:
        return
    head = Participant.objects.filter(delegation=OuterRef("pk"), is_head=True)
    held = own_delegations(user).filter(meeting__in=meetings, state__isnull=False).annotate(has_head=Exists(head))
    by_place = {(one.meeting_id, one.state_id): one for one in held}
    states = list(State.objects.filter(pk__in=user.state_ids).by_name())
    for meeting in meetings:
        for state in states:
            delegation = by_place.get((meeting.pk, state.pk))
            if delegation is None and not state.is_party_on(meeting.starts):
                continue
            if label := _missing(delegation):
                yield WorkItem(
                    label=label % {"meeting": meeting.short_name},
                    url=reverse("meetings:state-delegation", args=[state.slug, meeting.key]),
                    due=notice_day(meeting),
                    acts_for=state.name,
                )


def _missing(delegation: Delegation | None) -> str:
    """What a State still has to do; empty if nothing."""
    if delegation is None:
        return _("Enter your delegation: %(meeting)s")
    if delegation.status not in TAKES_PART:
        return ""
    if delegation.status != DelegationStatus.NOTIFIED:
        return _("Enter the note verbale of your delegation: %(meeting)s")
    return "" if getattr(delegation, "has_head", False) else _("Name the head of your delegation: %(meeting)s")


def observers_to_name(user: User, on: date) -> Iterator[WorkItem]:
    """For observers: nobody of their organisation has been entered."""
    if not observed_ids(user):
        return
    mine = own_delegations(user).filter(
        meeting__in=_coming(user, on), organisation__isnull=False, status__in=TAKES_PART, size=0
    )
    for delegation in mine.select_related("meeting", "organisation").order_by("meeting__starts", "pk"):
        meeting, organisation = delegation.meeting, delegation.organisation
        assert organisation is not None
        yield WorkItem(
            label=_("Enter your delegation: %(meeting)s") % {"meeting": meeting.short_name},
            url=f"{reverse('meetings:observer-delegation', args=[meeting.key])}?for={organisation.key}",
            due=notice_day(meeting),
            acts_for=organisation.name,
        )


def invitations_to_decide(user: User, on: date) -> Iterator[WorkItem]:
    """For the ISO, and for whoever presides: organisations that ask to be invited."""
    asked = Count("delegations", filter=Q(delegations__status=DelegationStatus.ASKED))
    for meeting in meetings_to_invite_to(user, _coming(user, on)).annotate(asked=asked).filter(asked__gt=0):
        words = ngettext(
            "%(count)s organisation asks to be invited: %(meeting)s",
            "%(count)s organisations ask to be invited: %(meeting)s",
            meeting.asked,
        )
        yield WorkItem(
            label=words % {"count": meeting.asked, "meeting": meeting.short_name},
            url=f"{reverse('meetings:delegation-desk', args=[meeting.key])}?show=asking",
            due=None,
        )


PROVIDERS: tuple[Callable[[User, date], Iterator[WorkItem]], ...] = (
    delegations_to_notify,
    observers_to_name,
    invitations_to_decide,
)
