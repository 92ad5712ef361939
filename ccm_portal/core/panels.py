"""Blocks that apps above add to the home page, the State page, the desk and the pages of public records."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from ccm_portal.core.models import State, User


@dataclass(frozen=True)
class Panel:
    """A template and what it needs."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    # Says only what can be done where there is nothing else to do: left out beside work and other panels.
    only_alone: bool = False


# Told the instant and not the day: whether something is late changes within one.
StatePanel = Callable[[State, datetime], Panel | None]
HomePanel = Callable[[datetime], Panel | None]
DeskPanel = Callable[[User, date], Panel | None]
# Given the record whose public page it is: a filed version of a report, a statement.
RecordPanel = Callable[[Any, datetime], Panel | None]
_state: list[StatePanel] = []
_home: list[HomePanel] = []
_desk: list[DeskPanel] = []
_records: dict[type[Model], list[RecordPanel]] = {}


def register_state(panel: StatePanel) -> StatePanel:
    """Called by an app's ``ready()``."""
    if panel not in _state:
        _state.append(panel)
    return panel


def register_home(panel: HomePanel) -> HomePanel:
    """Called by an app's ``ready()``."""
    if panel not in _home:
        _home.append(panel)
    return panel


def register_desk(panel: DeskPanel) -> DeskPanel:
    """Called by an app's ``ready()``."""
    if panel not in _desk:
        _desk.append(panel)
    return panel


def register_record(kind: type[Model], panel: RecordPanel) -> RecordPanel:
    """On the public page of each record of this kind: it says what everybody may read, and every change of it is an act
    on record, or the page would be kept as it was. Called by an app's ``ready()``."""
    panels = _records.setdefault(kind, [])
    if panel not in panels:
        panels.append(panel)
    return panel


def state_panels(state: State, *, at: datetime) -> list[Panel]:
    return [panel for make in _state if (panel := make(state, at))]


def home_panels(*, at: datetime) -> list[Panel]:
    return [panel for make in _home if (panel := make(at))]


def desk_panels(user: User, *, on: date) -> list[Panel]:
    return [panel for make in _desk if (panel := make(user, on))]


def record_panels(record: Model, *, at: datetime) -> list[Panel]:
    return [panel for make in _records.get(type(record), ()) if (panel := make(record, at))]
