"""What settlement and reports register with the kernel, once the apps are ready."""

from ccm_portal.core import work_items
from sponsorship import emails_accounts, panels_rounds, panels_settlement, work_items_settlement


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    emails_accounts.register()
    panels_rounds.register_round_panel(panels_settlement.report_on_round)
    for provider in work_items_settlement.PROVIDERS:
        work_items.register(provider)
