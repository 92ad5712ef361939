"""The scene of the main job: Lao PDR reported last year, and this year's report is due."""

from datetime import UTC, datetime

from ccm_portal.core import clock, outbox
from ccm_portal.core.enums import MessageStatus, Role
from ccm_portal.core.models import OutgoingMessage
from reporting.domain import filing, pdfs
from reporting.enums import PdfStatus
from reporting.models import Report, ReportPdf, ReportVersion
from tests.factories import person
from tests.reporting import support

LAST_YEAR = datetime(2026, 4, 20, 9, tzinfo=UTC)


def last_years_report() -> ReportVersion:
    """Filed in time for 2025, with two provinces and a programme."""
    by = person(Role.APPROVER, "LAO")
    report = support.start(by, year=2025, at=LAST_YEAR)
    key = "contamination_clearance"
    support.add_row(report, key, "released", {"province": "Savannakhet", "cleared": "15540100 m2"}, by=by)
    support.add_row(report, key, "released", {"province": "Saravane", "cleared": "7990000 m2"}, by=by)
    support.write(
        report,
        key,
        {"programme.planned_end": "2030", "programme.obstacles": "Access roads during the rainy season."},
        by=by,
    )
    support.stand(report, key, "changed", by=by)
    return filing.file_report(report=support.complete(report, by=by), by=by, at=LAST_YEAR, filing_key="last-year")


def workers_run() -> None:
    """What the workers do within minutes: documents, then messages, then those that waited."""
    for pdf in ReportPdf.objects.filter(status=PdfStatus.OWED):
        pdfs.make(pk=pdf.pk, at=clock.now())
    at = clock.now()
    OutgoingMessage.objects.filter(status=MessageStatus.OWED).update(not_before=at)
    for message in OutgoingMessage.objects.filter(status=MessageStatus.OWED):
        outbox.deliver(pk=message.pk, at=at)


def filed_report() -> Report:
    """This year's report, once it is filed."""
    return Report.objects.get(state__iso3="LAO", year=2026, status="filed")
