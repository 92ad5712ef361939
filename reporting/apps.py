"""Wiring, and nothing else."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Article 7 reports")

    def ready(self) -> None:
        # app ready
        from ccm_portal.core import sweeper
        from reporting import emails
        from reporting.domain import pdfs

        emails.register()
        sweeper.register(pdfs.sweep)
