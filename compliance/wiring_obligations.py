"""What obligations register with the kernel, once the apps are ready."""

from ccm_portal.core import due_items
from compliance.due_items import obligations_due, obligations_due_then


def wire() -> None:
    """Called by ``ComplianceConfig.ready()``."""
    due_items.register(obligations_due, as_it_was=obligations_due_then)
