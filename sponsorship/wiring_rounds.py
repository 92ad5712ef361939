"""What rounds register with the kernel, once the apps are ready."""

from ccm_portal.core import grants, sweeper
from ccm_portal.core.domain import reference
from sponsorship import emails_rounds
from sponsorship.domain import rounds
from sponsorship.domain.reference_facts import load_facts
from sponsorship.models import RoundPlace


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    reference.register_loader(load_facts)
    grants.register(RoundPlace)
    emails_rounds.register()
    sweeper.register(rounds.sweep)
