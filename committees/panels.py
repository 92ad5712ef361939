"""Blocks that other parts and apps add to the public page of a body, and to its workspace."""

from collections.abc import Callable
from datetime import date, datetime

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from committees.models import Body

# A public page has no per-person fragment: its panels are told the body and the instant alone.
BodyPanel = Callable[[Body, datetime], Panel | None]
WorkspacePanel = Callable[[Body, User, date], Panel | None]
_body: list[BodyPanel] = []
_workspace: list[WorkspacePanel] = []


def register_body_panel(panel: BodyPanel) -> BodyPanel:
    """Called by an app's ``ready()``: for the page of a body that everybody reads."""
    if panel not in _body:
        _body.append(panel)
    return panel


def register_workspace_panel(panel: WorkspacePanel) -> WorkspacePanel:
    """Called by an app's ``ready()``: for the first page of a workspace. Only who works there is ever asked for."""
    if panel not in _workspace:
        _workspace.append(panel)
    return panel


def body_panels(body: Body, *, at: datetime) -> list[Panel]:
    return [panel for make in _body if (panel := make(body, at))]


def workspace_panels(body: Body, user: User, *, on: date) -> list[Panel]:
    return [panel for make in _workspace if (panel := make(body, user, on))]
