#!/usr/bin/env python3
"""Check a report against its receipt, without the portal. Needs nothing but Python 3.8 or newer.

    python receipt_check.py report.json
    python receipt_check.py report.json receipt.json
    python receipt_check.py report.json 3f5a...        (the hash printed on the receipt)

``report.json`` is the file that the portal offers for a filed report; it holds the report and its receipt. With a
second argument the receipt inside is compared with one that you kept: its file, or its hash.

How it works. The report is cut into parts: "report" (everything around the sections), then each part of each section,
in the order of their names. The digest of a part is SHA-256 over its salt (hexadecimal text) followed by the part as
JSON with sorted keys, no spaces, and UTF-8. The receipt lists all digests and ends with a hash: SHA-256 over the
receipt itself, written the same way, without the hash. A part that a State keeps for States Parties is left out of the
public file together with its salt; its digest stays in the receipt, so the public file can be checked too.

The answer is one sentence for each thing that is wrong. Exit code: 0 all is well, 1 something differs, 2 not readable.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from typing import Any

EXPORT = "ccm-article7-export/1"
RECEIPT = "ccm-receipt/1"
FRAME = "report"


def canonical(thing: Any) -> bytes:
    """JSON with one possible writing: sorted keys, no spaces, UTF-8, composed letters, no fractions.

    :raises ValueError: if there is a number with a fraction, a key that is no text, or text that is not composed (NFC).
    """
    _refuse_oddities(thing)
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("utf-8")


def _refuse_oddities(thing: Any) -> None:
    if isinstance(thing, str):
        if not unicodedata.is_normalized("NFC", thing):
            raise ValueError(f"The text {thing[:40]!r} is not in composed form (NFC).")
    elif isinstance(thing, dict):
        for key, value in thing.items():
            if not isinstance(key, str):
                raise ValueError(f"The key {key!r} is not text.")
            _refuse_oddities(key)
            _refuse_oddities(value)
    elif isinstance(thing, (list, tuple)):
        for value in thing:
            _refuse_oddities(value)
    elif thing is not None and not isinstance(thing, (bool, int)):
        raise ValueError(f"{thing!r} is neither text nor a whole number.")


def parts_of(report: dict[str, Any]) -> dict[str, Any]:
    """The parts of a report by name, in their order: "report" first, then "section/part"."""
    sections = report["sections"]
    frame = dict(report)
    frame["sections"] = {
        key: {name: value for name, value in section.items() if name != "parts"} for key, section in sections.items()
    }
    parts: dict[str, Any] = {FRAME: frame}
    for key in sorted(sections):
        for part in sorted(sections[key]["parts"]):
            parts[f"{key}/{part}"] = sections[key]["parts"][part]
    return parts


def digest(salt: str, part: Any) -> str:
    """SHA-256 over the salt and the part."""
    return hashlib.sha256(salt.encode("ascii") + canonical(part)).hexdigest()


def receipt_hash(receipt: dict[str, Any]) -> str:
    """SHA-256 over the receipt without its own hash."""
    return hashlib.sha256(canonical({key: value for key, value in receipt.items() if key != "hash"})).hexdigest()


def problems(export: dict[str, Any]) -> list[str]:
    """What is wrong with an exported report, in sentences. Empty if all is well."""
    if set(export) != {"format", "report", "withheld", "salts", "receipt"} or export["format"] != EXPORT:
        return [f"This file is not an exported report that this program knows ({EXPORT})."]
    report, receipt, salts, withheld = export["report"], export["receipt"], export["salts"], export["withheld"]
    if receipt.get("format") != RECEIPT:
        return [f"The receipt in this file is not one that this program knows ({RECEIPT})."]
    found: list[str] = []
    if receipt_hash(receipt) != receipt.get("hash"):
        found.append("The receipt has been changed: its hash does not fit what it says.")
    parts = parts_of(report)
    listed = [name for name, _digest in receipt["digests"]]
    for name, expected in receipt["digests"]:
        if name in withheld:
            if name in parts or name in salts:
                found.append(f"The part “{name}” is said to be withheld, but it is there.")
        elif name not in parts:
            found.append(f"The part “{name}” is missing.")
        elif name not in salts:
            found.append(f"The salt of the part “{name}” is missing.")
        elif digest(salts[name], parts[name]) != expected:
            found.append(f"The part “{name}” is not what was filed.")
    for name in parts:
        if name not in listed:
            found.append(f"The part “{name}” was not filed.")
    for name in list(withheld) + list(salts):
        if name not in listed:
            found.append(f"The receipt does not know a part “{name}”.")
    for key, other in (("state", "state"), ("report", "slug")):
        if receipt.get(key) != report.get(other):
            found.append(f"The receipt belongs to another report: its {key} is {receipt.get(key)!r}.")
    return found


def load(text: str) -> Any:
    """Read JSON strictly: no key twice, no fractions."""

    def once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(pairs)
        if len(result) != len(pairs):
            raise ValueError("A key stands twice in one object.")
        return result

    def refuse(number: str) -> Any:
        raise ValueError(f"{number} is a number that cannot stand here.")

    return json.loads(text, object_pairs_hook=once, parse_float=refuse, parse_constant=refuse)


def check(content: bytes, kept: str | None = None) -> list[str]:
    """What is wrong with the bytes of an exported report.

    :param kept: the hash of a receipt that the reader kept.
    :raises ValueError: if the file cannot be read.
    """
    text = content.decode("utf-8")
    export = load(text)
    if not isinstance(export, dict):
        raise ValueError("This file is not an exported report.")
    try:
        found = problems(export)
    except (AttributeError, IndexError, KeyError, TypeError) as problem:
        raise ValueError(f"Something is missing or out of place: {problem}.") from None
    if kept is not None and not found and export["receipt"]["hash"] != kept:
        found.append(f"The receipt in this file is not the one you kept: its hash is {export['receipt']['hash']}.")
    return found


def kept_hash(argument: str) -> str:
    """The hash of a kept receipt, given as hash or as file."""
    pasted = re.fullmatch(r"\s*(?:sha256)?[\s:]*([0-9a-fA-F]{64})\s*", argument)
    if pasted:
        return pasted.group(1).lower()
    with open(argument, encoding="utf-8") as file:
        receipt = load(file.read())
    receipt = receipt.get("receipt", receipt)
    if receipt_hash(receipt) != receipt["hash"]:
        raise ValueError("The receipt that you kept has been changed: its hash does not fit what it says.")
    return str(receipt["hash"])


def main(arguments: Sequence[str]) -> int:
    if not 1 <= len(arguments) <= 2 or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 2
    try:
        kept = kept_hash(arguments[1]) if len(arguments) == 2 else None
        with open(arguments[0], "rb") as file:
            content = file.read()
        found = check(content, kept)
    except (OSError, ValueError, KeyError, AttributeError) as problem:
        print(f"NOT READABLE: {problem}")
        return 2
    if found:
        for sentence in found:
            print("DIFFERS: " + sentence)
        return 1
    export = load(content.decode("utf-8"))
    receipt = export["receipt"]
    print(
        f"OK: this is the report {receipt['report']} of {receipt['state']}, version {receipt['version']}, "
        f"as filed on {receipt['filed_at']}."
    )
    print(f"Receipt {receipt['number']}, hash {receipt['hash']}.")
    if export["withheld"]:
        print(f"Not in this copy, and not checked: {', '.join(export['withheld'])}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
