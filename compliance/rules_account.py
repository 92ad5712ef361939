"""Who may see and do what with the President's report to a meeting, until it is issued.

compliance.read_account     its lead, and the second reader once one is named
compliance.lead_account     its lead: writes, redacts, names the second reader, issues
compliance.second_account   the second reader: agrees to it, or sends it back
"""

from typing import Any

import rules
from django.db.models import Q, QuerySet

from ccm_portal.core.models import User
from compliance import fence
from compliance.enums import PassageStatus
from compliance.models import PresidentReport, ReportPassage
from compliance.rules import visible_cases


def _acts(user: Any) -> bool:
    """Whoever acts for nobody any more reads no draft: the President in office takes it over (``begin``)."""
    return isinstance(user, User) and user.is_active and user.acts


@rules.predicate
def leads_account(user: Any, account: Any) -> bool:
    return _acts(user) and account is not None and account.lead_id == user.pk


@rules.predicate
def reads_second(user: Any, account: Any) -> bool:
    return _acts(user) and account is not None and account.second_reader_id == user.pk


rules.add_perm("compliance.read_account", leads_account | reads_second)
rules.add_perm("compliance.lead_account", leads_account)
rules.add_perm("compliance.second_account", reads_second)


def visible_accounts(user: Any) -> QuerySet[PresidentReport]:
    """The set form of ``compliance.read_account``. Lets the person through the fence."""
    fence.let_in(user if isinstance(user, User) else None)
    if not _acts(user):
        return PresidentReport.objects.none()
    return PresidentReport.objects.select_related("meeting", "lead", "second_reader").filter(
        Q(lead=user) | Q(second_reader=user)
    )


def visible_passages(user: Any, account: PresidentReport) -> QuerySet[ReportPassage]:
    """The passages that this person may read: of cases in which they are named; to the second reader, what is in it."""
    passages = ReportPassage.objects.filter(report=account, case__in=visible_cases(user))
    if account.lead_id != user.pk:
        passages = passages.exclude(status=PassageStatus.LEFT_OUT)
    return passages.select_related("case__state", "entry").order_by("position", "pk")
