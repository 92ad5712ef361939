"""A journey as the sponsorship officer runs it: the whole file on one page, each part changed on its own."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.pdf.process import NotRendered
from ccm_portal.core.seen import SeenForm, stands_now
from ccm_portal.core.views.giving_out import given
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from sponsorship.domain import coming, duties, invitation_letter, journey_remarks, risks, travel, travel_reading
from sponsorship.enums import OfferStatus, SettlementStatus
from sponsorship.forms_travel import FORMS, ComingForm, RouteForm, initial
from sponsorship.models import TravelFile
from sponsorship.rules_travel import office_travel

TITLES: dict[str, Callable[[], str]] = {
    "dates": lambda: _("Arrival and departure"),
    "visa": lambda: _("Where the visa stands"),
    "insurance": lambda: _("Insurance"),
    "route": lambda: _("Route"),
    "ticket": lambda: _("Ticket"),
    "stay": lambda: _("Hotel and days"),
    "access": lambda: _("Access needs"),
}


@private_page
@require_safe
def journey(request: PrivateRequest, offer: str) -> HttpResponse:
    """Everything about one journey."""
    file = journey_of(request, offer)
    on = portal_clock.today()
    legs = list(file.legs.order_by("position"))
    owed = duties.of_offer(file.offer)
    found = duties.findings(owed, on=on)
    context = frame(file) | {
        "on": on,
        "risks": risks.of_journey(file, on=on),
        "rows": travel_reading.rows(file, legs, journey_remarks.remarks(file, legs)),
        "changeable": _changeable(file),
        "visa_days": travel_reading.visa_days(file, on=on),
        "duties": [(duty, found[duty.pk]) for duty in owed],
        "counts_duties": file.offer.status in duties.OWED,
        "report_due": duties.report_due(file.offer.round),
        "may_mark": on >= file.offer.round.meeting.starts and file.offer.settlement != SettlementStatus.SETTLED,
        "may_invite": file.offer.status == OfferStatus.ACCEPTED,
        "languages": settings.LANGUAGES,
    }
    return render(request, "sponsorship/travel.html", context)


@private_page
def journey_part(request: PrivateRequest, offer: str, part: str) -> HttpResponse:
    """Change one part. What somebody else saved in between stands beside what was typed."""
    file = journey_of(request, offer)
    if part not in TITLES:
        raise Http404
    legs = list(file.legs.order_by("position"))
    form = _form(request, file, part, legs)
    stands: list[Any] | None = None
    if form.is_valid():
        try:
            _save(request, file, part, form)
        except WorkChanged as refusal:
            stands = _came_too_late(form, refusal, part)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsorship:travel", file.offer_id)
    context = frame(file) | {"part": part, "title": TITLES[part](), "form": form, "stands": stands, "legs": legs}
    template = "sponsorship/travel_route.html" if part == travel.ROUTE else "sponsorship/travel_part.html"
    return render(request, template, context, status=422 if form.errors else 200)


@private_page
@require_POST
def journey_letter(request: PrivateRequest, offer: str) -> HttpResponse:
    """Give the letter of invitation its number."""
    file = journey_of(request, offer)
    try:
        travel.issue_letter(file, by=request.user, at=portal_clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The letter has its number. Print it in the language that the embassy reads."))
    return redirect("sponsorship:travel", file.offer_id)


@private_page
@require_safe
def letter_file(request: PrivateRequest, offer: str, language: str) -> HttpResponse:
    """The letter in one language, made for this answer and kept nowhere."""
    file = journey_of(request, offer)
    return letter(request, file, language, back=reverse("sponsorship:travel", args=[file.offer_id]))


def letter(request: HttpRequest, file: TravelFile, language: str, *, back: str) -> HttpResponse:
    """The file; where it cannot be made just now, the page ``back``, which says so.

    :raises Http404: if the letter has no number, the person no name any more, or nobody here writes the language.
    """
    if not file.letter_number or not file.offer.nominee.name or language not in dict(settings.LANGUAGES):
        raise Http404
    try:
        content = invitation_letter.pdf(file, language=language, is_demonstration=settings.DEMONSTRATION)
    except NotRendered:
        messages.error(request, _("The paper could not be made just now. Try again in a minute."))
        return redirect(back)
    return given(content, invitation_letter.name_of(file, language), kind="application/pdf")


@private_page
def journey_came(request: PrivateRequest, offer: str) -> HttpResponse:
    """Say whether the person came."""
    file = journey_of(request, offer)
    stands_as = {
        OfferStatus.TRAVELLED: "yes",
        OfferStatus.NO_SHOW: "no",
    }.get(OfferStatus(file.offer.status), "")
    excused = {True: "yes", False: "no", None: ""}[file.offer.absence_excused]
    start = {"came": stands_as, "reason": file.offer.absence_reason, "excused": excused, "version": file.offer.version}
    form = ComingForm(request.POST if request.method == "POST" else None, initial=start)
    stands = None
    if form.is_valid():
        try:
            _mark(request, file, form)
        except WorkChanged as refusal:
            now = refusal.now
            reads = {True: "yes", False: "no", None: ""}[now.absence_excused]
            kept = {"reason": now.absence_reason, "excused": reads, "version": now.version}
            stands = offered_again(form, now=kept, why=str(refusal))
        except (WorkRefused, TransitionRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted."))
            return redirect("sponsorship:travel", file.offer_id)
    title = _("Did the person come?")
    context = frame(file) | {"part": "came", "title": title, "form": form, "stands": stands}
    return render(request, "sponsorship/travel_part.html", context, status=422 if form.errors else 200)


def journey_of(request: PrivateRequest, offer: str) -> TravelFile:
    """The file of an offer, for an officer. :raises Http404: for anybody else, and where there is none."""
    return get_object_or_404(office_travel(request.user), offer=offer)


def frame(file: TravelFile) -> dict[str, Any]:
    """What every page of a journey says of it."""
    return {
        "file": file,
        "offer": file.offer,
        "round": file.offer.round,
        "state": file.offer.state,
        "person": file.offer.nominee,
        "called": file.offer.nominee.name or _("Name deleted"),
    }


def _changeable(file: TravelFile) -> list[str]:
    """The parts that can still be changed."""
    if file.offer.settlement == SettlementStatus.SETTLED:
        return []
    if file.offer.status in (OfferStatus.WITHDRAWN, OfferStatus.NO_SHOW):
        return [travel.TICKET]
    return list(TITLES)


def _form(request: PrivateRequest, file: TravelFile, part: str, legs: list[Any]) -> SeenForm:
    sent = request.POST if request.method == "POST" else None
    if part == travel.ROUTE:
        return RouteForm(sent, legs=legs, initial={"version": file.version})
    return FORMS[part](sent, initial=initial(file, part))


def _save(request: PrivateRequest, file: TravelFile, part: str, form: SeenForm) -> None:
    version, by, at = form.cleaned_data["version"], request.user, portal_clock.now()
    if isinstance(form, RouteForm):
        travel.route(file, legs=form.legs(), version=version, by=by, at=at)
    elif part == travel.TICKET:
        travel.ticket(file, values=form.cleaned_data, version=version, by=by, at=at)
    else:
        travel.note(file, part=part, values=form.cleaned_data, version=version, by=by, at=at)


def _came_too_late(form: SeenForm, refusal: WorkChanged, part: str) -> list[Any]:
    """The form again, over what stands now; of a route, the page shows its legs."""
    if part != travel.ROUTE:
        return offered_again(form, now=initial(refusal.now, part), why=str(refusal))
    stands_now(form, refusal.now.version)
    form.add_error(None, str(refusal))
    return []


def _mark(request: PrivateRequest, file: TravelFile, form: ComingForm) -> None:
    said, by, at = form.cleaned_data, request.user, portal_clock.now()
    offer, version = file.offer, said["version"]
    if said["came"] == "yes":
        coming.came(offer, version=version, by=by, at=at)
        return
    act = coming.excuse if offer.status == OfferStatus.NO_SHOW else coming.did_not_come
    act(offer, reason=said["reason"], excused=said["excused"], version=version, by=by, at=at)
