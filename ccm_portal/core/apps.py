"""The shared kernel."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "ccm_portal.core"
    label = "core"

    def ready(self) -> None:
        from ccm_portal.core import desk, emails, outbox, panels, sweeper, work_items  # app ready: registries

        emails.register()
        sweeper.register(outbox.sweep)
        panels.register_desk(desk.standing_panel)
        panels.register_desk(desk.people_panel)
        work_items.register(desk.mail_to_decide)
        work_items.register(desk.reminders_to_mind)
