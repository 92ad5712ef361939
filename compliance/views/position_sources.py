"""From where a position is noted: choosing a report or a statement, and the form that the choice opens.

The office notes, observers propose; both go the same way.
"""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of
from ccm_portal.core.models import State
from committees.domain.said import WorkRefused
from compliance.domain.positions import Source
from compliance.enums import PositionSource
from compliance.forms_positions import ElsewhereForm, QuotedForm, SourcesForm
from compliance.models import Position
from compliance.rules_positions import quotable_statements, quotable_versions
from reporting.models import HEAVY, ReportVersion

SHOWN = 100


def sources_page(request: PrivateRequest, *, ways: dict[str, str], new_url: str) -> HttpResponse:
    """Reports and statements that everybody can read, of a State or a meeting."""
    form = SourcesForm(request.GET or None)
    chosen = form.cleaned_data if form.is_valid() else {}
    state, meeting = chosen.get("state"), chosen.get("meeting")
    versions, statements = [], []
    if state and not meeting:
        found = quotable_versions().filter(report__state=state).defer(*HEAVY).order_by("-filed_at", "-pk")
        versions = list(found[:SHOWN])
    if state or meeting:
        rows = quotable_statements()
        rows = rows.filter(delegation__state=state) if state else rows
        rows = rows.filter(meeting=meeting) if meeting else rows
        statements = list(rows.order_by("-published_at", "-pk")[:SHOWN])
    context = ways | {
        "form": form,
        "asked": bool(state or meeting),
        "state": state,
        "versions": versions,
        "statements": statements,
        "new_url": new_url,
    }
    return render(request, "compliance/position_sources.html", context)


def new_page(
    request: PrivateRequest, *, ways: dict[str, str], make: Callable[..., Position], done: Callable[[Position], str]
) -> HttpResponse:
    """The form for the source that the address names: ``?report=``, ``?statement=``, or another one.

    ``make`` takes state, words and source; ``done`` says where to go afterwards.
    """
    report, statement = _named(request)
    posted = request.POST if request.method == "POST" else None
    state: State | None = None
    if report is not None or statement is not None:
        state = report.report.state if report is not None else statement.delegation.state
        form: Any = QuotedForm(posted, initial=_initial(report, statement))
    else:
        form = ElsewhereForm(posted, initial={"language": "en", "state": request.GET.get("state", "")})
    if form.is_valid():
        try:
            source = _source(form, report, statement)
            position = make(state=state or form.cleaned_data["state"], words=form.words(), source=source)
        except WorkRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect(done(position))
    context = ways | {"form": form, "state": state, "report": report, "statement": statement}
    return render(request, "compliance/position_new.html", context, status=422 if form.errors else 200)


def _named(request: PrivateRequest) -> tuple[ReportVersion | None, Any]:
    """:raises Http404: if the address names a source that nobody can read."""
    report, statement = request.GET.get("report"), request.GET.get("statement")
    if report and statement:
        raise Http404
    if report:
        return get_object_or_404(quotable_versions(), pk=number_of(report)), None
    if statement:
        rows = quotable_statements().select_related("slot", "delegation__state")
        return None, get_object_or_404(rows, pk=number_of(statement))
    return None, None


def _initial(report: ReportVersion | None, statement: Any) -> dict[str, Any]:
    if report is not None:
        return {"said_on": report.filed_at.date(), "language": report.report.language}
    text = statement.texts.order_by("pk").first()
    moment = (statement.slot and statement.slot.started_at) or statement.published_at or clock.now()
    return {"said_on": moment.date(), "language": text.language if text else "en"}


def _source(form: Any, report: ReportVersion | None, statement: Any) -> Source:
    typed = form.cleaned_data
    if report is not None:
        return Source(kind=PositionSource.REPORT, report=report, reference=typed["reference"])
    if statement is not None:
        return Source(kind=PositionSource.STATEMENT, statement=statement, reference=typed["reference"])
    return Source(kind=typed["source"], meeting=typed["meeting"], where=typed["where"], reference=typed["reference"])
