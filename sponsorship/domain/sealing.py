"""Sealed data of nominated persons: written, read and logged here and nowhere else.

Each round has a data key, kept wrapped by a key that lies in a file (``sponsorship.keys``): a dump of the database
opens nothing. What is sealed is bound to its person and its place, so that rows cannot be changed for one another.
"""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import date_text
from ccm_portal.treaty.arithmetic import add_months
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship import keys
from sponsorship.domain.sealed_values import checked
from sponsorship.domain.visa_clock import journey
from sponsorship.enums import PassportStanding, SealedKind
from sponsorship.models import Nominee, Round, RoundKey, SealedReading, SealedRecord, TravelFile
from sponsorship.rules_sealed import READ_SEALED

NONCE = 12  # bytes, as AES-GCM wants them


class KeyUnavailable(WorkRefused):
    """What is sealed cannot be opened: its key is lost, or was destroyed on its day. Fit to show the person."""


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
    kept = checked(kind, values)
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


# -- What the other modules of sealing stand on ----------------------------------------------------------------------


def put(
    nominee: Nominee, kind: str, kept: dict[str, str], *, key: bytes, by: User | None, at: datetime
) -> SealedRecord:
    """Write the record of a locked person, say what follows for the journey, and record the act."""
    record = nominee.sealed_records.filter(kind=kind).first() or SealedRecord(nominee=nominee, kind=kind, version=0)
    record.sealed = sealed_text(json.dumps(kept, ensure_ascii=False), key=key, place=place(nominee, kind))
    record.written_by, record.written_at, record.version = by, at, record.version + 1
    record.save()
    _follow(nominee, kind, kept)
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


def data_key(round: Round, *, at: datetime | None = None) -> bytes:
    """The round's data key. With ``at`` it is locked until the transaction ends, and made where there is none.

    :raises KeyUnavailable: if it is lost, or was destroyed; or there is none, and none is to be made.
    """
    if at is None:
        return _unwrapped(RoundKey.objects.filter(round=round).first())
    row = RoundKey.objects.select_for_update().filter(round=round).first()
    if row is None:
        locked(round)
        row = RoundKey.objects.select_for_update().filter(round=round).first() or _made(round, at)
    return _unwrapped(row)


def opened_values(nominee: Nominee, kind: str, sealed: str, *, what: str = "") -> dict[str, str]:
    """The values of a sealed record, or of one in ``what`` other place.

    :raises KeyUnavailable: if the key does not open it.
    """
    key = data_key(nominee.application.round)
    return dict(json.loads(opened_text(sealed, key=key, place=place(nominee, kind, what))))


def place(nominee: Nominee, kind: str, what: str = "record") -> bytes:
    """To what a sealed text is bound: moved to another person or another place, it does not open."""
    return f"{nominee.pk}|{kind}|{what or 'record'}".encode()


def sealed_text(text: str, *, key: bytes, place: bytes) -> str:
    return base64.b64encode(sealed_bytes(text.encode(), key=key, place=place)).decode()


def opened_text(sealed: str, *, key: bytes, place: bytes) -> str:
    """:raises KeyUnavailable: if the key does not open it."""
    return opened_bytes(base64.b64decode(sealed), key=key, place=place).decode()


def sealed_bytes(content: bytes, *, key: bytes, place: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, place)


def opened_bytes(sealed: bytes, *, key: bytes, place: bytes) -> bytes:
    """:raises KeyUnavailable: if the key does not open it."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place)
    except (InvalidTag, ValueError) as wrong:
        raise KeyUnavailable(_("The key does not open this: it was changed, or sealed with another key.")) from wrong


# -- Inside ----------------------------------------------------------------------------------------------------------


def _masked(kind: SealedKind, record: SealedRecord | None) -> Masked:
    if record is None:
        return Masked(kind)
    return Masked(kind, since=record.written_at, by=record.written_by, version=record.version)


def _made(round: Round, at: datetime) -> RoundKey:
    """A data key for the round, wrapped. The file lies on the disk before the row does."""
    name, wrapping = keys.make()
    wrapped = sealed_text(secrets.token_bytes(keys.SIZE).hex(), key=wrapping, place=_round_place(round))
    return RoundKey.objects.create(round=round, wrapped=f"{name}:{wrapped}", made_at=at)


def _unwrapped(row: RoundKey | None) -> bytes:
    if row is None:
        raise KeyUnavailable(_("Nothing is sealed in this round."))
    if row.purged_at or not row.wrapped:
        raise KeyUnavailable(_destroyed(row.purged_at))
    name, _colon, wrapped = row.wrapped.partition(":")
    try:
        wrapping = keys.read(name)
    except keys.KeyMissing as missing:
        raise KeyUnavailable(_destroyed(None) if missing.destroyed else _lost()) from missing
    return bytes.fromhex(opened_text(wrapped, key=wrapping, place=_round_place(row.round)))


def key_file(row: RoundKey) -> str:
    """The name of the file that unwraps the round's key; empty once it is purged."""
    return row.wrapped.partition(":")[0]


def _round_place(round: Round) -> bytes:
    return f"round|{round.pk}".encode()


def _destroyed(at: datetime | None) -> str:
    if at is None:
        return _("The sealed data of this round were destroyed. They cannot be opened any more.")
    return _("The sealed data of this round were destroyed on %(day)s. They cannot be opened any more.") % {
        "day": date_text(at)
    }


def _lost() -> str:
    return _(
        "The key of this round is not in its place, so what is sealed cannot be opened. Nothing was deleted: tell "
        "whoever runs the portal that a key is missing."
    )


def _follow(nominee: Nominee, kind: str, kept: dict[str, str]) -> None:
    """What the journey's file may say of what was sealed."""
    travel = TravelFile.objects.filter(offer__nominee=nominee)
    if kind == SealedKind.HEALTH:
        travel.update(has_access_needs=bool(kept["needs"]))
    if kind == SealedKind.PASSPORT:
        round = nominee.application.round
        for one in travel:
            departs = journey(one, round)[1]
            standing = passport_standing(nominee, departs=departs, months=round.passport_months)
            TravelFile.objects.filter(pk=one.pk).update(passport=standing)
