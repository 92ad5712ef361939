"""A changed bank account: proposed by one person, looked at, called back about and confirmed by another.

The account that was there stays in force until then. The first account needs no second person.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import Transition, locked
from committees.domain.said import WorkChanged, WorkRefused, said, seen
from sponsorship import emails_sealed, workflow_sealed
from sponsorship.domain.round_keys import data_key, sealed_text
from sponsorship.domain.sealed_values import checked
from sponsorship.domain.sealing import log_reading, opened_values, place, put
from sponsorship.enums import BankChangeStatus, SealedKind
from sponsorship.models import BankChange, Nominee, PersonalLink, SealedReading

READING = "bank_change"


@dataclass(frozen=True)
class Compared:
    """The account in force, and the one that is to replace it."""

    now: dict[str, str]
    proposed: dict[str, str]


def open_change(nominee: Nominee) -> BankChange | None:
    """The change that waits, if there is one."""
    return nominee.bank_changes.filter(status=BankChangeStatus.PROPOSED).first()


@transaction.atomic
def propose(
    nominee: Nominee, values: dict[str, Any], *, reason: str, by: User | None, at: datetime, version: int
) -> BankChange:
    """Propose another account; ``by`` is nobody where the person does by their own link. ``version`` is that of the
    account that the page showed (``Masked.version``).

    :raises ValuesRefused: with a sentence for each field that is wrong.
    :raises WorkRefused: without a reason, where there is no account yet, or another change waits.
    :raises WorkChanged: if the account was changed meanwhile.
    :raises KeyUnavailable: if the round's key is lost, or destroyed.
    """
    kept = checked(SealedKind.BANK, values)
    reason = said(reason, longest=300, empty=_("Say why the account changes."))
    key = data_key(nominee.application.round, at=at)
    nominee = locked(nominee)
    record = nominee.sealed_records.filter(kind=SealedKind.BANK).first()
    if record is None:
        raise WorkRefused(_("There is no account yet that could be changed."))
    if record.version != version:
        raise WorkChanged(record)
    if open_change(nominee):
        raise WorkRefused(_("Another change of this account waits for a second person."))
    link = PersonalLink.objects.filter(nominee=nominee).first() if by is None else None
    change = BankChange.objects.create(
        nominee=nominee,
        sealed=sealed_text(
            json.dumps(kept, ensure_ascii=False), key=key, place=place(nominee, SealedKind.BANK, "change")
        ),
        reason=reason,
        proposed_by=by,
        link_by=link.made_by if link else None,
        proposed_at=at,
    )
    emails_sealed.proposed(change, at=at)
    register.append(action="sponsorship.bankchange.propose", by=by, at=at, state=nominee.state, obj=change)
    return change


@transaction.atomic
def read_change(change: BankChange, *, by: User, at: datetime) -> Compared:
    """Both accounts, side by side. The reading is logged.

    :raises PermissionDenied: for whoever is no sponsorship officer.
    :raises WorkRefused: if it is settled: what was proposed is not kept.
    :raises KeyUnavailable: if the round's key is lost, or destroyed.
    """
    if change.status != BankChangeStatus.PROPOSED:
        raise WorkRefused(_("This change is settled. What was proposed is not kept."))
    nominee = change.nominee
    now = nominee.sealed_records.get(kind=SealedKind.BANK)
    compared = Compared(
        now=opened_values(nominee, SealedKind.BANK, now.sealed),
        proposed=opened_values(nominee, SealedKind.BANK, change.sealed, what="change"),
    )
    log_reading(nominee, READING, by=by, at=at)
    return compared


@transaction.atomic
def confirm(change: BankChange, *, by: User, at: datetime, version: int) -> BankChange:
    """The second person confirms, having read both accounts and called back. The new account is in force.

    :raises PermissionDenied: for who proposed it, made the link by which it came, or is no sponsorship officer.
    :raises WorkRefused: if they have not read it.
    :raises WorkChanged: if it was settled meanwhile.
    """
    key = data_key(change.nominee.application.round, at=at)
    change = _held(change, workflow_sealed.CONFIRM_CHANGE, by=by, version=version)
    nominee = locked(change.nominee)
    if not SealedReading.objects.filter(
        nominee_key=nominee.pk, what=READING, user=by, at__gte=change.proposed_at
    ).exists():
        raise WorkRefused(_("Read both accounts before you confirm."))
    kept = opened_values(nominee, SealedKind.BANK, change.sealed, what="change")
    put(nominee, SealedKind.BANK, kept, key=key, by=change.proposed_by, at=at)
    return _settle(change, workflow_sealed.CONFIRM_CHANGE, by=by, at=at)


@transaction.atomic
def refuse(change: BankChange, *, by: User, at: datetime, version: int) -> BankChange:
    """The second person refuses. The account that was there stays.

    :raises PermissionDenied: for who proposed it, made the link by which it came, or is no sponsorship officer.
    :raises WorkChanged: if it was settled meanwhile.
    """
    change = _held(change, workflow_sealed.REFUSE_CHANGE, by=by, version=version)
    return _settle(change, workflow_sealed.REFUSE_CHANGE, by=by, at=at)


@transaction.atomic
def take_back(change: BankChange, *, by: User, at: datetime, version: int) -> BankChange:
    """Who proposed it takes it back.

    :raises PermissionDenied: for everybody else.
    :raises WorkChanged: if it was settled meanwhile.
    """
    change = _held(change, workflow_sealed.TAKE_BACK_CHANGE, by=by, version=version)
    return _settle(change, workflow_sealed.TAKE_BACK_CHANGE, by=by, at=at)


def _held(change: BankChange, arrow: Transition, *, by: User, version: int) -> BankChange:
    change = seen(change, version)
    require(by, arrow.perm, change)
    arrow.check(change)
    return change


def _settle(change: BankChange, arrow: Transition, *, by: User, at: datetime) -> BankChange:
    change.sealed = ""  # the new one is in force, or nobody's
    change.settled_by = by if by.pk != change.proposed_by_id else None
    change.settled_at = at
    change.version += 1
    arrow.apply(change)
    emails_sealed.settled(change, at=at)
    arrow.record(change, by=by, at=at)
    return change
