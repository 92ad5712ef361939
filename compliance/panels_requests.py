"""Requests on other pages, and what others add to the public page of a request."""

from collections.abc import Callable
from datetime import date, datetime

from ccm_portal.core.models import State, User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
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


def on_desk(user: User, on: date) -> Panel | None:
    """On a delegate's desk: the way to their State's requests; on the ISO's, to what States said that they will ask."""
    states = [state for state in user.states if state.is_party_on(on)]
    notes = may(user, "compliance.note_intent", None)
    return (
        Panel("compliance/panels/desk_requests.html", {"states": states, "notes": notes}) if states or notes else None
    )
