from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from ccm_portal.core import grants, sweeper  # app ready
        from meetings import wiring_decisions, wiring_papers, wiring_room  # app ready
        from meetings.domain import retention  # app ready
        from meetings.models import ChairPlace  # app ready

        grants.register(ChairPlace)
        sweeper.register(retention.sweep)
        wiring_papers.wire()
        wiring_decisions.wire()
        wiring_room.wire()
