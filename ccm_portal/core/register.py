"""The register: an append-only, hash-chained record of acts.

Written in the act's own transaction, as its last statement, through the one database function that
appends. The database refuses update, delete and truncate to every role that serves.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from ccm_portal.core.models import RegisterEntry, State, User

MAIN = "main"
GENESIS = "0" * 64


@dataclass(frozen=True)
class Head:
    """The last entry of a chain: what is mailed out daily, so that a cut tail is found."""

    chain: str
    number: int
    hash: str


def append(
    *,
    action: str,
    by: User | None,
    at: datetime,
    state: State | None = None,
    obj: models.Model | None = None,
    content_hash: str = "",
    data: dict[str, object] | None = None,
    chain: str = MAIN,
) -> Head:
    """Record an act. Call it as the transaction's last statement: it holds the chain's lock.

    :raises RuntimeError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An act is recorded in its own transaction.")
    object_type = obj._meta.label if obj else ""
    object_id = str(obj.pk) if obj else ""
    payload = json.dumps(
        {
            "action": action,
            "actor": by.pk if by else None,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "chain": chain,
            "content_hash": content_hash,
            "data": data or {},
            "object": [object_type, object_id],
            "state": state.iso3 if state else None,
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM register_append(%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                chain,
                at,
                by.pk if by else None,
                action,
                state.pk if state else None,
                object_type,
                object_id,
                payload,
            ],
        )
        number, digest = cursor.fetchone()
    return Head(chain, number, digest)


def entry_hash(*, previous: str, number: int, payload: str) -> str:
    """What the database function computes, computed again."""
    return hashlib.sha256(f"{previous}|{number}|{payload}".encode()).hexdigest()


def heads() -> list[Head]:
    """The last entry of every chain."""
    last = RegisterEntry.objects.order_by("chain", "-number").distinct("chain").values_list("chain", "number", "hash")
    return [Head(*row) for row in last]


def apart(day: date) -> str:
    """One digest over the heads, as of the beginning of ``day`` (UTC), of all chains but the main one: a tail cut from
    any of them changes it. Mixed with the day, under a key, it does not tell whether there are any."""
    return _apart(day, settings.SECRET_KEY)


def apart_holds(day: date, digest: str) -> bool:
    """Whether this digest, mailed for ``day``, is what the chains still give; under the key before this one too."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(constant_time_compare(_apart(day, key), digest) for key in keys)


def _apart(day: date, key: str) -> str:
    until = datetime(day.year, day.month, day.day, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute("SELECT register_apart(%s)", [until])
        (heads_then,) = cursor.fetchone()
    return salted_hmac("register.apart", f"{day}|{heads_then}", secret=key, algorithm="sha256").hexdigest()


def faults(*, expected: list[Head] | None = None) -> Iterator[str]:
    """Every sign of tampering: edits, deletions, insertions, reordering, and, against heads that
    left the house earlier, a tail that was cut."""
    known = {(head.chain, head.number): head.hash for head in expected or []}
    chain, number, previous = "", 0, GENESIS
    with transaction.atomic():
        for entry in RegisterEntry.objects.select_related("state").order_by("chain", "number").iterator():
            if entry.chain != chain:
                chain, number, previous = entry.chain, 0, GENESIS
            number += 1
            place = f"{entry.chain}/{entry.number}"
            if entry.number != number:
                yield f"{place}: number {number} is missing"
                number = entry.number
            if entry.previous_hash != previous:
                yield f"{place}: does not follow the entry before it"
            if entry.hash != entry_hash(previous=entry.previous_hash, number=entry.number, payload=entry.payload):
                yield f"{place}: the content does not match its hash"
            if not _columns_agree(entry):
                yield f"{place}: a column differs from what was recorded"
            if (entry.chain, entry.number) in known and known.pop((entry.chain, entry.number)) != entry.hash:
                yield f"{place}: differs from the head that was sent out"
            previous = entry.hash
    for missing_chain, missing_number in known:
        yield f"{missing_chain}/{missing_number}: was sent out as a head and is gone"


def _columns_agree(entry: RegisterEntry) -> bool:
    """Whether the columns say what was hashed. A payload that cannot be read disagrees."""
    try:
        told = json.loads(entry.payload)
        return bool(
            told["chain"] == entry.chain
            and told["actor"] == entry.actor_id
            and told["action"] == entry.action
            and told["object"] == [entry.object_type, entry.object_id]
            and told["state"] == (entry.state.iso3 if entry.state else None)
            and datetime.fromisoformat(told["at"]) == entry.at
        )
    except (ValueError, TypeError, LookupError):
        return False
