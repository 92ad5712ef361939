from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SponsorshipConfig(AppConfig):
    name = "sponsorship"
    label = "sponsorship"
    verbose_name = _("Sponsorship")

    def ready(self) -> None:
        from sponsorship import (  # app ready
            wiring_applications,
            wiring_assessment,
            wiring_money,
            wiring_rounds,
            wiring_sealed,
            wiring_settlement,
            wiring_travel,
        )

        wiring_rounds.wire()
        wiring_money.wire()
        wiring_applications.wire()
        wiring_assessment.wire()
        wiring_sealed.wire()
        wiring_travel.wire()
        wiring_settlement.wire()
