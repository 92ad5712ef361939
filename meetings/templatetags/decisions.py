"""Template tags of decisions: the badge of an outcome, whose a follow-up is, an instant at the venue."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ccm_portal.core import writing
from meetings.domain import decision_reading, words
from meetings.models import DecisionFollowUp, Meeting

register = template.Library()


@register.filter
def outcome_badge(outcome: str) -> str:
    """{{ decision.outcome|outcome_badge }} -> done: which badge it is."""
    return decision_reading.badge(outcome)


@register.filter
def owner(follow_up: DecisionFollowUp) -> str:
    """{{ follow_up|owner }} -> Switzerland"""
    return decision_reading.owner_of(follow_up)


@register.simple_tag
def instant_there(moment: datetime | None, meeting: Meeting) -> SafeString:
    """{% instant_there decision.closes_at meeting %}: the instant in UTC, and by the clock of the venue. Browsers show
    the reader's own hours from the machine-readable time."""
    if not moment:
        return SafeString("")
    return format_html(
        '<time datetime="{}" data-local>{}</time>',
        moment.isoformat(timespec="minutes"),
        there_text(moment, meeting),
    )


def there_text(moment: datetime, meeting: Meeting) -> str:
    """9 November 2026, 10:00 UTC (11:00 UTC+1 at the venue)."""
    return _("%(moment)s (%(time)s %(offset)s at the venue)") % {
        "moment": writing.moment_text(moment),
        "time": words.clock_text(moment, meeting.time_zone),
        "offset": words.offset_text(moment, meeting.time_zone),
    }
