from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = _("Compliance")

    def ready(self) -> None:
        from compliance import (  # app ready
            wiring_analysis,
            wiring_cases,
            wiring_formal,
            wiring_obligations,
            wiring_positions,
            wiring_requests,
        )

        wiring_obligations.wire()
        wiring_requests.wire()
        wiring_analysis.wire()
        wiring_positions.wire()
        wiring_cases.wire()
        wiring_formal.wire()
