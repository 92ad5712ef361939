"""Part of the scene of the access tests: obligations."""

from datetime import date
from typing import Any

from ccm_portal.core import clock
from ccm_portal.core.domain import clocks
from ccm_portal.core.enums import Role
from tests import factories


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Lao PDR has a clock of later contamination beside its two others."""
    clocks.begin_later(
        state=factories.state("LAO"),
        cause="Hostilities of 2024",
        hostilities_ended=date(2024, 6, 1),
        source="A letter",
        by=factories.person(Role.ISO_STAFF, "iso"),
        at=clock.now(),
    )
    return {}
