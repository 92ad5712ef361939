"""The office's view of reminders: what leaves tomorrow, what went, what reached nobody, and their pauses."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock, reminders
from ccm_portal.core.domain import missions, pauses
from ccm_portal.core.domain.messages import STUCK
from ccm_portal.core.due_items import DueItem, Rung
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.models import OutgoingMessage, State
from ccm_portal.core.reminder_forms import MissionForm, PauseForm
from ccm_portal.core.rules import visible_pauses
from ccm_portal.core.views.messages import only_office


@private_page
def reminder_list(request: PrivateRequest) -> HttpResponse:
    """Everything about reminders on one page; a pause is begun at its end."""
    only_office(request.user)
    today = clock.today()
    form = PauseForm(request.POST or None, on=today)
    if request.method == "POST" and form.is_valid():
        try:
            pauses.begin(**form.cleaned_data, by=request.user, at=clock.now())
        except pauses.PauseRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Reminders are paused."))
            return redirect("core:reminder-list")
    tomorrow = today + timedelta(days=1)
    planned = reminders.plan(on=tomorrow)
    states = list(State.objects.by_name())
    kept = visible_pauses(request.user).order_by("-begun_at")
    context = {
        "tomorrow": tomorrow,
        "today": today,
        "leaving": by_state(planned.leaving),
        "leaving_count": len(planned.leaving),
        "held": by_state(planned.held),
        "held_count": len(planned.held),
        "nobody": without_anybody(planned.nobody),
        "stuck": _stuck(states),
        "running": reminders.due_in(list(kept.open(today)), on=today),
        "past": kept.exclude(ended_at=None, until__gte=today)[:20],
        "form": form,
        "states": states,
        **_log(request, states),
    }
    return render(request, "core/reminders.html", context)


def by_state(planned: Iterable[reminders.Planned]) -> list[tuple[State, list[reminders.Planned]]]:
    """Grouped by State, in the order of their names."""
    ordered = sorted(planned, key=lambda one: (one.item.state.sorts_by, one.item.state.pk, one.item.due, one.key))
    return [(state, list(rows)) for state, rows in groupby(ordered, key=lambda one: one.item.state)]


def without_anybody(found: Iterable[tuple[DueItem, Rung]]) -> list[tuple[State, list[DueItem]]]:
    """What is open of each State of which nobody can be told, in the order of their names."""
    items = sorted((item for item, _rung in found), key=lambda item: (item.state.sorts_by, item.state.pk, item.due))
    return [(state, list(rows)) for state, rows in groupby(items, key=lambda item: item.state)]


def _stuck(states: Iterable[State]) -> list[tuple[OutgoingMessage, State | None, str, list[str]]]:
    """What waits for a decision, and to whom else the same reminder went."""
    found = list(_reminders().filter(status__in=STUCK).order_by("-settled_at")[:50])
    of_items = {message.ids.get("item") for message in found} - {None}
    told: dict[tuple[object, object], list[str]] = defaultdict(list)
    for sent in _reminders().filter(status=MessageStatus.SENT, ids__item__in=of_items).order_by("pk"):
        told[sent.ids["item"], sent.ids["rung"]].append(sent.user.name if sent.user else sent.address)
    known = {state.iso3: state for state in states}
    return [
        (
            message,
            known.get(message.ids.get("state", "")),
            _rung_day(message),
            told.get((message.ids.get("item"), message.ids.get("rung")), []),
        )
        for message in found
    ]


def _reminders() -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.filter(kind=reminders.KIND).select_related("user")


def _log(request: PrivateRequest, known: Iterable[State]) -> dict[str, object]:
    """What went and what is on its way, of a State or a day where the address says so."""
    chosen = State.objects.filter(slug=request.GET.get("state", "").replace("\x00", "")).first()
    day = _day(request.GET.get("day", ""))
    sent = _reminders().order_by("-owed_at", "-pk")
    if chosen:
        sent = sent.filter(ids__state=chosen.iso3)
    if day:
        sent = sent.filter(owed_at__date=day)
    page = Paginator(sent, 50).get_page(request.GET.get("page"))
    states = {state.iso3: state for state in known}
    rows = [(message, states.get(message.ids.get("state", "")), _rung_day(message)) for message in page]
    return {"page": page, "rows": rows, "chosen": chosen, "day": day}


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _rung_day(message: OutgoingMessage) -> str:
    """The rung in words."""
    rung = message.ids.get("rung")
    return reminders.rung_text(rung) if isinstance(rung, int) else ""


@private_page
@require_POST
def pause_end(request: PrivateRequest, pk: int) -> HttpResponse:
    """Let reminders leave again, at once."""
    only_office(request.user)
    pause = get_object_or_404(visible_pauses(request.user), pk=pk)
    version = number_of(request.POST.get("version", ""))
    try:
        pauses.end(pause=pause, version=version, by=request.user, at=clock.now())
    except pauses.PauseRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The pause has ended. Each person gets the reminder that is true now."))
    return redirect("core:reminder-list")


@private_page
def mission_address(request: PrivateRequest) -> HttpResponse:
    """Note where a State's permanent mission is written to; first, of which State."""
    only_office(request.user)
    asked = request.POST.get("state") or request.GET.get("state")
    chosen = get_object_or_404(State, slug=asked) if asked else None
    form = MissionForm(request.POST or None, initial={"mission_email": chosen.mission_email}) if chosen else None
    if chosen and form and request.method == "POST" and form.is_valid():
        try:
            missions.note_address(
                state=chosen,
                address=form.cleaned_data["mission_email"],
                was=request.POST.get("was", ""),
                by=request.user,
                at=clock.now(),
            )
        except missions.MissionRefused as refusal:
            form.add_error("mission_email", str(refusal))
            chosen.refresh_from_db()
        else:
            messages.success(request, _("%(state)s: the mission’s address is noted.") % {"state": chosen.name})
            return redirect("core:reminder-list")
    context = {"form": form, "chosen": chosen, "states": State.objects.by_name()}
    return render(request, "core/mission_address.html", context)
