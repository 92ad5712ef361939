"""Reports that came on paper or by mail: the ISO enters them, the State confirms them.

    begin ─▶ the ISO types, the State reads along ─▶ enter ─▶ the State confirms, or says what is wrong
       ╰─▶ drop (the ISO)   ╰─▶ take over (the State files it itself)

The State's word is the second person's. The ISO changes nothing once it is entered.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import files, register
from ccm_portal.core.models import State, StoredFile, User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain
from reporting import emails_afterwards
from reporting.domain import colleagues, drafts, filing, prose, workbooks
from reporting.domain.freezing import closed_to_saves, refuse_unseen
from reporting.enums import Confirmation, Provenance, ReportStatus, StartFrom
from reporting.models import Report, ReportPaper, ReportVersion
from reporting.rules import approvers_of

LONGEST = 5000


class PaperRefused(Exception):
    """It cannot be done with this paper. The message is fit to show the user."""


class PaperChanged(PaperRefused):
    """Somebody else has answered since the page was opened. ``paper`` is as it is now."""

    def __init__(self, paper: ReportPaper) -> None:
        super().__init__(
            _("A colleague has answered after you opened this page. Your text is kept: compare, then send.")
        )
        self.paper = paper


@transaction.atomic
def begin(
    *,
    state: State,
    kind: str,
    year: int | None,
    language: str,
    channel: str,
    received_on: date | None,
    source: tuple[str, bytes] | None,
    remarks: str,
    by: User,
    at: datetime,
) -> ReportPaper:
    """Begin to enter the paper of a State. ``source`` is its name and bytes; without it ``remarks`` say why.
    ``received_on`` is unknown for some old papers.

    :raises PaperRefused: if the State is writing or has filed that report, the report cannot be owed,
        the source is missing without a reason, or the day lies ahead.
    :raises ccm_portal.core.files.FileRefused: if the source is no PDF, PNG or JPEG, or too large.
    """
    if received_on and received_on > at.date():
        raise PaperRefused(_("The day on which it was received cannot lie in the future."))
    remarks = plain(remarks)
    if source is None and not remarks:
        raise PaperRefused(_("Attach the source, or say in the remarks why there is none."))
    try:
        report = drafts.start_report(
            state=state,
            kind=kind,
            year=year,
            how=StartFrom.SCRATCH,
            base=None,
            by=by,
            at=at,
            language=language,
            provenance=Provenance.ISO,
        )
    except drafts.AlreadyBegun as refusal:
        raise PaperRefused(_already(refusal.report)) from refusal
    except drafts.StartRefused as refusal:
        raise PaperRefused(str(refusal)) from refusal
    paper = ReportPaper.objects.create(
        report=report,
        channel=channel,
        received_on=received_on,
        source=_stored(source, at=at),
        remarks=remarks,
        entered_by=by,
        entered_at=at,
    )
    _noted("begin", paper, report, by=by, at=at, channel=channel)
    return paper


def _already(report: Report) -> str:
    named = {"state": report.state.name, "title": report.title}
    if report.is_entry:
        return _("“%(title)s” of %(state)s is being entered already.") % named
    if report.status == ReportStatus.DRAFT:
        return (
            _("%(state)s is writing “%(title)s” in the portal itself. Send it the paper back, or ask it to file.")
            % named
        )
    return _("“%(title)s” of %(state)s is already filed. What was filed stays as it is.") % named


def _stored(source: tuple[str, bytes] | None, *, at: datetime) -> StoredFile | None:
    if source is None:
        return None
    name, content = source
    return files.store(content=content, name=name, at=at)


@transaction.atomic
def enter(
    *, report: Report, note: str, by: User, at: datetime, filing_key: str, seen: dict[str, int] | None = None
) -> ReportVersion:
    """Publish what was entered, dated by the day the paper was received, and ask the State to confirm it.
    What the paper leaves open stays open. Posted twice, it is entered once.

    :raises PaperRefused: if it is no entry any more.
    :raises reporting.domain.filing.ChangedSinceSeen: if a colleague wrote in it after the page was opened.
    """
    paper = ReportPaper.objects.filter(report=report).first()
    held = locked(report)
    held.state = report.state
    if held.status != ReportStatus.DRAFT:
        version = held.versions.filter(filing_key=filing_key).first()
        if version is None:
            raise PaperRefused(_("This report is already entered."))
        return version
    if paper is None or not held.is_entry:
        raise PaperRefused(_("The State has taken this report over and files it itself."))
    paper.entered_by, paper.entered_at, paper.asked_at = by, at, at
    paper.save()
    emails_afterwards.entered(paper, to=approvers_of(held.state, on=at.date()), at=at)
    return filing.enter_report(
        report=held, by=by, at=at, received_on=paper.received_on, filing_key=filing_key, note=plain(note), seen=seen
    )


@transaction.atomic
def drop(*, report: Report, by: User, at: datetime, seen: dict[str, int] | None = None) -> None:
    """Give an entry up: the draft is gone, and the State may report itself.

    :raises PaperRefused: if it is no entry any more.
    :raises reporting.domain.filing.ChangedSinceSeen: if a section has another version than the one in ``seen``.
    """
    held = _entry(report)
    if seen is not None:
        refuse_unseen(held, closed_to_saves(held), seen)
    paper = ReportPaper.objects.get(report=held)
    held.delete()
    _noted("drop", paper, held, by=by, at=at)


@transaction.atomic
def take_over(*, report: Report, by: User, at: datetime, seen: dict[str, int] | None = None) -> Report:
    """The State goes on with the draft itself and files it in the portal: from then on it is a draft like
    any other, and the ISO sees nothing of it. What the ISO's staff said to each other in comments, and files that
    they had not taken in yet, are deleted.

    :raises PaperRefused: if it is no entry any more, or a section has another version than the one in ``seen``.
    """
    held = _entry(report)
    if seen is not None and any(draft.version - 1 != seen.get(draft.key) for draft in closed_to_saves(held)):
        raise PaperRefused(_("The ISO typed more after you opened this page. Here it is: read it, then take it over."))
    colleagues.close(held, at=at)
    workbooks.close(held)
    paper = ReportPaper.objects.get(report=held)
    key = paper.pk
    paper.delete()
    held.provenance = Provenance.DEMONSTRATION if by.is_demonstration else Provenance.PORTAL
    held.save(update_fields=["provenance"])
    paper.pk = key
    _noted("take_over", paper, held, by=by, at=at)
    return held


@transaction.atomic
def confirm(*, paper: ReportPaper, by: User, at: datetime, revision: int) -> ReportPaper:
    """The State says that the entry says what its paper says.

    :raises PaperChanged: if somebody has answered since.
    :raises PaperRefused: if the report is not entered, was recalled, or was corrected by the State since.
    """
    return _answered(paper, Confirmation.CONFIRMED, "", by=by, at=at, revision=revision)


@transaction.atomic
def contest(*, paper: ReportPaper, text: str, by: User, at: datetime, revision: int) -> ReportPaper:
    """The State says what is wrong with the entry. The ISO hears of it; readers learn that it is not right.

    :raises PaperChanged: if somebody has answered since.
    :raises PaperRefused: if nothing is said, it is confirmed, or as for ``confirm``.
    """
    empty = _("Say what is wrong, so that the ISO can put it right.")
    said = prose.said(text, longest=LONGEST, refused=PaperRefused, empty=empty)
    return _answered(paper, Confirmation.CONTESTED, said, by=by, at=at, revision=revision)


def _answered(
    paper: ReportPaper, said: Confirmation, text: str, *, by: User, at: datetime, revision: int
) -> ReportPaper:
    report = locked(paper.report)
    paper = locked(paper)
    paper.report = report
    if paper.revision != revision:
        raise PaperChanged(paper)
    if report.status != ReportStatus.FILED or not stands_as_entered(report):
        raise PaperRefused(_("What the ISO entered is no longer the report in force."))
    if paper.confirmation == Confirmation.CONFIRMED:
        raise PaperRefused(_("Your State has confirmed this report. If something has to change, file a correction."))
    paper.confirmation = said
    paper.answer = text
    paper.answered_by, paper.answered_at = by, at
    paper.revision += 1
    paper.save()
    if said == Confirmation.CONTESTED:
        emails_afterwards.contested(paper, at=at)
    _noted("confirm" if said == Confirmation.CONFIRMED else "contest", paper, report, by=by, at=at)
    return paper


def stands_as_entered(report: Report) -> bool:
    """Whether the version in force is the ISO's entry, and not the State's own correction of it."""
    newest = report.versions.order_by("-number").values_list("provenance", flat=True).first()
    return newest == Provenance.ISO


def paper_of(report: Report) -> ReportPaper | None:
    """Where it was entered from; None for a report that the State filed itself."""
    if report.provenance != Provenance.ISO:
        return None
    return ReportPaper.objects.select_related("source").filter(report=report).first()


def _entry(report: Report) -> Report:
    held = locked(report)
    held.state = report.state
    if not held.is_entry:
        raise PaperRefused(_("This report is no longer being entered."))
    return held


def _noted(act: str, paper: ReportPaper, report: Report, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register: the transaction's last statement."""
    register.append(
        action=f"reporting.paper.{act}",
        by=by,
        at=at,
        state=report.state,
        obj=paper,
        data={"report": report.slug} | data,
    )
