"""What applications register with the kernel, once the apps are ready."""

from ccm_portal.core import panels, work_items
from sponsorship import emails, panels_applications, rules_applications, work_items_applications  # noqa: F401
from sponsorship.domain import own_parts, purging


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    emails.register_applications()
    purging.also(own_parts.forget)
    panels.register_desk(panels_applications.on_desk)
    for provider in work_items_applications.PROVIDERS:
        work_items.register(provider)
