"""What assessment and offers register with the kernel, once the apps are ready."""

from ccm_portal.core import sweeper, work_items
from sponsorship import (
    emails_offers,
    rules_assessment,  # noqa: F401  its rules are known once it is read
    work_items_assessment,
)
from sponsorship.domain import offers


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    emails_offers.register()
    sweeper.register(offers.sweep)
    sweeper.register(offers.remind)
    for provider in work_items_assessment.PROVIDERS:
        work_items.register(provider)
