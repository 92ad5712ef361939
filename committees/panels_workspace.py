"""What workspaces add to the desk and to other pages."""

from datetime import date

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import is_iso_staff
from committees.rules import working_bodies


def my_committees(user: User, on: date) -> Panel | None:
    """For the desk: the workspaces of the bodies in which a person works."""
    bodies = working_bodies(user).exclude(ends__lte=on).order_by("position", "pk")
    if not bodies:
        return None
    return Panel("committees/panels/desk.html", {"bodies": bodies, "office": is_iso_staff(user, None)})
