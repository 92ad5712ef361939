"""What extension requests register with the kernel, once the apps are ready."""

from ccm_portal.core import grants, panels, search, sweeper, work_items
from compliance import emails, panels_requests, work_items_requests
from compliance.domain import request_meetings
from compliance.models import RequestPlace
from compliance.search_requests import REQUESTS


def wire() -> None:
    """Called by ``ComplianceConfig.ready()``."""
    grants.register(RequestPlace)
    emails.register()
    sweeper.register(request_meetings.sweep)
    panels.register_state(panels_requests.on_state)
    panels.register_desk(panels_requests.on_desk)
    search.register(REQUESTS)
    for provider in work_items_requests.PROVIDERS:
        work_items.register(provider)
