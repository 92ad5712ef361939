"""What papers register with the kernel, once the apps are ready."""

from ccm_portal.core import document_readers
from meetings import emails_papers, rules_papers


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    document_readers.register(rules_papers.read_before)
    emails_papers.register()
