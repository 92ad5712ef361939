"""Word to a donor that a report on its contribution was issued. It holds no amount, and its label no donor."""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.enums import STATE_ROLES, Role
from ccm_portal.core.models import Membership, OutgoingMessage
from sponsorship.models import IssuedAccount
from sponsorship.rules_settlement import own_accounts

ISSUED = "sponsorship.account_issued"


def register() -> None:
    """Make it known to the outbox."""
    template = "sponsorship/emails/account_issued.txt"
    outbox.register_kind(
        outbox.MessageKind(name=ISSUED, label=_("A report to a donor"), template=template, context=_context)
    )


def owe_issued(issued: IssuedAccount, *, at: datetime) -> None:
    """Owe it to everybody who acts for the donor. Call it in the transaction of the fact."""
    contribution = issued.contribution
    if contribution is None:
        return
    of_donor = (
        Q(state=contribution.state, role__in=STATE_ROLES)
        if contribution.state
        else Q(organisation=contribution.organisation, role=Role.OBSERVER)
    )
    people = {
        one.user_id: one.user for one in Membership.objects.in_force(at.date()).filter(of_donor).select_related("user")
    }
    for pk in sorted(people):
        outbox.owe(kind=ISSUED, key=f"{ISSUED}:{issued.pk}:{pk}", to=people[pk], at=at, ids={"account": issued.pk})


def _context(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    """Nothing leaves for somebody who acts for the donor no more."""
    issued = own_accounts(message.user).filter(pk=message.ids["account"]).first() if message.user else None
    if issued is None:
        return None
    url = reverse("sponsorship:own-account", args=[issued.contribution_id, issued.key])
    return {"meeting": issued.round.meeting, "number": issued.number, "url": settings.SITE_ADDRESS + url}
