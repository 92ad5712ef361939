"""Statements as everybody reads them: by item, one with its languages, and their files."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page, public_page
from ccm_portal.core.panels import record_panels
from ccm_portal.core.views.giving_out import given_out
from ccm_portal.core.views.marks import mark
from meetings.domain import statements_reading
from meetings.domain.agenda_reading import public_item
from meetings.models import Meeting, Statement, StatementText
from meetings.rules_room import own_texts, public_statements, public_texts
from meetings.views.marks import with_rooms


@public_page(mark)
def statement_list(request: HttpRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(with_rooms(), key=key)
    return list_page(request, meeting, public_statements())


def list_page(request: HttpRequest, meeting: Meeting, statements: QuerySet[Statement]) -> HttpResponse:
    """Those of the meeting, by item."""
    groups = statements_reading.by_item(meeting, statements.filter(meeting=meeting))
    context = {
        "meeting": meeting,
        "on": clock.today(),
        "groups": groups,
        "count": sum(len(group.statements) for group in groups),
    }
    return render(request, "meetings/statement_list.html", context)


@public_page(mark)
def statement_detail(request: HttpRequest, key: str, pk: int, tongue: str = "") -> HttpResponse:
    statement = get_object_or_404(public_statements(), pk=pk, meeting__key=key)
    return detail_page(request, statement, public_texts(), tongue)


def detail_page(
    request: HttpRequest, statement: Statement, readable: QuerySet[StatementText], tongue: str
) -> HttpResponse:
    """One statement in a language.

    :raises Http404: if it is not there in the language that was asked for.
    """
    texts = list(readable.filter(statement=statement).order_by("pk"))
    shown = _chosen(texts, tongue)
    context: dict[str, Any] = {
        "meeting": statement.meeting,
        "on": clock.today(),
        "statement": statement,
        "item": public_item(statement.meeting, statement.code),
        "texts": texts,
        "shown": shown,
        "panels": record_panels(statement, at=clock.now()),
    }
    return render(request, "meetings/statement_detail.html", context)


def _chosen(texts: list[StatementText], tongue: str) -> StatementText:
    """The language that was asked for; else the reader's, English, or whatever there is."""
    by_language = {text.language: text for text in texts}
    if tongue and tongue not in by_language:
        raise Http404
    wanted = [tongue] if tongue else [get_language() or "en", "en", *by_language]
    found = next((by_language[one] for one in wanted if one in by_language), None)
    if found is None:
        raise Http404
    return found


@public_page()
def statement_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of a published text."""
    return file_of(request, get_object_or_404(public_texts(), pk=pk, file__isnull=False), cache="public, max-age=60")


@private_page
def own_statement_file(request: PrivateRequest, pk: int) -> HttpResponseBase:
    """The file of a text that is not public yet, or not any more: for its delegation and the ISO."""
    text = get_object_or_404(own_texts(request.user), pk=pk, file__isnull=False)
    return file_of(request, text, cache="private, no-store", found=False)


def file_of(request: HttpRequest, text: StatementText, *, cache: str, found: bool = True) -> HttpResponseBase:
    stored = text.file
    assert stored is not None
    return given_out(request, stored, stored.name, cache=cache, found=found)
