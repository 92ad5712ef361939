"""Checking what was filed: each version against its receipt, and against the act in the register."""

from collections.abc import Iterator

from ccm_portal.core.models import RegisterEntry
from reporting.domain.exports import export_text
from reporting.enums import Audience
from reporting.models import ReportVersion
from reporting.receipt_check import check

ACTS = ("reporting.report.file", "reporting.report.correct")


def faults(version: ReportVersion) -> Iterator[str]:
    """What does not fit; nothing where all is well. Both copies are checked: the whole and the public one."""
    for audience in (Audience.FULL, Audience.PUBLIC):
        for fault in check(export_text(version, audience).encode(), version.content_hash):
            yield f"{version.receipt_number} ({audience}): {fault}"
    acts = RegisterEntry.objects.filter(
        action__in=ACTS, object_type="reporting.Report", object_id=str(version.report_id)
    )
    if not any(f'"content_hash":"{version.content_hash}"' in act.payload for act in acts):
        yield f"{version.receipt_number}: the register does not know this filing"
