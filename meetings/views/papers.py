"""Papers as the world reads them: those of a meeting, all of them, one, and its files."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.domain.document_symbols import once_called
from ccm_portal.core.enums import DocumentStatus
from ccm_portal.core.http import PrivateRequest, private_page, public_page
from ccm_portal.core.models import Document, DocumentIssuer
from ccm_portal.core.sheets import CSV
from ccm_portal.core.symbols import SymbolRefused, parse
from ccm_portal.core.views.giving_out import given, given_out
from ccm_portal.core.views.marks import mark
from meetings.domain import paper_reading, paper_tables
from meetings.domain.agenda_reading import public_items
from meetings.filters_papers import MeetingPaperFilter, PaperFilter
from meetings.rules import public_meetings
from meetings.rules_papers import known_papers, public_paper_texts, public_papers, visible_paper_texts
from meetings.views.marks import meeting_mark, with_rooms

PAGE = 50


@public_page(meeting_mark)
def meeting_papers(request: HttpRequest, key: str) -> HttpResponse:
    """The papers of one meeting, in the order of their symbols."""
    meeting = get_object_or_404(with_rooms(), key=key)
    of_meeting = public_papers().filter(meetings__meeting=meeting)
    items = public_items(meeting)
    on_items = [(item.code, item.label) for item in items]
    filtered = MeetingPaperFilter(
        request.GET,
        queryset=of_meeting,
        meeting=meeting,
        items=on_items,
        issuers=_issuers(of_meeting),
        kinds=paper_reading.kinds_here(of_meeting),
    )
    papers = list(paper_reading.listed(filtered.qs))
    context = {
        "meeting": meeting,
        "on": clock.today(),
        "filter": filtered,
        "lines": paper_reading.of_meeting(papers, meeting, items=items),
        "count": len(papers),
        "any": bool(papers) or of_meeting.exists(),
    }
    return render(request, "meetings/meeting_papers.html", context)


@public_page(mark)
def paper_list(request: HttpRequest) -> HttpResponse:
    """All papers, the last published first."""
    filtered = PaperFilter(request.GET, queryset=public_papers().order_by("-published_at", "-pk"))
    page = Paginator(filtered.qs, PAGE).get_page(request.GET.get("page"))
    found = paper_reading.lines(list(paper_reading.listed(page.object_list)))
    return render(request, "meetings/paper_list.html", {"filter": filtered, "page": page, "lines": found})


@public_page(mark)
def papers_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a table."""
    filtered = PaperFilter(request.GET, queryset=public_papers().order_by("-published_at", "-pk"))
    with override("en"):
        found = paper_reading.lines(paper_reading.listed(filtered.qs))
        table = paper_tables.csv(found, site=settings.SITE_ADDRESS.rstrip("/"))
    return given(table, "ccm-papers.csv", kind=CSV)


@public_page(mark)
def paper_detail(request: HttpRequest, symbol: str) -> HttpResponse:
    """One paper: its texts, who issues it, what it revises, on which items it stands."""
    found = _paper(symbol)
    if (found.symbol or str(found.pk)) != symbol:
        return redirect("meetings:paper-detail", found.symbol or found.pk)
    document = paper_reading.listed(known_papers().filter(pk=found.pk)).select_related("revises").get()
    is_there = document.status == DocumentStatus.PUBLISHED
    changes = paper_reading.changes_of(document, paper_reading.listed(public_papers()))
    context = {
        "document": document,
        "is_there": is_there,
        "line": paper_reading.line(document),
        "texts": paper_reading.text_rows(document) if is_there else [],
        "earlier_copies": paper_reading.replaced_rows(document) if is_there else [],
        "revises": paper_reading.lines(changes["revises"]),
        "revised_by": paper_reading.lines(changes["revised_by"]),
        "changed_by": paper_reading.lines(changes["changed_by"]),
        "places": paper_reading.places_of(document, list(public_meetings().filter(papers__document=document))),
        "spoken": get_language(),
    }
    return render(request, "meetings/paper_detail.html", context)


@public_page()
def paper_text(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """The file of a published text. ``name`` is for who saves it, and decides nothing."""
    text = get_object_or_404(public_paper_texts().select_related("file", "document"), pk=pk)
    return given_out(request, text.file, paper_reading.file_name(text.document, text), cache="public, max-age=60")


@private_page
@require_safe
def paper_text_before(request: PrivateRequest, pk: int, name: str) -> HttpResponseBase:
    """The file of a text that is not published yet, or was replaced: for those who may read it."""
    text = get_object_or_404(visible_paper_texts(request.user).select_related("file", "document"), pk=pk)
    return given_out(
        request,
        text.file,
        paper_reading.file_name(text.document, text),
        cache="private, no-store",
        found=False,
    )


def _paper(symbol: str) -> Document:
    """:raises Http404: if everybody may know of no such paper."""
    papers = known_papers().order_by()
    if symbol.isdigit() and symbol.isascii() and len(symbol) < 12:
        return get_object_or_404(papers, pk=int(symbol))
    try:
        written = str(parse(symbol))
    except SymbolRefused as refusal:
        raise Http404 from refusal
    found = papers.filter(symbol=written).first()
    if found is None:  # its symbol may have been put right since
        found = papers.filter(pk__in=once_called(written)[:1]).first()
    if found is None:
        raise Http404
    return found


def _issuers(papers: Any) -> list[tuple[str, str]]:
    """Who issues these papers, by name."""
    rows = DocumentIssuer.objects.filter(document__in=papers.order_by().values("pk")).select_related(
        "state", "organisation"
    )
    found = {}
    for row in rows:
        if row.state:
            key = f"state:{row.state.slug}"
        else:
            key = f"org:{row.organisation.key}" if row.organisation else f"name:{row.name}"
        found[key] = paper_reading.name_of(row)
    return sorted(found.items(), key=lambda one: one[1])
