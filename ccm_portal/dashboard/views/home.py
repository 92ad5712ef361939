"""Home: the Convention, who is bound, what is in, what is next, what was published last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from ccm_portal.core import clock, due_items, panels
from ccm_portal.core.due_items import DueItem
from ccm_portal.core.enums import TreatyStatus
from ccm_portal.core.http import public_page
from ccm_portal.core.models import State
from ccm_portal.core.public_marks import record_mark
from ccm_portal.core.tiles import tile

NEXT = 6


def mark(request: HttpRequest) -> str:
    return record_mark(at=clock.now())


@public_page(mark)
def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    on = now.date()
    states = list(State.objects.with_clocks().by_name())
    context = {
        "on": on,
        "parties": _count(states, TreatyStatus.STATE_PARTY),
        "signatories": _count(states, TreatyStatus.SIGNATORY),
        "tiles": treaty_tiles(states),
        "legend": [(status.value, status.label) for status in TreatyStatus],
        "coming": coming(due_items.due_items(on=on), on=on),
        "panels": panels.home_panels(at=now),
    }
    return render(request, "dashboard/home.html", context)


def _count(states: Iterable[State], status: TreatyStatus) -> int:
    return sum(state.treaty_status == status for state in states)


def treaty_tiles(states: Iterable[State]) -> list[dict[str, Any]]:
    """The map by treaty status."""
    base, words = reverse("dashboard:state-list"), {status.value: str(status.label) for status in TreatyStatus}
    drawn = (
        tile(state, status=state.treaty_status, words=words[state.treaty_status], url=f"{base}{state.slug}/")
        for state in states
    )
    return [one for one in drawn if one]


@dataclass(frozen=True)
class Coming:
    """What falls due on one day: of one State, or of several at once."""

    due: date
    title: str
    who: str
    source: str
    url: str


def coming(items: Iterable[DueItem], *, on: date) -> list[Coming]:
    """The next days on which something falls due; what several States owe on the same day is told once."""
    ahead = sorted((item for item in items if item.due >= on), key=_together)
    groups = groupby(ahead, key=_together)
    return [_coming(due, title, source, list(group)) for (due, title, source), group in islice(groups, NEXT)]


def _together(item: DueItem) -> tuple[date, str, str]:
    return item.due, item.title, item.source


def _coming(due: date, title: str, source: str, items: list[DueItem]) -> Coming:
    if len(items) == 1:
        state = items[0].state
        return Coming(due, title, state.name, source, state.get_absolute_url())
    who = ngettext("%(count)s State", "%(count)s States", len(items)) % {"count": len(items)}
    return Coming(due, title, who, source, "")
