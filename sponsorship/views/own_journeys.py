"""The journey of a nominated person, by their own link: what is arranged, the letter of invitation, the report."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from sponsorship.domain import duties, journey_remarks, risks, travel_reading
from sponsorship.enums import DutyKind, OfferStatus
from sponsorship.forms_travel import ReportForm
from sponsorship.models import Duty, PersonalLink, TravelFile
from sponsorship.views.own_parts import by_link, frame
from sponsorship.views.travel_office import letter


@by_link
@require_safe
def link_journey(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """What is arranged, what is missing, what is owed."""
    file = _journey(link)
    on = clock.now().date()
    legs = list(file.legs.order_by("position"))
    owed = duties.of_offer(file.offer) if file.offer.status in duties.OWED else []
    found = duties.findings(owed, on=on)
    is_ahead = file.offer.status == OfferStatus.ACCEPTED
    context = frame(link, token) | {
        "file": file,
        "offer": file.offer,
        "is_ahead": is_ahead,
        "risks": risks.of_journey(file, on=on),
        "rows": travel_reading.rows_for_the_person(file, legs, journey_remarks.remarks(file, legs)),
        "visa_days": travel_reading.visa_days(file, on=on) if is_ahead else None,
        "duties": [(duty, found[duty.pk]) for duty in owed],
        "languages": settings.LANGUAGES,
    }
    return render(request, "sponsorship/link_journey.html", context)


@by_link
@require_safe
def link_letter(request: HttpRequest, link: PersonalLink, token: str, language: str) -> HttpResponse:
    """The letter of invitation, for the embassy."""
    file = _journey(link)
    if file.offer.status != OfferStatus.ACCEPTED:
        raise Http404
    return letter(request, file, language, back=reverse("sponsorship:link-journey", args=[token]))


@by_link
def link_report(request: HttpRequest, link: PersonalLink, token: str) -> HttpResponse:
    """Hand in the report, or another in its place."""
    duty = _report(link)
    form = ReportForm(
        request.POST if request.method == "POST" else None, initial={"text": duty.text, "version": duty.version}
    )
    stands = None
    if form.is_valid():
        said = form.cleaned_data
        try:
            duties.hand_in(duty, text=said["text"], version=said["version"], by=None, at=clock.now())
        except WorkChanged as refusal:
            now = {"text": refusal.now.text, "version": refusal.now.version}
            stands = offered_again(form, now=now, why=str(refusal))
        except WorkRefused as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect("sponsorship:link-journey", token=token)
    lede = _("What you did at the meeting, whom you met, and what your State takes from it. Half a page is enough.")
    context = frame(link, token) | {"form": form, "stands": stands, "title": DutyKind.REPORT.label, "lede": lede}
    return render(request, "sponsorship/own_part_form.html", context, status=422 if form.errors else 200)


def _journey(link: PersonalLink) -> TravelFile:
    """The last journey of the person. :raises Http404: where there is none, or nothing was announced."""
    its = TravelFile.objects.filter(offer__nominee=link.nominee, offer__round__announced_at__isnull=False)
    file = risks.with_round(its).order_by("-offer__offered_at").first()
    if file is None:
        raise Http404
    return file


def _report(link: PersonalLink) -> Duty:
    file = _journey(link)
    related = Duty.objects.select_related("offer__round__meeting", "offer__nominee__application__state")
    return get_object_or_404(related, offer=file.offer, kind=DutyKind.REPORT)
