"""For the ISO: who leads what, what is vacant or ends soon, what meetings decided, the terms of each body."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import may
from ccm_portal.core.seen import stands_now
from committees.domain import diversity, elections, persons, reading, terms
from committees.enums import BodyNature
from committees.forms_leadership import ChangeTermForm, EndTermForm, GiveTermForm, SettleForm, TermPersonForm
from committees.models import Body, Nomination, Term
from committees.rules import visible_bodies
from committees.rules_nominations import persons_to_manage, terms_to_manage, visible_nominations
from committees.views import presided
from committees.workflow import OPEN

A_YEAR = timedelta(days=365)


def require_office(request: PrivateRequest) -> None:
    """:raises Http404: for everybody but the ISO."""
    if not may(request.user, "committees.manage_bodies", None):
        raise Http404


@require_safe
@private_page
def office_leadership(request: PrivateRequest) -> HttpResponse:
    """All nominations, vacancies, overlaps, terms that end within a year; diversity and rotation."""
    require_office(request)
    return leadership_page(request, presided.places())


def leadership_page(request: PrivateRequest, meetings: list[presided.Place], *, status: int = 200) -> HttpResponse:
    """The page; ``meetings`` are the formal meetings to come, with the forms to note who presides."""
    on = clock.today()
    waiting = list(
        visible_nominations(request.user)
        .filter(status__in=OPEN)
        .prefetch_related("endorsements__state", "endorsements__organisation")
        .order_by("body__position", "nominated_at", "pk")
    )
    found = diversity.diversity(on)
    context = {
        "contests": diversity.contests(waiting, on=on),
        "diversity": found,
        "ending": Term.objects.running(on)
        .filter(ends__lte=on + A_YEAR)
        .select_related("state", "body__kind")
        .order_by("ends", "body__position", "pk"),
        "warned": [view for view in found.bodies if view.warnings],
        "offices": reading.offices_on(on),
        "on": on,
    }
    return render(request, "committees/office_leadership.html", context | {"presided": meetings}, status=status)


@require_safe
@private_page
def body_terms(request: PrivateRequest, key: str) -> HttpResponse:
    require_office(request)
    return _body_page(request, _body(request, key))


@private_page
@require_POST
def term_give(request: PrivateRequest, key: str) -> HttpResponse:
    require_office(request)
    body = _body(request, key)
    form = GiveTermForm(request.POST)
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("state", "basis", "source", "note")}
        try:
            term = terms.give_term(body=body, **said, **form.period(), by=request.user, at=clock.now())
        except terms.TermRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The term is recorded: %(state)s.") % {"state": term.state.name})
            return redirect("committees:body-terms", body.key)
    return _body_page(request, body, form=form, status=422)


def _body(request: PrivateRequest, key: str) -> Body:
    """A body that States lead by terms."""
    body: Body = get_object_or_404(visible_bodies(request.user).exclude(kind__nature=BodyNature.COORDINATION), key=key)
    return body


def _body_page(
    request: PrivateRequest, body: Body, *, form: GiveTermForm | None = None, status: int = 200
) -> HttpResponse:
    on = clock.today()
    view = next((one for one in diversity.diversity(on).bodies if one.place.body.pk == body.pk), None)
    context = {
        "body": body,
        "events": reading.history(body, on=on),
        "view": view,
        "form": form or GiveTermForm(),
        "on": on,
    }
    return render(request, "committees/body_terms.html", context, status=status)


@require_safe
@private_page
def term_detail(request: PrivateRequest, pk: int) -> HttpResponse:
    return _term_page(request, _term(request, pk))


@private_page
@require_POST
def term_change(request: PrivateRequest, pk: int) -> HttpResponse:
    term = _term(request, pk)
    form = ChangeTermForm(request.POST, auto_id="change_%s")
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("basis", "source", "note", "version")}
        try:
            terms.change_term(term=term, **said, **form.period(), by=request.user, at=clock.now())
        except terms.TermChanged as refusal:
            stands_now(form, refusal.term.version)
            form.add_error(None, str(refusal))
        except terms.TermRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The term is corrected."))
            return redirect("committees:term-detail", pk)
    return _term_page(request, _term(request, pk), change_form=form, status=422)


@private_page
@require_POST
def term_end(request: PrivateRequest, pk: int) -> HttpResponse:
    term = _term(request, pk)
    form = EndTermForm(request.POST, auto_id="end_%s")
    if form.is_valid():
        try:
            terms.end_term(term=term, **form.cleaned_data, by=request.user, at=clock.now())
        except terms.TermChanged as refusal:
            stands_now(form, refusal.term.version)
            form.add_error(None, str(refusal))
        except terms.TermRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The end of the term is recorded."))
            return redirect("committees:term-detail", pk)
    return _term_page(request, _term(request, pk), end_form=form, status=422)


@private_page
@require_POST
def term_person_name(request: PrivateRequest, pk: int) -> HttpResponse:
    term = _term(request, pk)
    form = TermPersonForm(request.POST, auto_id="person_%s")
    if form.is_valid():
        try:
            persons.name_person(term=term, **form.cleaned_data, by=request.user, at=clock.now())
        except persons.PersonRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s stands under the term.") % {"name": form.cleaned_data["name"]})
            return redirect("committees:term-detail", pk)
    return _term_page(request, term, person_form=form, status=422)


@private_page
@require_POST
def term_person_end(request: PrivateRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(persons_to_manage(request.user), pk=pk)
    persons.end_person(person=person, by=request.user, at=clock.now())
    messages.success(request, _("%(name)s no longer stands under the term.") % {"name": person.name})
    return redirect("committees:term-detail", person.term_id)


def _term(request: PrivateRequest, pk: int) -> Term:
    term: Term = get_object_or_404(terms_to_manage(request.user), pk=pk)
    return term


def _term_page(
    request: PrivateRequest,
    term: Term,
    *,
    change_form: ChangeTermForm | None = None,
    end_form: EndTermForm | None = None,
    person_form: TermPersonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    on = clock.today()
    seen = {"version": term.version}
    stands = {name: getattr(term, name) for name in ("starts", "last_day", "basis", "source", "note")}
    context = {
        "term": term,
        "body": term.body,
        "persons": [
            {"it": person, "over": person.ends is not None and person.ends <= on}
            for person in term.persons.select_related("user").order_by("starts", "pk")
        ],
        "change_form": change_form or ChangeTermForm(initial=seen | stands, auto_id="change_%s"),
        "end_form": None
        if term.ends and term.ends <= on and end_form is None
        else end_form or EndTermForm(initial=seen | {"on": on}, auto_id="end_%s"),
        "person_form": person_form or TermPersonForm(auto_id="person_%s"),
        "on": on,
    }
    return render(request, "committees/term_detail.html", context, status=status)


@private_page
def nomination_settle(request: PrivateRequest, pk: int, outcome: str) -> HttpResponse:
    """What a meeting decided: elected, or not."""
    require_office(request)
    nomination = get_object_or_404(visible_nominations(request.user), pk=pk)
    record = elections.elect if outcome == "elected" else elections.not_elected
    form = SettleForm(request.POST or None, initial={"version": nomination.version, "on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            record(nomination=nomination, **form.cleaned_data, by=request.user, at=clock.now())
        except elections.ElectionRefused as refusal:
            nomination.refresh_from_db()
            stands_now(form, nomination.version)
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The decision is recorded."))
            return redirect("committees:office-leadership")
    (contest,) = diversity.contests([nomination], on=clock.today())
    context = {
        "nomination": nomination,
        "is_open": nomination.status in OPEN,
        "endorsements": _endorsements(nomination),
        "compared": contest.rows[0],
        "form": form,
        "elected": outcome == "elected",
    }
    return render(request, "committees/nomination_settle.html", context, status=422 if form.errors else 200)


def _endorsements(nomination: Nomination) -> Any:
    return nomination.endorsements.select_related("state", "organisation").order_by("given_at", "pk")
