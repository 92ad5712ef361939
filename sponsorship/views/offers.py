"""Offers: read and answered by the State, run by the officers with the waiting list beside."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.writing import number_text
from committees.views.acting import pressed, tried
from sponsorship.domain import money, offers, waiting
from sponsorship.domain.standing import OFFER_BADGES, where_it_stands
from sponsorship.enums import NomineeStatus, OfferStatus, RoundStatus
from sponsorship.forms_assessment import ReplyForm
from sponsorship.models import Nominee, Offer, WaitingMove
from sponsorship.rules import office_offers, office_rounds, own_offers
from sponsorship.views.assessing import frame


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def offer_reply(request: PrivateRequest, state: str, round: str, offer: str) -> HttpResponse:
    """An offer as the State reads it: what is paid, what is owed, until when to answer."""
    asked = {"pk": offer, "round__key": round, "nominee__application__state__slug": state}
    its = get_object_or_404(own_offers(request.user), **asked)
    return _answer(request, its, on_behalf=False)


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def offer_desk(request: PrivateRequest, round: str, offer: str) -> HttpResponse:
    """The same for an officer, who may note what the State said."""
    its = get_object_or_404(office_offers(request.user), pk=offer, round__key=round)
    return _answer(request, its, on_behalf=True)


def _answer(request: PrivateRequest, its: Offer, *, on_behalf: bool) -> HttpResponse:
    perm = "sponsorship.note_reply" if on_behalf else "sponsorship.reply_offer"
    posted = request.POST if request.method == "POST" else None
    if posted is not None:
        require(request.user, perm, its)
    withdraws = its.status == OfferStatus.ACCEPTED
    can = may(request.user, perm, its) and its.status in (OfferStatus.OFFERED, OfferStatus.ACCEPTED)
    form = ReplyForm(posted, on_behalf=on_behalf, withdraws=withdraws, initial={"version": its.version})
    if form.is_valid():
        done, _stands = tried(form, lambda: _do(its, form.cleaned_data, request, on_behalf=on_behalf))
        if done:
            messages.success(request, _said(done))
            return redirect(request.path)
    context = {
        "offer": its,
        "state": its.state,
        "round": its.round,
        "meeting": its.round.meeting,
        "person": its.nominee.name or _("Person %(rank)s") % {"rank": its.nominee.rank},
        "badge": OFFER_BADGES.get(OfferStatus(its.status), "unchanged"),
        "standing": where_it_stands(its.nominee, on=clock.today()),
        "paid": _paid(its),
        "total": money.told(its.total, its.round.currency),
        "form": form,
        "can": can,
        "withdraws": withdraws,
        "on_behalf": on_behalf,
        "is_over": its.status == OfferStatus.OFFERED and clock.now() > its.reply_by,
        "journey": _journey(its, on_behalf=on_behalf),
        "back": _back(its, on_behalf=on_behalf),
    }
    return render(request, "sponsorship/offer.html", context, status=422 if form.errors else 200)


def _journey(its: Offer, *, on_behalf: bool) -> str:
    """Where the journey is read, once its file is open."""
    if not hasattr(its, "travel"):
        return ""
    if on_behalf:
        return reverse("sponsorship:travel", args=[its.pk])
    return reverse("sponsorship:own-travel", args=[its.state.slug, its.round.key, its.pk])


def _back(its: Offer, *, on_behalf: bool) -> str:
    if on_behalf:
        return reverse("sponsorship:waiting", args=[its.round.key])
    return reverse("sponsorship:application", args=[its.state.slug, its.round.key])


def _do(its: Offer, told: dict[str, Any], request: PrivateRequest, *, on_behalf: bool) -> Offer:
    by, at, version = request.user, clock.now(), told["version"]
    if told["act"] == "withdraw":
        return offers.withdraw(its, version=version, reason=told["note"], by=by, at=at)
    act = offers.accept if told["act"] == "accept" else offers.decline
    return act(its, version=version, note=told["note"], on_behalf=on_behalf, by=by, at=at)


def _said(done: Offer) -> str:
    return {
        OfferStatus.ACCEPTED: _("Accepted. The journey is prepared now."),
        OfferStatus.DECLINED: _("Declined. The place goes to the next on the list."),
        OfferStatus.WITHDRAWN: _("Withdrawn. The place goes to the next on the list."),
    }[OfferStatus(done.status)]


def _paid(its: Offer) -> list[dict[str, Any]]:
    """What the programme pays, line by line, at the assumed amounts."""
    currency = its.round.currency
    nights = ngettext("%(count)s night at %(rate)s", "%(count)s nights at %(rate)s", its.nights)
    days = ngettext("%(count)s day at %(rate)s", "%(count)s days at %(rate)s", its.days)
    return [
        {"term": _("Ticket"), "value": money.told(its.ticket, currency)},
        {
            "term": _("Hotel"),
            "value": nights % {"count": number_text(its.nights), "rate": money.told(its.night_rate, currency)},
        },
        {
            "term": _("Daily allowance"),
            "value": days % {"count": number_text(its.days), "rate": money.told(its.daily_rate, currency)},
        },
        {"term": _("Terminal expenses"), "value": money.told(its.terminal, currency)},
    ]


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def waiting_page(request: PrivateRequest, round: str) -> HttpResponse:
    """Offers and waiting list of an announced round, each step with its reason."""
    its = get_object_or_404(office_rounds(request.user).filter(announced_at__isnull=False), key=round)
    if request.method == "POST":
        return pressed(
            request,
            lambda _version: waiting.move_on(its, by=request.user, at=clock.now()),
            done=_("The waiting list was gone through. Each step stands below."),
            to=reverse("sponsorship:waiting", args=[its.key]),
        )
    found = Offer.objects.filter(round=its).select_related("nominee__application__state")
    made = list(found.order_by("offered_at", "pk"))
    listed = Nominee.objects.filter(application__round=its, status=NomineeStatus.WAITING)
    moves = WaitingMove.objects.filter(round=its).select_related(
        "nominee__application__state", "after__nominee__application__state"
    )
    left = offers.places_left(its)
    context = frame(request, its, "waiting") | {
        "offers": [(one, OFFER_BADGES.get(OfferStatus(one.status), "unchanged")) for one in made],
        "waiting": list(listed.select_related("application__state").order_by("waiting_rank", "pk")),
        "moves": [(move, waiting.words(move)) for move in moves.order_by("-at", "-pk")[:200]],
        "left": left,
        "can_move": left and its.status == RoundStatus.ANNOUNCED and clock.today() < its.meeting.starts,
    }
    return render(request, "sponsorship/waiting.html", context)
