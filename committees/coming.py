"""Which meetings are coming: what there is to prepare. The app that keeps meetings says so in its ``ready()``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ComingMeeting:
    """A meeting that is to be prepared: its key, as ``FollowUp.meeting_key`` holds it, and where it is shown."""

    key: str
    name: str
    starts: date | None
    url: str = ""


# Told the day; gives the meetings that are not over then, as (key, name, starts, url).
Provider = Callable[[date], Iterable[tuple[str, str, "date | None", str]]]
_providers: list[Provider] = []


def register_coming(provider: Provider) -> Provider:
    """Called by an app's ``ready()``. A provider costs a constant number of queries."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def coming_meetings(*, on: date) -> list[ComingMeeting]:
    """Soonest first; what has no date yet comes last."""
    found = [ComingMeeting(*told) for provider in _providers for told in provider(on)]
    return sorted(found, key=lambda meeting: (meeting.starts is None, meeting.starts or date.max, meeting.key))
