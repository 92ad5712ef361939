"""The address of a State's permanent mission: where reminders go that reach no account."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import locked


class MissionRefused(Exception):
    """Somebody noted another address. The message is fit to show the person."""


@transaction.atomic
def note_address(*, state: State, address: str, was: str, by: User, at: datetime) -> State:
    """Note, change or take away the address; ``was`` is the one that the person saw.

    :raises MissionRefused: if another stands there by now.
    :raises PermissionDenied: for everybody but the office.
    """
    require(by, "core.note_mission", state)
    state, address = locked(state), address.strip().lower()
    if state.mission_email == address:
        return state
    if state.mission_email != was:
        raise MissionRefused(
            _("Somebody noted %(address)s meanwhile. Send yours again to put it in its place.")
            % {"address": state.mission_email}
            if state.mission_email
            else _("Somebody took the address away meanwhile. Send yours again to note it.")
        )
    state.mission_email = address
    state.save(update_fields=["mission_email"])
    # The address itself may be a person's: the register, which forgets nothing, says only that there is one.
    register.append(
        action="core.state.note_mission", by=by, at=at, state=state, obj=state, data={"noted": bool(address)}
    )
    return state
