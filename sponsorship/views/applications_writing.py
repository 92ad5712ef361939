"""Writing an application: the note verbale and the purpose, the people and their order, a person's own link."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.permissions import may, require
from committees.domain.said import WorkChanged, WorkRefused
from committees.views.stale import offered_again
from sponsorship.domain import applications, nominees, personal_links, sealing, standing
from sponsorship.forms_applications import CorrectForm, DetailsForm, LinkForm, PersonForm
from sponsorship.models import Application, Nominee, PersonalLink
from sponsorship.views.applications_found import OWN, Side, application_of, nominee_of


def frame(application: Application, side: Side) -> dict[str, Any]:
    """What every page below an application says of it."""
    return {"application": application, "state": application.state, "round": application.round, "names": side}


def back_to(application: Application, side: Side, anchor: str = "") -> HttpResponse:
    answer = redirect(side.application, state=application.state.slug, round=application.round.key)
    if anchor:
        answer["Location"] += f"#{anchor}"
    return answer


@private_page
def application_details(request: PrivateRequest, state: str, round: str, side: Side = OWN) -> HttpResponse:
    mine = application_of(request, state, round, side)
    require(request.user, "sponsorship.write_application", mine)
    form = DetailsForm(request.POST if request.method == "POST" else None, initial=_details(mine))
    stands = None
    if form.is_valid():
        try:
            applications.write(
                application=mine,
                details=form.details(),
                version=form.cleaned_data["version"],
                by=request.user,
                at=clock.now(),
            )
        except WorkChanged as refusal:
            stands = offered_again(form, now=_details(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return back_to(mine, side)
    context = frame(mine, side) | {"form": form, "stands": stands}
    return render(request, "sponsorship/application_details.html", context, status=422 if form.errors else 200)


@private_page
def nominee_new(request: PrivateRequest, state: str, round: str, side: Side = OWN) -> HttpResponse:
    """Name one more person."""
    mine = application_of(request, state, round, side)
    require(request.user, "sponsorship.write_application", mine)
    form = PersonForm(request.POST if request.method == "POST" else None, initial={"version": 0})
    if form.is_valid():
        try:
            nominees.add(application=mine, about=form.about(), by=request.user, at=clock.now())
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return back_to(mine, side, "people")
    context = frame(mine, side) | {"form": form}
    return render(request, "sponsorship/nominee.html", context, status=422 if form.errors else 200)


@private_page
def nominee(request: PrivateRequest, state: str, round: str, pk: uuid.UUID, side: Side = OWN) -> HttpResponse:
    """A person: all of it in a draft; once sent, what can still be corrected, and where they stand."""
    person = nominee_of(request, state, round, pk, side)
    mine = person.application
    writes = may(request.user, "sponsorship.write_application", mine)
    kind: type[DetailsForm] | Any = PersonForm if mine.status == "draft" else CorrectForm
    if request.method == "POST":
        require(request.user, "sponsorship.write_application", mine)
    form = kind(request.POST if request.method == "POST" else None, initial=_person(person))
    stands = None
    if form.is_valid():
        try:
            _write(person, form, by=request.user)
        except WorkChanged as refusal:
            stands = offered_again(form, now=_person(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return back_to(mine, side, "people")
    at = clock.now()
    context = frame(mine, side) | {
        "person": person,
        "form": form if writes and _can_change(person) else None,
        "stands": stands,
        "standing": standing.where_it_stands(person, on=at.date()),
        "offer": standing.last_offer(person),
        "is_draft": mine.status == "draft",
        "link": PersonalLink.objects.filter(nominee=person, ends_at__gt=at).first(),
        "link_form": LinkForm(initial={"language": request.LANGUAGE_CODE}),
        "sealed": [one for one in sealing.masked(person) if one.is_there],
        "may_withdraw": may(request.user, "sponsorship.withdraw_application", mine),
    }
    return render(request, "sponsorship/nominee.html", context, status=422 if form.errors else 200)


@private_page
@require_POST
def nominee_move(request: PrivateRequest, state: str, round: str, pk: uuid.UUID, side: Side = OWN) -> HttpResponse:
    """One place up or down, as the order was seen."""
    person = nominee_of(request, state, round, pk, side)
    require(request.user, "sponsorship.write_application", person.application)
    try:
        nominees.move(
            nominee=person,
            up=request.POST.get("to") == "up",
            order=request.POST.get("order", ""),
            by=request.user,
            at=clock.now(),
        )
    except WorkChanged:
        messages.info(request, _("Somebody else has changed the order. This is how it stands now."))
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    return back_to(person.application, side, "people")


@private_page
@require_POST
def nominee_remove(request: PrivateRequest, state: str, round: str, pk: uuid.UUID, side: Side = OWN) -> HttpResponse:
    person = nominee_of(request, state, round, pk, side)
    require(request.user, "sponsorship.write_application", person.application)
    version = number_of(request.POST.get("version", ""))
    try:
        nominees.remove(nominee=person, version=version, by=request.user, at=clock.now())
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Taken out of the draft."))
    return back_to(person.application, side, "people")


@private_page
@require_POST
def nominee_link(request: PrivateRequest, state: str, round: str, pk: uuid.UUID, side: Side = OWN) -> HttpResponse:
    """Mail the person a link to their own part, or end the one they have."""
    person = nominee_of(request, state, round, pk, side)
    form = LinkForm(request.POST)
    try:
        if request.POST.get("do") == "end":
            personal_links.end(nominee=person, by=request.user, at=clock.now())
            messages.success(request, _("The link is ended."))
        elif form.is_valid():
            language = form.cleaned_data["language"]
            personal_links.make(nominee=person, language=language, by=request.user, at=clock.now())
            messages.success(request, _("A link is on its way. One that was sent before has ended."))
    except WorkRefused as refusal:
        messages.info(request, str(refusal))
    return redirect(side.nominee, state=state, round=round, pk=person.pk)


def _can_change(person: Nominee) -> bool:
    """Whether anything can be changed: in a draft, and of who was sent, as far as the State may know, until the
    decision."""
    return standing.shown_status(person) in ("named", "endorsed")


def _write(person: Nominee, form: forms.Form, *, by: Any) -> None:
    version, at = form.cleaned_data["version"], clock.now()
    if isinstance(form, PersonForm):
        nominees.write(nominee=person, about=form.about(), version=version, by=by, at=at)
    else:
        said = {name: form.cleaned_data[name] for name in ("gender", "function")}
        nominees.correct(nominee=person, version=version, by=by, at=at, **said)


def _details(mine: Application) -> dict[str, Any]:
    return {name: getattr(mine, name) for name in ("note_reference", "note_date", "purpose", "version")}


def _person(person: Nominee) -> dict[str, Any]:
    fields = ("title", "name", "email", "gender", "function", "expertise", "languages", "based_in_geneva", "version")
    return {name: getattr(person, name) for name in fields}
