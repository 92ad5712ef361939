"""Documents owed for filed versions: claimed, made, stored, and found again if a worker is lost.

    owed ──claim──▶ rendering ──▶ ready
      ▲                │
      └──crash, lost───┴──third time──▶ failed

A recalled report withdraws what is not made yet; a reinstated one owes it again. Where a correction keeps more from
the public, the public documents of earlier versions are owed anew.

The row is the truth. A claim is committed before the work begins; whoever comes back to a row that is no longer
his throws his work away.
"""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from ccm_portal.core import doorbell, files, outbox
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage
from ccm_portal.core.pdf.process import NotRendered
from reporting.domain import documents
from reporting.emails import WITH_DOCUMENT
from reporting.enums import PUBLIC_STATUSES, Audience, PdfStatus
from reporting.models import Report, ReportPdf, ReportVersion

log = logging.getLogger(__name__)

RENDER = "reporting.render_pdf"
RING_AGAIN_AFTER = timedelta(seconds=45)
LOST_AFTER = timedelta(minutes=3)
ATTEMPTS = 3
AT_ONCE = 50


def owe(*, version: ReportVersion) -> list[ReportPdf]:
    """Owe the documents of a version, one for each audience, in the transaction that files it."""
    pdfs = [ReportPdf.objects.get_or_create(version=version, audience=audience)[0] for audience in Audience.values]
    for pdf in pdfs:
        if pdf.status == PdfStatus.OWED:
            doorbell.ring(RENDER, pdf.pk)
    return pdfs


def make(*, pk: int, at: datetime) -> str:
    """Make one owed document. Returns its status afterwards; quiet if another worker has it or it is done."""
    pdf = _claim(pk, at)
    if pdf is None:
        return "not mine"
    if not _may_be_made(pdf):
        return _set_aside(pdf)
    try:
        content = documents.pdf(pdf.version, pdf.audience, attempt=pdf.attempts)
    except NotRendered as why:
        return _again_or_park(pdf, str(why))
    except Exception as wrong:
        log.exception("document %s could not be written", pdf)
        return _again_or_park(pdf, f"{type(wrong).__name__}: {wrong}")
    return _finish(pdf, content, at)


def _claim(pk: int, at: datetime) -> ReportPdf | None:
    with transaction.atomic():
        pdf = (
            ReportPdf.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("version__report__state")
            .filter(pk=pk, status=PdfStatus.OWED)
            .first()
        )
        if pdf is None:
            return None
        pdf.status = PdfStatus.RENDERING
        pdf.claimed_at = at
        pdf.attempts += 1
        pdf.save()
        return pdf


def _may_be_made(pdf: ReportPdf) -> bool:
    """What is true now counts, not what was true when it was asked for."""
    return pdf.version.report.status in PUBLIC_STATUSES


def _set_aside(pdf: ReportPdf) -> str:
    """The report was recalled while this worker had it."""
    ReportPdf.objects.filter(_mine(pdf)).update(status=PdfStatus.WITHDRAWN)
    return PdfStatus.WITHDRAWN


def _still_says_so(pdf: ReportPdf) -> bool:
    """Whether nothing more is kept from the public than when this worker read the version. Asked by a query of its own
    once the row is locked: a correction that is being filed meanwhile has to pass the lock, and owes the document
    anew."""
    if pdf.audience != Audience.PUBLIC:
        return True
    report = Report.objects.only("kept_since").get(pk=pdf.version.report_id)
    return report.kept_since == pdf.version.report.kept_since


def _owed_anew(pdf: ReportPdf) -> str:
    make_anew(versions=[pdf.version])
    return PdfStatus.OWED


def _mine(pdf: ReportPdf) -> "Q":
    """The row as this worker left it: claimed by this very attempt."""
    return Q(pk=pdf.pk, status=PdfStatus.RENDERING, attempts=pdf.attempts)


