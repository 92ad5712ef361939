"""The ISO asks about a filed report; the State answers, and says whether everybody may read both.

Question and answer stand beside the report and are never part of it. Nobody but the State and the ISO
sees them, until an approver of the State agrees that everybody may; that can be taken back at any time.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from reporting import emails_afterwards
from reporting.domain import places, prose
from reporting.enums import ReportStatus
from reporting.models import PUBLIC_COPY, Report, ReportQuestion, ReportVersion
from reporting.rules import delegates_of, shown_questions

LONGEST = 5000


class QuestionRefused(Exception):
    """It cannot be done with this question. The message is fit to show the user."""


class QuestionChanged(QuestionRefused):
    """Somebody else has written since the page was opened. ``question`` is as it is now."""

    def __init__(self, question: ReportQuestion) -> None:
        super().__init__(_("This was changed after you opened the page. Your text is kept: compare, then send it."))
        self.question = question


@transaction.atomic
def ask(*, version: ReportVersion, place: str, text: str, by: User, at: datetime) -> ReportQuestion:
    """Ask about a place of a filed version; the State's drafters and approvers are told that there is a question.

    :raises QuestionRefused: if the version is not the one in force, the place does not exist, or nothing is asked.
    """
    report = locked(version.report)
    if report.status != ReportStatus.FILED:
        raise QuestionRefused(_("The State has recalled this report."))
    if report.versions.filter(number__gt=version.number).exists():
        raise QuestionRefused(_("The State has filed a newer version since. Read it, then ask about that one."))
    if place not in dict(places.places_of(report)):
        raise QuestionRefused(_("The report has no such place. Choose one from the list."))
    question = ReportQuestion.objects.create(
        version=version,
        place=place,
        text=prose.said(text, longest=LONGEST, refused=QuestionRefused, empty=_("Write your question.")),
        asked_by=by,
        asked_at=at,
    )
    emails_afterwards.asked(question, to=delegates_of(report.state, on=at.date()), at=at)
    _noted("ask", question, report, by=by, at=at)
    return question


@transaction.atomic
def withdraw(*, question: ReportQuestion, by: User, at: datetime) -> ReportQuestion:
    """Take a question back that nobody has answered: the State no longer sees it.

    :raises QuestionRefused: if it is answered.
    """
    report, question = _held(question)
    if question.answered_at:
        raise QuestionRefused(_("The State has answered this question. It stays."))
    if question.withdrawn_at:
        return question
    question.withdrawn_at = at
    question.revision += 1
    question.save()
    _noted("withdraw", question, report, by=by, at=at)
    return question


@transaction.atomic
def answer(
    *, question: ReportQuestion, text: str, shown: bool, by: User, at: datetime, revision: int
) -> ReportQuestion:
    """Answer for the State, for the first time or anew. ``shown`` is the approver's word that everybody may
    read question and answer; a new answer without it is read by the ISO alone.

    :raises QuestionChanged: if the question has another revision than the one seen.
    :raises QuestionRefused: if it was withdrawn, nothing is said, or it cannot be shown.
    """
    report, question = _held(question)
    _refuse_stale(question, revision)
    if question.withdrawn_at:
        raise QuestionRefused(_("The ISO has withdrawn this question. It needs no answer."))
    if shown:
        _refuse_kept(question, report)
    question.answer = prose.said(text, longest=LONGEST, refused=QuestionRefused, empty=_("Write your answer."))
    question.answered_by, question.answered_at = by, at
    question.shown_at = at if shown else None
    question.noted_at = None
    question.revision += 1
    question.save()
    emails_afterwards.answered(question, at=at)
    _noted("answer", question, report, by=by, at=at, shown=shown)
    return question


@transaction.atomic
def show(*, question: ReportQuestion, shown: bool, by: User, at: datetime, revision: int) -> ReportQuestion:
    """Let everybody read question and answer, or take that back; both hold from the next request on.

    :raises QuestionChanged: if it is to be shown and has another revision than the one read.
    :raises QuestionRefused: if there is no answer, or the place is kept for States Parties.
    """
    report, question = _held(question)
    if shown == (question.shown_at is not None):
        return question
    if shown:
        _refuse_stale(question, revision)
        if not question.answered_at:
            raise QuestionRefused(_("There is no answer yet that could be shown."))
        _refuse_kept(question, report)
    question.shown_at = at if shown else None
    question.revision += 1
    question.save()
    _noted("show" if shown else "hide", question, report, by=by, at=at)
    return question


@transaction.atomic
def note_answer(*, question: ReportQuestion, by: User, at: datetime, revision: int) -> ReportQuestion:
    """The ISO has read the answer: it leaves the office's list.

    :raises QuestionChanged: if the State has answered anew since.
    """
    report, question = _held(question)
    _refuse_stale(question, revision)
    if not question.answered_at or question.noted_at:
        return question
    question.noted_at = at
    question.save(update_fields=["noted_at"])
    _noted("note_answer", question, report, by=by, at=at)
    return question


def shown_beside(report: Report) -> list[ReportQuestion]:
    """What everybody may read beside the report, oldest first. A part that the State keeps for States
    Parties, in the version that was asked about or in the one in force, is not spoken of."""
    questions = list(shown_questions().filter(version__report=report).order_by("asked_at", "pk"))
    if not any("/" in question.place for question in questions):
        return questions
    kept = kept_beside(report, questions)
    return [question for question in questions if question.place not in kept]


def may_be_shown(question: ReportQuestion, report: Report) -> bool:
    """Whether its place is one that the public reads."""
    return question.place not in kept_beside(report, [question])


def kept_beside(report: Report, asked: Iterable[ReportQuestion]) -> set[str]:
    """The parts of which nothing is said in public: kept for States Parties in a version that was asked about,
    or in the one in force."""
    newest = report.versions.order_by("-number").values_list("pk", flat=True)[:1]
    wanted = {question.version_id for question in asked} | set(newest)
    return places.kept_parts(ReportVersion.objects.filter(pk__in=wanted).select_related("report").only(*PUBLIC_COPY))


def _refuse_kept(question: ReportQuestion, report: Report) -> None:
    if not may_be_shown(question, report):
        raise QuestionRefused(
            _("You keep this part for States Parties. A question about it, and its answer, cannot be shown.")
        )


def _refuse_stale(question: ReportQuestion, revision: int) -> None:
    if question.revision != revision:
        raise QuestionChanged(question)


def _held(question: ReportQuestion) -> tuple[Report, ReportQuestion]:
    """The question, locked after its report, so that filing and answering wait for one another."""
    report = locked(question.version.report)
    fresh = locked(question)
    fresh.version.report = report
    if report.status != ReportStatus.FILED:
        raise QuestionRefused(_("The State has recalled this report."))
    return report, fresh


def _noted(act: str, question: ReportQuestion, report: Report, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register, without the words: the transaction's last statement."""
    register.append(
        action=f"reporting.question.{act}",
        by=by,
        at=at,
        state=report.state,
        obj=question,
        data={"receipt": question.version.receipt_number, "place": question.place} | data,
    )
