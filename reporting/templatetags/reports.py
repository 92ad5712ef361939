"""Words about reports that several pages say."""

from django import template
from django.conf import settings

from reporting.domain.queries import FilingStatus
from reporting.domain.reading import lateness_words

register = template.Library()

LANGUAGES = dict(settings.LANGUAGES)


@register.filter
def lateness(days: int | None) -> str:
    """{{ report.days_late|lateness }} -> 206 days late, or: On time"""
    return lateness_words(days or 0)


@register.filter
def lateness_status(days: int | None) -> str:
    """The status of the badge beside it."""
    return FilingStatus.LATE if days else FilingStatus.ON_TIME


@register.filter
def language_name(code: str) -> str:
    """{{ report.language|language_name }} -> French"""
    return str(LANGUAGES.get(code, code))
