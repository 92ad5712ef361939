"""A report, turned into what the renderer is ordered to print."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ccm_portal.core.pdf import order as paper
from reporting.pdf.document import Document

CSS = Path(__file__).with_name("report.css")


def order(
    document: Document, *, data: str, description: str, pictures: Mapping[str, bytes] | None = None
) -> dict[str, Any]:
    """Everything the renderer gets, with the data of the report as they are."""
    page = paper.Page(
        language=document.language,
        title=document.title,
        author=document.state,
        at=document.filed_at,
        head_start=document.state,
        head_end=document.kind,
        foot=document.receipt.number,
        is_demonstration=document.is_demonstration,
    )
    return paper.order(
        "reporting/pdf/report.html",
        {"document": document},
        page=page,
        identifier=f"{document.receipt.number} {document.audience}",
        sheets=[CSS],
        attachments=[paper.Attached(name=document.data_file, description=description, text=data)],
        pictures=pictures,
    )
