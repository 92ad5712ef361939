"""What the office has to do next with positions."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem
from ccm_portal.core.writing import number_text
from compliance.enums import PositionStatus
from compliance.rules_positions import office_positions


def proposals_to_settle(user: User, on: date) -> Iterator[WorkItem]:
    """One line, however many wait."""
    if not may(user, "compliance.keep_positions", None):
        return
    waiting = office_positions(user).filter(status=PositionStatus.PROPOSED).count()
    if waiting:
        words = ngettext("%(number)s position is proposed", "%(number)s positions are proposed", waiting)
        yield WorkItem(
            label=words % {"number": number_text(waiting)}, url=reverse("compliance:office-positions"), due=None
        )
