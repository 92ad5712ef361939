"""What a person has to do next. Computed each time, never stored. Apps above register providers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ccm_portal.core.models import User


@dataclass(frozen=True)
class WorkItem:
    """One thing to do: what, where, by when, and for whom."""

    label: str
    url: str
    due: date | None
    acts_for: str = ""
    detail: str = ""


Provider = Callable[[User, date], Iterable[WorkItem]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Called by an app's ``ready()``."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def work_items_for(user: User, *, on: date) -> list[WorkItem]:
    """Everything, soonest first; what has no date comes last."""
    items = [item for provider in _providers for item in provider(user, on)]
    return sorted(items, key=lambda item: (item.due is None, item.due or date.max))
