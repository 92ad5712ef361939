"""What leadership asks of people: nominations to look at, seats to fill."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem
from ccm_portal.core.writing import listed
from committees.domain import reading
from committees.rules_nominations import endorsing_parties, visible_nominations
from committees.workflow import OPEN


def nominations_to_endorse(user: User, on: date) -> Iterator[WorkItem]:
    """For who takes part in coordination: open nominations that nobody of theirs has endorsed yet."""
    parties = endorsing_parties(user)
    if not parties:
        return
    states = [party.pk for party in parties if isinstance(party, State)]
    organisations = [party.pk for party in parties if not isinstance(party, State)]
    waiting = (
        visible_nominations(user)
        .filter(status__in=OPEN)
        .exclude(state__in=states)
        .exclude(Q(endorsements__state__in=states) | Q(endorsements__organisation__in=organisations))
    )
    for nomination in waiting.order_by("starts", "pk"):
        yield WorkItem(
            label=_("Look at a nomination: %(state)s, to lead %(body)s")
            % {"state": nomination.state.name, "body": nomination.body.name},
            url=reverse("committees:nomination-detail", args=[nomination.pk]),
            due=nomination.starts if nomination.starts >= on else None,
            acts_for=listed(party.name for party in parties),
        )


def seats_to_fill(user: User, on: date) -> Iterator[WorkItem]:
    """For the ISO: bodies with a vacant seat, in one line."""
    if not may(user, "committees.manage_bodies", None):
        return
    vacant = sum(place.vacant for place in reading.places(on).values())
    if vacant:
        yield WorkItem(
            label=ngettext(
                "%(count)s seat of a committee or theme is vacant",
                "%(count)s seats of committees and themes are vacant",
                vacant,
            )
            % {"count": vacant},
            url=reverse("committees:office-leadership"),
            due=None,
        )
