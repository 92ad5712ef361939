"""Words about reports that several pages say."""

from django import template
from django.urls import reverse

from reporting.domain.queries import FilingStatus
from reporting.domain.reading import lateness_words
from reporting.form.sentences import Enclosed
from reporting.models import Report, ReportVersion

register = template.Library()


@register.filter
def lateness(days: int | None) -> str:
    """{{ report.days_late|lateness }} -> 206 days late, or: On time"""
    return lateness_words(days or 0)


@register.filter
def lateness_status(days: int | None) -> str:
    """The status of the badge beside it."""
    return FilingStatus.LATE if days else FilingStatus.ON_TIME


@register.simple_tag
def enclosed_url(file: Enclosed, report: Report, version: ReportVersion | None) -> str:
    """Where a file of a report is: of a filed version among the public files, of a draft on its own pages.

    "" for a file that is named and not in the portal.
    """
    if file.sha256 not in report.held_files:
        return ""
    if version:
        place = [report.state.slug, report.slug, version.number, file.sha256, file.name.replace("/", "-")]
        return reverse("files:report-attachment", args=place)
    return reverse("reporting:draft-attachment", args=[report.state.slug, report.slug, file.sha256])
