"""What applications register with the kernel, once the apps are ready."""

from sponsorship import emails


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    emails.register_applications()
