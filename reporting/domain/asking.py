"""A drafter asks the approvers of the State to file the draft. Only they can; so they hear of it once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from reporting import emails_drafting as emails
from reporting.domain import contents, remarks
from reporting.models import FilingAsked, Report
from reporting.rules import approvers_of


class AskRefused(Exception):
    """Nobody can be asked now. The message is fit to show the person."""


@transaction.atomic
def ask_to_file(*, report: Report, by: User, at: datetime) -> FilingAsked:
    """Owe every approver one mail about the draft as it now stands. Asking again before it is changed owes none.

    :raises AskRefused: if it is filed, something still stops the filing, or the State has nobody who could file.
    """
    report = locked(report)
    if not report.is_open:
        raise AskRefused(_("This report is already filed."))
    drafts = list(report.sections.all())
    document = contents.document_of(report, drafts)
    if remarks.blocking(report, document, drafts, on=at.date()):
        raise AskRefused(_("Something still stops the filing. Settle that first, then ask."))
    approvers = list(approvers_of(report.state, on=at.date()).exclude(pk=by.pk))
    if not approvers:
        raise AskRefused(
            _("Your State has nobody yet who can file: its head of delegation names one, or the ISO helps.")
        )
    revision = sum(draft.version for draft in drafts)
    asked = FilingAsked.objects.filter(report=report).first()
    if asked and asked.revision == revision:
        return asked
    asked, _new = FilingAsked.objects.update_or_create(
        report=report, defaults={"revision": revision, "asked_by": by, "asked_at": at}
    )
    for approver in approvers:
        emails.approval_asked(asked, to=approver, at=at)
    register.append(action="reporting.report.ask_to_file", by=by, at=at, state=report.state, obj=report)
    return asked


def asked_among(reports: Iterable[Report]) -> dict[int, FilingAsked]:
    """The requests that stand, by report: of drafts in which nobody has written since. One query."""
    asked = FilingAsked.objects.select_related("asked_by").filter(report__in=[report.pk for report in reports])
    standing = asked.annotate(now=Sum("report__sections__version")).filter(now=F("revision"))
    return {one.report_id: one for one in standing}


def asked_of(report: Report) -> FilingAsked | None:
    """The request that stands; ``None`` once somebody has written in the draft since."""
    return asked_among([report]).get(report.pk)
