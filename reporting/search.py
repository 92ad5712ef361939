"""What can be found in reports: their words, as published."""

from collections.abc import Iterator

from django.contrib.postgres.search import SearchHeadline
from django.db.models import F
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import writing
from ccm_portal.core.search import Hit, SearchProvider
from reporting.domain.words import is_unsegmented, query_for, said
from reporting.models import ReportWords
from reporting.rules import published_reports

# Signs that no report holds: they mark what was found until the text around is made safe.
BEGINS, ENDS = "\x02", "\x03"
AROUND = 60
SEPARATOR = " · "


def find_reports(words: str, limit: int) -> Iterator[Hit]:
    """Published reports that say the words, filed last first, each with the words in their place."""
    found = (
        ReportWords.objects.filter(said(words), report__in=published_reports())
        .select_related("report__state")
        .defer("vector")
        .order_by("-report__filed_at")
    )
    if is_unsegmented(words):
        rows = [(row.report, _around(row.text, words)) for row in found[:limit]]
    else:
        headline = SearchHeadline(
            "text", query_for(words), start_sel=BEGINS, stop_sel=ENDS, max_fragments=2, max_words=20, min_words=8
        )
        annotated = found.annotate(headline=headline, filed_at=F("report__filed_at")).defer("text", "vector")
        rows = [(row.report, row.headline) for row in annotated[:limit]]
    for report, snippet in rows:
        yield Hit(
            title=_("%(state)s: %(report)s") % {"state": report.state.name, "report": report.title},
            url=report.get_absolute_url(),
            snippet=marked(snippet),
            detail=_("filed on %(date)s") % {"date": writing.date_text(report.filed_at)},
        )


def _around(text: str, words: str) -> str:
    at = text.casefold().find(words.casefold())
    if at < 0:
        return ""
    end = at + len(words)
    before, after = text[max(at - AROUND, 0) : at], text[end : end + AROUND]
    return f"{before}{BEGINS}{text[at:end]}{ENDS}{after}"


def marked(snippet: str) -> SafeString:
    """A piece of a report with what was found in it marked; all else in it is text. Answers stand apart: each is a
    line of its own in the words."""
    answers = SEPARATOR.join(" ".join(line.split()) for line in snippet.strip().splitlines() if line.strip())
    return SafeString(escape(answers).replace(BEGINS, "<mark>").replace(ENDS, "</mark>"))


REPORTS = SearchProvider(name="reports", label=gettext_lazy("Reports"), find=find_reports)
