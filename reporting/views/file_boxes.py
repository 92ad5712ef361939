"""The files beside an answer, as the pages draw them."""

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from ccm_portal.core.file_kinds import DOCX, ENDINGS, JPEG, ODS, ODT, PICTURES, PNG, TEXT, XLSX
from reporting.form.parts import Field
from reporting.form.values import Attachments
from reporting.form.values.files import files_of

ACCEPTED = ",".join(f".{ending}" for ending in [*ENDINGS.values(), "jpeg"])
PICTURES_ACCEPTED = "image/jpeg,image/png,image/gif,image/webp"

KINDS = {
    "application/pdf": "PDF",
    PNG: _("picture"),
    JPEG: _("picture"),
    TEXT: _("text"),
    DOCX: "Word",
    XLSX: "Excel",
    ODT: "OpenDocument",
    ODS: "OpenDocument",
}


@dataclass(frozen=True, kw_only=True)
class Named:
    """One file that an answer names."""

    name: str
    sha256: str
    kind: str
    size: int

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES

    @property
    def about(self) -> str:
        """What it is and how large, as far as the answer says so."""
        known = [str(KINDS.get(self.kind, "")), str(filesizeformat(self.size)) if self.size else ""]
        return " · ".join(word for word in known if word)


@dataclass(frozen=True, kw_only=True)
class FileBox:
    path: str
    files: tuple[Named, ...]
    images_only: bool

    @property
    def id(self) -> str:
        return "file-" + self.path.replace(".", "-")

    @property
    def accepted(self) -> str:
        return PICTURES_ACCEPTED if self.images_only else ACCEPTED


def named(file: dict[str, Any]) -> Named:
    return Named(name=file["name"], sha256=file["sha256"], kind=file.get("type", ""), size=file.get("size", 0))


def file_box(path: str, question: Field, cell: dict[str, Any] | None) -> FileBox | None:
    """The files beside an answer; ``None`` where none belong."""
    kind = question.kind
    if not isinstance(kind, Attachments):
        return None
    return FileBox(path=path, files=tuple(map(named, files_of(cell))), images_only=kind.images_only)
