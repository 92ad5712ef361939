"""Where each State stands under the treaty moves with the calendar: on the day of an entry into force
or of a withdrawal the stored standing follows the Depositary's dates."""

from datetime import date, datetime

from django.db import transaction

from ccm_portal.core import register
from ccm_portal.core.models import State
from ccm_portal.treaty.status import treaty_status


@transaction.atomic
def bring_standings_up_to(*, on: date, at: datetime) -> list[str]:
    """Write the standing of ``on`` (Articles 17 and 20) wherever the stored one is another.

    :returns: the iso3 codes of the States that moved.
    """
    moved = []
    for state in State.objects.select_for_update().order_by("iso3"):
        standing: str = treaty_status(
            on=on,
            signed=state.signed,
            deposited=state.deposited,
            entry_into_force=state.entry_into_force,
            withdrawn_effective=state.withdrawn_effective,
        ).value
        if state.treaty_status != standing:
            moved.append((state, state.treaty_status, standing))
            state.treaty_status = standing
            state.save(update_fields=["treaty_status"])
    for state, before, standing in moved:
        register.append(
            action="core.state.stand", by=None, at=at, state=state, obj=state, data={"from": before, "to": standing}
        )
    return [state.iso3 for state, _before, _standing in moved]
