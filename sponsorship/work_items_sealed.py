"""What officers have to do next about sealed data: second person for a changed account, settle in time."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.work_items import WorkItem
from sponsorship.domain import purging
from sponsorship.enums import BankChangeStatus, RoundStatus
from sponsorship.rules import office_rounds
from sponsorship.rules_sealed import office_bank_changes

AHEAD = timedelta(days=30)  # before the end of sealed data, while a round is not settled


def changes_to_confirm(user: User, on: date) -> Iterator[WorkItem]:
    """Changed bank accounts for which this officer can be the second person."""
    waiting = office_bank_changes(user).filter(status=BankChangeStatus.PROPOSED)
    for change in waiting.exclude(proposed_by=user).exclude(link_by=user).order_by("proposed_at"):
        yield WorkItem(
            label=_("Changed bank account: be the second person"),
            url=reverse("sponsorship:bank-change", args=[change.pk]),
            due=None,
            detail=change.nominee.state.name,
        )


def rounds_to_settle_in_time(user: User, on: date) -> Iterator[WorkItem]:
    """Rounds that are not settled shortly before their receipts and accounts are destroyed."""
    going = office_rounds(user).filter(meeting__ends__lt=on).exclude(status=RoundStatus.SETTLED)
    for round in going.exclude(sealing_key__purged_at__isnull=False).order_by("meeting__ends", "pk"):
        day = purging.purge_day(round)
        if on >= day - AHEAD:
            yield WorkItem(
                label=_("Settle before sealed data and receipts are destroyed: %(meeting)s")
                % {"meeting": round.meeting.short_name},
                url=reverse("sponsorship:round-purge", args=[round.key]),
                due=day,
            )


PROVIDERS = (changes_to_confirm, rounds_to_settle_in_time)
