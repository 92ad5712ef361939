"""The travellers of a round: who is at risk, who came; and what an officer says of a duty."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import clock as portal_clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from sponsorship.domain import coming, duties
from sponsorship.domain.travellers import is_shown, travellers
from sponsorship.enums import VisaStatus
from sponsorship.forms_travel import DutyForm
from sponsorship.models import Duty, Offer
from sponsorship.rules import office_offers, office_rounds
from sponsorship.rules_travel import office_duties
from sponsorship.views.travel_office import frame, journey_of

SHOWN = ("", "risk", "mark", "ticket")


@private_page
def traveller_list(request: PrivateRequest, round: str) -> HttpResponse:
    """The list; after the meeting began, with a tick for everybody who came."""
    its = get_object_or_404(office_rounds(request.user), key=round)
    if request.method == "POST":
        _mark(request, round)
        return redirect("sponsorship:traveller-list", round)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    visa = request.GET.get("visa", "")
    visa = visa if visa in VisaStatus.values else ""
    on = portal_clock.today()
    everybody = travellers(its, on=on, visa=visa)
    rows = [one for one in everybody if is_shown(one, show)]
    context = {
        "round": its,
        "on": on,
        "rows": rows,
        "tabs": _tabs(show, everybody),
        "show": show,
        "visa": visa,
        "visas": VisaStatus.choices,
        "to_mark": any(one.may_mark for one in rows),
    }
    return render(request, "sponsorship/travellers.html", context)


@private_page
def duty_judge(request: PrivateRequest, offer: str, kind: str) -> HttpResponse:
    """An officer says whether a duty was kept, or leaves it to the records."""
    file = journey_of(request, offer)
    duty = get_object_or_404(office_duties(request.user), offer=file.offer, kind=kind)
    form = DutyForm(request.POST if request.method == "POST" else None, initial=_stands(duty))
    stands = None
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            duties.judge(
                duty,
                met=cleaned["kept"] == "yes",
                by_hand=cleaned["kept"] != "found",
                note=cleaned["note"],
                version=cleaned["version"],
                by=request.user,
                at=portal_clock.now(),
            )
        except WorkChanged as refusal:
            stands = offered_again(form, now=_stands(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error("note", str(refusal))
        else:
            messages.success(request, _("Noted."))
            return redirect("sponsorship:travel", offer)
    found = duties.findings([duty], on=portal_clock.today())[duty.pk]
    context = frame(file) | {
        "part": "duty",
        "title": duty.get_kind_display(),
        "form": form,
        "stands": stands,
        "found": found,
        "duty": duty,
    }
    return render(request, "sponsorship/travel_part.html", context, status=422 if form.errors else 200)


def _mark(request: PrivateRequest, round: str) -> None:
    """Mark everybody who is ticked as having come, all of them or none."""
    seen = dict(one.rsplit(":", 1) for one in request.POST.getlist("came") if ":" in one)
    found = office_offers(request.user).filter(round__key=round)
    offers: list[tuple[Offer, int]] = [
        (one, int(seen[str(one.pk)])) for one in found if seen.get(str(one.pk), "").isdecimal()
    ]
    try:
        count = coming.came_all(offers, by=request.user, at=portal_clock.now())
    except WorkChanged:
        messages.info(request, _("One of these was changed after you opened the page. Look again, then mark them."))
    except (WorkRefused, TransitionRefused) as refusal:
        messages.info(request, str(refusal))
    else:
        words = ngettext(
            "%(count)s person is marked as having come.", "%(count)s people are marked as having come.", count
        )
        messages.success(request, words % {"count": count})


def _tabs(show: str, everybody: list[Any]) -> list[dict[str, object]]:
    counted = {
        "": (_("Everybody"), len(everybody)),
        "risk": (_("At risk"), sum(bool(one.risks) for one in everybody)),
        "mark": (_("To be marked"), sum(one.may_mark for one in everybody)),
        "ticket": (_("Tickets to return"), sum(one.owes_ticket for one in everybody)),
    }
    return [
        {"label": label, "url": f"?show={key}" if key else "?", "current": key == show, "count": count}
        for key, (label, count) in counted.items()
    ]


def _stands(duty: Duty) -> dict[str, object]:
    kept = "found" if duty.noted_by_id is None else "yes" if duty.met else "no"
    return {"kept": kept, "note": duty.note, "version": duty.version}
