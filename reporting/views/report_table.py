"""One long table of a filed report, page by page: what does not fit on the report's own page."""

from dataclasses import replace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from ccm_portal.core.http import public_page
from ccm_portal.core.views.marks import mark
from reporting.domain.reading import MOST_LINES, passages
from reporting.form.content import CHANGED
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Part, Section, Table, UnknownPlace
from reporting.form.sentences import Block, presented, total_line
from reporting.models import ReportVersion
from reporting.rules import published_versions


@public_page(mark)
def report_table(request: HttpRequest, state: str, slug: str, number: int, section: str, part: str) -> HttpResponse:
    version = get_object_or_404(
        published_versions().defer("content", "salts", "receipt"),
        report__state__slug=state,
        report__slug=slug,
        number=number,
    )
    form, table, rows = _found(version, section, part)
    page = Paginator(rows, MOST_LINES).get_page(request.GET.get("page"))
    said = {"standing": CHANGED, "parts": {part: {"none": False, "rows": list(page.object_list)}}}
    language = get_language() or "en"
    blocks = [
        replace(block, totals=_totals(table, block, rows, language))
        for block in presented(form, said, language).blocks
        if block.key == part
    ]
    context = {
        "version": version,
        "report": version.report,
        "section": form,
        "table": table,
        "passage": next(passages(blocks)),
        "page": page,
        "language": version.report.language,
    }
    return render(request, "reporting/report_table.html", context)


def _totals(table: Part, block: Block, rows: list[dict[str, Any]], language: str) -> tuple[str, ...]:
    """What all rows add up to, not those of this page alone, under the columns that this page has."""
    if not isinstance(table, Table):
        return ()
    columns = [table.field(column.key) for column in block.columns]
    return total_line(table, columns, [row for row in rows if row["cells"]], language)


def _found(version: ReportVersion, key: str, part: str) -> tuple[Section, Part, list[dict[str, Any]]]:
    """The table in the public copy; a part that is kept for States Parties is not there."""
    content = version.public_document
    try:
        section = edition_of(content["edition"]).section(key)
        table = section.part(part)
    except UnknownPlace:
        raise Http404 from None
    rows = content["sections"].get(key, {}).get("parts", {}).get(part, {}).get("rows")
    if not rows:
        raise Http404
    return section, table, rows
