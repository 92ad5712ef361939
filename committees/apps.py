from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = _("Committees")

    def ready(self) -> None:
        from ccm_portal.core import grants  # app ready
        from committees import wiring_leadership, wiring_workspace  # app ready
        from committees.models import TermPerson, WorkspacePlace  # app ready

        grants.register(WorkspacePlace)
        grants.register(TermPerson)  # whoever stands under a term sees what is unpublished
        wiring_leadership.wire()
        wiring_workspace.wire()
