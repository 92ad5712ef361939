from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommitteesConfig(AppConfig):
    name = "committees"
    verbose_name = _("Committees")

    def ready(self) -> None:
        from ccm_portal.core import grants  # app ready
        from ccm_portal.core.domain.reference import register_loader  # app ready
        from committees import wiring_workspace  # app ready
        from committees.domain.reference import load_bodies  # app ready
        from committees.models import WorkspacePlace  # app ready

        grants.register(WorkspacePlace)
        register_loader(load_bodies)
        wiring_workspace.register()
