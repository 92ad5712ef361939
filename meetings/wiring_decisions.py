"""What decisions register with the kernel and with the pages of meetings, once the apps are ready."""

from ccm_portal.core import sweeper, work_items
from meetings import emails_decisions, rules_decisions, work_items_decisions  # noqa: F401  the rules register
from meetings.domain import silence


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    emails_decisions.register()
    sweeper.register(silence.sweep)
    for provider in work_items_decisions.PROVIDERS:
        work_items.register(provider)
