"""What sealed data register with the kernel, once the apps are ready."""

from ccm_portal.core import sweeper
from sponsorship import emails_sealed
from sponsorship.domain import purging


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    emails_sealed.register()
    sweeper.register(purging.sweep)
