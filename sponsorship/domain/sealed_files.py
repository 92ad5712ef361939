"""Sealed files: a scan of a passport, a certificate, a receipt. Bytes and name lie sealed in the database."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import files, register
from ccm_portal.core.file_kinds import ENDINGS, SCANS, FileRefused
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused
from sponsorship.domain.round_keys import (
    KeyUnavailable,
    data_key,
    opened_bytes,
    opened_text,
    sealed_bytes,
    sealed_text,
)
from sponsorship.domain.sealing import log_reading, place
from sponsorship.models import Nominee, SealedFile

LARGEST = 5 * files.MEGABYTE
MOST_FILES = 30  # of one person
RECEIPT = ""  # the kind of a file that is neither passport, bank nor health
SAME_ENDING = {"jpeg": "jpg", "jpe": "jpg"}


@dataclass(frozen=True)
class Opened:
    """A file as it came."""

    name: str
    content: bytes
    content_type: str


def refuse_large(size: int) -> None:
    """:raises FileRefused: if a file of so many bytes is too large. To be asked before it is read."""
    if size > LARGEST:
        raise FileRefused(_("A file may have at most %(limit)s MB.") % {"limit": LARGEST // files.MEGABYTE})


@transaction.atomic
def store_file(
    nominee: Nominee, content: bytes, name: str, *, kind: str = RECEIPT, by: User | None, at: datetime
) -> SealedFile:
    """Check and seal a file. ``kind`` is one of ``SealedKind``, or nothing for a receipt.

    :raises FileRefused: if it is too large, no PDF, PNG or JPEG, or not what its name says.
    :raises WorkRefused: if there are too many.
    :raises KeyUnavailable: if the round's key is lost, or destroyed.
    """
    refuse_large(len(content))
    content_type = files.checked_kind(content, SCANS)
    name = _told(files.safe_name(name), content_type)
    key = data_key(nominee.application.round, at=at)
    nominee = locked(nominee)
    if nominee.sealed_files.count() >= MOST_FILES:
        raise WorkRefused(_("There are %(limit)s files here already.") % {"limit": MOST_FILES})
    # The name carries the digest, so that a name and the bytes of another file do not go together.
    head = json.dumps({"name": name, "sha256": files.digest(content)}, ensure_ascii=False)
    file = SealedFile.objects.create(
        nominee=nominee,
        kind=kind,
        name=sealed_text(head, key=key, place=place(nominee, kind, "name")),
        content=sealed_bytes(content, key=key, place=place(nominee, kind, "content")),
        content_type=content_type,
        size=len(content),
        added_by=by,
        added_at=at,
    )
    register.append(
        action="sponsorship.sealedfile.add", by=by, at=at, state=nominee.state, obj=file, data={"kind": str(kind)}
    )
    return file


@transaction.atomic
def read_file(file: SealedFile, *, by: User, at: datetime) -> Opened:
    """The file as it came. The reading is logged.

    :raises PermissionDenied: for whoever is no sponsorship officer.
    :raises KeyUnavailable: if the round's key is lost, or destroyed.
    """
    nominee = file.nominee
    key = data_key(nominee.application.round)
    head = json.loads(opened_text(file.name, key=key, place=place(nominee, file.kind, "name")))
    content = opened_bytes(bytes(file.content), key=key, place=place(nominee, file.kind, "content"))
    if files.digest(content) != head["sha256"]:
        raise KeyUnavailable(_("The key does not open this: it was changed, or sealed with another key."))
    log_reading(nominee, f"file:{file.kind or 'receipt'}", by=by, at=at)
    return Opened(head["name"], content, file.content_type)


@transaction.atomic
def remove_file(file: SealedFile, *, by: User, at: datetime) -> None:
    """Delete a file that was added by mistake. A cost keeps its amount, without the receipt."""
    file = locked(file)
    pk, state = file.pk, file.nominee.state
    kind = file.kind
    file.delete()
    register.append(
        action="sponsorship.sealedfile.remove", by=by, at=at, state=state, data={"file": pk, "kind": str(kind)}
    )


def _told(name: str, content_type: str) -> str:
    """The name, with the ending of what the file is.

    :raises FileRefused: if the name says that it is something else.
    """
    ending = ENDINGS[content_type]
    stem, dot, said = name.rpartition(".")
    said = said.lower()
    if dot and SAME_ENDING.get(said, said) == ending:
        return name
    if dot and SAME_ENDING.get(said, said) in ENDINGS.values():
        raise FileRefused(
            _("This file is not what its name says: it ends in .%(said)s and is a .%(kind)s file.")
            % {"said": said, "kind": ending}
        )
    return f"{name}.{ending}"
