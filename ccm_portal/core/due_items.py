"""What falls due, for whom and why: one list behind the desk, State page, reminders, API and mail."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from ccm_portal.core.models import State

# Days after the due date on which a reminder leaves; before it where negative.
REPORT_RUNGS = (-90, -30, -7, 1, 30)


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """One thing that falls due.

    ``key`` names it for ever; ``source`` is the rule (an article), ``basis`` the sum in words;
    ``audience`` the roles that are reminded; ``rungs`` the days of the ladder.
    """

    key: str
    title: str
    state: State
    due: date
    source: str
    basis: str
    url: str
    audience: tuple[str, ...] = ()
    to_mission: bool = False
    rungs: tuple[int, ...] = ()

    def days_left(self, on: date) -> int:
        """Negative once it is past."""
        return (self.due - on).days


Provider = Callable[[date, "QuerySet[State] | None"], Iterable[DueItem]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Called by an app's ``ready()``. A provider costs a constant number of queries."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def due_items(*, on: date, states: "QuerySet[State] | None" = None) -> list[DueItem]:
    """What is open as of ``on``, for all States or for some, soonest first."""
    items = [item for provider in _providers for item in provider(on, states)]
    return sorted(items, key=lambda item: (item.due, item.key))
