"""The way to the money, on desks: for sponsorship officers to all of it, for donors to their own."""

from datetime import date

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from sponsorship.rules_money import own_contributions


def on_desk(user: User, on: date) -> Panel | None:
    """Nothing for those who neither run the money nor gave any."""
    keeps = may(user, "sponsorship.keep_money", None)
    gives = may(user, "sponsorship.follow_contributions", None) and own_contributions(user).order_by().exists()
    return Panel("sponsorship/panels/desk_money.html", {"keeps": keeps, "gives": gives}) if keeps or gives else None
