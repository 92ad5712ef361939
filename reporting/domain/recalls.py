"""A State takes a filed report out of sight, saying why, and may put it back. Nothing that was filed is changed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import outbox
from ccm_portal.core.models import State, User
from ccm_portal.core.writing import plain
from reporting import emails
from reporting.domain import originals, pdfs, words
from reporting.domain.filing import refuse_twin
from reporting.domain.freezing import held
from reporting.domain.queries import in_force
from reporting.models import Report, ReportVersion, ReportWords
from reporting.workflow import RECALL, REINSTATE

LONGEST_REASON = 2_000


class RecallRefused(Exception):
    """The report cannot be recalled like this. The message is fit to show the user."""


class RecalledAnew(Exception):
    """The recall that the page showed is over; another one stands."""

    def __init__(self) -> None:
        super().__init__(
            _("The report was recalled again after you opened this page. Read why, then decide whether to put it back.")
        )


@transaction.atomic
def recall_report(*, report: Report, reason: str, seen: int, by: User, at: datetime) -> Report:
    """Take a filed report out of every list, search, file and API. ``reason`` is public. ``seen`` is the number of the
    version that the page showed.

    What is on its way is withdrawn: documents not yet made, messages not yet sent. The obligation is open again.

    :raises RecallRefused: if no reason is given, a correction is open, or a newer version was filed meanwhile.
    :raises TransitionRefused: if the report is not filed.
    """
    reason = _reason(reason)
    report = held(report)
    RECALL.check(report)
    if report.is_correcting:
        raise RecallRefused(_("A correction of this report is open. File it or give it up, then recall the report."))
    version = in_force(report)
    if version.number != seen:
        raise RecallRefused(_("The report was corrected after you opened this page. Read it again, then decide."))
    report.recalled_at, report.recall_note = at, reason
    RECALL.apply(report)
    ReportWords.objects.filter(report=report).delete()
    pdfs.withdraw(report=report)
    outbox.withdraw(kinds=emails.OF_VERSIONS, versions=_numbers(report), at=at)
    originals.point_on(report, None)
    emails.report_recalled(version, at=at)
    RECALL.record(
        report,
        by=by,
        at=at,
        data={"receipt": version.receipt_number, "version": version.number, "reason": reason},
    )
    return report


@transaction.atomic
def reinstate_report(*, report: Report, seen: datetime | None, by: User, at: datetime) -> Report:
    """Put a recalled report back where it was: public, of the day on which it was filed. ``seen`` is when it was
    recalled, as the page showed it.

    :raises RecalledAnew: if it was put back and recalled again since.
    :raises TwinFiled: if another report of the same kind and year was filed meanwhile.
    :raises TransitionRefused: if the report is not recalled.
    """
    State.objects.select_for_update(no_key=True).get(pk=report.state_id)
    report = held(report)
    REINSTATE.check(report)
    if report.recalled_at != seen:
        raise RecalledAnew
    refuse_twin(report)
    version = in_force(report)
    recalled_at = report.recalled_at
    report.recalled_at, report.recall_note = None, ""
    REINSTATE.apply(report)
    words.write_words(version)
    pdfs.owe_again(report=report)
    emails.report_reinstated(version, at=at)
    REINSTATE.record(
        report,
        by=by,
        at=at,
        data={
            "receipt": version.receipt_number,
            "version": version.number,
            "recalled_at": recalled_at.isoformat() if recalled_at else "",
        },
    )
    return report


def _reason(text: str) -> str:
    reason = plain(text)
    if not reason:
        raise RecallRefused(_("Say in a sentence why the report is recalled. Everybody will read it."))
    if len(reason) > LONGEST_REASON:
        raise RecallRefused(
            _("This reason has %(length)s characters; there is room for %(longest)s. Shorten it.")
            % {"length": len(reason), "longest": LONGEST_REASON}
        )
    return reason


def _numbers(report: Report) -> list[int]:
    return list(ReportVersion.objects.filter(report=report).values_list("pk", flat=True))
