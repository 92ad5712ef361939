"""A filed version as the file that leaves the house: the report, its receipt, and the salts to check it by."""

import json

from reporting.enums import Audience
from reporting.form.receipts import canonical, part_names, public_export
from reporting.models import ReportVersion


def export_text(version: ReportVersion, audience: str) -> str:
    """The export for an audience, byte for byte the same each time: what is served, and what a PDF carries."""
    content = json.loads(version.content)
    withheld: set[str] = set()
    if audience == Audience.PUBLIC:
        withheld = set(part_names(content)) - set(part_names(json.loads(version.public_content)))
    exported = public_export(content, json.loads(version.salts), json.loads(version.receipt), withheld)
    return canonical(exported).decode()


def export_name(version: ReportVersion) -> str:
    """The file's name: ``ccm-lao-pdr-2025-v1.json``."""
    report = version.report
    return f"ccm-{report.state.slug}-{report.slug}-v{version.number}.json"
