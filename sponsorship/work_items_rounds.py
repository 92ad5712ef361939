"""What officers have to do next about rounds: open a call whose day has come."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.work_items import WorkItem
from sponsorship.enums import RoundStatus
from sponsorship.rules import office_rounds


def calls_to_open(user: User, on: date) -> Iterator[WorkItem]:
    """Planned rounds, from two weeks before their day."""
    planned = office_rounds(user).filter(status=RoundStatus.PLANNED).order_by("opens_on", "pk")
    for round in planned:
        if (round.opens_on - on).days <= 14:
            yield WorkItem(
                label=_("Open the call: %(meeting)s") % {"meeting": round.meeting.name},
                url=reverse("sponsorship:office-round", args=[round.key]),
                due=round.opens_on,
            )
