"""For the ISO: what it does around filed reports. It changes nothing that a State filed."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import may, require
from reporting.domain import office, papers, places, questions, thanks, transmissions
from reporting.domain.queries import deadline_of
from reporting.enums import Provenance
from reporting.filters import OfficeReportFilter
from reporting.forms_afterwards import AskForm, RevisionForm, ThankForm
from reporting.models import HEAVY, Report, ReportQuestion, ReportThanks, ReportVersion
from reporting.rules import awaiting_acknowledgement, entries, office_questions, office_reports

PAGE = 50


@require_safe
@private_page
def office_reports_list(request: HttpRequest) -> HttpResponse:
    """What is new, what waits for whom; filtered by address."""
    user = request.user
    if not may(user, "reporting.look_after_reports", None):
        raise Http404
    on = clock.today()
    filtered = OfficeReportFilter(request.GET, queryset=office.looked_after(user), user=user, on=on)
    context = {
        "filter": filtered,
        "page": Paginator(filtered.qs, PAGE).get_page(request.GET.get("page")),
        "tabs": _tabs(request, on=on),
        "waiting": awaiting_acknowledgement(user).count(),
        "entries": entries(user).order_by("created_at", "pk"),
    }
    return render(request, "reporting/office_reports.html", context)


def _tabs(request: HttpRequest, *, on: date) -> list[dict[str, Any]]:
    """The sorts of work, each with how many reports wait."""
    user, shown = request.user, request.GET.get("show", "")
    sorts = (
        ("", _("All filed reports"), None),
        ("thanks", _("To thank for"), office.to_thank(user, on=on)),
        ("questions", _("Questions not answered"), office.awaiting_answers(user)),
        ("answers", _("Answers to read"), office.with_new_answers(user)),
        ("papers", _("Awaiting the State’s confirmation"), office.awaiting_confirmation(user)),
    )
    return [
        {
            "label": label,
            "url": f"?show={key}" if key else request.path,
            "current": key == shown,
            "count": None if reports is None else reports.count(),
        }
        for key, label, reports in sorts
    ]


@require_safe
@private_page
def office_report(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    return _page(request, _report(request, state, slug))


@private_page
@require_POST
def thank(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    report = _report(request, state, slug)
    require(request.user, "reporting.thank_and_ask", report)
    form = ThankForm(request.POST, auto_id="thank_%s")
    if form.is_valid():
        try:
            thanks.thank(
                version=_version_seen(report, form), text=form.cleaned_data["text"], by=request.user, at=clock.now()
            )
        except thanks.ThanksRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The State is thanked. The mails leave within a minute."))
            return redirect("reporting:office-report", state, slug)
    return _page(request, report, thank_form=form, status=422)


@private_page
@require_POST
def ask(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    report = _report(request, state, slug)
    require(request.user, "reporting.thank_and_ask", report)
    form = AskForm(request.POST, places=places.places_of(report), auto_id="ask_%s")
    if form.is_valid():
        try:
            questions.ask(
                version=_version_seen(report, form),
                place=form.cleaned_data["place"],
                text=form.cleaned_data["text"],
                by=request.user,
                at=clock.now(),
            )
        except questions.QuestionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question is asked. The State’s people see it, and nobody else."))
            return redirect("reporting:office-report", state, slug)
    return _page(request, report, ask_form=form, status=422)


@private_page
@require_POST
def question_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    try:
        questions.withdraw(question=question, by=request.user, at=clock.now())
    except questions.QuestionRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The question is withdrawn. The State no longer sees it."))
    return _back(question)


@private_page
@require_POST
def question_noted(request: HttpRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    form = RevisionForm(request.POST)
    try:
        revision = form.cleaned_data["revision"] if form.is_valid() else 0
        questions.note_answer(question=question, by=request.user, at=clock.now(), revision=revision)
    except questions.QuestionChanged:
        messages.info(request, _("The State has answered anew. Read the answer as it is now."))
    except questions.QuestionRefused as refusal:
        messages.info(request, str(refusal))
    return _back(question)


def _report(request: HttpRequest, state: str, slug: str) -> Report:
    return get_object_or_404(office_reports(request.user), state__slug=state, slug=slug)


def _question(request: HttpRequest, pk: int) -> ReportQuestion:
    question = get_object_or_404(office_questions(request.user), pk=pk)
    require(request.user, "reporting.thank_and_ask", question.version.report)
    return question


def _back(question: ReportQuestion) -> HttpResponse:
    report = question.version.report
    return redirect(f"{reverse('reporting:office-report', args=[report.state.slug, report.slug])}#questions")


def _version_seen(report: Report, form: forms.Form) -> ReportVersion:
    """The version that the office had before it: the operation refuses it if there is a newer one."""
    return get_object_or_404(
        ReportVersion.objects.select_related("report__state", "filed_by"),
        report=report,
        number=form.cleaned_data["version"],
    )


def _page(
    request: HttpRequest,
    report: Report,
    *,
    thank_form: ThankForm | None = None,
    ask_form: AskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = list(
        ReportVersion.objects.select_related("report__state", "filed_by", "transmission")
        .defer(*HEAVY)
        .filter(report=report)
        .order_by("-number")
    )
    version = versions[0]
    given = list(ReportThanks.objects.filter(version__report=report).select_related("version", "given_by"))
    asked = list(office_questions(request.user).filter(version__report=report).order_by("asked_at", "pk"))
    names = dict(places.places_of(report))
    is_thanked = any(one.version_id == version.pk for one in given)
    seen = {"version": version.number}
    context = {
        "report": report,
        "state": report.state,
        "version": version,
        "versions": versions,
        "first": versions[-1],
        "deadline": deadline_of(version.due),
        "sending": transmissions.sending_of(version),
        "paper": papers.paper_of(report),
        "stands_as_entered": version.provenance == Provenance.ISO,
        "thanks": given,
        "thank_form": None
        if is_thanked and thank_form is None
        else thank_form or ThankForm(initial={**seen, "text": thanks.proposed_text(version)}, auto_id="thank_%s"),
        "ask_form": ask_form or AskForm(initial=seen, places=list(names.items()), auto_id="ask_%s"),
        "questions": [{"it": one, "place": names.get(one.place, names[places.WHOLE])} for one in asked],
    }
    return render(request, "reporting/office_report.html", context, status=status)
