"""Lending a section to a colleague in another ministry, what is lent to me, and asking for a report to be filed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.permissions import require
from reporting.domain import asking, colleagues
from reporting.form.editions import edition as edition_of
from reporting.forms import LendForm
from reporting.models import Report, SectionLoan
from reporting.rules import lent_sections, own_reports, own_sections, visible_loans, visible_offers


def _report(request: PrivateRequest, state: str, slug: str) -> Report:
    return get_object_or_404(own_reports(request.user), state__slug=state, slug=slug)


def _titles(report: Report) -> dict[str, str]:
    """The sections by key, lettered as the report's own language letters them."""
    form = edition_of(report.edition)
    ordered = form.in_order(language=report.language)
    return {section.key: form.named(section, language=report.language) for section in ordered}


@private_page
def section_lend(request: PrivateRequest, state: str, slug: str) -> HttpResponse:
    """Choose a section and a person. Whoever has no account yet is invited; the code is shown this once."""
    report = _report(request, state, slug)
    if not report.is_open:
        return redirect(report.get_absolute_url())
    titles = _titles(report)
    initial = {"section": request.GET.get("section"), "language": request.LANGUAGE_CODE}
    form = LendForm(request.POST if request.method == "POST" else None, sections=list(titles.items()), initial=initial)
    if form.is_valid():
        words: dict[str, Any] = {name: form.cleaned_data[name] for name in ("email", "name", "language", "message")}
        section = get_object_or_404(own_sections(request.user), report=report, key=form.cleaned_data["section"])
        require(request.user, "reporting.lend_section", section)
        section.report = report
        try:
            lent = colleagues.lend(section=section, by=request.user, at=clock.now(), **words)
        except colleagues.LendRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _lent(request, report, lent, titles[section.key])
    found = colleagues.borrowers(report, at=clock.now())
    context = {
        "report": report,
        "state": report.state,
        "form": form,
        "lent": [{"title": titles[key], "borrowers": found[key]} for key in titles if key in found],
    }
    return render(request, "reporting/section_lend.html", context)


def _lent(request: PrivateRequest, report: Report, lent: colleagues.Lent, title: str) -> HttpResponse:
    if lent.offer is None or not lent.code:
        person = lent.loan.user if lent.loan else lent.offer and lent.offer.invitation.name
        messages.success(request, _("%(section)s is lent to %(name)s.") % {"section": title, "name": person})
        return redirect(report.get_draft_url())
    context = {
        "report": report,
        "state": report.state,
        "invitation": lent.offer.invitation,
        "code": lent.code,
        "title": title,
    }
    return render(request, "reporting/section_lent.html", context)


@private_page
@require_POST
def section_take_back(request: PrivateRequest, state: str, slug: str) -> HttpResponse:
    """End a loan, or an offer of one. It holds from the colleague's next request on."""
    report = _report(request, state, slug)
    kind, _colon, pk = request.POST.get("loan", "").partition(":")
    number = number_of(pk)
    if kind == "offer":
        loan: Any = visible_offers(request.user).filter(pk=number, section__report=report).first()
    else:
        loan = (
            visible_loans(request.user).select_related("user").filter(pk=number, content_object__report=report).first()
        )
    if loan is None:
        messages.info(request, _("This loan has ended already."))
        return redirect(report.get_draft_url())
    name = loan.user if isinstance(loan, SectionLoan) else loan.invitation.name
    require(
        request.user, "reporting.lend_section", loan.content_object if isinstance(loan, SectionLoan) else loan.section
    )
    try:
        colleagues.take_back(loan=loan, by=request.user, at=clock.now())
    except colleagues.LendRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Taken back. %(name)s no longer sees the section.") % {"name": name})
    return redirect(report.get_draft_url())


@require_safe
@private_page
def lent_sections_list(request: PrivateRequest) -> HttpResponse:
    """For the colleague: every section lent to them, with who asked and what for."""
    sections = list(lent_sections(request.user).order_by("report__due", "pk"))
    loans = {
        loan.content_object_id: loan
        for loan in SectionLoan.objects.select_related("lent_by").filter(
            user=request.user, content_object__in=[section.pk for section in sections]
        )
    }
    rows = [
        {
            "section": section,
            "report": section.report,
            "title": edition_of(section.report.edition).section(section.key).title,
            "loan": loans.get(section.pk),
        }
        for section in sections
    ]
    return render(request, "reporting/lent_sections.html", {"rows": rows, "today": clock.today()})


@private_page
@require_POST
def draft_ask(request: PrivateRequest, state: str, slug: str) -> HttpResponse:
    """A drafter asks the approvers to file."""
    report = _report(request, state, slug)
    require(request.user, "reporting.ask_to_file", report)
    try:
        asking.ask_to_file(report=report, by=request.user, at=clock.now())
    except asking.AskRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The approvers are asked to file. They get one mail."))
    return redirect(report.get_draft_url())
