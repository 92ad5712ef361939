"""Storing files: checked by content, named so that nobody can guess, hashed."""

import hashlib
import unicodedata
from collections.abc import Collection
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from ccm_portal.core.file_kinds import SCANS, FileRefused, kind_of
from ccm_portal.core.models import StoredFile

__all__ = ["LARGEST", "MEGABYTE", "FileRefused", "checked_kind", "digest", "read", "refuse_large", "safe_name", "store"]

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE


def safe_name(name: str) -> str:
    """A file name without folders or control characters, of at most 150 characters."""
    kept = "".join(c for c in name if unicodedata.category(c)[0] != "C").replace("\\", "/")
    return (kept.rsplit("/", 1)[-1].strip() or _("file"))[-150:]


def refuse_large(size: int) -> None:
    """:raises FileRefused: if a file of so many bytes is too large. To be asked before it is read."""
    if size > LARGEST:
        raise FileRefused(_("A file may have at most %(limit)s MB.") % {"limit": LARGEST // MEGABYTE})


def checked_kind(content: bytes, kinds: Collection[str]) -> str:
    """The content type of a file that may come in.

    :raises FileRefused: if it is too large, or none of ``kinds``.
    """
    refuse_large(len(content))
    return kind_of(content, kinds)


def store(*, content: bytes, name: str, at: datetime, kinds: Collection[str] = SCANS) -> StoredFile:
    """Check and store a file.

    :raises FileRefused: if it is too large or none of ``kinds``.
    """
    stored = StoredFile(
        name=safe_name(name),
        content_type=checked_kind(content, kinds),
        size=len(content),
        sha256=digest(content),
        created_at=at,
    )
    stored.file.save(stored.name, ContentFile(content), save=True)
    return stored


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(stored: StoredFile) -> bytes:
    """The bytes, as they were stored."""
    with stored.file.open("rb") as handle:
        return bytes(handle.read())
