"""What assessment and offers register with the kernel, once the apps are ready."""

from ccm_portal.core import sweeper
from sponsorship import (
    emails_offers,
    rules_assessment,  # noqa: F401  its rules are known once it is read
)
from sponsorship.domain import offers


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    emails_offers.register()
    sweeper.register(offers.sweep)
