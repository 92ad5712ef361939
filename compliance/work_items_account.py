"""The President's report on a desk: to look at, to write again, to issue. Nobody else's desk tells of it."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.work_items import WorkItem
from compliance.enums import AccountStatus
from compliance.rules_account import visible_accounts


def provide(user: User, on: date) -> Iterable[WorkItem]:
    for account in visible_accounts(user).exclude(status=AccountStatus.ISSUED):
        if account.status == AccountStatus.SECOND_LOOK and account.second_reader_id == user.pk:
            label = _("Second look at the President’s report")
        elif account.lead_id == user.pk and account.status in (AccountStatus.DRAFT, AccountStatus.AGREED):
            label = _("The President’s report")
        else:
            continue
        yield WorkItem(
            label=label,
            url=reverse("compliance:account", kwargs={"key": account.meeting.key}),
            due=account.meeting.starts,
            acts_for=account.meeting.short_name,
            detail=account.get_status_display(),
        )
