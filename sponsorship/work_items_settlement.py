"""What sponsorship officers have to settle next, in one line a round; and what a donor may read."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.work_items import WorkItem
from ccm_portal.core.writing import number_text
from sponsorship.domain.settlement_reading import to_do
from sponsorship.rules_settlement import office_settlements


def journeys_to_settle(user: User, on: date) -> Iterator[WorkItem]:
    """For sponsorship officers: journeys that are over, round by round."""
    found = Counter(offer.round for offer in to_do(office_settlements(user)))
    for round, count in found.items():
        words = ngettext("%(count)s journey is to be settled", "%(count)s journeys are to be settled", count)
        yield WorkItem(
            label=words % {"count": number_text(count)},
            url=f"{reverse('sponsorship:round-desk', args=[round.key])}#unsettled",
            due=None,
            detail=_("Sponsorship: %(meeting)s") % {"meeting": round.meeting.short_name},
        )


PROVIDERS = (journeys_to_settle,)
