"""The PDF of a filed version, for one audience."""

import json
from collections.abc import Collection

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ccm_portal.core import files, pictures
from ccm_portal.core.file_kinds import PICTURES
from ccm_portal.core.pdf import process
from reporting.domain import exports, report_files
from reporting.enums import Audience, Provenance
from reporting.models import ReportVersion
from reporting.pdf.compose import Filing, document
from reporting.pdf.document import Document
from reporting.pdf.limits import Budget
from reporting.pdf.order import order

MOST_PICTURES = 40  # in one document; further ones are listed by name


def pdf(version: ReportVersion, audience: str, *, attempt: int = 1) -> bytes:
    """The document, set in a process of its own.

    :raises NotRendered: if the renderer ran into a limit, was killed, or failed.
    """
    data = exports.export_text(version, audience)
    shown = pictures_of(version, data, most=MOST_PICTURES // 4 ** (attempt - 1))
    composed = composed_document(version, data=data, audience=audience, attempt=attempt, shown=list(shown))
    with translation.override(composed.language):
        description = _("The data of this report, with its receipt")
    return process.run(order(composed, data=data, description=description, pictures=shown))


def pictures_of(version: ReportVersion, data: str, *, most: int) -> dict[str, bytes]:
    """The photographs that this copy's own data name, drawn for paper; by fingerprint, at most so many."""
    named = report_files.named_in(json.loads(data)["report"])
    found = report_files.of_report(version.report, named).filter(stored__content_type__in=PICTURES).order_by("pk")
    return {
        one.sha256: pictures.redrawn(files.read(one.stored), one.stored.content_type, on_paper=True)[0]
        for one in found[:most]
    }


def composed_document(
    version: ReportVersion, *, data: str, audience: str, attempt: int = 1, shown: Collection[str] = ()
) -> Document:
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
            pictures=shown,
        )
    return document(exported["report"], filing, budget=Budget().for_attempt(attempt))


def file_name(version: ReportVersion) -> str:
    """``ccm-lao-pdr-2025-v1.pdf``"""
    return exports.export_name(version).removesuffix(".json") + ".pdf"
