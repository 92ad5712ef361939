"""A filed version as the file that leaves the house: the report, its receipt, and the salts to check it by."""

import json

from reporting.enums import Audience
from reporting.form.receipts import canonical, export
from reporting.models import ReportVersion


def export_text(version: ReportVersion, audience: str) -> str:
    """The export for an audience, byte for byte the same each time: what is served, and what a PDF carries."""
    if audience == Audience.PUBLIC:
        return version.public_text
    whole = export(json.loads(version.content), json.loads(version.salts), json.loads(version.receipt))
    return canonical(whole).decode()


def export_name(version: ReportVersion) -> str:
    """The file's name: ``ccm-lao-pdr-2025-v1.json``."""
    report = version.report
    return f"ccm-{report.state.slug}-{report.slug}-v{version.number}.json"
