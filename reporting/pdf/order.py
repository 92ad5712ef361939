"""A document, turned into what the renderer is ordered to print."""

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from reporting.pdf import widths
from reporting.pdf.document import Document

CSS = Path(__file__).with_name("report.css")


def order(
    document: Document, *, data: str, description: str, pictures: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """Everything the renderer gets: nobody's words but through the escaping template, and the data as they are."""
    with translation.override(document.language):
        html = render_to_string("reporting/pdf/report.html", {"document": document})
    return {
        "html": html,
        "css": CSS.read_text(encoding="utf-8") + widths.sheet(),
        "identifier": f"{document.receipt.number} {document.audience}",
        "at": document.filed_at,
        "attachment": {"name": document.data_file, "description": description, "text": data},
        "pictures": {sha256: b64encode(content).decode() for sha256, content in (pictures or {}).items()},
    }
