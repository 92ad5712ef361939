"""The PDF of a filed version, for one audience."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from reporting.domain import exports
from reporting.enums import Audience, Provenance
from reporting.models import ReportVersion
from reporting.pdf import process
from reporting.pdf.compose import Filing, document
from reporting.pdf.document import Document
from reporting.pdf.limits import Budget
from reporting.pdf.order import order


def pdf(version: ReportVersion, audience: str, *, attempt: int = 1) -> bytes:
    """The document, set in a process of its own.

    :raises NotRendered: if the renderer ran into a limit, was killed, or failed.
    """
    data = exports.export_text(version, audience)
    composed = composed_document(version, data=data, audience=audience, attempt=attempt)
    with translation.override(composed.language):
        description = _("The data of this report, with its receipt")
    return process.run(order(composed, data=data, description=description))


def composed_document(version: ReportVersion, *, data: str, audience: str, attempt: int = 1) -> Document:
    """The document before it is set: what it says comes from the very data that it carries."""
    exported = json.loads(data)
    report = version.report
    with translation.override(exported["report"]["language"]):
        filing = Filing(
            state=report.state.name,
            title=report.title,
            version=version.number,
            note=version.note,
            audience=audience,
            audience_label=str(Audience(audience).label),
            provenance_label=str(Provenance(version.provenance).label),
            receipt=exported["receipt"],
            data_file=exports.export_name(version),
            address=settings.SITE_ADDRESS + reverse("reporting:receipt-detail", args=[version.receipt_number]),
            program=settings.SITE_ADDRESS + reverse("files:receipt-program"),
            withheld=exported["withheld"],
        )
    return document(exported["report"], filing, budget=Budget().for_attempt(attempt))


def file_name(version: ReportVersion) -> str:
    """``ccm-lao-pdr-2025-v1.pdf``"""
    return exports.export_name(version).removesuffix(".json") + ".pdf"
