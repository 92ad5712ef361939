"""What money registers with the kernel, once the apps are ready."""

from ccm_portal.core import panels, work_items
from sponsorship import panels_money, work_items_money


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    panels.register_desk(panels_money.on_desk)
    for provider in work_items_money.PROVIDERS:
        work_items.register(provider)
