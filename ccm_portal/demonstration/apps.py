"""Demonstration data. Has no models; not needed in production."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "ccm_portal.demonstration"
    label = "demonstration"
