"""What follows at once from a decision that is adopted: nominations are settled, and the decided days are kept."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from committees.domain import elections
from meetings.enums import DecisionKind
from meetings.models import Decision, MeetingElection


class CannotFollow(Exception):
    """What the decision says cannot be carried out. The message is fit to show the user."""


def follow(decision: Decision, *, by: User, at: datetime) -> None:
    """Carry out what an adopted decision says, in its transaction and after everything else that it writes.

    :raises CannotFollow: if something that it says cannot be done any more.
    """
    if decision.kind == DecisionKind.OFFICERS:
        _elect(decision, by=by, at=at)


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


def basis_of(decision: Decision) -> str:
    """ "14MSP, decision 7": what a term rests on. Kept in English, as all bases are."""
    with translation.override("en"):
        return _("%(meeting)s, decision %(number)s") % {
            "meeting": decision.meeting.short_name,
            "number": decision.number,
        }
