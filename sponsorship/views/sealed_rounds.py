"""What is sealed in a round: changed bank accounts, who read what, and the end of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.views.fresh import asks_again, signed_in_just_now, to_sign_in_again
from committees.domain.said import WorkRefused
from sponsorship import workflow_sealed
from sponsorship.domain import bank_changes, purging, readings
from sponsorship.enums import RoundStatus, SealedKind
from sponsorship.forms_sealed import PurgeForm, SettleForm
from sponsorship.models import BankChange
from sponsorship.rules import office_rounds
from sponsorship.rules_sealed import READ_SEALED, logged_rounds, office_bank_changes
from sponsorship.views.sealed import frame, rows_of

PAGE = 100
ACTS = {
    "confirm": (bank_changes.confirm, _lazy("The new account is in force.")),
    "refuse": (bank_changes.refuse, _lazy("Refused. The account that was there stays.")),
    "take_back": (bank_changes.take_back, _lazy("Taken back. The account that was there stays.")),
}


def _change(request: PrivateRequest, pk: int) -> BankChange:
    return get_object_or_404(office_bank_changes(request.user), pk=pk)


def _change_page(request: PrivateRequest, change: BankChange, **context: Any) -> HttpResponse:
    words = frame(change.nominee) | {
        "change": change,
        "waits": workflow_sealed.CONFIRM_CHANGE.starts_at(change),
        "may_settle": may(request.user, workflow_sealed.CONFIRM_CHANGE.perm, change),
        "may_take_back": may(request.user, workflow_sealed.TAKE_BACK_CHANGE.perm, change),
    }
    return render(request, "sponsorship/bank_change.html", words | context)


@private_page
@require_safe
def bank_change(request: PrivateRequest, pk: int) -> HttpResponse:
    """A changed account, masked: who proposed it, why, and who may settle it."""
    return _change_page(request, _change(request, pk))


@private_page
@require_POST
def bank_change_read(request: PrivateRequest, pk: int) -> HttpResponse:
    """Both accounts, read right after signing in and logged."""
    change = _change(request, pk)
    if not signed_in_just_now(request):
        return to_sign_in_again(request.path.removesuffix("read/"))
    try:
        compared = bank_changes.read_change(change, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("sponsorship:bank-change", change.pk)
    return _change_page(
        request,
        change,
        now=rows_of(SealedKind.BANK, compared.now),
        proposed=rows_of(SealedKind.BANK, compared.proposed),
    )


@private_page
@require_POST
def bank_change_settle(request: PrivateRequest, pk: int) -> HttpResponse:
    """Confirm, refuse, or take back; right after signing in."""
    change = _change(request, pk)
    form = SettleForm(request.POST)
    if not signed_in_just_now(request):
        return to_sign_in_again(request.path.removesuffix("settle/"))
    if form.is_valid():
        act, done = ACTS[form.cleaned_data["act"]]
        try:
            act(change, by=request.user, at=clock.now(), version=form.cleaned_data["version"])
        except WorkRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
            return redirect("sponsorship:sealed", change.nominee_id)
    return redirect("sponsorship:bank-change", change.pk)


@private_page
@require_safe
def reading_list(request: PrivateRequest, round: str) -> HttpResponse:
    """Who read what of a round, the newest first. The auditor sees numbers in place of persons."""
    found = get_object_or_404(logged_rounds(request.user), key=round)
    page = Paginator(readings.of_round(found), PAGE).get_page(request.GET.get("page"))
    named = may(request.user, READ_SEALED, None)
    context = {
        "round": found,
        "page": page,
        "rows": readings.rows(page.object_list, named=named),
        "named": named,
        "purge_day": purging.purge_day(found),
    }
    return render(request, "sponsorship/reading_list.html", context)


@private_page
def round_purge(request: PrivateRequest, round: str) -> HttpResponse:
    """When the sealed data of a round end; once it is settled, an officer may end them earlier."""
    found = get_object_or_404(office_rounds(request.user), key=round)
    require(request.user, READ_SEALED, found)
    form = PurgeForm(request.POST if request.method == "POST" else None, initial={"version": found.version})
    if form.is_valid() and not asks_again(request, form):
        try:
            purging.end_early(found, by=request.user, at=clock.now(), version=form.cleaned_data["version"])
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The sealed data of this round are destroyed."))
            return redirect("sponsorship:round-purge", found.key)
    context = {
        "round": found,
        "form": form,
        "purge_day": purging.purge_day(found),
        "purged_at": purging.purged_at(found),
        "is_settled": found.status == RoundStatus.SETTLED,
    }
    return render(request, "sponsorship/round_purge.html", context, status=422 if form.errors else 200)
