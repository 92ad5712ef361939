"""What can be found in reports: their words, as published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import writing
from ccm_portal.core.search import Hit, SearchProvider
from ccm_portal.core.words import found_in, said
from reporting.domain.words import LANGUAGES
from reporting.models import ReportWords
from reporting.rules import published_reports

SEPARATOR = " · "  # each answer is a line of its own in the words


def find_reports(words: str, limit: int) -> Iterator[Hit]:
    """Published reports that say the words, filed last first, each with the words in their place."""
    found = (
        ReportWords.objects.filter(said(words, LANGUAGES), report__in=published_reports())
        .select_related("report__state")
        .order_by("-report__filed_at")
    )
    for row, snippet in found_in(found, words, LANGUAGES, limit=limit, between=SEPARATOR):
        yield Hit(
            title=_("%(state)s: %(report)s") % {"state": row.report.state.name, "report": row.report.title},
            url=row.report.get_absolute_url(),
            snippet=snippet,
            detail=_("filed on %(date)s") % {"date": writing.date_text(row.report.filed_at)},
        )


REPORTS = SearchProvider(name="reports", label=gettext_lazy("Reports"), find=find_reports)
