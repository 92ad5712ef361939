"""What a file is, by its bytes and never by its name. What can run, or hides what it holds, is refused."""

import io
import re
import zipfile
from collections.abc import Collection

from django.utils.translation import gettext as _

from ccm_portal.core import packed as packed_files

PDF = "application/pdf"
PNG, JPEG, GIF, WEBP = "image/png", "image/jpeg", "image/gif", "image/webp"
TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

PICTURES = frozenset({PNG, JPEG, GIF, WEBP})
SCANS = frozenset({PDF, PNG, JPEG})
DOCUMENTS = PICTURES | {PDF, TEXT, DOCX, XLSX, ODT, ODS}

ENDINGS = {
    PDF: "pdf",
    PNG: "png",
    JPEG: "jpg",
    GIF: "gif",
    WEBP: "webp",
    TEXT: "txt",
    DOCX: "docx",
    XLSX: "xlsx",
    ODT: "odt",
    ODS: "ods",
}

LARGEST_UNPACKED = 100 * 1024 * 1024  # bytes inside a packed document
MOST_ENTRIES = 2_000  # files inside one

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)
_LOCKED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
# In a text: what a browser or a shell could take for more than a text.
_NOT_TEXT = re.compile(r"\s*(?:<|#!|%!|\{\\rtf|MZ)|.*<(?:!doctype|html|svg|script|iframe|\?xml)\b", re.I | re.S)
_LOOKED_AT = 4096  # characters at the head of a text
_LINE_SIGNS = "\t\n\r\f"


class FileRefused(Exception):
    """The file cannot be taken. The message is fit to show the user."""


def only(kinds: Collection[str]) -> str:
    """The sentence that says what is taken, to whoever brought something else."""
    if kinds == SCANS:
        return _("Only PDF, PNG and JPEG files can be taken. This file is something else.")
    if kinds == PICTURES:
        return _("Only pictures can be taken here: JPEG, PNG, GIF or WebP. This file is something else.")
    if kinds == DOCUMENTS:
        return _(
            "Only PDF, pictures (JPEG, PNG, GIF, WebP), plain text, Word, Excel and OpenDocument files can be taken."
        )
    return _("This file is of a kind that is not taken here.")


def kind_of(content: bytes, kinds: Collection[str] = DOCUMENTS) -> str:
    """The content type, one of ``kinds``. What is wrong with a file is said only where a sound one would be taken.

    :raises FileRefused: for anything else, and what is damaged, locked, or unpacks to too much.
    """
    try:
        found = _kind_of(content)
    except FileRefused:
        if content and not _family(content) & set(kinds):
            raise FileRefused(only(kinds)) from None
        raise
    if found is None or found not in kinds:
        raise FileRefused(only(kinds))
    return found


def _family(content: bytes) -> frozenset[str]:
    """What a file that cannot be taken tries to be, by its first bytes."""
    return frozenset({PDF}) if content.startswith(b"%PDF-") else frozenset({DOCX, XLSX, ODT, ODS})


def _kind_of(content: bytes) -> str | None:
    """The content type, None for what is none of all that are known.

    :raises FileRefused: for what is damaged, locked, or unpacks to too much.
    """
    if not content:
        raise FileRefused(_("This file is empty."))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return _open_pdf(content) if kind == PDF else kind
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if content.startswith(packed_files.OLE):
        if packed_files.LOCKED in content:
            raise FileRefused(_("This file is protected by a password. Save it without one, then upload it again."))
        raise FileRefused(_("This is a file of the old kind (.doc or .xls). Save it as .docx, .xlsx or PDF."))
    if _is_plain_text(content):
        return TEXT
    return None


def _open_pdf(content: bytes) -> str:
    if _LOCKED_PDF.search(content):
        raise FileRefused(_("This PDF is protected by a password. Save it without one, then upload it again."))
    return PDF


def _packed(content: bytes) -> str:
    """The kind of a packed document, told from its list of contents. Only a short note of its kind is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            _refuse_too_much(entries)
            return _document(packed, entries)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError, EOFError) as wrong:
        raise FileRefused(_("This file is damaged. Save it again, then upload it.")) from wrong


def _refuse_too_much(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(_("This file is protected by a password. Save it without one, then upload it again."))
    if packed_files.is_too_much(entries, most=MOST_ENTRIES, largest=LARGEST_UNPACKED):
        raise FileRefused(_("This file unpacks to more than the portal takes."))


def _document(packed: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    names = {entry.filename.casefold() for entry in entries}
    if any("vbaproject" in name or name.startswith(("basic/", "scripts/")) for name in names):
        raise FileRefused(_("This file holds macros. Save it without them, then upload it again."))
    if "[content_types].xml" in names:
        if "word/document.xml" in names:
            return DOCX
        if "xl/workbook.xml" in names:
            return XLSX
    if "mimetype" in names and "content.xml" in names:
        with packed.open("mimetype") as note:
            said = note.read(100).decode("ascii", errors="replace").strip()
        if said in (ODT, ODS):
            return said
    raise FileRefused(_("A packed file can only be a Word, Excel or OpenDocument file. Upload the files one by one."))


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if any(ord(sign) < 32 and sign not in _LINE_SIGNS for sign in text) or "\x7f" in text:
        return False
    return not _NOT_TEXT.match(text[:_LOOKED_AT])
