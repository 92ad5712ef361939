"""Who hears that a report was filed. One function per message; the words are chosen when it leaves."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.models import OutgoingMessage, User
from reporting.enums import Audience, PdfStatus, Provenance, ReportStatus
from reporting.models import ReportPdf, ReportVersion, Transmission

FILED = "reporting.filed"
FILED_TO_ISO = "reporting.filed_to_iso"
FILED_TO_UN = "reporting.filed_to_un"
RECALLED = "reporting.recalled"
REINSTATED = "reporting.reinstated"
REINSTATED_TO_UN = "reporting.reinstated_to_un"
OF_VERSIONS = (FILED, FILED_TO_ISO, FILED_TO_UN, REINSTATED, REINSTATED_TO_UN)
WITH_DOCUMENT = (FILED_TO_UN, REINSTATED_TO_UN)


def register() -> None:
    """Make these messages known to the outbox."""
    outbox.register_kind(
        outbox.MessageKind(
            name=FILED,
            label=_("Receipt of a filed report"),
            template="reporting/emails/report_filed.txt",
            context=_of_filed_version,
        )
    )
    outbox.register_kind(
        outbox.MessageKind(
            name=FILED_TO_ISO,
            label=_("Filed report, to the ISO"),
            template="reporting/emails/report_filed_iso.txt",
            context=_of_filed_version,
        )
    )
    outbox.register_kind(
        outbox.MessageKind(
            name=FILED_TO_UN,
            label=_("Filed report, to the United Nations"),
            template="reporting/emails/report_filed_un.txt",
            context=_of_filed_version,
            attachment=_full_pdf,
            on_sent=_sent_to_un,
        )
    )
    outbox.register_kind(
        outbox.MessageKind(
            name=RECALLED,
            label=_("Recalled report"),
            template="reporting/emails/report_recalled.txt",
            context=_of_recalled_report,
        )
    )
    outbox.register_kind(
        outbox.MessageKind(
            name=REINSTATED,
            label=_("Reinstated report, to the ISO"),
            template="reporting/emails/report_reinstated.txt",
            context=_of_filed_version,
        )
    )
    outbox.register_kind(
        outbox.MessageKind(
            name=REINSTATED_TO_UN,
            label=_("Reinstated report, to the United Nations"),
            template="reporting/emails/report_reinstated.txt",
            context=_of_filed_version,
            attachment=_full_pdf,
            on_sent=_sent_to_un,
        )
    )


def report_filed(version: ReportVersion, *, by: User, at: datetime) -> None:
    """Owe the filer a receipt, the ISO the news, and the United Nations the report with its PDF."""
    ids: dict[str, object] = {"version": version.pk}
    outbox.owe(kind=FILED, key=f"{FILED}:{version.pk}", to=by, ids=ids, at=at)
    outbox.owe(
        kind=FILED_TO_ISO,
        key=f"{FILED_TO_ISO}:{version.pk}",
        to=settings.ISO_MAILBOX,
        ids=ids,
        at=at,
    )
    outbox.owe(kind=FILED_TO_UN, key=key_to_un(version), to=settings.UN_MAILBOX, ids=ids, at=at)


def report_recalled(version: ReportVersion, *, at: datetime) -> None:
    """Owe the ISO and the United Nations the news that a State recalled a report."""
    ids: dict[str, object] = {"version": version.pk, "recalled_at": at.isoformat()}
    for to in (settings.ISO_MAILBOX, settings.UN_MAILBOX):
        outbox.owe(kind=RECALLED, key=f"{RECALLED}:{version.pk}:{at.isoformat()}:{to}", to=to, ids=ids, at=at)


def report_reinstated(version: ReportVersion, *, at: datetime) -> None:
    """Owe the ISO the news that a report stands again, and the United Nations the report itself."""
    ids: dict[str, object] = {"version": version.pk}
    for kind, to in ((REINSTATED, settings.ISO_MAILBOX), (REINSTATED_TO_UN, settings.UN_MAILBOX)):
        outbox.owe(kind=kind, key=f"{kind}:{version.pk}:{at.isoformat()}", to=to, ids=ids, at=at)


def key_to_un(version: ReportVersion) -> str:
    return f"{FILED_TO_UN}:{version.pk}"


def _of_filed_version(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    version = (
        ReportVersion.objects.select_related("report__state")
        .filter(pk=message.ids["version"], report__status=ReportStatus.FILED)
        .first()
    )
    if version is None:
        return None
    report = version.report
    return {
        "version": version,
        "report": report,
        "state": report.state,
        "is_demonstration": version.provenance == Provenance.DEMONSTRATION,
        "url": settings.SITE_ADDRESS + report.get_absolute_url(),
    }


def _of_recalled_report(message: OutgoingMessage, at: datetime) -> dict[str, object] | None:
    version = (
        ReportVersion.objects.select_related("report__state")
        .filter(pk=message.ids["version"], report__status=ReportStatus.RECALLED)
        .first()
    )
    recalled_at = version.report.recalled_at if version else None
    if version is None or recalled_at is None or recalled_at.isoformat() != message.ids["recalled_at"]:
        return None
    return {
        "version": version,
        "report": version.report,
        "state": version.report.state,
        "is_demonstration": version.provenance == Provenance.DEMONSTRATION,
    }


def _full_pdf(message: OutgoingMessage) -> outbox.Attachment | None:
    pdf = (
        ReportPdf.objects.select_related("file", "version__report__state")
        .filter(version=message.ids["version"], audience=Audience.FULL, status=PdfStatus.READY)
        .first()
    )
    if pdf is None:
        return None
    report = pdf.version.report
    return outbox.Attachment(name=f"ccm-{report.state.slug}-{report.slug}.pdf", file=pdf.file)


def _sent_to_un(message: OutgoingMessage, at: datetime) -> None:
    """Filed here, sent to the UN, acknowledged by the UN: three moments. This is the second."""
    Transmission.objects.filter(version=message.ids["version"], sent_at=None).update(sent_at=at)
