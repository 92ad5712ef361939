"""What cases put on a person's desk: the way to them, for who is named in one or presides. Nobody else's desk says
anything."""

from datetime import date

from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import is_president
from compliance.enums import OPEN_CASES
from compliance.models import CasePlace, ComplianceCase
from compliance.rules import visible_cases


def my_matters(user: User, on: date) -> Panel | None:
    """How many matters are open to this person, and the way to them."""
    if not user.acts:
        return None
    presides = is_president(user, None)
    count = visible_cases(user).filter(status__in=OPEN_CASES).count()
    if not count and not presides and not visible_cases(user).exists():
        return None
    return Panel("compliance/panels/desk_cases.html", {"count": count, "presides": presides})


def people_tab(case: ComplianceCase, place: CasePlace) -> tuple[str, str]:
    """Who is named."""
    return _("Who is named"), "case-people"


def record_tab(case: ComplianceCase, place: CasePlace) -> tuple[str, str]:
    """What was done, and who read what."""
    return _("Record"), "case-record"
