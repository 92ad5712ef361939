"""What the public pages of an agenda need beside its items: days with their sittings, and items that are gone."""

import json
from dataclasses import dataclass
from datetime import date

from ccm_portal.core.enums import DocumentStatus
from ccm_portal.core.symbols import sort_key
from meetings.domain.agenda_clock import Load, Programme, Slot, programme
from meetings.domain.agenda_reading import Item, revision_items, sittings_in
from meetings.domain.local_times import day_there
from meetings.models import AgendaRevision, ItemPaper, Meeting


@dataclass(frozen=True)
class Day:
    """The sittings of one day in the venue's time."""

    day: date
    loads: list[Load]


@dataclass(frozen=True)
class Published:
    """An item, from the newest revision that holds it. ``gone`` names the first revision without it."""

    item: Item
    revision: AgendaRevision
    slots: list[Slot]
    below: list[Item]
    above: Item | None
    gone: AgendaRevision | None


def paper_names(meeting: Meeting) -> dict[int, list[str]]:
    """Code -> the symbols of the published papers on the item, or their titles where they have none. One query."""
    found: dict[int, list[str]] = {}
    rows = ItemPaper.objects.filter(meeting=meeting, document__status=DocumentStatus.PUBLISHED)
    for code, symbol, title in rows.values_list("code", "document__symbol", "document__title"):
        found.setdefault(code, []).append(symbol or title)
    return {code: sorted(names, key=sort_key) for code, names in found.items()}


def by_day(planned: Programme, zone: str) -> list[Day]:
    """The sittings in order, by the day at the venue."""
    days: list[Day] = []
    for load in planned.loads:
        day = day_there(load.sitting.starts_at, zone)
        if not days or days[-1].day != day:
            days.append(Day(day, []))
        days[-1].loads.append(load)
    return days


def item_as_published(meeting: Meeting, code: int) -> Published | None:
    """The item as it was last published; ``None`` if no revision has held it."""
    later: AgendaRevision | None = None
    for revision in AgendaRevision.objects.filter(meeting=meeting).order_by("-number"):
        content = json.loads(revision.content)
        if all(row["code"] != code for row in content["items"]):
            later = revision
            continue
        items = revision_items(revision)
        item = next(one for one in items if one.code == code)
        planned = programme(items, list(sittings_in(content).values()))
        return Published(
            item=item,
            revision=revision,
            slots=[slot for load in planned.loads for slot in load.slots if slot.item.code == code],
            below=[one for one in items if one.parent == code],
            above=next((one for one in items if one.code == item.parent), None),
            gone=later,
        )
    return None
