"""The office's pages of contributions: all of them, one with every cent, a new pledge, a pledge changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import require
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from sponsorship.domain import contributions, ledger, ledger_words
from sponsorship.domain import money_reading as reading
from sponsorship.domain.instalments import open_parts
from sponsorship.enums import EarmarkKind
from sponsorship.forms_money import ChangeForm, PledgeForm, year_rows
from sponsorship.models import Contribution
from sponsorship.rules import office_rounds
from sponsorship.rules_money import office_contributions, office_entries


@require_safe
@private_page
def contribution_list(request: PrivateRequest) -> HttpResponse:
    """Every contribution, by currency; what is free for the rounds to come; whether the ledger adds up."""
    require(request.user, "sponsorship.keep_money", None)
    found = list(office_contributions(request.user).order_by("-pledged_on", "-pk"))
    amounts = reading.amounts(found)
    tables = [
        {"total": total, "rows": [(one, amounts[one.pk]) for one in found if one.currency == total.currency]}
        for total in reading.totals(amounts.values())
    ]
    rounds = reading.open_rounds(office_rounds(request.user).order_by("meeting__starts", "pk"))
    context = {
        "tables": tables,
        "free": reading.free_for_rounds(rounds, on=clock.today()),
        "sums": sorted(ledger.sums()),
        "faults": ledger.faults(),
    }
    return render(request, "sponsorship/money/contribution_list.html", context)


@require_safe
@private_page
def contribution(request: PrivateRequest, pk: int) -> HttpResponse:
    """One contribution: what it comes to, what it is for, and every entry with what was free after it."""
    row = get_object_or_404(office_contributions(request.user), pk=pk)
    entries = office_entries(request.user).filter(contribution=row).order_by("at", "pk")
    context = {
        "row": row,
        "amounts": reading.amounts([row])[row.pk],
        "parts": open_parts([row])[row.pk],
        "lines": ledger_words.lines(entries, running=True),
        "on": clock.today(),
    }
    return render(request, "sponsorship/money/contribution.html", context)


@private_page
def contribution_new(request: PrivateRequest) -> HttpResponse:
    require(request.user, "sponsorship.keep_money", None)
    now = clock.now()
    data = request.POST if request.method == "POST" else None
    form = PledgeForm(data, on=now.date(), initial={"pledged_on": now.date(), "currency": "CHF"})
    rows = year_rows(data, [])
    if data is not None and form.is_valid() and rows.is_valid():
        typed = form.cleaned_data
        try:
            made = contributions.pledge(
                donor=typed["state"] or typed["organisation"],
                currency=typed["currency"],
                terms=form.terms(rows.promised()),
                by=request.user,
                at=now,
            )
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsorship:contribution", pk=made.pk)
    context = {"form": form, "rows": rows, "back": reverse("sponsorship:contribution-list")}
    return _form_page(request, context)


@private_page
def contribution_change(request: PrivateRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(office_contributions(request.user), pk=pk)
    now = clock.now()
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(data, on=now.date(), kept=row, initial=_initial(row))
    years = [{"year": one.year, "amount": one.amount, "due_on": one.due_on} for one in _years(row)]
    rows = year_rows(data, years)
    stands = None
    if data is not None and form.is_valid() and rows.is_valid():
        try:
            contributions.change(
                contribution=row,
                terms=form.terms(rows.promised()),
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=now,
            )
        except WorkChanged as refusal:
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsorship:contribution", pk=pk)
    back = reverse("sponsorship:contribution", args=[pk])
    return _form_page(request, {"form": form, "rows": rows, "row": row, "stands": stands, "back": back})


def _form_page(request: PrivateRequest, context: dict[str, Any]) -> HttpResponse:
    wrong = context["form"].errors or any(context["rows"].errors if context["rows"].is_bound else [])
    return render(request, "sponsorship/money/pledge.html", context, status=422 if wrong else 200)


def _years(row: Contribution) -> Any:
    return row.instalments.order_by("year")


def _initial(row: Contribution) -> dict[str, Any]:
    names = ("pledged_on", "reference", "note", "is_named", "version")
    earmarks = list(row.earmarks.select_related("region_group", "meeting"))
    return {name: getattr(row, name) for name in names} | {
        "earmarks": [one.kind for one in earmarks if one.kind not in (EarmarkKind.REGION, EarmarkKind.MEETING)],
        "regions": [one.region_group.key for one in earmarks if one.region_group],
        "meetings": [one.meeting.key for one in earmarks if one.meeting],
    }