def _finish(pdf: ReportPdf, content: bytes, at: datetime) -> str:
    with transaction.atomic():
        row = (
            ReportPdf.objects.select_for_update(of=("self",))
            .select_related("version__report__state")
            .filter(_mine(pdf))
            .first()
        )
        if row is None:
            return "not mine"
        if not _may_be_made(row):
            return _set_aside(row)
        if not _still_says_so(pdf):
            return _owed_anew(row)
        row.file = files.store(content=content, name=documents.file_name(row.version), at=at)
        row.status = PdfStatus.READY
        row.error = ""
        row.save()
        waiting = OutgoingMessage.objects.filter(
            kind__in=WITH_DOCUMENT, status=MessageStatus.OWED, ids__version=row.version_id
        )
        outbox.ready(pks=list(waiting.values_list("pk", flat=True)), at=at)
    return PdfStatus.READY


def _again_or_park(pdf: ReportPdf, why: str) -> str:
    if pdf.attempts >= ATTEMPTS:
        return _park(pdf, why)
    log.warning("document %s, attempt %s: %s", pdf, pdf.attempts, why)
    ReportPdf.objects.filter(_mine(pdf)).update(status=PdfStatus.OWED, error=why[:500])
    return PdfStatus.OWED


def _park(pdf: ReportPdf, why: str) -> str:
    """It does not circle: it stands aside, loudly, until somebody has looked."""
    log.error("document %s is parked after %s attempts: %s; the office must look", pdf, pdf.attempts, why)
    ReportPdf.objects.filter(_mine(pdf)).update(status=PdfStatus.FAILED, error=why[:500])
    return PdfStatus.FAILED


def sweep(*, at: datetime) -> int:
    """Find the documents that the queue lost, and those whose worker did not come back."""
    lost = ReportPdf.objects.filter(status=PdfStatus.RENDERING, claimed_at__lt=at - LOST_AFTER)
    for pdf in lost:
        _again_or_park(pdf, "its worker did not come back")
    overdue = at - RING_AGAIN_AFTER
    owed = ReportPdf.objects.filter(
        Q(claimed_at__lt=overdue) | Q(claimed_at=None, version__filed_at__lt=overdue), status=PdfStatus.OWED
    ).order_by("pk")
    pks = list(owed.values_list("pk", flat=True)[:AT_ONCE])
    for pk in pks:
        doorbell.ring_now(RENDER, pk)
    return len(pks)


def withdraw(*, report: Report) -> None:
    """Make nothing more of a recalled report. What is being made is set aside by its worker."""
    ReportPdf.objects.filter(version__report=report, status__in=[PdfStatus.OWED, PdfStatus.FAILED]).update(
        status=PdfStatus.WITHDRAWN
    )


def owe_again(*, report: Report) -> None:
    """Owe what a recall withdrew, or what a worker has in hand and would set aside."""
    missing = ReportPdf.objects.filter(version__report=report, status__in=[PdfStatus.WITHDRAWN, PdfStatus.RENDERING])
    for pk in missing.values_list("pk", flat=True):
        doorbell.ring(RENDER, pk)
    missing.update(status=PdfStatus.OWED, attempts=0, claimed_at=None, error="")


def make_anew(*, versions: Collection[ReportVersion]) -> None:
    """Owe the public documents of these versions again: what was made, or is being made, shows what is kept now. The
    file that was made is let go; no address leads to it any more."""
    public = ReportPdf.objects.filter(version__in=versions, audience=Audience.PUBLIC).exclude(
        status=PdfStatus.WITHDRAWN
    )
    for pk in public.values_list("pk", flat=True):
        doorbell.ring(RENDER, pk)
    public.update(status=PdfStatus.OWED, file=None, attempts=0, claimed_at=None, error="")


def parked() -> QuerySet[ReportPdf]:
    """The documents that stand aside until somebody has looked."""
    return ReportPdf.objects.select_related("version__report__state").filter(status=PdfStatus.FAILED).order_by("pk")


@transaction.atomic
def try_again(*, pdf: ReportPdf) -> bool:
    """Owe a parked document anew, once somebody has looked. Returns whether it was parked."""
    changed = ReportPdf.objects.filter(pk=pdf.pk, status=PdfStatus.FAILED).update(
        status=PdfStatus.OWED, attempts=0, claimed_at=None, error=""
    )
    if changed:
        doorbell.ring(RENDER, pdf.pk)
    return bool(changed)
