"""Settling offers, and closing a round: the pages of sponsorship officers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.seen import SeenForm, stands_now
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.acting import tried
from sponsorship import workflow_settlement as workflow
from sponsorship.domain import round_settling, sealed_files, settlement, settlement_reading
from sponsorship.enums import SettlementStatus
from sponsorship.forms_settlement import CostForm, ReasonForm
from sponsorship.models import Offer
from sponsorship.rules import office_rounds
from sponsorship.rules_settlement import office_costs, office_settlements

REFUSALS = (WorkRefused, TransitionRefused, FileRefused)


@private_page
@require_safe
def settlement_list(request: PrivateRequest) -> HttpResponse:
    """Everything that waits for its settlement, round by round."""
    get_object_or_404(office_rounds(request.user)[:1])
    found = settlement_reading.with_worth(settlement_reading.to_do(office_settlements(request.user)))
    rounds: dict[Any, list[Offer]] = {}
    for offer in found:
        rounds.setdefault(offer.round, []).append(offer)
    return render(request, "sponsorship/settlement_list.html", {"rounds": list(rounds.items())})


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def settlement_page(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """One offer: planned beside paid, each payment, and a form for the next."""
    offer = _offer(request, pk)
    if request.method != "POST":
        return _page(request, offer)
    form = CostForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, offer, cost_form=form)
    try:
        settlement.enter_cost(offer=offer, **_given(form), by=request.user, at=clock.now())
    except settlement.AskedAgain as refusal:
        form.ask_again(asked=True)
        form.add_error(None, str(refusal))
    except WorkChanged as refusal:
        stands_now(form, refusal.now.version)
        form.add_error(None, str(refusal))
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("Saved."))
        return redirect(_at(offer))
    return _page(request, _offer(request, pk), cost_form=form)


@private_page
@require_POST
def cost_undo(request: PrivateRequest, pk: UUID, cost: int) -> HttpResponse:
    """Take one payment, or what came back, out again."""
    found = get_object_or_404(office_costs(request.user), pk=cost, offer=pk)
    _try(
        request,
        lambda: settlement.undo_cost(cost=found, version=_version(request), by=request.user, at=clock.now()),
    )
    return redirect(_at(found.offer))


@private_page
@require_POST
def settlement_close(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """All costs are in."""
    offer = _offer(request, pk)
    _try(
        request,
        lambda: settlement.settle(offer=offer, version=_version(request), by=request.user, at=clock.now()),
    )
    return redirect(_at(offer))


@private_page
@require_POST
def settlement_reopen(request: PrivateRequest, pk: UUID) -> HttpResponse:
    """Something was forgotten."""
    offer = _offer(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        done, _stands = tried(form, lambda: settlement.reopen(offer=offer, **told, by=request.user, at=clock.now()))
        if done:
            messages.success(request, _("Saved."))
            return redirect(_at(offer))
    return _page(request, _offer(request, pk), reopen_form=form)


@private_page
@require_POST
def round_settle(request: PrivateRequest, round: str) -> HttpResponse:
    """Close a round of which everything is settled."""
    found = get_object_or_404(office_rounds(request.user), key=round)
    _try(
        request,
        lambda: round_settling.settle(round=found, version=_version(request), by=request.user, at=clock.now()),
    )
    return redirect("sponsorship:round-desk", round=round)


def _offer(request: PrivateRequest, pk: UUID) -> Offer:
    return get_object_or_404(office_settlements(request.user), pk=pk)


def _at(offer: Offer) -> str:
    return reverse("sponsorship:settlement", args=[offer.pk])


def _version(request: PrivateRequest) -> int:
    return number_of(request.POST.get("version", ""))


def _given(form: CostForm) -> dict[str, Any]:
    """:raises FileRefused: if the receipt is too large; it is not read then."""
    given = dict(form.cleaned_data)
    sent = given.pop("receipt")
    given["came_back"] = given.pop("way") == "back"
    if sent:
        sealed_files.refuse_large(sent.size)
        given["receipt"] = settlement.Receipt(name=sent.name, content=sent.read())
    return given


def _try(request: PrivateRequest, act: Callable[[], Any]) -> None:
    """A button: it did it, or says why not."""
    try:
        act()
    except WorkChanged:
        messages.error(request, _("It was changed after you opened the page. Look at it again, then decide."))
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))


def _page(request: PrivateRequest, offer: Offer, **sent: Any) -> HttpResponse:
    is_open = offer.settlement == SettlementStatus.OPEN
    initial = {"version": offer.version, "currency": offer.round.currency, "paid_on": clock.today()}
    context = {
        "offer": offer,
        "round": offer.round,
        "state": offer.state,
        "sheet": settlement_reading.sheet(offer),
        "is_open": is_open,
        "in_the_way": settlement.still_open(offer) if is_open else [],
        "close": workflow.SETTLE,
        "travel": getattr(offer, "travel", None),
        "cost_form": sent.get("cost_form") or (CostForm(initial=initial) if is_open else None),
        "reopen_form": sent.get("reopen_form") or (None if is_open else ReasonForm(initial={"version": offer.version})),
        "seen": SeenForm(initial={"version": offer.version}),
    }
    return render(request, "sponsorship/settlement.html", context, status=422 if sent else 200)
