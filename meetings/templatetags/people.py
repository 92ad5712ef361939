"""Template tags of the pages about delegations."""

from django import template

from ccm_portal.core import writing
from meetings.enums import DelegationStatus
from meetings.models import Delegation

register = template.Library()

TONES = {
    DelegationStatus.ASKED: "yours",
    DelegationStatus.INVITED: "in-progress",
    DelegationStatus.DECLINED: "refused",
    DelegationStatus.EXPECTED: "waiting",
    DelegationStatus.NOTIFIED: "done",
    DelegationStatus.WITHDRAWN: "unchanged",
}


@register.filter
def delegation_tone(delegation: Delegation) -> str:
    """The look of the badge of a delegation's status."""
    return TONES[DelegationStatus(delegation.status)]


@register.filter
def saved(number: int) -> str:
    """{{ week.trips|saved }} -> −30 where thirty are saved, +12 where twelve more are made."""
    text = writing.number_text(abs(number))
    return f"−{text}" if number > 0 else f"+{text}" if number < 0 else text
