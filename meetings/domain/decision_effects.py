"""What follows at once from a decision: nominations are settled, a meeting moves to its days and place, and what the
apps above have registered for a kind of decision."""

from collections.abc import Callable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from committees.domain import elections
from meetings.domain import parts, venues
from meetings.domain.changing import MeetingRefused
from meetings.domain.convening import Place
from meetings.enums import DatePrecision, DecisionKind
from meetings.models import Decision, MeetingElection, MeetingPart
from meetings.workflow import CHOOSE


class CannotFollow(Exception):
    """What the decision says cannot be carried out. The message is fit to show the user."""


Effect = Callable[[Decision, User, datetime], None]
_effects: dict[str, list[Effect]] = {}


def register_effect(kind: str, effect: Effect) -> Effect:
    """What an app above does with each recorded or corrected decision of a kind, whatever its outcome, in the same
    transaction. It may raise ``CannotFollow``. Called by ``ready()``."""
    held = _effects.setdefault(kind, [])
    if effect not in held:
        held.append(effect)
    return effect


def carry_on(decision: Decision, *, by: User, at: datetime) -> None:
    """Hand a recorded or corrected decision to what is registered for its kind.

    :raises CannotFollow: if something that it says cannot be done.
    """
    for effect in _effects.get(decision.kind, []):
        effect(decision, by, at)


def follow(decision: Decision, *, by: User, at: datetime) -> None:
    """Carry out what an adopted decision says, in its transaction and after everything else that it writes.

    :raises CannotFollow: if something that it says cannot be done any more.
    """
    if decision.kind == DecisionKind.OFFICERS:
        _elect(decision, by=by, at=at)
    if decision.kind == DecisionKind.VENUE and decision.about_meeting_id:
        try:
            _settle_venue(decision, by=by, at=at)
        except MeetingRefused as refusal:
            raise CannotFollow(str(refusal)) from refusal


def _elect(decision: Decision, *, by: User, at: datetime) -> None:
    """The nominations that it settles are elected, with terms that begin as they were nominated for."""
    settled = list(decision.settles.select_related("body", "state").order_by("body__position", "pk"))
    for nomination in settled:
        if MeetingElection.objects.filter(nomination=nomination).exists():
            raise CannotFollow(
                _("%(state)s: another decision has settled this nomination.") % {"state": nomination.state.name}
            )
    MeetingElection.objects.bulk_create(MeetingElection(nomination=one, decision=decision) for one in settled)
    for nomination in settled:
        if decision.decided_on is None:
            raise CannotFollow(_("Say on which day it was decided."))
        try:
            elections.elect(nomination=nomination, on=decision.decided_on, basis=basis_of(decision), by=by, at=at)
        except elections.ElectionRefused as refusal:
            raise CannotFollow(
                _("%(state)s cannot be elected: %(why)s") % {"state": nomination.state.name, "why": refusal}
            ) from refusal


def _settle_venue(decision: Decision, *, by: User, at: datetime) -> None:
    """The first days of the meeting move, and it is held where it was decided: an offer to host it there is chosen."""
    part = MeetingPart.objects.select_related("meeting").filter(meeting=decision.about_meeting_id).earliest("number")
    days = decision.about_starts, decision.about_ends
    known = part.meeting.precision == DatePrecision.DAY
    if days[0] and days[1] and not (known and days == (part.starts, part.ends)):
        basis = basis_of(decision)
        reason = _("Decided") if known else ""
        parts.move(
            part=part, version=part.meeting.version, starts=days[0], ends=days[1], reason=reason, basis=basis, by=by,
            at=at,
        )  # fmt: skip
    if not decision.about_city:
        return
    part = MeetingPart.objects.select_related("meeting").get(pk=part.pk)
    offers = part.meeting.venue_proposals.filter(status__in=CHOOSE.sources, city__iexact=decision.about_city)
    offer = offers.filter(host=decision.about_host).order_by("proposed_at").first() if decision.about_host else None
    if offer:
        venues.choose(
            proposal=offer, part=part, version=offer.version, meeting_version=part.meeting.version, by=by, at=at
        )
    elif (part.city, part.host_id) != (decision.about_city, decision.about_host_id or part.host_id):
        held_at = Place(
            format=part.format,
            city=decision.about_city,
            venue="",
            host=decision.about_host or part.host,
        )
        parts.place(part=part, version=part.meeting.version, place=held_at, by=by, at=at)


def basis_of(decision: Decision) -> str:
    """ "14MSP, decision 7": what a term rests on. Kept in English, as all bases are."""
    with translation.override("en"):
        return _("%(meeting)s, decision %(number)s") % {
            "meeting": decision.meeting.short_name,
            "number": decision.number,
        }
