"""Sealed data of nominated persons: written, read and logged here and nowhere else.

Under the key of the round (``sponsorship.domain.round_keys``), bound to the person and the kind, so that rows cannot be
changed for one another. Files are sealed by ``sponsorship.domain.sealed_files``.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.workflow import locked
from ccm_portal.treaty.arithmetic import add_months
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain.round_keys import KeyUnavailable, data_key, opened_text, sealed_text
from sponsorship.domain.sealed_values import checked
from sponsorship.domain.visa_clock import journey
from sponsorship.enums import PassportStanding, SealedKind
from sponsorship.models import Nominee, SealedReading, SealedRecord, TravelFile
from sponsorship.rules_sealed import READ_SEALED


class SecondPersonNeeded(WorkRefused):
    """There is a bank account already: see ``sponsorship.domain.bank_changes``."""


@dataclass(frozen=True)
class Masked:
    """What may be shown without reading: that there is something, since when. Never a part of it."""

    kind: SealedKind
    since: datetime | None = None
    by: User | None = None  # nobody where the person wrote it by their own link
    version: int = 0  # for ``write(seen=…)``

    @property
    def is_there(self) -> bool:
        return self.since is not None


# -- What pages and other parts call ---------------------------------------------------------------------------------


@transaction.atomic
def write(
    nominee: Nominee, kind: str, values: dict[str, Any], *, by: User | None, at: datetime, seen: int
) -> SealedRecord:
    """Seal what is said of one kind, in place of what was there. ``by`` is nobody where the person did it by their own
    link. ``seen`` is the version that the page showed (``Masked.version``), 0 where there was nothing.

    :raises ValuesRefused: with a sentence for each field that is wrong.
    :raises WorkChanged: if somebody else wrote meanwhile.
    :raises SecondPersonNeeded: for a bank account, where there is one.
    :raises KeyUnavailable: if the round's key is lost, or destroyed.
    """
    kept = checked(kind, values, on=at.date())
    key = data_key(nominee.application.round, at=at)
    nominee = locked(nominee)
    record = nominee.sealed_records.select_for_update().filter(kind=kind).first()
    if (record.version if record else 0) != seen:
        raise WorkChanged(record)
    if record and kind == SealedKind.BANK:
        raise SecondPersonNeeded(_("A changed bank account needs a second person."))
    return put(nominee, kind, kept, key=key, by=by, at=at)


@transaction.atomic
def read(nominee: Nominee, kind: str, *, by: User, at: datetime) -> dict[str, str]:
    """What is sealed of one kind; nothing where nothing was written. The reading is logged, and cannot be taken back.

    :raises PermissionDenied: for whoever is no sponsorship officer.
    :raises KeyUnavailable: if the round's key is lost, or destroyed.
    """
    record = nominee.sealed_records.filter(kind=kind).first()
    if record is None:
        return {}
    values = opened_values(nominee, kind, record.sealed)
    log_reading(nominee, kind, by=by, at=at)
    return values


def masked(nominee: Nominee) -> list[Masked]:
    """Of each kind, what may be shown without reading."""
    found = {record.kind: record for record in nominee.sealed_records.select_related("written_by").defer("sealed")}
    return [_masked(kind, found.get(kind)) for kind in SealedKind]


def passport_standing(nominee: Nominee, *, departs: date | None, months: int) -> PassportStanding:
    """What the sealed day means for a journey that ends on ``departs``; nobody reads it, so nothing is logged.

    :param months: for which a passport is to be valid after the journey.
    """
    record = nominee.sealed_records.filter(kind=SealedKind.PASSPORT).first()
    if record is None or departs is None:
        return PassportStanding.UNKNOWN
    try:
        until = date.fromisoformat(opened_values(nominee, SealedKind.PASSPORT, record.sealed)["valid_until"])
    except KeyUnavailable:
        return PassportStanding.UNKNOWN
    if until < departs:
        return PassportStanding.EXPIRES
    return PassportStanding.TOO_SHORT if until < add_months(departs, months) else PassportStanding.FINE


def has_access_needs(nominee: Nominee) -> bool | None:
    """Whether the person has needs of health or access, and not which. Nobody reads, so nothing is logged.

    :returns: None where nobody has said, or the key does not open it.
    """
    record = nominee.sealed_records.filter(kind=SealedKind.HEALTH).first()
    if record is None:
        return None
    try:
        return bool(opened_values(nominee, SealedKind.HEALTH, record.sealed)["needs"])
    except KeyUnavailable:
        return None


def follow(nominee: Nominee) -> None:
    """Say in the file of the person's journey what may be said of sealed data: to be called when either moves."""
    for travel in TravelFile.objects.filter(offer__nominee=nominee).select_related("offer__round__meeting"):
        round = travel.offer.round
        departs = journey(travel, round)[1]
        travel.passport = passport_standing(nominee, departs=departs, months=round.passport_months)
        needs = has_access_needs(nominee)
        travel.has_access_needs = travel.has_access_needs if needs is None else needs
        travel.save(update_fields=["passport", "has_access_needs"])


# -- What the other modules of sealing stand on ----------------------------------------------------------------------


def put(
    nominee: Nominee, kind: str, kept: dict[str, str], *, key: bytes, by: User | None, at: datetime
) -> SealedRecord:
    """Write the record of a locked person, say what follows for the journey, and record the act."""
    record = nominee.sealed_records.filter(kind=kind).first() or SealedRecord(nominee=nominee, kind=kind, version=0)
    record.sealed = sealed_text(json.dumps(kept, ensure_ascii=False), key=key, place=place(nominee, kind))
    record.written_by, record.written_at, record.version = by, at, record.version + 1
    record.save()
    if kind in (SealedKind.PASSPORT, SealedKind.HEALTH):
        follow(nominee)
    register.append(
        action="sponsorship.sealed.write", by=by, at=at, state=nominee.state, obj=nominee, data={"kind": str(kind)}
    )
    return record


def log_reading(nominee: Nominee, what: str, *, by: User, at: datetime) -> None:
    """Note that somebody reads; to be called in the transaction that opens what they read.

    :raises PermissionDenied: for whoever is no sponsorship officer.
    """
    if not may(by, READ_SEALED, nominee):
        raise PermissionDenied
    SealedReading.objects.create(round=nominee.application.round, nominee_key=nominee.pk, what=what, user=by, at=at)


def opened_values(nominee: Nominee, kind: str, sealed: str, *, what: str = "") -> dict[str, str]:
    """The values of a sealed record, or of one in ``what`` other place.

    :raises KeyUnavailable: if the key does not open it.
    """
    key = data_key(nominee.application.round)
    return dict(json.loads(opened_text(sealed, key=key, place=place(nominee, kind, what))))


def place(nominee: Nominee, kind: str, what: str = "record") -> bytes:
    """To what a sealed text is bound: moved to another person or another place, it does not open."""
    return f"{nominee.pk}|{kind}|{what or 'record'}".encode()


def _masked(kind: SealedKind, record: SealedRecord | None) -> Masked:
    if record is None:
        return Masked(kind)
    return Masked(kind, since=record.written_at, by=record.written_by, version=record.version)
