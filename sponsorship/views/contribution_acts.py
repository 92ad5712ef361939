"""Money that comes in or goes back, a donor's new currency, an entry taken back: one small form each."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.seen import stands_now
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import contributions, ledger_words, money
from sponsorship.domain import money_reading as reading
from sponsorship.domain.rates import RateMissing
from sponsorship.forms_money import CurrencyForm, MoneyForm, UndoForm
from sponsorship.models import Contribution
from sponsorship.rules_money import office_contributions, office_entries


@private_page
def receive(request: PrivateRequest, pk: int) -> HttpResponse:
    """Enter money received."""
    row = get_object_or_404(office_contributions(request.user), pk=pk)

    def act(typed: dict[str, Any]) -> str:
        got = contributions.receive(contribution=row, by=request.user, at=clock.now(), **typed)
        if got.over:
            return _("Saved. %(amount)s more than was pledged has come in.") % {
                "amount": money.told(got.over, row.currency)
            }
        return _("Saved.")

    initial = {"version": row.version, "day": clock.today()}
    return _page(request, row, MoneyForm, initial, act, title=_("Enter money received"))


@private_page
def give_back(request: PrivateRequest, pk: int) -> HttpResponse:
    """Enter money that went back to the donor."""
    row = get_object_or_404(office_contributions(request.user), pk=pk)

    def act(typed: dict[str, Any]) -> str:
        contributions.give_back(contribution=row, by=request.user, at=clock.now(), **typed)
        return _("Saved.")

    free = reading.amounts([row])[row.pk].told()["free"]
    lede = _("%(amount)s is free. What is held or spent stays.") % {"amount": free}
    initial = {"version": row.version, "day": clock.today()}
    return _page(request, row, MoneyForm, initial, act, title=_("Enter money returned to the donor"), lede=lede)


@private_page
def change_currency(request: PrivateRequest, pk: int) -> HttpResponse:
    """Enter that the donor goes on in another currency."""
    row = get_object_or_404(office_contributions(request.user), pk=pk)
    made: list[Contribution] = []

    def act(typed: dict[str, Any]) -> str:
        made.append(contributions.change_currency(contribution=row, by=request.user, at=clock.now(), **typed))
        return _("Saved.")

    lede = _("What is still to come is converted at the rate of that day. What was received stays in %(currency)s.")
    initial = {"version": row.version, "day": clock.today()}
    title = _("The donor changes its currency")
    answer = _page(request, row, CurrencyForm, initial, act, title=title, lede=lede % {"currency": row.currency})
    return redirect("sponsorship:contribution", pk=made[0].pk) if made else answer


@private_page
def undo(request: PrivateRequest, pk: int, entry: int) -> HttpResponse:
    """Take an entry back by its opposite."""
    row = get_object_or_404(office_contributions(request.user), pk=pk)
    wrong = get_object_or_404(office_entries(request.user).filter(contribution=row), pk=entry)
    told = ledger_words.lines([wrong])[0]

    def act(typed: dict[str, Any]) -> str:
        contributions.undo(entry=wrong, by=request.user, at=clock.now(), **typed)
        return _("Saved.")

    lede = f"{told.title}, {told.amount}. " + _("It stays in the ledger, with the entry that takes it back.")
    return _page(request, row, UndoForm, {"version": row.version}, act, title=_("Take an entry back"), lede=lede)


def _page(
    request: PrivateRequest,
    row: Contribution,
    kind: type[forms.Form],
    initial: dict[str, Any],
    act: Callable[[dict[str, Any]], str],
    *,
    title: str,
    lede: str = "",
) -> HttpResponse:
    form = kind(request.POST if request.method == "POST" else None, initial=initial)
    rate_missing = False
    if form.is_valid():
        try:
            told = act(form.cleaned_data)
        except WorkChanged as refusal:
            stands_now(form, refusal.now.version)
            form.add_error(None, _("Something was entered meanwhile: look at the contribution, then save again."))
        except WorkRefused as refusal:
            rate_missing = isinstance(refusal, RateMissing)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, told)
            return redirect("sponsorship:contribution", pk=row.pk)
    context = {"row": row, "form": form, "title": title, "lede": lede, "rate_missing": rate_missing}
    return render(request, "sponsorship/money/act.html", context, status=422 if form.errors else 200)
