"""A journey as the delegates of the State see it: what is missing, days, visa, ticket; nothing sealed, no money."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.http import PrivateRequest, private_page
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from sponsorship.domain import duties, journey_remarks, risks, standing, travel, travel_reading
from sponsorship.enums import DutyKind, OfferStatus
from sponsorship.forms_travel import ReportForm, TellVisaForm
from sponsorship.models import Duty, TravelFile
from sponsorship.rules_travel import own_duties, own_travel
from sponsorship.views.travel_office import frame, letter


@private_page
@require_safe
def own_journey(request: PrivateRequest, state: str, round: str, offer: str) -> HttpResponse:
    """The journey, what it waits for, and what the State has to do."""
    file = _journey(request, state, round, offer)
    on = portal_clock.today()
    legs = list(file.legs.order_by("position"))
    owed = duties.of_offer(file.offer)
    found = duties.findings(owed, on=on)
    is_ahead = file.offer.status == OfferStatus.ACCEPTED
    context = frame(file) | {
        "on": on,
        "is_ahead": is_ahead,
        "languages": settings.LANGUAGES,
        "missing": standing.missing_for_travel(file) if is_ahead else [],
        "risks": risks.of_journey(file, on=on),
        "rows": travel_reading.rows_for_the_state(file, legs, journey_remarks.remarks(file, legs)),
        "visa_days": travel_reading.visa_days(file, on=on) if is_ahead else None,
        "duties": [(duty, found[duty.pk]) for duty in owed] if file.offer.status in duties.OWED else [],
        "report_due": duties.report_due(file.offer.round),
    }
    return render(request, "sponsorship/own_travel.html", context)


@private_page
def own_visa(request: PrivateRequest, state: str, round: str, offer: str) -> HttpResponse:
    """The State says where the visa of its person stands."""
    file = _journey(request, state, round, offer)
    form = TellVisaForm(request.POST if request.method == "POST" else None, initial=_stands(file))
    stands = None
    if form.is_valid():
        cleaned = form.cleaned_data
        values = {"visa": cleaned["visa"], "visa_applied_on": cleaned["visa_applied_on"], "visa_note": file.visa_note}
        try:
            travel.note(
                file, part="visa", values=values, version=cleaned["version"], by=request.user, at=portal_clock.now()
            )
        except WorkChanged as refusal:
            stands = offered_again(form, now=_stands(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("sponsorship:own-travel", state, round, file.offer_id)
    context = frame(file) | {"title": _("Where the visa stands"), "form": form, "stands": stands}
    return render(request, "sponsorship/own_travel_form.html", context, status=422 if form.errors else 200)


@private_page
@require_safe
def own_letter(request: PrivateRequest, offer: str, language: str) -> HttpResponse:
    """The letter of invitation, for the embassy to which the State's delegation goes."""
    file = get_object_or_404(own_travel(request.user), offer=offer, offer__status=OfferStatus.ACCEPTED)
    asked = [file.offer.state.slug, file.offer.round.key, file.offer_id]
    return letter(request, file, language, back=reverse("sponsorship:own-travel", args=asked))


@private_page
@require_safe
def own_duty_list(request: PrivateRequest, state: str, round: str) -> HttpResponse:
    """What the State's people owe for a round."""
    its = own_duties(request.user).filter(offer__nominee__application__state__slug=state, offer__round__key=round)
    rows = list(its)
    if not rows:
        raise Http404
    order = list(DutyKind)
    owed = [duty for duty in rows if duty.offer.status in duties.OWED]
    owed.sort(key=lambda duty: (duty.offer.nominee.rank, duty.offer.pk, order.index(DutyKind(duty.kind))))
    found = duties.findings(owed, on=portal_clock.today())
    first = rows[0]
    context = {
        "state": first.offer.state,
        "round": first.offer.round,
        "duties": [(duty, found[duty.pk]) for duty in owed],
        "report_due": duties.report_due(first.offer.round),
    }
    return render(request, "sponsorship/own_duties.html", context)


@private_page
def own_report(request: PrivateRequest, state: str, round: str, pk: int) -> HttpResponse:
    """Hand in the report on the participation, or another in its place."""
    duty = _report(request, state, round, pk)
    start = {"text": duty.text, "version": duty.version}
    form = ReportForm(request.POST if request.method == "POST" else None, initial=start)
    stands = None
    if form.is_valid():
        try:
            duties.hand_in(
                duty,
                text=form.cleaned_data["text"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=portal_clock.now(),
            )
        except WorkChanged as refusal:
            now = {"text": refusal.now.text, "version": refusal.now.version}
            stands = offered_again(form, now=now, why=str(refusal))
        except WorkRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("The report is handed in."))
            return redirect("sponsorship:own-duties", state, round)
    context = {
        "duty": duty,
        "state": duty.offer.state,
        "round": duty.offer.round,
        "person": duty.offer.nominee,
        "called": duty.offer.nominee.name or _("Name deleted"),
        "report_due": duties.report_due(duty.offer.round),
        "title": DutyKind.REPORT.label,
        "form": form,
        "stands": stands,
    }
    return render(request, "sponsorship/own_report.html", context, status=422 if form.errors else 200)


def _journey(request: PrivateRequest, state: str, round: str, offer: str) -> TravelFile:
    asked = {"offer": offer, "offer__round__key": round, "offer__nominee__application__state__slug": state}
    return get_object_or_404(own_travel(request.user), **asked)


def _report(request: PrivateRequest, state: str, round: str, pk: int) -> Duty:
    asked = {"pk": pk, "offer__round__key": round, "offer__nominee__application__state__slug": state}
    return get_object_or_404(own_duties(request.user).filter(kind=DutyKind.REPORT), **asked)


def _stands(file: TravelFile) -> dict[str, object]:
    return {"visa": file.visa, "visa_applied_on": file.visa_applied_on, "version": file.version}
