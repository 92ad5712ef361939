"""What sealed data register with the kernel, once the apps are ready."""

from ccm_portal.core import panels, sweeper, work_items
from sponsorship import emails_sealed, panels_sealed, work_items_sealed
from sponsorship.domain import purging


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    emails_sealed.register()
    sweeper.register(purging.sweep)
    panels.register_desk(panels_sealed.on_desk)
    for provider in work_items_sealed.PROVIDERS:
        work_items.register(provider)
