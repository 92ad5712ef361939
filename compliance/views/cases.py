"""One matter: what is asked and on whose word; to change it, and to join it with others."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest
from ccm_portal.core.permissions import may
from committees.domain.said import WorkRefused
from committees.views.acting import tried
from compliance.domain import case_links, cases
from compliance.enums import Protection, Side
from compliance.forms_cases import EditCaseForm, EditSourceForm, JoinForm, SourceForm
from compliance.models import CasePlace, ComplianceCase
from compliance.panels_cases import case_heads, case_panels
from compliance.rules import team_cases, visible_sources
from compliance.views.case_pages import case_frame, case_page


@require_safe
@case_page("compliance.read_case")
def case(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """What everybody named in it sees; and to each what their place shows beside it."""
    return _page(request, case, place)


def _page(
    request: PrivateRequest, case: ComplianceCase, place: CasePlace, join: JoinForm | None = None
) -> HttpResponse:
    context = case_frame(request, case, place, "case")
    of_the_team = place.side == Side.TEAM
    if of_the_team and context["may_write"]:
        context["join"] = join or JoinForm(others=_others(request, case))
    context |= {
        "heads": case_heads(case, request.user, place, at=clock.now()),
        "panels": case_panels(case, request.user, place, at=clock.now()),
        "of_the_team": of_the_team,
        "sources": visible_sources(request.user, case),
        "links": case_links.related(case, request.user) if of_the_team else [],
    }
    return render(request, "compliance/case.html", context, status=422 if join else 200)


@case_page("compliance.lead_case")
def case_edit(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """Its name, its article, what is known, the words that no report may hold."""
    form = EditCaseForm(request.POST if request.method == "POST" else None, initial=_initial(case))
    stands: list[dict[str, Any]] = []
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("title", "article", "facts", "version")}
        words = form.restricted_words()
        done, stands = tried(
            form,
            lambda: cases.edit_case(case=case, restricted_words=words, by=request.user, at=clock.now(), **told),
            now=_initial,
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect("compliance:case", case=case.pk)
    context = case_frame(request, case, place, "case") | {
        "form": form,
        "stands": stands,
        "head": _("Change the matter"),
    }
    return render(request, "compliance/case_form.html", context, status=422 if form.errors else 200)


def _initial(case: Any) -> dict[str, Any]:
    names = ("title", "article", "facts", "version")
    return {name: getattr(case, name) for name in names} | {"words": "\n".join(case.restricted_words)}


@case_page("compliance.write_case")
def source_new(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """One more source. One for the President alone is noted by the President alone."""
    form = SourceForm(request.POST if request.method == "POST" else None)
    if not may(request.user, "compliance.lead_case", case):
        open_to_team = [choice for choice in Protection.choices if choice[0] != Protection.LEAD]
        form.fields["protection"].choices = open_to_team  # type: ignore[attr-defined]
    if form.is_valid():
        done, _stands = tried(
            form, lambda: cases.add_source(case=case, source=form.given(), by=request.user, at=clock.now())
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect("compliance:case", case=case.pk)
    context = case_frame(request, case, place, "case") | {"form": form, "head": _("Note a source")}
    return render(request, "compliance/case_form.html", context, status=422 if form.errors else 200)


@case_page("compliance.lead_case")
def source(request: PrivateRequest, case: ComplianceCase, place: CasePlace, pk: int) -> HttpResponse:
    """Correct a source, or protect it otherwise."""
    row = get_object_or_404(visible_sources(request.user, case), pk=pk)
    form = EditSourceForm(request.POST if request.method == "POST" else None, initial=_initial_source(row))
    stands: list[dict[str, Any]] = []
    if form.is_valid():
        version = form.cleaned_data["version"]
        done, stands = tried(
            form,
            lambda: cases.edit_source(source=row, given=form.given(), version=version, by=request.user, at=clock.now()),
            now=_initial_source,
        )
        if done:
            messages.success(request, _("Saved."))
            return redirect("compliance:case", case=case.pk)
    context = case_frame(request, case, place, "case") | {
        "form": form,
        "stands": stands,
        "head": _("Change the source"),
    }
    return render(request, "compliance/case_form.html", context, status=422 if form.errors else 200)


def _initial_source(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("name", "said", "reference", "protection", "version")}


@require_POST
@case_page("compliance.write_case")
def case_join(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """Join it with a matter in whose team the person writes too."""
    form = JoinForm(request.POST, others=_others(request, case))
    if form.is_valid():
        try:
            case_links.join(case=case, by=request.user, at=clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The matters are joined."))
            return redirect("compliance:case", case=case.pk)
    return _page(request, case, place, form)


@require_POST
@case_page("compliance.write_case")
def case_part(request: PrivateRequest, case: ComplianceCase, place: CasePlace, pk: int) -> HttpResponse:
    """They do not belong together after all."""
    link = next((one for one in case_links.related(case, request.user) if one.pk == pk), None)
    if link is None:
        raise Http404
    try:
        case_links.part(case=case, link=link, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    return redirect("compliance:case", case=case.pk)


def _others(request: PrivateRequest, case: ComplianceCase) -> Any:
    return team_cases(request.user).exclude(pk=case.pk).order_by("state__sort_en", "title", "pk")
