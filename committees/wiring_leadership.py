"""What bodies, leadership and nominations register with the kernel, once the apps are ready."""

from ccm_portal.core import panels, search, work_items
from ccm_portal.core.domain.reference import register_loader
from committees import panels_leadership, work_items_leadership
from committees import rules_nominations as rules_nominations  # its rules are known from here on
from committees.domain.reference import load_bodies


def wire() -> None:
    """Called by ``CommitteesConfig.ready()``."""
    register_loader(load_bodies)
    panels.register_desk(panels_leadership.nominations_now)
    panels.register_state(panels_leadership.committees_led)
    search.register(panels_leadership.BODIES)
    work_items.register(work_items_leadership.nominations_to_endorse)
    work_items.register(work_items_leadership.seats_to_fill)
