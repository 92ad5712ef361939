"""The analysis: written by the group, issued by the ISO; the decision drafted from it, with its benchmarks."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.pdf.process import NotRendered
from ccm_portal.core.permissions import require
from ccm_portal.core.seen import SeenForm, stands_now
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from compliance.domain import analyses, benchmarks, request_decisions
from compliance.enums import BenchmarkStage
from compliance.forms_analysis import AnalysisForm, MetForm, OutcomeForm, benchmark_rows
from compliance.models import Analysis
from compliance.rules_analysis import own_benchmarks
from compliance.views.analysis_desk import desk_frame, desk_request, group_request, version_sent


@private_page
def analysis_edit(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """The text, the draft decision, the recommended benchmarks."""
    extension = group_request(request, state, clock, number)
    require(request.user, "compliance.work_in_group", extension)
    analysis = Analysis.objects.filter(request=extension).first()
    posted = request.POST if request.method == "POST" else None
    form = AnalysisForm(posted, initial=_initial(analysis))
    rows = benchmark_rows(posted, benchmarks.rows_of(extension, BenchmarkStage.ANALYSIS))
    stands: Any = None
    if posted is not None and form.is_valid() and rows.is_valid():
        told = dict(form.cleaned_data)
        version = told.pop("version")
        try:
            words = analyses.Words(**told, benchmarks=rows.rows())
            analyses.write(request=extension, words=words, version=version, by=request.user, at=portal_clock.now())
        except WorkChanged as refusal:
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
            lines = benchmarks.lines(benchmarks.rows_of(extension, BenchmarkStage.ANALYSIS))
            stands.append({"term": _("Recommended benchmarks"), "value": lines or "—", "none": not lines})
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:group-desk", **extension.address)
    refused = bool(form.errors) or (posted is not None and not rows.is_valid())
    context = desk_frame(request, extension) | {"form": form, "rows": rows, "stands": stands}
    return render(request, "compliance/analysis_edit.html", context, status=422 if refused else 200)


def _initial(analysis: Any) -> dict[str, Any]:
    if analysis is None:
        return {"version": 0}
    return {
        "version": analysis.version,
        "text": analysis.text,
        "recommended_until": analysis.recommended_until,
        "draft_decision": analysis.draft_decision,
    }


@private_page
@require_POST
def analysis_issue(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """As a paper of the meeting, with its symbol: public."""
    extension = group_request(request, state, clock, number)
    require(request.user, "compliance.issue_analysis", extension)
    analysis = get_object_or_404(
        Analysis.objects.select_related("request__state", "request__clock", "request__meeting"), request=extension
    )
    try:
        document = analyses.issue(
            analysis=analysis,
            version=version_sent(request),
            code=extension.code,
            by=request.user,
            at=portal_clock.now(),
            is_demonstration=settings.DEMONSTRATION,
        )
    except WorkChanged:
        messages.info(request, _("The analysis was changed after you opened the page. Read it again, then issue it."))
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    except NotRendered:
        messages.error(request, _("The paper could not be made just now. Try again in a minute."))
    else:
        messages.success(request, _("Issued as %(symbol)s. Everybody can read it now.") % {"symbol": document.symbol})
    return redirect("compliance:group-desk", **extension.address)


@private_page
def outcome_draft(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """The decision of the meeting, begun from the request; it goes on where the meeting's decisions are."""
    extension = desk_request(request, state, clock, number)
    require(request.user, "compliance.draft_outcome", extension)
    proposed = request_decisions.proposed(extension)
    initial = {
        "version": extension.version,
        "title": proposed.title,
        "text": proposed.text,
        "granted_until": proposed.granted_until,
        "conditions": proposed.conditions,
    }
    form = OutcomeForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        told = dict(form.cleaned_data)
        version = told.pop("version")
        words = request_decisions.with_(proposed, **told)
        try:
            decision = request_decisions.draft(
                request=extension, version=version, words=words, by=request.user, at=portal_clock.now()
            )
        except WorkChanged as refusal:
            stands_now(form, refusal.now.version)
            form.add_error(None, str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The decision is drafted. Record it once it is taken."))
            return redirect("meetings:decision-page", decision.meeting.key, decision.number)
    context = desk_frame(request, extension) | {"form": form, "beyond": _beyond(extension, form, proposed)}
    return render(request, "compliance/outcome_draft.html", context, status=422 if form.errors else 200)


def _beyond(extension: Any, form: OutcomeForm, proposed: Any) -> str:
    """The sentence on the treaty's limit for the day that stands in the form."""
    day = form.cleaned_data.get("granted_until") if form.is_bound else proposed.granted_until
    return request_decisions.beyond_day(extension, day)


@private_page
def decision_benchmarks(request: PrivateRequest, state: str, clock: str, number: int) -> HttpResponse:
    """The benchmarks that the decision sets: those of the analysis, until they are changed here."""
    extension = desk_request(request, state, clock, number)
    require(request.user, "compliance.set_benchmarks", extension)
    stands = benchmarks.rows_of(extension, BenchmarkStage.DECISION) or benchmarks.rows_of(
        extension, BenchmarkStage.ANALYSIS
    )
    posted = request.POST if request.method == "POST" else None
    form, rows = SeenForm(posted, initial={"version": extension.version}), benchmark_rows(posted, stands)
    if posted is not None and form.is_valid() and rows.is_valid():
        try:
            benchmarks.decide(
                request=extension,
                rows=rows.rows(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=portal_clock.now(),
            )
        except WorkChanged as refusal:
            stands_now(form, refusal.now.version)
            form.add_error(None, str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("compliance:group-desk", **extension.address)
    refused = bool(form.errors) or (posted is not None and not rows.is_valid())
    context = desk_frame(request, extension) | {"form": form, "rows": rows}
    return render(request, "compliance/decision_benchmarks.html", context, status=422 if refused else 200)


@private_page
def benchmark_note(request: PrivateRequest, pk: int) -> HttpResponse:
    """The State, or the ISO, notes that a benchmark is reached."""
    row = get_object_or_404(own_benchmarks(request.user), pk=pk)
    require(request.user, "compliance.note_benchmark", row.request)
    initial = {"version": row.version, "met_on": row.met_on, "note": row.met_note}
    form = MetForm(request.POST if request.method == "POST" else None, initial=initial)
    stands: Any = None
    if form.is_valid():
        try:
            benchmarks.note_met(benchmark=row, by=request.user, at=portal_clock.now(), **form.cleaned_data)
        except WorkChanged as refusal:
            now = refusal.now
            stands = offered_again(
                form, now={"version": now.version, "met_on": now.met_on, "note": now.met_note}, why=str(refusal)
            )
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. Everybody can read it."))
            return redirect(f"{row.request.get_absolute_url()}#benchmark-{row.pk}")
    context = {"benchmark": row, "extension": row.request, "state": row.request.state, "form": form, "stands": stands}
    return render(request, "compliance/benchmark_note.html", context, status=422 if form.errors else 200)
