"""What a delegation sees of its own: its requests with their places in the lists, and its texts by item."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ccm_portal.core import writing
from meetings.domain.agenda_reading import Item, public_items
from meetings.domain.floor_order import in_order
from meetings.enums import SlotKind, SlotStatus
from meetings.models import Delegation, Meeting, SpeakerSlot, Statement

ALIVE = (SlotStatus.WAITING, SlotStatus.SPEAKING, SlotStatus.PASSED)


@dataclass(frozen=True)
class Request:
    """A request. ``place`` counts from 1 among those who wait; ``before`` is what they may use, at most."""

    slot: SpeakerSlot
    item: Item | None
    place: int | None
    of: int
    before_seconds: int


@dataclass(frozen=True)
class OfItem:
    """A statement, and the item as the public reads it."""

    statement: Statement
    item: Item | None


def requests_of(meeting: Meeting, delegations: Collection[Delegation]) -> list[Request]:
    """What these delegations have asked for and not had yet, by list. Three queries at most, and the agenda."""
    mine = {delegation.pk for delegation in delegations}
    own = SpeakerSlot.objects.filter(list__meeting=meeting, delegation__in=mine, status__in=ALIVE)
    slots = SpeakerSlot.objects.filter(list__in=own.values("list"), status__in=ALIVE).select_related(
        "list", "delegation__state", "delegation__organisation"
    )
    by_list: dict[int, list[SpeakerSlot]] = defaultdict(list)
    for slot in slots.order_by("list__code", "requested_at", "pk"):
        by_list[slot.list_id].append(slot)
    items = {item.code: item for item in public_items(meeting)} if by_list else {}
    found = []
    for rows in by_list.values():
        queue = in_order((one for one in rows if one.status == SlotStatus.WAITING), rows[0].list.order)
        places = {slot.pk: place for place, slot in enumerate(queue, start=1)}
        for slot in (one for one in rows if one.delegation_id in mine):
            place = places.get(slot.pk)
            before = sum(one.limit_seconds for one in queue[: (place or 1) - 1])
            found.append(Request(slot, items.get(slot.list.code), place, len(queue), before))
    return found


def given_without_text(meeting: Meeting, delegations: Collection[Delegation]) -> list[str]:
    """For what these delegations have had the floor and have handed in no text: the items as the public reads them,
    with the delegation where there are several. Two queries, and the agenda."""
    own = SpeakerSlot.objects.filter(list__meeting=meeting, delegation__in=delegations).exclude(kind=SlotKind.REPLY)
    rows = own.filter(statement=None).select_related("list", "delegation__state", "delegation__organisation")
    waiting = {_as_what(slot) for slot in rows.filter(status__in=(SlotStatus.WAITING, SlotStatus.SPEAKING))}
    items = {item.code: item for item in public_items(meeting)}
    told = []
    for slot in rows.filter(status=SlotStatus.SPOKEN).order_by("ended_at", "pk"):
        item = items.get(slot.list.code)
        if item is None or _as_what(slot) in waiting:
            continue
        words = item.label if len(delegations) == 1 else f"{slot.delegation}{writing.separator()}{item.label}"
        told.append(words)
    return list(dict.fromkeys(told))


def _as_what(slot: SpeakerSlot) -> tuple[int, int, str]:
    return slot.list_id, slot.delegation_id, slot.on_behalf_of.casefold()


def with_items(statements: Iterable[Statement], meeting: Meeting) -> list[OfItem]:
    """Statements of one meeting, each with its item."""
    items = {item.code: item for item in public_items(meeting)}
    return [OfItem(statement, items.get(statement.code)) for statement in statements]
