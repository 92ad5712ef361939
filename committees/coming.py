"""Which meetings there are: what is to be prepared, and those of a body. The app that keeps meetings says so in its
``ready()``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from ccm_portal.core.models import User
from committees.models import Body


@dataclass(frozen=True)
class ComingMeeting:
    """A meeting that is to be prepared: its key, as ``FollowUp.meeting_key`` holds it, and where it is shown."""

    key: str
    name: str
    starts: date | None
    url: str = ""
    # Of a formal meeting: the first day of its President in office, and the day after the last.
    in_office: tuple[date | None, date | None] | None = None


# Told the day; gives the meetings that are not over then, as the fields of ``ComingMeeting``.
Told = tuple[str, str, date | None, str, tuple[date | None, date | None] | None]
Provider = Callable[[date], Iterable[Told]]
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


# Told a body and a person; gives the key and name of each meeting of the body that this person may know of.
OfBody = Callable[[Body, User], Iterable[tuple[str, str]]]
_of_body: list[OfBody] = []


def register_meetings_of_body(provider: OfBody) -> OfBody:
    """Called by an app's ``ready()``."""
    if provider not in _of_body:
        _of_body.append(provider)
    return provider


def meetings_of_body(body: Body, user: User) -> list[tuple[str, str]]:
    """Key and name, in the order of the provider: the last first."""
    return [told for provider in _of_body for told in provider(body, user)]
