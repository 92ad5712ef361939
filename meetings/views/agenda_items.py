"""One item of the outline: its words in every language, its time, its place. Private."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core import clock
from ccm_portal.core.http import number_of, private_page
from ccm_portal.core.seen import stands_now
from meetings.domain import outline_edits
from meetings.domain.agenda_numbers import DEEPEST
from meetings.domain.agenda_publishing import AgendaChanged, AgendaRefused
from meetings.domain.agenda_reading import Item, desk_items, languages_of, sittings_of
from meetings.domain.agenda_times import sitting_text
from meetings.domain.outline_edits import Seen
from meetings.forms_agenda import ItemForm
from meetings.models import Agenda, AgendaItem, Meeting
from meetings.views.acting import MANAGE, meeting_for


@private_page
def agenda_item_add(request: HttpRequest, key: str) -> HttpResponse:
    meeting = meeting_for(request, key, MANAGE)
    agenda = Agenda.objects.get_or_create(meeting=meeting)[0]
    offers = _offers(meeting, desk_items(meeting), None)
    under = number_of(request.GET.get("under", "")) or None
    form, refused = ItemForm(initial={"version": agenda.version, "under": under}, **offers), None
    if request.method == "POST":
        form = refused = ItemForm(request.POST, **offers)
        if form.is_valid():
            try:
                _agenda, code = outline_edits.add(
                    Seen(meeting, form.cleaned_data["version"], request.user, clock.now()),
                    fields=form.cleaned_fields(),
                    under=form.cleaned_data["under"],
                )
            except AgendaRefused as refusal:
                _refused(form, refusal)
            else:
                return redirect(_desk(meeting, code))
    context = {"meeting": meeting, "form": form, "item": None}
    return render(request, "meetings/agenda_item_edit.html", context, status=422 if refused else 200)


@private_page
def agenda_item_edit(request: HttpRequest, key: str, code: int) -> HttpResponse:
    meeting = meeting_for(request, key, MANAGE)
    items = desk_items(meeting)
    item = next((one for one in items if one.code == code), None)
    row = AgendaItem.objects.select_related("agenda").filter(agenda__meeting=meeting, code=code).first()
    if item is None or row is None:
        raise Http404
    offers = _offers(meeting, items, item)
    form, refused = ItemForm(initial=_initial(row, item, offers["languages"]), **offers), None
    if request.method == "POST":
        form = refused = ItemForm(request.POST, **offers)
        if form.is_valid():
            try:
                _save(request, meeting, item, form)
            except AgendaRefused as refusal:
                _refused(form, refusal)
            else:
                messages.success(request, _("Saved."))
                return redirect(_desk(meeting, code))
    context = {"meeting": meeting, "form": form, "item": item, "version": row.agenda.version}
    return render(request, "meetings/agenda_item_edit.html", context, status=422 if refused else 200)


def _save(request: HttpRequest, meeting: Meeting, item: Item, form: ItemForm) -> None:
    """The fields, and the place if it is another: together or not at all."""
    at, under = clock.now(), form.cleaned_data["under"]
    with transaction.atomic():
        seen = Seen(meeting, form.cleaned_data["version"], request.user, at)
        agenda = outline_edits.edit(seen, code=item.code, fields=form.cleaned_fields())
        if under != item.parent:
            moved = Seen(meeting, agenda.version, request.user, at)
            outline_edits.move_to(moved, code=item.code, under=under, place=len(desk_items(meeting)))


def _refused(form: ItemForm, refusal: AgendaRefused) -> None:
    """The form as it was typed; over the outline as it stands now, where that had changed."""
    if isinstance(refusal, AgendaChanged):
        stands_now(form, refusal.agenda.version)
    form.add_error(None, str(refusal))


def _offers(meeting: Meeting, items: Sequence[Item], item: Item | None) -> dict[str, Any]:
    """What the lists of the form hold: the item does not stand under itself, nor under what is below it."""
    below: set[int] = {item.code} if item else set()
    for one in items:
        if one.parent in below:
            below.add(one.code)
    sittings = [(one.pk, sitting_text(one, meeting.time_zone)) for one in sittings_of(meeting)]
    under = [one for one in items if one.code not in below and one.depth < DEEPEST]
    return {"languages": languages_of(meeting), "under": under, "sittings": sittings}


def _initial(row: AgendaItem, item: Item, languages: Sequence[str]) -> dict[str, Any]:
    words = {
        f"{field}_{language}": row.words.get(language, {}).get(field, "")
        for language in languages
        for field in ("title", "text")
    }
    fields = ("kind", "is_numbered", "minutes", "speakers", "lead_body", "lead_state", "lead_name", "about_state")
    return (
        {"version": row.agenda.version, "under": item.parent, "sitting": row.sitting_id}
        | words
        | {name: getattr(row, name) for name in fields}
    )


def _desk(meeting: Meeting, code: int) -> str:
    return f"{reverse('meetings:agenda-desk', args=[meeting.key])}#item-{code}"
