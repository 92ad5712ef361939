"""The shared kernel."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "ccm_portal.core"
    label = "core"

    def ready(self) -> None:
        from ccm_portal.core import emails, outbox, sweeper  # app ready: registries

        emails.register()
        sweeper.register(outbox.sweep)
