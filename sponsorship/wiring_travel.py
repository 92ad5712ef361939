"""What travel and duties register with the kernel, once the apps are ready."""

from ccm_portal.core import sweeper, work_items
from sponsorship import emails_travel, work_items_travel
from sponsorship.domain import journey_sweep, purging, travel


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    emails_travel.register()
    sweeper.register(journey_sweep.sweep)
    purging.also(travel.forget)
    for provider in work_items_travel.PROVIDERS:
        work_items.register(provider)
