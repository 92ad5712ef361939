from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = _("Compliance")

    def ready(self) -> None:
        from compliance import wiring_cases, wiring_obligations, wiring_positions, wiring_requests  # app ready

        wiring_obligations.wire()
        wiring_requests.wire()
        wiring_positions.wire()
        wiring_cases.wire()
