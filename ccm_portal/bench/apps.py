"""The models of two apps and nothing else of them, for the bare server."""

from django.apps import AppConfig


class BareCore(AppConfig):
    name = "ccm_portal.core"
    label = "core"


class BareReporting(AppConfig):
    name = "reporting"
    label = "reporting"
