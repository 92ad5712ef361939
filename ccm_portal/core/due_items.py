"""What falls due, for whom and why: one list behind the desk, State page, reminders, API and mail."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ccm_portal.core.enums import Role
from ccm_portal.core.models import State

MISSION = "mission"  # the permanent mission: an address, no account
# Where nobody of a State is to be found, the next of these is asked in their place.
CLIMB = (Role.DRAFTER, Role.APPROVER, Role.HEAD_OF_DELEGATION, MISSION)


@dataclass(frozen=True)
class Rung:
    """A day on which a reminder leaves, counted from the due date (before it where negative), and whom it reaches:
    roles of the State, and its mission. Who has nobody in a role is reached one place higher."""

    day: int
    reaches: tuple[str, ...]


REPORT_LADDER = (
    Rung(-90, CLIMB[:1]),
    Rung(-30, CLIMB[:2]),
    Rung(-7, CLIMB[:3]),
    Rung(1, CLIMB),
    Rung(30, CLIMB),
)


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """One thing that falls due.

    ``what_now``: what can be done about it, in words, where that is not to write and file a report.
    ``key`` names it for ever; ``source`` is the rule (an article), ``basis`` the sum in words;
    ``ladder`` its rungs, the earliest first. ``begun``: whether work on it stands in the portal, and ``held_by`` the
    account that began it. ``language`` is the one in which the State works, as far as it is known.
    """

    key: str
    title: str
    state: State
    due: date
    source: str
    basis: str
    url: str
    ladder: tuple[Rung, ...] = ()
    begun: bool = False
    held_by: int | None = None
    language: str = "en"
    what_now: str = ""

    def days_left(self, on: date) -> int:
        """Negative once it is past."""
        return (self.due - on).days

    def rung_on(self, on: date) -> Rung | None:
        """The latest rung that has been reached, or ``None`` before the first."""
        reached = [rung for rung in self.ladder if -self.days_left(on) >= rung.day]
        return reached[-1] if reached else None


Provider = Callable[[date, "QuerySet[State] | None"], Iterable[DueItem]]
_providers: list[Provider] = []
_as_it_was: dict[Provider, Provider] = {}


def register(provider: Provider, *, as_it_was: Provider | None = None) -> Provider:
    """Called by an app's ``ready()``. A provider costs a constant number of queries.

    ``as_it_was`` answers for a day that is over: with what was open then, though it is settled by now.
    """
    if provider not in _providers:
        _providers.append(provider)
    if as_it_was:
        _as_it_was[provider] = as_it_was
    return provider


def due_items(*, on: date, states: "QuerySet[State] | None" = None, as_it_was: bool = False) -> list[DueItem]:
    """What is open as of ``on``, for all States or for some, soonest first."""
    asked = [_as_it_was.get(one, one) if as_it_was else one for one in _providers]
    items = [item for provider in asked for item in provider(on, states)]
    return sorted(items, key=lambda item: (item.due, item.key))
