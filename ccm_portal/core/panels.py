"""Blocks that apps above add to the home page, the State page and the desk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

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
_state: list[StatePanel] = []
_home: list[HomePanel] = []
_desk: list[DeskPanel] = []


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


def state_panels(state: State, *, at: datetime) -> list[Panel]:
    return [panel for make in _state if (panel := make(state, at))]


def home_panels(*, at: datetime) -> list[Panel]:
    return [panel for make in _home if (panel := make(at))]


def desk_panels(user: User, *, on: date) -> list[Panel]:
    return [panel for make in _desk if (panel := make(user, on))]
