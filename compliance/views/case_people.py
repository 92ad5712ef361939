"""Who is named in a case: naming, ending, handing over; and the record of it: what was done, and who read what."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest
from ccm_portal.core.models import RegisterEntry, User
from ccm_portal.core.permissions import require
from ccm_portal.core.views.fresh import asks_again
from committees.domain.said import WorkRefused
from compliance.case_words import words_of, words_read
from compliance.domain import case_people as people
from compliance.enums import Side
from compliance.forms_cases import HandOverForm, NameInCaseForm
from compliance.models import CasePlace, ComplianceCase
from compliance.rules import visible_places, visible_readings
from compliance.views.case_pages import case_frame, case_page


@case_page("compliance.read_case", what="people")
def case_people(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """Everybody named in it, as far as this person may know; who leads it names others, right after signing in."""
    form = NameInCaseForm(request.POST if request.method == "POST" else None, initial=_offered(request))
    if request.method == "POST":
        require(request.user, "compliance.lead_case", case)
        if form.is_valid() and not asks_again(request, form):
            try:
                given = people.name_person(case=case, by=request.user, at=clock.now(), **form.cleaned_data)
            except WorkRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("%(name)s can open this matter now.") % {"name": given.user})
                return redirect("compliance:case-people", case=case.pk)
    return _page(request, case, place, form=form)


def _offered(request: PrivateRequest) -> dict[str, str]:
    """A leader of a committee, chosen from the list that the page offers."""
    return {"email": request.GET.get("email", "")}


def _page(
    request: PrivateRequest,
    case: ComplianceCase,
    place: CasePlace,
    *,
    form: NameInCaseForm,
    hand: HandOverForm | None = None,
) -> HttpResponse:
    context = case_frame(request, case, place, "case-people") | {
        "form": form,
        "places": visible_places(request.user, case),
    }
    if context["may_lead"]:
        on = clock.today()
        presiding = people.presiding(on=on, but=request.user)
        context |= {
            "leaders": people.leaders_to_name(case, on=on),
            "hand": hand or (HandOverForm(presiding=presiding, prefix="hand") if presiding else None),
        }
    wrong = bool(form.errors) or bool(hand)
    return render(request, "compliance/case_people.html", context, status=422 if wrong else 200)


@require_POST
@case_page("compliance.lead_case")
def place_end(request: PrivateRequest, case: ComplianceCase, place: CasePlace, pk: int) -> HttpResponse:
    """One click, effective on the person's next request."""
    theirs = get_object_or_404(visible_places(request.user, case), pk=pk)
    try:
        people.end_place(case=case, place=theirs, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("%(name)s can no longer open this matter.") % {"name": theirs.user})
    return redirect("compliance:case-people", case=case.pk)


@require_POST
@case_page("compliance.lead_case", fresh=True)
def case_hand_over(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """This matter to the person who presides now."""
    form = HandOverForm(request.POST, presiding=people.presiding(on=clock.today(), but=request.user), prefix="hand")
    if form.is_valid():
        try:
            people.hand_over(cases=[case], by=request.user, at=clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s leads this matter now.") % {"name": form.cleaned_data["to"]})
            if form.cleaned_data["stays"]:
                return redirect("compliance:case", case=case.pk)
            return redirect("dashboard:desk")
    return _page(request, case, place, form=NameInCaseForm(), hand=form)


@require_safe
@case_page("compliance.read_case", what="record")
def case_record(request: PrivateRequest, case: ComplianceCase, place: CasePlace) -> HttpResponse:
    """What was done, from the case's own chain of the register, for its team; and who read what, when: all of it for
    who leads, their own for everybody else."""
    events = _events(case) if place.side == Side.TEAM else None
    page = Paginator(visible_readings(request.user, case), 50).get_page(request.GET.get("page"))
    for reading in page:
        reading.words = words_read(reading.what)
    context = case_frame(request, case, place, "case-record") | {"events": events, "page": page}
    return render(request, "compliance/case_record.html", context)


def _events(case: ComplianceCase) -> list[dict[str, object]]:
    """The acts on the chain in words, the newest first, with the person whom each was about."""
    acts = list(RegisterEntry.objects.filter(chain=case.register_chain).select_related("actor").order_by("-number"))
    told = {act.pk: json.loads(act.payload)["data"] for act in acts}
    about = {pk: data.get("person") for pk, data in told.items()}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=[pk for pk in about.values() if pk])}
    return [
        {
            "at": act.at,
            "words": words_of(act.action),
            "by": act.actor,
            "about": names.get(about[act.pk]),
            "own_state": "own_state" in told[act.pk],
        }
        for act in acts
    ]
