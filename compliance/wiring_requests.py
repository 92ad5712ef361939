"""What extension requests register with the kernel, once the apps are ready."""

from ccm_portal.core import grants
from compliance.models import RequestPlace


def wire() -> None:
    """Called by ``ComplianceConfig.ready()``."""
    grants.register(RequestPlace)
