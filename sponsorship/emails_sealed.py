"""Mails about changed bank accounts: that there is one, and how it was settled. They name nobody and no account."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, OutgoingMessage, User
from sponsorship.emails import NOBODY
from sponsorship.enums import BankChangeStatus
from sponsorship.models import BankChange

WAITS = "sponsorship.bank_change_waits"
TO_PERSON = "sponsorship.bank_change_to_person"
SETTLED = "sponsorship.bank_change_settled"

Context = dict[str, object] | None


def register() -> None:
    """Make these messages known to the outbox."""
    for name, context in ((WAITS, _waiting), (TO_PERSON, _to_person), (SETTLED, _settled)):
        template = f"sponsorship/emails/{name.removeprefix('sponsorship.')}.txt"
        label = _("Sponsorship: a changed bank account")
        outbox.register_kind(
            outbox.MessageKind(name=name, label=label, template=template, context=context, recipient=_recipient)
        )


def proposed(change: BankChange, *, at: datetime) -> None:
    """To the officers who can be the second person, and to the person whose account it is."""
    serving = Membership.objects.in_force(at.date()).filter(role=Role.SPONSORSHIP_OFFICER).select_related("user")
    officers = {one.user_id: one.user for one in serving}
    told = [user for pk, user in officers.items() if pk not in (change.proposed_by_id, change.link_by_id)]
    _owe(WAITS, change, told, at=at)
    _owe(TO_PERSON, change, [NOBODY], at=at)


def settled(change: BankChange, *, at: datetime) -> None:
    """To both: who proposed it and who settled it; and to the person whose account it is."""
    both = {user.pk: user for user in (change.proposed_by, change.settled_by) if user}
    _owe(SETTLED, change, [*both.values(), NOBODY], at=at)


def _owe(kind: str, change: BankChange, to: Iterable[User | str], *, at: datetime) -> None:
    for one in to:
        whom = one.pk if isinstance(one, User) else "person"
        key = f"{kind}:{change.pk}:{change.version}:{whom}"
        outbox.owe(kind=kind, key=key, to=one, ids={"change": change.pk}, at=at, language=_language(change))


def _recipient(message: OutgoingMessage) -> str:
    """Of an officer their own address; of the person the one that stands when the mail leaves."""
    if message.user:
        return message.user.email
    change = _change(message)
    return change.nominee.email if change else ""


def _language(change: BankChange) -> str:
    """The first of the person's languages in which the portal speaks."""
    spoken = dict(settings.LANGUAGES)
    return next((code for code in change.nominee.languages if code in spoken), "en")


def _change(message: OutgoingMessage) -> BankChange | None:
    return BankChange.objects.select_related("nominee").filter(pk=message.ids["change"]).first()


def _waiting(message: OutgoingMessage, at: datetime) -> Context:
    change = _change(message)
    if change is None or change.status != BankChangeStatus.PROPOSED:
        return None
    return {"url": settings.SITE_ADDRESS + reverse("sponsorship:bank-change", args=[change.pk])}


def _to_person(message: OutgoingMessage, at: datetime) -> Context:
    return {"mailbox": settings.ISO_MAILBOX} if _change(message) else None


def _settled(message: OutgoingMessage, at: datetime) -> Context:
    change = _change(message)
    if change is None:
        return None
    return {"confirmed": change.status == BankChangeStatus.CONFIRMED, "mailbox": settings.ISO_MAILBOX}
