"""Everything that the agenda desk shows, at a constant number of queries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from meetings.domain import agenda_budget, outline, steps
from meetings.domain.agenda_clock import Slot
from meetings.domain.agenda_numbers import DEEPEST
from meetings.domain.agenda_publishing import canonical, content_of
from meetings.domain.agenda_reading import Item, SittingOf, desk_items, newest_revision, sittings_of
from meetings.enums import SlotStatus
from meetings.models import Agenda, AgendaRevision, Decision, ItemPaper, Meeting, SpeakerSlot


@dataclass(frozen=True)
class Line:
    """An item as its line shows it. ``opens`` where it is the first that begins in a sitting."""

    item: Item
    slot: Slot | None
    opens: SittingOf | None
    papers: int
    speakers: int  # that have asked for the floor
    decisions: int
    needed: int  # minutes that the expected speakers need
    is_short: bool
    can: frozenset[str]  # ways it can move
    through: list[SittingOf]  # later sittings that it goes on in and that nothing was put into

    @property
    def sitting(self) -> int | None:
        """Its own; ``None`` where it follows the item above it, or stands in none."""
        return self.item.sitting.pk if self.item.sitting and self.item.has_own_sitting else None


@dataclass(frozen=True)
class Desk:
    """The outline with its time, and what can be done about it."""

    agenda: Agenda
    lines: list[Line]
    sittings: list[SittingOf]
    budget: agenda_budget.Budget
    undo: str
    redo: str
    newest: AgendaRevision | None
    is_changed: bool  # since the newest revision

    @property
    def has_items(self) -> bool:
        return bool(self.lines)


def desk(meeting: Meeting) -> Desk:
    """The desk of a meeting's agenda. Nine queries, however many items there are."""
    agenda = Agenda.objects.filter(meeting=meeting).first() or Agenda(meeting=meeting)
    agenda.meeting = meeting
    items, sittings = desk_items(meeting), sittings_of(meeting)
    budget = agenda_budget.budget(meeting.kind, items, sittings, agenda.minutes_per_speaker, meeting.time_zone)
    newest = newest_revision(meeting)
    back = outline.undoable(agenda) if agenda.pk else None
    forth = outline.redoable(agenda) if agenda.pk else None
    return Desk(
        agenda=agenda,
        lines=_lines(meeting, items, budget),
        sittings=sittings,
        budget=budget,
        undo=steps.in_words(back) if back else "",
        redo=steps.in_words(forth) if forth else "",
        newest=newest,
        is_changed=newest is None or newest.content != canonical(content_of(agenda)),
    )


def counts(meeting: Meeting) -> tuple[Mapping[int, int], Mapping[int, int], Mapping[int, int]]:
    """How many papers, requests for the floor and decisions each item has, by code. Three queries."""
    papers = Counter(ItemPaper.objects.filter(meeting=meeting).values_list("code", flat=True))
    asking = SpeakerSlot.objects.filter(list__meeting=meeting).exclude(status=SlotStatus.WITHDRAWN)
    speakers = Counter(asking.values_list("list__code", flat=True))
    decided = Decision.objects.filter(meeting=meeting, code__isnull=False)
    return papers, speakers, Counter(code for code in decided.values_list("code", flat=True) if code is not None)


def _lines(meeting: Meeting, items: list[Item], budget: agenda_budget.Budget) -> list[Line]:
    papers, speakers, decisions = counts(meeting)
    ways = _ways(items)
    short, opened = budget.short_codes, set()
    through = _through(budget)
    lines = []
    for item in items:
        slot = budget.programme.first_slot(item.code)
        at = item.sitting
        opens = at if at and at.pk not in opened else None
        if at:
            opened.add(at.pk)
        need = budget.needs.get(item.code)
        lines.append(
            Line(
                item=item,
                slot=slot,
                opens=opens,
                papers=papers.get(item.code, 0),
                speakers=speakers.get(item.code, 0),
                decisions=decisions.get(item.code, 0),
                needed=need.minutes if need and need.is_short else 0,
                is_short=item.code in short,
                can=ways[item.code],
                through=through.get(item.code, []),
            )
        )
    return lines


def _through(budget: agenda_budget.Budget) -> dict[int, list[SittingOf]]:
    """By code: the sittings that an item runs through and that would have no heading in the outline."""
    found: dict[int, list[SittingOf]] = {}
    for load in budget.programme.loads:
        if load.slots and load.slots[0].continued and not load.own:
            found.setdefault(load.slots[0].item.code, []).append(load.sitting)
    return found


def _ways(items: Iterable[Item]) -> dict[int, frozenset[str]]:
    """Which of up, down, in and out each item can go: a button that would only be refused is not drawn."""
    items = list(items)
    siblings: dict[int | None, list[int]] = {}
    height = {item.code: 0 for item in items}
    for item in items:
        siblings.setdefault(item.parent, []).append(item.code)
    for item in reversed(items):
        if item.parent is not None:
            height[item.parent] = max(height[item.parent], height[item.code] + 1)
    ways = {}
    for item in items:
        here = siblings[item.parent]
        place = here.index(item.code)
        can = {
            "up": place > 0,
            "down": place < len(here) - 1,
            "in": place > 0 and item.depth + height[item.code] < DEEPEST,
            "out": item.parent is not None,
        }
        ways[item.code] = frozenset(way for way, possible in can.items() if possible)
    return ways
