"""In which order a list is called. Rights of reply come after all others, whatever the order."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ccm_portal.core.models import User
from meetings.domain.floor import Limits, set_limits
from meetings.domain.floor_room import held, list_of, moved
from meetings.enums import SlotKind, SlotStatus, SpeakersOrder
from meetings.models import Meeting, Room, SpeakersList, SpeakerSlot

LAST = 1_000_000  # the rank of a request that the chair has not placed


def in_order(slots: Iterable[SpeakerSlot], order: str) -> list[SpeakerSlot]:
    """The requests as they will be called. Each must have its delegation loaded."""

    def place(slot: SpeakerSlot) -> tuple[bool, int, bool, datetime, int]:
        rank = slot.rank if order == SpeakersOrder.CHAIR and slot.rank is not None else LAST
        after_states = order != SpeakersOrder.REQUESTS and slot.delegation.state_id is None
        return slot.kind == SlotKind.REPLY, rank, after_states, slot.requested_at, slot.pk

    return sorted(slots, key=place)


def waiting(of: SpeakersList) -> list[SpeakerSlot]:
    """Who waits, in the order of the list."""
    rows = of.slots.filter(status=SlotStatus.WAITING).select_related("delegation__state", "delegation__organisation")
    return in_order(rows, of.order)


@transaction.atomic
def set_order(*, meeting: Meeting, code: int, order: str, version: int, by: User, at: datetime) -> SpeakersList:
    """States first, in order of request, or as the chair sets. The ranks that were set are kept, and not used.

    :raises FloorChanged: if the list has another version.
    """
    room = held(meeting, at=at)
    changed = list_of(meeting, code, version=version)
    if order == SpeakersOrder.CHAIR and changed.order != order:
        _rank(waiting(changed))
    changed.order = SpeakersOrder(order)
    return _saved(changed, room, at)


@transaction.atomic
def set_list(
    *, meeting: Meeting, code: int, limits: Limits, order: str, version: int, by: User, at: datetime
) -> SpeakersList:
    """Limits and order of a list, together or not at all.

    :raises FloorChanged: if the list has another version.
    :raises FloorRefused: if a limit is too short or too long.
    """
    what: dict[str, Any] = {"meeting": meeting, "code": code, "by": by, "at": at}
    changed = set_limits(limits=limits, version=version, **what)
    return changed if order == changed.order else set_order(order=order, version=changed.version, **what)


@transaction.atomic
def arrange(*, meeting: Meeting, code: int, slots: Sequence[int], version: int, by: User, at: datetime) -> SpeakersList:
    """Call them in this order, named by their numbers. Who asked meanwhile comes after them; who waits no more is
    passed over.

    :raises FloorChanged: if the list has another version.
    """
    room = held(meeting, at=at)
    changed = list_of(meeting, code, version=version)
    places = {pk: place for place, pk in enumerate(slots)}
    _rank(sorted(waiting(changed), key=lambda slot: places.get(slot.pk, LAST)))
    changed.order = SpeakersOrder.CHAIR
    return _saved(changed, room, at)


@transaction.atomic
def move(*, meeting: Meeting, slot: SpeakerSlot, places: int, version: int, by: User, at: datetime) -> SpeakersList:
    """Bring one forward (−1) or back (+1) in the order that stands; it is then the chair's order.

    :raises FloorChanged: if the list has another version.
    """
    room = held(meeting, at=at)
    changed = list_of(meeting, slot.list.code, version=version)
    order = waiting(changed)
    here = next((place for place, one in enumerate(order) if one.pk == slot.pk), None)
    if here is not None:
        order.insert(max(here + places, 0), order.pop(here))
        _rank(order)
        changed.order = SpeakersOrder.CHAIR
    return _saved(changed, room, at)


def _rank(order: Sequence[SpeakerSlot]) -> None:
    for rank, slot in enumerate(order, start=1):
        slot.rank = rank
    SpeakerSlot.objects.bulk_update(order, ["rank"])


def _saved(changed: SpeakersList, room: Room, at: datetime) -> SpeakersList:
    changed.version += 1
    changed.save()
    moved(room, at=at)
    return changed
