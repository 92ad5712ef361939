"""The roof: composes what the apps below offer, decides nothing, has no models."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "ccm_portal.dashboard"
    label = "dashboard"
