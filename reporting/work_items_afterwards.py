"""What the ISO and the State have to do next beside filed reports."""

from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.permissions import may
from ccm_portal.core.work_items import WorkItem
from reporting.domain import office
from reporting.rules import entries, own_questions, papers_to_confirm


def for_the_office(user: User, on: date) -> Iterator[WorkItem]:
    """One line for each sort of work, with the way to the list."""
    if not may(user, "reporting.look_after_reports", None):
        return
    contested = office.contested(user).count()
    answers = office.with_new_answers(user).count()
    thanks = office.to_thank(user, on=on).count()
    lines = (
        (
            "contested",
            contested,
            ngettext(
                "%(count)s State says that an entry from paper is not right",
                "%(count)s States say that an entry from paper is not right",
                contested,
            ),
        ),
        (
            "answers",
            answers,
            ngettext("Answers came in for %(count)s report", "Answers came in for %(count)s reports", answers),
        ),
        ("thanks", thanks, ngettext("%(count)s report to thank for", "%(count)s reports to thank for", thanks)),
    )
    for show, count, label in lines:
        if count:
            yield WorkItem(label=label % {"count": count}, url=list_address(show), due=None)


def list_address(show: str) -> str:
    """The office's list of reports, narrowed to one sort of work."""
    return f"{reverse('reporting:office-reports')}?{urlencode({'show': show})}"


def entries_to_finish(user: User, on: date) -> Iterator[WorkItem]:
    """For the ISO: papers that it has begun to enter."""
    for report in entries(user).order_by("created_at", "pk"):
        yield WorkItem(
            label=_("Go on entering the paper: %(title)s") % {"title": report.title},
            url=report.get_draft_url(),
            due=None,
            acts_for=report.state.name,
        )


def questions_to_answer(user: User, on: date) -> Iterator[WorkItem]:
    """For a State's people: what the ISO asks."""
    for question in own_questions(user).filter(answered_at=None).order_by("asked_at", "pk"):
        report = question.version.report
        yield WorkItem(
            label=_("Answer a question of the ISO: %(title)s") % {"title": report.title},
            url=reverse("reporting:question-answer", args=[report.state.slug, report.slug, question.pk]),
            due=None,
            acts_for=report.state.name,
        )


def entries_to_confirm(user: User, on: date) -> Iterator[WorkItem]:
    """For a State's approvers: what the ISO entered from their paper."""
    for paper in papers_to_confirm(user).order_by("asked_at", "pk"):
        report = paper.report
        yield WorkItem(
            label=_("Confirm what the ISO entered from your paper: %(title)s") % {"title": report.title},
            url=reverse("reporting:paper-confirm", args=[report.state.slug, report.slug]),
            due=None,
            acts_for=report.state.name,
        )


PROVIDERS: tuple[Callable[[User, date], Iterator[WorkItem]], ...] = (
    for_the_office,
    entries_to_finish,
    questions_to_answer,
    entries_to_confirm,
)
