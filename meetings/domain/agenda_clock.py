"""When each item begins and ends: items run one after the other in their sitting, and what does not fit goes on in the
next. Pure functions over the items of a desk or of a revision."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from meetings.domain.agenda_reading import Item, SittingOf

LEAST_OPENING = 15  # minutes: rather than begin a longer item with less than this left, it waits for the next sitting


@dataclass(frozen=True)
class Slot:
    """An item under discussion, from when to when. ``continued`` where it began in an earlier sitting."""

    item: Item
    starts_at: datetime
    ends_at: datetime
    continued: bool = False

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


@dataclass
class Load:
    """A sitting with what stands in it. Minutes throughout."""

    sitting: SittingOf
    slots: list[Slot] = field(default_factory=list)
    own: list[Item] = field(default_factory=list)  # what was put into it
    planned: int = 0  # of the items that were put into it
    carried: int = 0  # that come over from the sitting before
    over: int = 0  # that go over to the next, or beyond the last
    late: list[Item] = field(default_factory=list)  # what was put into it and can begin only later

    @property
    def used(self) -> int:
        """How much of it is taken."""
        return self.carried + self.planned - self.over

    @property
    def free(self) -> int:
        return self.sitting.minutes - self.used

    @property
    def share(self) -> int:
        """In hundredths, 100 at most."""
        return min(100, round(100 * self.used / self.sitting.minutes)) if self.sitting.minutes else 100


@dataclass
class Programme:
    """All sittings in order of time, what stands in none, and how many minutes are left when the last is over."""

    loads: list[Load]
    unplaced: list[Item]
    beyond: int

    def first_slot(self, code: int) -> Slot | None:
        """When an item begins."""
        return self._first.get(code)

    def __post_init__(self) -> None:
        self._first: dict[int, Slot] = {}
        for load in self.loads:
            for slot in load.slots:
                self._first.setdefault(slot.item.code, slot)
        for load in self.loads:
            there = {slot.item.code for slot in load.slots}
            load.late = [item for item in load.own if item.code not in there]


def programme(items: Sequence[Item], sittings: Sequence[SittingOf]) -> Programme:
    """The items by sitting, with their times."""
    known = {sitting.pk for sitting in sittings}
    unplaced = [one for one in items if one.sitting is None or one.sitting.pk not in known]
    loads: list[Load] = []
    waiting: list[tuple[Item, int, bool]] = []
    for sitting in sittings:
        own = [one for one in items if one.sitting and one.sitting.pk == sitting.pk]
        load = Load(sitting, own=own, carried=sum(left for _item, left, _begun in waiting))
        load.planned = sum(one.minutes or 0 for one in own)
        waiting = _fill(load, [*waiting, *((one, one.minutes or 0, False) for one in own)])
        load.over = sum(left for _item, left, _begun in waiting)
        loads.append(load)
    return Programme(loads, unplaced, sum(left for _item, left, _begun in waiting))


def _fill(load: Load, queue: list[tuple[Item, int, bool]]) -> list[tuple[Item, int, bool]]:
    """Let the sitting run. Returns what is left over: the item, its minutes to come, whether it had begun."""
    now = load.sitting.starts_at
    left: list[tuple[Item, int, bool]] = []
    for item, minutes, begun in queue:
        room = int((load.sitting.ends_at - now).total_seconds()) // 60
        if left or (room <= 0 and minutes > 0):
            left.append((item, minutes, begun))
            continue
        length = min(minutes, room)
        ends = now + timedelta(minutes=length)
        load.slots.append(Slot(item, now, ends, begun))
        now = ends
        if minutes > length:
            left.append((item, minutes - length, True))
    return left


def spread(items: Sequence[Item], sittings: Sequence[SittingOf]) -> dict[int, int | None]:
    """Code -> the sitting where the item begins if all items run in order from the first sitting on. An item with a
    like place to the one above it follows that one (``None``)."""
    places: dict[int, int] = {}
    told: dict[int, int | None] = {}
    if not sittings:
        return told
    at, room = 0, sittings[0].minutes
    for item in items:
        minutes = item.minutes or 0
        while at < len(sittings) - 1 and (room <= 0 or room < LEAST_OPENING <= minutes):
            at, room = at + 1, sittings[at + 1].minutes
        places[item.code] = sittings[at].pk
        follows = item.parent is not None and places[item.parent] == places[item.code]
        told[item.code] = None if follows else places[item.code]
        room -= minutes
        while room < 0 and at < len(sittings) - 1:
            at += 1
            room += sittings[at].minutes
    return told
