"""The office's view of reminders: what leaves tomorrow, what went, what reached nobody, and their pauses."""

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
from ccm_portal.core.domain import pauses
from ccm_portal.core.domain.messages import STUCK
from ccm_portal.core.http import PrivateRequest, number_of, private_page
from ccm_portal.core.models import OutgoingMessage, State
from ccm_portal.core.reminder_forms import PauseForm
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
    log = _log(request)
    kept = visible_pauses(request.user).order_by("-begun_at")
    context = {
        "tomorrow": tomorrow,
        "today": today,
        "leaving": by_state(planned.leaving),
        "leaving_count": len(planned.leaving),
        "held": by_state(planned.held),
        "held_count": len(planned.held),
        "nobody": planned.nobody,
        "stuck": [(one, _rung_day(one)) for one in _reminders().filter(status__in=STUCK).order_by("-settled_at")[:50]],
        "running": reminders.due_in(list(kept.open(today)), on=today),
        "past": kept.exclude(ended_at=None, until__gte=today)[:20],
        "form": form,
        **log,
    }
    return render(request, "core/reminders.html", context)


def by_state(planned: Iterable[reminders.Planned]) -> list[tuple[State, list[reminders.Planned]]]:
    """Grouped by State, in the order of their names."""
    ordered = sorted(planned, key=lambda one: (one.item.state.name, one.item.state.pk, one.item.due, one.key))
    return [(state, list(rows)) for state, rows in groupby(ordered, key=lambda one: one.item.state)]


def _reminders() -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.filter(kind=reminders.KIND).select_related("user")


def _log(request: PrivateRequest) -> dict[str, object]:
    """What went and what is on its way, of a State or a day where the address says so."""
    chosen = State.objects.filter(slug=request.GET.get("state", "").replace("\x00", "")).first()
    day = _day(request.GET.get("day", ""))
    sent = _reminders().order_by("-owed_at", "-pk")
    if chosen:
        sent = sent.filter(ids__state=chosen.iso3)
    if day:
        sent = sent.filter(owed_at__date=day)
    page = Paginator(sent, 50).get_page(request.GET.get("page"))
    states = {state.iso3: state for state in State.objects.all()}
    rows = [(message, states.get(message.ids.get("state", "")), _rung_day(message)) for message in page]
    return {"page": page, "rows": rows, "chosen": chosen, "day": day, "states": State.objects.by_name()}


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
