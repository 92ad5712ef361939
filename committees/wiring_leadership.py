"""Wiring of bodies, leadership and nominations, called by the app's ``ready()``."""


def register() -> None:
    """What these parts add to the kernel's registries."""
    from ccm_portal.core.domain.reference import register_loader  # app ready
    from committees import rules_nominations  # noqa: F401  app ready
    from committees.domain.reference import load_bodies  # app ready

    register_loader(load_bodies)
