"""Who hears of thanks, questions, answers and papers. Questions, answers and objections are never in a mail:
only that there is one, and where."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.models import OutgoingMessage, User
from reporting.enums import Confirmation, Provenance, ReportStatus
from reporting.models import Report, ReportPaper, ReportQuestion, ReportThanks

THANKED = "reporting.thanked"
ASKED = "reporting.asked"
ANSWERED = "reporting.answered"
ENTERED = "reporting.entered"
CONTESTED = "reporting.contested"

Context = dict[str, object] | None


def register() -> None:
    """Make these messages known to the outbox."""
    for name, label, template, context in (
        (THANKED, _("Thanks for a report"), "thanked", _of_thanks),
        (ASKED, _("Question about a report"), "asked", _of_question),
        (ANSWERED, _("Answer about a report, to the ISO"), "answered", _of_answer),
        (ENTERED, _("Report entered from paper: confirm it"), "entered", _of_entry),
        (CONTESTED, _("A State says that an entry is not right, to the ISO"), "contested", _of_objection),
    ):
        outbox.register_kind(
            outbox.MessageKind(
                name=name, label=label, template=f"reporting/emails/report_{template}.txt", context=context
            )
        )


def thanked(thanks: ReportThanks, *, to: Iterable[User], at: datetime) -> None:
    """One message to each person."""
    _owe(THANKED, str(thanks.pk), {"thanks": thanks.pk}, to=to, at=at)


def asked(question: ReportQuestion, *, to: Iterable[User], at: datetime) -> None:
    """One message to each person who may answer."""
    _owe(ASKED, str(question.pk), {"question": question.pk}, to=to, at=at)


def answered(question: ReportQuestion, *, at: datetime) -> None:
    """To the ISO, once an answer: ``revision`` tells one from the next."""
    ids: dict[str, object] = {"question": question.pk}
    outbox.owe(
        kind=ANSWERED, key=f"{ANSWERED}:{question.pk}:{question.revision}", to=settings.ISO_MAILBOX, ids=ids, at=at
    )


def entered(paper: ReportPaper, *, to: Iterable[User], at: datetime) -> None:
    """One message to each person who may confirm."""
    _owe(ENTERED, str(paper.pk), {"paper": paper.pk}, to=to, at=at)


def contested(paper: ReportPaper, *, at: datetime) -> None:
    """To the ISO, once an objection."""
    ids: dict[str, object] = {"paper": paper.pk}
    outbox.owe(kind=CONTESTED, key=f"{CONTESTED}:{paper.pk}:{paper.revision}", to=settings.ISO_MAILBOX, ids=ids, at=at)


def _owe(kind: str, key: str, ids: dict[str, object], *, to: Iterable[User], at: datetime) -> None:
    for person in to:
        outbox.owe(kind=kind, key=f"{kind}:{key}:{person.pk}", to=person, ids=ids, at=at)


def _still(report: Report, message: OutgoingMessage) -> bool:
    """Whether the report still stands, and the person still acts for its State."""
    person = message.user
    return report.status == ReportStatus.FILED and (person is None or report.state_id in person.state_ids)


def _words(report: Report, url: str, *args: object) -> dict[str, object]:
    return {
        "report": report,
        "state": report.state,
        "is_demonstration": report.provenance == Provenance.DEMONSTRATION,
        "url": settings.SITE_ADDRESS + reverse(url, args=[report.state.slug, report.slug, *args]),
    }


def _of_thanks(message: OutgoingMessage, at: datetime) -> Context:
    thanks = ReportThanks.objects.select_related("version__report__state").get(pk=message.ids["thanks"])
    report = thanks.version.report
    if not _still(report, message):
        return None
    return {**_words(report, "reporting:draft-filed"), "thanks": thanks}


def _of_question(message: OutgoingMessage, at: datetime) -> Context:
    question = _question(message)
    report = question.version.report
    if question.withdrawn_at or question.answered_at or not _still(report, message):
        return None
    return _words(report, "reporting:question-answer", question.pk)


def _of_answer(message: OutgoingMessage, at: datetime) -> Context:
    report = _question(message).version.report
    return _words(report, "reporting:office-report") if _still(report, message) else None


def _question(message: OutgoingMessage) -> ReportQuestion:
    return ReportQuestion.objects.select_related("version__report__state").get(pk=message.ids["question"])


def _of_entry(message: OutgoingMessage, at: datetime) -> Context:
    paper = _paper(message)
    if paper.confirmation != Confirmation.OPEN or not _still(paper.report, message):
        return None
    return {**_words(paper.report, "reporting:paper-confirm"), "paper": paper}


def _of_objection(message: OutgoingMessage, at: datetime) -> Context:
    paper = _paper(message)
    if paper.confirmation != Confirmation.CONTESTED or not _still(paper.report, message):
        return None
    return _words(paper.report, "reporting:office-report")


def _paper(message: OutgoingMessage) -> ReportPaper:
    return ReportPaper.objects.select_related("report__state").get(pk=message.ids["paper"])
