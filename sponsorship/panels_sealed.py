"""On the desk of the auditor: the rounds of which it can be asked who read sealed data."""

from datetime import date

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from sponsorship.rules_sealed import READ_SEALED, logged_rounds


def on_desk(user: User, on: date) -> Panel | None:
    """For the auditor alone: officers come to it from the page of the round."""
    if may(user, READ_SEALED, None):
        return None
    rounds = list(logged_rounds(user).filter(readings__isnull=False).distinct().order_by("-meeting__starts", "pk"))
    return Panel("sponsorship/panels/desk_readings.html", {"rounds": rounds}) if rounds else None
