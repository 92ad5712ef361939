"""Receipts: what was filed, provable without us.

The recipe is that of ``reporting/receipt_check.py``, the program we give away: one recipe, not two.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime

from reporting.form.common import Json
from reporting.receipt_check import EXPORT, FRAME, RECEIPT, canonical, digest, parts_of, receipt_hash

__all__ = [
    "canonical",
    "content_hash",
    "export",
    "kept_back",
    "make_receipt",
    "make_salts",
    "part_digests",
    "part_names",
    "public_content",
    "public_export",
]


def part_names(content: Json) -> list[str]:
    """The names of the parts of a report in their order: "report", then "section/part"."""
    return list(parts_of(content))


def make_salts(content: Json, *, token: Callable[[], str]) -> dict[str, str]:
    """A salt for every part, so that nobody can guess a withheld part from its digest.

    ``token`` gives 32 random bytes in hexadecimal: ``secrets.token_hex``.
    """
    return {name: token() for name in parts_of(content)}


def part_digests(content: Json, salts: Mapping[str, str]) -> list[list[str]]:
    """Ordered pairs of a part's name and its salted digest."""
    return [[name, digest(salts[name], part)] for name, part in parts_of(content).items()]


def content_hash(content: Json) -> str:
    """SHA-256 over the whole report."""
    return hashlib.sha256(canonical(content)).hexdigest()


def make_receipt(
    content: Json,
    salts: Mapping[str, str],
    *,
    number: str,
    version: int,
    filed_at: datetime,
    due: date | None,
    days_late: int,
) -> Json:
    """The receipt for a report. ``hash`` proves everything else in it."""
    receipt: Json = {
        "format": RECEIPT,
        "number": number,
        "state": content["state"],
        "report": content["slug"],
        "version": version,
        "provenance": content["provenance"],
        "filed_at": filed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "due": due.isoformat() if due else None,
        "days_late": days_late,
        "digests": part_digests(content, salts),
    }
    return {**receipt, "hash": receipt_hash(receipt)}


def public_content(content: Json, withheld: Collection[str] = ()) -> Json:
    """The report without the parts that are kept for States Parties.

    :raises ValueError: if the frame itself is to be withheld, or a part that is not there.
    """
    unknown = set(withheld) - set(part_names(content)) | set(withheld) & {FRAME}
    if unknown:
        raise ValueError(f"These parts cannot be withheld: {', '.join(sorted(unknown))}.")
    public = copy.deepcopy(content)
    for name in withheld:
        section, part = name.split("/")
        del public["sections"][section]["parts"][part]
    return public


def public_export(content: Json, salts: Mapping[str, str], receipt: Json, withheld: Collection[str] = ()) -> Json:
    """The file that anyone may download and check. A withheld part leaves its digest in the receipt."""
    return {
        "format": EXPORT,
        "report": public_content(content, withheld),
        "withheld": sorted(withheld),
        "salts": {name: salt for name, salt in salts.items() if name not in withheld},
        "receipt": receipt,
    }


def kept_back(export: Json, names: Collection[str]) -> Json:
    """A public file without ``names`` as well, as far as they are in it; the file itself where none of them is.

    Nothing but the public file is needed for that: its receipt holds their digests, and verifies as before.
    """
    gone = set(names) & (set(part_names(export["report"])) - {FRAME})
    if not gone:
        return export
    return {
        **export,
        "report": public_content(export["report"], gone),
        "withheld": sorted({*export["withheld"], *gone}),
        "salts": {name: salt for name, salt in export["salts"].items() if name not in gone},
    }


def export(content: Json, salts: Mapping[str, str], receipt: Json) -> Json:
    """The whole file, for States Parties."""
    return public_export(content, salts, receipt)
