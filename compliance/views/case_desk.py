"""The cases of one person; and for the President what is offered, opening a matter, and taking over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.clock_sentences import long_date
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may
from ccm_portal.core.views.fresh import asks_again, signed_in_just_now, to_sign_in_again
from committees.domain.said import WorkRefused
from compliance.domain import case_people as people
from compliance.domain import cases, offered_matters
from compliance.domain.case_desk import desk
from compliance.enums import Access, Origin
from compliance.forms_cases import FirstSourceForm, HandOverForm, OpenCaseForm, SetAsideForm
from compliance.rules import led_cases

OFFERED_A_PAGE = 40


@require_safe
@private_page
def case_desk(request: PrivateRequest) -> HttpResponse:
    """The matters in which a person is named, step by step. For everybody else there is no such page."""
    return _desk(request)


def _desk(request: PrivateRequest, hand: HandOverForm | None = None) -> HttpResponse:
    steps, own = desk(request.user)
    presides = may(request.user, "compliance.open_case", None)
    if not (steps or own or presides):
        raise Http404
    leads = any(row.place.access == Access.LEAD for step in steps for row in step.rows)
    presiding = people.presiding(on=clock.today(), but=request.user) if leads else None
    context = {
        "steps": steps,
        "own": own,
        "on": clock.today(),
        "presides": presides,
        "adrift": len(people.adrift(request.user)),
        "hand": hand or (HandOverForm(presiding=presiding) if presiding else None),
    }
    return render(request, "compliance/case_desk.html", context, status=422 if hand else 200)


@require_POST
@private_page
def hand_over_all(request: PrivateRequest) -> HttpResponse:
    """Every matter that this person leads, to the person who presides now."""
    led = list(led_cases(request.user))
    if not led:
        raise Http404
    if not signed_in_just_now(request):
        return to_sign_in_again(reverse("compliance:case-desk"))
    form = HandOverForm(request.POST, presiding=people.presiding(on=clock.today(), but=request.user))
    if form.is_valid():
        try:
            people.hand_over(cases=led, by=request.user, at=clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s leads your matters now.") % {"name": form.cleaned_data["to"]})
            return redirect("dashboard:desk")
    return _desk(request, form)


@require_POST
@private_page
def take_over(request: PrivateRequest) -> HttpResponse:
    """The President takes over what nobody leads who acts for anybody."""
    _only_the_president(request)
    if not signed_in_just_now(request):
        return to_sign_in_again(reverse("compliance:case-desk"))
    if people.take_over(by=request.user, at=clock.now()):
        messages.success(request, _("You lead these matters now."))
    return redirect("compliance:case-desk")


@require_safe
@private_page
def offered(request: PrivateRequest) -> HttpResponse:
    """Every late report and lapsed deadline, of every State by the same rule."""
    _only_the_president(request)
    return _offered(request)


def _offered(request: PrivateRequest, wrong: SetAsideForm | None = None, name: str = "") -> HttpResponse:
    rows = offered_matters.offers(request.user, on=clock.today())
    states = {row.obligation.state.slug: row.obligation.state.name for row in rows}
    chosen = request.GET.get("state", "")
    if chosen in states:
        rows = [row for row in rows if row.obligation.state.slug == chosen]
    waiting = [row for row in rows if not row.is_settled]
    if wrong:
        waiting = [row for row in waiting if row.name == name]
    page = Paginator(waiting, OFFERED_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [(row, wrong or SetAsideForm()) for row in page],
        "page": page,
        "states": sorted(states.items(), key=lambda one: one[1]),
        "chosen": chosen,
        "settled": [row for row in rows if row.is_settled],
        "on": clock.today(),
    }
    return render(request, "compliance/case_offered.html", context, status=422 if wrong else 200)


@require_POST
@private_page
def set_aside(request: PrivateRequest) -> HttpResponse:
    """No matter is opened about it, and why."""
    _only_the_president(request)
    name = request.POST.get("offer", "")
    offer = offered_matters.offer_named(request.user, name, on=clock.today())
    if offer is None:
        raise Http404
    form = SetAsideForm(request.POST)
    if form.is_valid():
        try:
            offered_matters.set_aside(offer=offer, by=request.user, at=clock.now(), **form.cleaned_data)
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Set aside, with your reason."))
            return redirect("compliance:case-offered")
    return _offered(request, form, name)


@private_page
def case_new(request: PrivateRequest) -> HttpResponse:
    """Open a matter, also from what is offered: the President alone, right after signing in."""
    _only_the_president(request)
    if request.method != "POST" and not signed_in_just_now(request):
        return to_sign_in_again(request.get_full_path())
    name = request.GET.get("offer", "")
    offer = offered_matters.offer_named(request.user, name, on=clock.today()) if name else None
    posted = request.POST if request.method == "POST" else None
    own = dict.fromkeys(one.state.name for one in request.user.memberships_named if one.state)
    form = OpenCaseForm(posted, initial=_prefilled(offer), own=own)
    source = FirstSourceForm(posted)
    if form.is_valid() and source.is_valid() and not asks_again(request, form):
        told = {name: form.cleaned_data[name] for name in ("state", "article", "title", "origin", "facts")}
        first = [source.given()] if source.cleaned_data["name"] else []
        same = offer and offer.obligation.state == told["state"]
        try:
            case = cases.open_case(
                sources=first,
                restricted_words=form.restricted_words(),
                obligation_key=offer.obligation.key if offer and same else "",
                by=request.user,
                at=clock.now(),
                **told,
            )
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The matter is open. Nobody but you knows of it."))
            return redirect("compliance:case", case=case.pk)
    context = {"form": form, "source": source, "offer": offer}
    return render(request, "compliance/case_new.html", context, status=422 if form.errors or source.errors else 200)


def _prefilled(offer: offered_matters.Offer | None) -> dict[str, object]:
    if offer is None:
        return {}
    row = offer.obligation
    due = _("It was due on %(day)s.") % {"day": long_date(row.due)}
    return {
        "state": row.state.slug,
        "article": offered_matters.article_of(row),
        "title": row.title,
        "origin": Origin.OVERDUE,
        "facts": f"{due} {row.sentence}".strip(),
    }


def _only_the_president(request: PrivateRequest) -> None:
    if not may(request.user, "compliance.open_case", None):
        raise Http404
