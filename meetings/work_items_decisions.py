"""What has to be done next about decisions: votes, silence procedures, and what follows from them."""

from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import writing
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem
from committees import offices
from committees.rules import led_bodies
from meetings.domain.decision_reading import owner_of
from meetings.enums import DecisionStatus
from meetings.rules_decisions import own_follow_ups, own_parties, running_silences, running_votes


def votes_to_cast(user: User, on: date) -> Iterator[WorkItem]:
    """For a State Party's delegates: what is being voted on, as long as their State has not voted."""
    states = own_parties(user)
    if not states:
        return
    for decision in running_votes(user).prefetch_related("votes"):
        if states - {vote.state_id for vote in decision.votes.all()}:
            yield WorkItem(
                label=_("Vote: %(title)s") % {"title": decision.title},
                url=reverse("meetings:decision-vote", args=[decision.meeting.key, decision.number]),
                due=on,
                detail=decision.meeting.short_name,
            )


def silences_that_run(user: User, on: date) -> Iterator[WorkItem]:
    """For a State Party's delegates and the ISO: until when a proposal can be objected to."""
    if not may(user, "meetings.read_proposal", None):
        return
    for decision in running_silences(user).filter(status=DecisionStatus.OPEN):
        if decision.closes_at is None:
            continue
        yield WorkItem(
            label=_("Silence procedure: %(title)s") % {"title": decision.title},
            url=reverse("meetings:decision-silence", args=[decision.meeting.key, decision.number]),
            due=decision.closes_at.date(),
            detail=_("It ends on %(moment)s.") % {"moment": writing.instant_text(decision.closes_at)},
        )


def follow_ups_to_do(user: User, on: date) -> Iterator[WorkItem]:
    """For whose it is: a State's delegates, a body's leaders, the ISO, the President."""
    mine = Q(state__in=user.state_ids) | Q(body__in=led_bodies(user)) | offices.owned_by(user)
    for one in own_follow_ups(user).filter(mine, done_on=None).order_by("due", "pk"):
        decision = one.decision
        yield WorkItem(
            label=one.what,
            url=reverse("meetings:follow-up", args=[one.pk]),
            due=one.due,
            acts_for=owner_of(one),
            detail=_("%(meeting)s, decision %(number)s")
            % {"meeting": decision.meeting.short_name, "number": decision.number},
        )


PROVIDERS: tuple[Callable[[User, date], Iterator[WorkItem]], ...] = (
    votes_to_cast,
    silences_that_run,
    follow_ups_to_do,
)
