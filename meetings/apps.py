from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    name = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        from ccm_portal.core import grants  # app ready
        from meetings import (  # app ready
            wiring_agenda,
            wiring_decisions,
            wiring_meetings,
            wiring_papers,
            wiring_people,
            wiring_preparation,
            wiring_room,
        )
        from meetings.models import ChairPlace  # app ready

        grants.register(ChairPlace)
        wiring_preparation.wire()
        wiring_meetings.wire()
        wiring_people.wire()
        wiring_papers.wire()
        wiring_decisions.wire()
        wiring_room.wire()
        wiring_agenda.wire()
