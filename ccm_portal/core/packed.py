"""Packed files, judged by their list of contents before anything is unpacked."""

import zipfile
from collections.abc import Sequence

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # begins the documents of old, and new ones behind a password
LOCKED = "EncryptedPackage".encode("utf-16-le")  # in such a one: it is behind a password
HIGHEST_RATIO = 300  # unpacked to packed, of anything above a megabyte


def is_too_much(entries: Sequence[zipfile.ZipInfo], *, most: int, largest: int) -> bool:
    """Whether it holds more than ``most`` files or more than ``largest`` bytes, a name twice, or a bomb."""
    return (
        len(entries) > most
        or len({entry.filename for entry in entries}) < len(entries)
        or sum(entry.file_size for entry in entries) > largest
        or any(e.file_size > 1024 * 1024 and e.file_size > HIGHEST_RATIO * max(e.compress_size, 1) for e in entries)
    )
