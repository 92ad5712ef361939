"""Wiring, and nothing else."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Article 7 reports")

    def ready(self) -> None:
        # app ready
        from reporting import emails

        emails.register()
