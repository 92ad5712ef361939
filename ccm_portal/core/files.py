"""Storing files: checked by content, named so that nobody can guess, hashed."""

import hashlib
import unicodedata
from datetime import datetime

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from ccm_portal.core.models import StoredFile

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


class FileRefused(Exception):
    """The file cannot be taken. The message is fit to show the user."""


def content_type_of(content: bytes) -> str:
    """The type by what the bytes are, never by name.

    :raises FileRefused: for anything not on the list.
    """
    for magic, content_type in _MAGIC:
        if content.startswith(magic):
            return content_type
    raise FileRefused(_("Only PDF, PNG and JPEG files can be taken. This file is something else."))


def safe_name(name: str) -> str:
    """A file name without folders or control characters, of at most 150 characters."""
    kept = "".join(c for c in name if unicodedata.category(c)[0] != "C").replace("\\", "/")
    return (kept.rsplit("/", 1)[-1].strip() or _("file"))[-150:]


def store(*, content: bytes, name: str, at: datetime) -> StoredFile:
    """Check and store a file.

    :raises FileRefused: if it is too large or of a kind that is not taken.
    """
    if len(content) > LARGEST:
        raise FileRefused(_("A file may have at most %(limit)s MB.") % {"limit": LARGEST // MEGABYTE})
    stored = StoredFile(
        name=safe_name(name),
        content_type=content_type_of(content),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=at,
    )
    stored.file.save(stored.name, ContentFile(content), save=True)
    return stored


def read(stored: StoredFile) -> bytes:
    """The bytes, as they were stored."""
    with stored.file.open("rb") as handle:
        return bytes(handle.read())
