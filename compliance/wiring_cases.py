"""What cases register with the kernel, once the apps are ready."""

from ccm_portal.core import grants
from compliance import emails
from compliance.models import CasePlace
from compliance.rules import is_named_anywhere


def wire() -> None:
    """Called by ``ComplianceConfig.ready()``."""
    grants.register(CasePlace, held=is_named_anywhere)
    emails.register()
