"""Reports on a round: counted and issued by officers, read by donors, and that to the meeting by everybody."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ccm_portal.core import clock, files, sheets
from ccm_portal.core.domain.documents import DocumentRefused
from ccm_portal.core.http import PrivateRequest, private_page, public_page
from ccm_portal.core.pdf.process import NotRendered
from ccm_portal.core.symbols import SymbolRefused
from ccm_portal.core.views.giving_out import given
from ccm_portal.core.views.marks import mark
from committees.domain.said import WorkRefused
from meetings.domain import paper_reading
from sponsorship.domain import account_files, account_list, accounts, round_money
from sponsorship.domain import account_paper as paper
from sponsorship.domain.account_words_meeting import told
from sponsorship.forms_settlement import IssueForm
from sponsorship.models import Contribution, IssuedAccount, Round
from sponsorship.rules import office_rounds
from sponsorship.rules_settlement import office_accounts, own_accounts, public_accounts

ENDINGS = ("pdf", "xlsx")
LANGUAGES = {code for code, _name in settings.LANGUAGES}


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_account(request: PrivateRequest, round: str) -> HttpResponse:
    """The report to the meeting as the figures stand, and the button that issues it."""
    return _draft(request, get_object_or_404(office_rounds(request.user), key=round), None)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def donor_account(request: PrivateRequest, round: str, contribution: int) -> HttpResponse:
    """The report to one donor as the figures stand."""
    found = get_object_or_404(office_rounds(request.user), key=round)
    return _draft(request, found, get_object_or_404(round_money.usable_for(found), pk=contribution))


@private_page
@require_POST
def donor_named(request: PrivateRequest, round: str, contribution: int) -> HttpResponse:
    """Whether the report to the meeting names the donor."""
    found = get_object_or_404(office_rounds(request.user), key=round)
    donor = get_object_or_404(round_money.usable_for(found), pk=contribution)
    named = request.POST.get("named") == "yes"
    accounts.name_donor(contribution=donor, named=named, by=request.user, at=clock.now())
    messages.success(request, _("Saved."))
    return redirect("sponsorship:donor-account", round=round, contribution=contribution)


@private_page
@require_safe
def issued_account(request: PrivateRequest, round: str, key: UUID) -> HttpResponse:
    """A report as it was issued, for officers."""
    issued = get_object_or_404(office_accounts(request.user), key=key, round__key=round)
    return _issued(request, issued, office=True)


@private_page
@require_POST
def account_paper(request: PrivateRequest, round: str, key: UUID) -> HttpResponse:
    """Enter a report to the meeting as a paper of it, in the language of the page."""
    issued = get_object_or_404(office_accounts(request.user), key=key, round__key=round)
    try:
        paper.enter(
            issued=issued,
            language=get_language() or "en",
            by=request.user,
            at=clock.now(),
            is_demonstration=settings.DEMONSTRATION,
        )
    except (WorkRefused, SymbolRefused, DocumentRefused) as refusal:
        messages.error(request, str(refusal))
    except NotRendered:
        messages.error(request, _("The PDF could not be made. Try again."))
    else:
        messages.success(request, _("Saved."))
    return redirect("sponsorship:issued-account", round=round, key=key)


@private_page
@require_safe
def own_account(request: PrivateRequest, contribution: int, key: UUID) -> HttpResponse:
    """A report to a donor, as it was issued, for those who act for it."""
    return _issued(request, get_object_or_404(own_accounts(request.user), key=key, contribution=contribution))


@public_page(mark)
def meeting_report(request: HttpRequest, round: str) -> HttpResponse:
    """The last report to the meeting, once one is issued."""
    issued = public_accounts().filter(round__key=round).order_by("-number").first()
    if issued is None:
        raise Http404
    return _issued(request, issued)


@public_page(mark)
def earlier_report(request: HttpRequest, round: str, number: int) -> HttpResponse:
    """One that a later report corrects, or that one itself."""
    return _issued(request, get_object_or_404(public_accounts(), round__key=round, number=number))


@private_page
@require_safe
def account_file(request: PrivateRequest, key: UUID, language: str, ending: str) -> HttpResponse:
    """The file of a report, for officers and for the donor."""
    own = own_accounts(request.user).filter(key=key).first()
    issued = own or get_object_or_404(office_accounts(request.user), key=key)
    return _file(issued, language, ending)


@public_page(mark)
def report_file(request: HttpRequest, round: str, number: int, language: str, ending: str) -> HttpResponse:
    """The file of a report to a meeting, for everybody."""
    return _file(get_object_or_404(public_accounts(), round__key=round, number=number), language, ending)


def _draft(request: PrivateRequest, round: Round, contribution: Contribution | None) -> HttpResponse:
    at = clock.now()
    form = IssueForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            issued = accounts.issue(round=round, contribution=contribution, **form.cleaned_data, by=request.user, at=at)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is issued."))
            return redirect("sponsorship:issued-account", round=round.key, key=issued.key)
    content = accounts.draft(round, contribution, at=at)
    reports = next(one for one in account_list.of_round(round) if one.contribution == contribution)
    context = {
        "round": round,
        "contribution": contribution,
        "report": told(content, round),
        "reports": reports,
        "may_issue": round.status in accounts.TOLD,
        "form": form,
        "seen": accounts.fingerprint(content),
    }
    return render(request, "sponsorship/account_draft.html", context, status=422 if form is not None else 200)


def _issued(request: HttpRequest, issued: IssuedAccount, *, office: bool = False) -> HttpResponse:
    last = accounts.last_of(issued.round, issued.contribution)
    context: dict[str, Any] = {
        "issued": issued,
        "round": issued.round,
        "report": told(accounts.content_of(issued), issued.round),
        "later": last if last and last.number > issued.number else None,
        "office": office,
        "is_public": issued.contribution_id is None,
        "paper": (found := paper.paper_of(issued)) and paper_reading.address(found),
        "codes": [code for code, _name in settings.LANGUAGES],
    }
    return render(request, "sponsorship/account.html", context)


def _file(issued: IssuedAccount, language: str, ending: str) -> HttpResponse:
    if language not in LANGUAGES or ending not in ENDINGS:
        raise Http404
    name = account_files.file_name(issued, language, ending)
    with override(language):
        if ending == "xlsx":
            return given(account_files.xlsx(issued, language, mark=_mark()), name, kind=sheets.XLSX)
        try:
            made = account_files.pdf_file(issued, language, is_demonstration=settings.DEMONSTRATION)
        except NotRendered:
            words = _("The PDF could not be made. Try again.")
            return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    return given(files.read(made), name, kind="application/pdf")


def _mark() -> str:
    words = _("Convention on Cluster Munitions: sponsorship programme")
    return f"{words}. {_('Demonstration data')}" if settings.DEMONSTRATION else words
