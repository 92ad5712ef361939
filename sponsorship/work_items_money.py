"""What has to be done next about money: an instalment that is due, for its donor; those that are overdue, for officers.

Instalments are no due items: those stand on public pages, and what a donor promised is between it and the office.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem
from ccm_portal.core.writing import labelled, number_text
from sponsorship.domain import money
from sponsorship.domain.instalments import InstalmentPart, open_parts
from sponsorship.rules_money import office_contributions, own_contributions

AHEAD = timedelta(days=60)


def instalments_to_send(user: User, on: date) -> Iterator[WorkItem]:
    """For a donor's people: what they promised for a day that is near or over."""
    mine = list(own_contributions(user).filter(instalments__due_on__lte=on + AHEAD).distinct().order_by("pk"))
    parts = open_parts(mine) if mine else {}
    for row in mine:
        for part in parts[row.pk]:
            if part.open and part.instalment.due_on and part.instalment.due_on <= on + AHEAD:
                yield WorkItem(
                    label=labelled(_("Send your contribution to sponsorship"), money.told(part.open, row.currency)),
                    url=reverse("sponsorship:my-contribution", args=[row.pk]),
                    due=part.instalment.due_on,
                    acts_for=row.donor.name,
                )


def overdue_instalments(user: User, on: date) -> Iterator[WorkItem]:
    """For sponsorship officers: how many instalments have not come, in one line."""
    if not may(user, "sponsorship.keep_money", None):
        return
    late = list(office_contributions(user).filter(instalments__due_on__lt=on).distinct().order_by("pk"))
    parts = open_parts(late) if late else {}
    count = sum(_is_late(part, on) for rows in parts.values() for part in rows)
    if count:
        yield WorkItem(
            label=ngettext(
                "%(count)s instalment of a donor is overdue", "%(count)s instalments of donors are overdue", count
            )
            % {"count": number_text(count)},
            url=reverse("sponsorship:contribution-list"),
            due=None,
        )


def _is_late(part: InstalmentPart, on: date) -> bool:
    return bool(part.open and part.instalment.due_on and part.instalment.due_on < on)


PROVIDERS = (instalments_to_send, overdue_instalments)
