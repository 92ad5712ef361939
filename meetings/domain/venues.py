"""Where a meeting may be held: States offer, the office proposes, one place is chosen."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.enums import Known
from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import is_iso_staff
from ccm_portal.core.workflow import Transition, locked
from ccm_portal.core.writing import plain
from meetings.domain.changing import MeetingRefused, held, noted, touch
from meetings.enums import MeetingFormat, MeetingStatus, ProposalStatus
from meetings.models import Meeting, MeetingPart, VenueProposal
from meetings.workflow import CHOOSE, DECLINE, WITHDRAW

LONGEST = 2000


@transaction.atomic
def propose(
    *, meeting: Meeting, host: State, city: str, venue: str = "", text: str = "", by: User, at: datetime
) -> VenueProposal:
    """Offer to host a meeting, or propose a place.

    :raises MeetingRefused: if no city is named, the State has offered already, or the meeting takes no offers.
    """
    meeting = locked(meeting)
    if meeting.status == MeetingStatus.CANCELLED or meeting.ends < at.date():
        raise MeetingRefused(_("This meeting takes no more offers."))
    if not is_iso_staff(by, None) and host.pk not in by.state_ids:
        raise MeetingRefused(_("You can offer for your own State."), "host")
    city, venue, text = plain(city), plain(venue), plain(text)
    if not city:
        raise MeetingRefused(_("Name the city."), "city")
    if len(city) > 80:
        raise MeetingRefused(_("Write at most %(limit)s characters.") % {"limit": 80}, "city")
    if len(venue) > 200:
        raise MeetingRefused(_("Write at most %(limit)s characters.") % {"limit": 200}, "venue")
    if len(text) > LONGEST:
        raise MeetingRefused(_("Write at most %(limit)s characters.") % {"limit": LONGEST}, "text")
    open_ones = meeting.venue_proposals.filter(host=host, status=ProposalStatus.PROPOSED)
    if open_ones.filter(city__iexact=city).exists():
        raise MeetingRefused(
            _("%(city)s, %(state)s, is proposed already.") % {"city": city, "state": host.name}, "city"
        )
    proposal = VenueProposal.objects.create(
        meeting=meeting, host=host, city=city, venue=venue, text=text, proposed_by=by, proposed_at=at
    )
    register.append(
        action="meetings.venue.propose",
        by=by,
        at=at,
        state=host,
        obj=proposal,
        data={"meeting": meeting.key, "city": city},
    )
    return proposal


@transaction.atomic
def withdraw(*, proposal: VenueProposal, version: int, by: User, at: datetime) -> VenueProposal:
    """Take an offer back before it is settled.

    :raises MeetingRefused: if it has changed since it was seen.
    :raises TransitionRefused: if it is settled.
    """
    _meeting, fresh = _held(proposal, version)
    return _moved(fresh, WITHDRAW, by=by, at=at)


@transaction.atomic
def decline(*, proposal: VenueProposal, version: int, by: User, at: datetime) -> VenueProposal:
    """The meeting is not held there. Where it had been chosen, the place of the meeting stays until another is.

    :raises MeetingRefused: if it has changed since it was seen.
    """
    _meeting, fresh = _held(proposal, version)
    return _moved(fresh, DECLINE, by=by, at=at)


@transaction.atomic
def choose(
    *, proposal: VenueProposal, part: MeetingPart, version: int, meeting_version: int, by: User, at: datetime
) -> VenueProposal:
    """Hold a part of the meeting there: its city, venue and host follow, and what else was proposed is not chosen.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    :raises MeetingRefused: if the proposal has changed since it was seen.
    """
    meeting = held(proposal.meeting, meeting_version)
    _same, fresh = _held(proposal, version)
    others = meeting.venue_proposals.select_for_update().exclude(pk=fresh.pk)
    for other in others.filter(status__in=DECLINE.sources):
        other.settled_at, other.version = at, other.version + 1
        DECLINE.apply(other)
    place = MeetingPart.objects.select_for_update(of=("self",)).get(pk=part.pk, meeting=meeting)
    place.city, place.venue, place.host = fresh.city, fresh.venue, fresh.host
    if place.format == MeetingFormat.VIRTUAL:
        place.format = MeetingFormat.HYBRID
    place.version += 1
    place.save()
    touch(meeting, at=at)
    meeting.save()
    fresh.settled_at, fresh.version = at, fresh.version + 1
    CHOOSE.apply(fresh)
    noted("choose_venue", meeting, by=by, at=at, city=fresh.city, host=fresh.host.iso3)
    return fresh


def in_order(meeting: Meeting) -> list[VenueProposal]:
    """What is proposed: affected hosts first, as the paper of 2010 prefers, then by when it was proposed."""
    rows = meeting.venue_proposals.select_related("host", "proposed_by").order_by("proposed_at", "pk")
    return sorted(rows, key=lambda one: one.host.affected != Known.YES)


def _held(proposal: VenueProposal, version: int) -> tuple[Meeting, VenueProposal]:
    meeting = locked(proposal.meeting)
    fresh = locked(proposal)
    if fresh.version != version:
        raise MeetingRefused(_("This proposal was changed after you opened the page. Read it again, then decide."))
    return meeting, fresh


def _moved(proposal: VenueProposal, transition: Transition, *, by: User, at: datetime) -> VenueProposal:
    proposal.settled_at, proposal.version = at, proposal.version + 1
    transition.apply(proposal)
    register.append(
        action=f"meetings.venue.{transition.name}",
        by=by,
        at=at,
        state=proposal.host,
        obj=proposal,
        data={"meeting": proposal.meeting.key, "city": proposal.city},
    )
    return proposal
