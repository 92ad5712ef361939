"""The analysis group asks; the State that wants more time answers, and with its answer everybody reads both."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.enums import STATE_ROLES
from ccm_portal.core.models import Membership, User
from committees.domain.said import WorkRefused, said, seen
from compliance import emails
from compliance.domain import request_form
from compliance.domain.groups import open_request
from compliance.models import ExtensionRequest, RequestQuestion

LONGEST = 5000


@transaction.atomic
def ask(*, request: ExtensionRequest, section: str, text: str, by: User, at: datetime) -> RequestQuestion:
    """Ask about a section, or about the whole; the State's delegates are told that their desk holds something new.

    :raises WorkRefused: if the request is not open, has no group or no such section, or nothing is asked.
    """
    request = open_request(request)
    if not request.group.exists():
        raise WorkRefused(_("This request has no analysis group yet."))
    if section and request_form.section_of(request, section) is None:
        raise WorkRefused(_("The request has no such section. Choose one from the list."))
    text = said(text, longest=LONGEST, empty=_("Write your question."))
    number = (request.questions.aggregate(last=Max("number"))["last"] or 0) + 1
    question = RequestQuestion.objects.create(
        request=request, number=number, section=section, text=text, asked_by=by, asked_at=at
    )
    delegates = Membership.objects.in_force(at.date()).filter(state=request.state, role__in=STATE_ROLES)
    for one in User.objects.filter(pk__in=delegates.values("user")).order_by("pk"):
        emails.news(to=one, at=at)
    _noted("ask", question, request, by=by, at=at)
    return question


@transaction.atomic
def answer(*, question: RequestQuestion, text: str, version: int, by: User, at: datetime) -> RequestQuestion:
    """Answer for the State, for the first time or anew: question and answer are public from now on.

    :raises WorkChanged: if another delegate has answered since.
    :raises WorkRefused: if the request is not open, or nothing is said.
    """
    request = open_request(question.request)
    question = seen(question, version)
    question.answer = said(text, longest=LONGEST, empty=_("Write your answer."))
    question.answered_by, question.answered_at = by, at
    question.version += 1
    question.save()
    if question.asked_by and question.asked_by.is_active:
        emails.news(to=question.asked_by, at=at)
    _noted("answer", question, request, by=by, at=at)
    return question


def _noted(act: str, question: RequestQuestion, request: ExtensionRequest, *, by: User, at: datetime) -> None:
    """The act in the register, without the words: the transaction's last statement."""
    data = {"number": question.number, "section": question.section}
    register.append(
        action=f"compliance.requestquestion.{act}", by=by, at=at, state=request.state, obj=question, data=data
    )
