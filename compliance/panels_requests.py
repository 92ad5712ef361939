"""Requests on other pages, and what others add to the public page of a request."""

from collections.abc import Callable
from datetime import datetime

from ccm_portal.core.models import State
from ccm_portal.core.panels import Panel
from compliance.domain import request_reading
from compliance.models import ExtensionRequest

RequestPanel = Callable[[ExtensionRequest, datetime], Panel | None]
_on_requests: list[RequestPanel] = []


def register_request_panel(panel: RequestPanel) -> RequestPanel:
    """A block on the public page of a lodged request, in the order in which they are registered. It says what everybody
    may read. Called by ``wire()`` of a part."""
    if panel not in _on_requests:
        _on_requests.append(panel)
    return panel


def request_panels(request: ExtensionRequest, *, at: datetime) -> list[Panel]:
    return [panel for make in _on_requests if (panel := make(request, at))]


def on_state(state: State, at: datetime) -> Panel | None:
    """For a State's page: what it asked, and what was decided, the last first."""
    found = request_reading.readable().filter(state=state).order_by("-clock", "-number")
    rows = [(one, *request_reading.badge(one)) for one in request_reading.as_public(found)]
    if not rows:
        return None
    return Panel("compliance/panels/state_requests.html", {"state": state, "rows": rows})
