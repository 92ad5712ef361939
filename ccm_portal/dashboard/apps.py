"""The roof: composes what the apps below offer, decides nothing, has no models."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "ccm_portal.dashboard"
    label = "dashboard"

    def ready(self) -> None:
        from ccm_portal.core import search  # app ready
        from ccm_portal.dashboard.search import STATES  # app ready

        search.register(STATES)
