"""Wiring of bodies, leadership and nominations, called by the app's ``ready()``."""


def register() -> None:
    """What these parts add to the kernel's registries."""
    from ccm_portal.core import panels, search, work_items  # app ready
    from ccm_portal.core.domain.reference import register_loader  # app ready
    from committees import panels_leadership, rules_nominations, work_items_leadership  # noqa: F401  app ready
    from committees.domain.reference import load_bodies  # app ready

    register_loader(load_bodies)
    panels.register_desk(panels_leadership.nominations_now)
    panels.register_state(panels_leadership.committees_led)
    search.register(panels_leadership.BODIES)
    work_items.register(work_items_leadership.nominations_to_endorse)
    work_items.register(work_items_leadership.seats_to_fill)
