"""The whole ledger, as a page and as files; and the exchange rates."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import require
from ccm_portal.core.sheets import CSV, XLSX
from ccm_portal.core.views.giving_out import given
from committees.domain.said import WorkRefused
from sponsorship.domain import ledger, ledger_words, rate_entry
from sponsorship.domain.rate_entry import RateDoubtful
from sponsorship.filters_money import LedgerFilter
from sponsorship.forms_money import RateForm
from sponsorship.rules_money import office_entries, office_rates

PAGE = 50


@require_safe
@private_page
def ledger_page(request: PrivateRequest) -> HttpResponse:
    """Every entry that the address asks for, and whether all of them add up."""
    require(request.user, "sponsorship.keep_money", None)
    found = LedgerFilter(request.GET, queryset=office_entries(request.user))
    page = Paginator(found.qs, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found,
        "page": page,
        "lines": ledger_words.lines(page.object_list),
        "sums": sorted(ledger.sums()),
        "faults": ledger.faults(),
    }
    return render(request, "sponsorship/money/ledger.html", context)


@require_safe
@private_page
def ledger_csv(request: PrivateRequest) -> HttpResponse:
    """The entries that the address asks for, whole, with the same words in every language."""
    require(request.user, "sponsorship.keep_money", None)
    with override("en"):
        found = LedgerFilter(request.GET, queryset=office_entries(request.user)).qs
        return given(ledger_words.listing(found, coded=True).csv(), "ccm-sponsorship-ledger.csv", kind=CSV)


@require_safe
@private_page
def ledger_xlsx(request: PrivateRequest) -> HttpResponse:
    require(request.user, "sponsorship.keep_money", None)
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else get_language() or "en"
    with override(language):
        found = LedgerFilter(request.GET, queryset=office_entries(request.user)).qs
        content = ledger_words.listing(found).xlsx(at=clock.now(), language=language)
        return given(content, "ccm-sponsorship-ledger.xlsx", kind=XLSX)


@private_page
def exchange_rates(request: PrivateRequest) -> HttpResponse:
    """The rates that were entered, the last day first, and a form for another."""
    require(request.user, "sponsorship.keep_money", None)
    now = clock.now()
    form = RateForm(request.POST if request.method == "POST" else None, initial={"day": now.date(), "base": "EUR"})
    if form.is_valid():
        try:
            rate_entry.add(**form.cleaned_data, by=request.user, at=now)
        except RateDoubtful as doubt:
            form = RateForm(request.POST, asked_again=True)
            form.is_valid()
            form.add_error("rate", str(doubt))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsorship:exchange-rates")
    page = Paginator(office_rates(request.user).order_by("-day", "base", "quote"), PAGE)
    context = {"form": form, "page": page.get_page(request.GET.get("page"))}
    return render(request, "sponsorship/money/rates.html", context, status=422 if form.errors else 200)
