"""What rounds register with the kernel, once the apps are ready."""

from ccm_portal.core.domain import reference
from sponsorship.domain.reference_facts import load_facts


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    reference.register_loader(load_facts)
