"""The data key of a round, and what is sealed with it.

The key is kept wrapped by one that lies in a file (``sponsorship.keys``): a dump of the database opens nothing. What is
sealed is bound to a place, so that rows cannot be changed for one another.
"""

import base64
import secrets
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import date_text
from committees.domain.said import WorkRefused
from sponsorship import keys
from sponsorship.models import Round, RoundKey

IN_PLACE, MISSING, DESTROYED = "in place", "missing", "destroyed"
NONCE = 12  # bytes, as AES-GCM wants them


class KeyUnavailable(WorkRefused):
    """What is sealed cannot be opened: its key is lost, or was destroyed on its day. Fit to show the person."""


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


def state_of(row: RoundKey) -> str:
    """In words for whoever runs the portal: in place, missing, destroyed."""
    if row.purged_at or not row.wrapped:
        return DESTROYED
    try:
        keys.read(key_file(row))
    except keys.KeyMissing as missing:
        return DESTROYED if missing.destroyed else MISSING
    return IN_PLACE


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
