"""Contacts of a body between meetings: the list, one contact with what follows from it, noting and editing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ccm_portal.core import clock
from ccm_portal.core.http import PrivateRequest, private_page
from ccm_portal.core.permissions import require
from committees.domain import contacts
from committees.domain.said import WorkChanged, WorkRefused
from committees.filters import ContactFilter
from committees.forms_workspace import ContactForm, EditContactForm, NextStepForm
from committees.models import Contact
from committees.rules_workspace import visible_contacts, visible_follow_ups
from committees.views.stale import offered_again
from committees.views.workspace import body_of, frame

ON_A_PAGE = 30


@require_safe
@private_page
def contact_list(request: PrivateRequest, key: str) -> HttpResponse:
    body = body_of(request, key)
    on = clock.today()
    everyone = visible_contacts(request.user).filter(body=body)
    chosen = ContactFilter(request.GET or None, queryset=everyone, body=body, on=on)
    rows = chosen.qs if chosen.is_valid() else everyone
    steps = Prefetch("follow_ups", queryset=visible_follow_ups(request.user).order_by("due", "pk"))
    rows = rows.prefetch_related("with_states", "with_organisations", steps).order_by("-held_on", "-pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = frame(request, body, "contact-list") | {"filter": chosen, "page": page, "rows": _rows(page)}
    return render(request, "committees/contact_list.html", context)


def _rows(page: Any) -> list[dict[str, Any]]:
    return [
        {
            "contact": contact,
            "sides": contacts.sides_of(contact),
            "steps": [step for step in contact.follow_ups.all() if step.done_on is None],
        }
        for contact in page
    ]


@private_page
def contact_new(request: PrivateRequest, key: str) -> HttpResponse:
    body = body_of(request, key)
    require(request.user, "committees.write_in_body", body)
    on = clock.today()
    posted = request.POST if request.method == "POST" else None
    state = request.GET.get("state")
    form = ContactForm(posted, initial={"kind": "bilateral", "held_on": on, "with_states": [state] if state else None})
    step = NextStepForm(posted, body=body, on=on)
    if posted is not None and form.is_valid() and step.is_valid():
        cleaned = step.cleaned_data
        follows = cleaned.get("what") and contacts.NextStep(
            what=cleaned["what"], owner=cleaned["owner"], due=cleaned["due"]
        )
        try:
            contact = contacts.note_contact(
                body=body, told=_told(form), next_step=follows or None, by=request.user, at=clock.now()
            )
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Noted. Everybody who works here can read it."))
            return redirect("committees:contact", key=body.key, pk=contact.pk)
    wrong = posted is not None
    context = frame(request, body, "contact-list") | {"form": form, "step": step}
    return render(request, "committees/contact_new.html", context, status=422 if wrong else 200)


@require_safe
@private_page
def contact_detail(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    contact = _contact(request, key, pk)
    context = frame(request, contact.body, "contact-list") | {
        "contact": contact,
        "sides": contacts.sides_of(contact),
        "steps": visible_follow_ups(request.user).filter(contact=contact).order_by("done_on", "due", "pk"),
        "problems": contact.problems.order_by("pk"),
    }
    return render(request, "committees/contact.html", context)


@private_page
def contact_edit(request: PrivateRequest, key: str, pk: int) -> HttpResponse:
    contact = _contact(request, key, pk)
    require(request.user, "committees.write_work", contact)
    form = EditContactForm(request.POST if request.method == "POST" else None, initial=_initial(contact))
    stands = None
    if form.is_valid():
        try:
            contacts.edit_contact(
                contact=contact,
                told=_told(form),
                version=form.cleaned_data["version"],
                by=request.user,
                at=clock.now(),
            )
        except WorkChanged as refusal:
            stands = offered_again(form, now=_initial(refusal.now), why=str(refusal))
        except WorkRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("committees:contact", key=key, pk=pk)
    context = frame(request, contact.body, "contact-list") | {"contact": contact, "form": form, "stands": stands}
    return render(request, "committees/contact_edit.html", context, status=422 if form.errors else 200)


def _contact(request: PrivateRequest, key: str, pk: int) -> Contact:
    mine = visible_contacts(request.user).prefetch_related("with_states", "with_organisations")
    return get_object_or_404(mine, body__key=key, pk=pk)


def _initial(contact: Any) -> dict[str, Any]:
    names = ("kind", "channel", "level", "held_on", "with_others", "about", "text", "version")
    return {name: getattr(contact, name) for name in names} | {
        "with_states": [state.slug for state in contact.with_states.all()],
        "with_organisations": [one.key for one in contact.with_organisations.all()],
    }


def _told(form: ContactForm) -> contacts.Told:
    cleaned = form.cleaned_data
    return contacts.Told(
        kind=cleaned["kind"],
        channel=cleaned["channel"],
        level=cleaned["level"],
        held_on=cleaned["held_on"],
        states=tuple(cleaned["with_states"]),
        organisations=tuple(cleaned["with_organisations"]),
        others=cleaned["with_others"],
        about=cleaned["about"],
        text=cleaned["text"],
    )
