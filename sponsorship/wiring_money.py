"""What money register with the kernel, once the apps are ready."""


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
