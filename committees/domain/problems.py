"""Problems that a body has identified, and the ways forward that it suggests. One can become an agenda item."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import Transition, TransitionRefused, locked
from committees import workflow_workspace as workflow
from committees.domain.said import WorkRefused, said, seen
from committees.enums import ProblemStatus
from committees.models import Body, Contact, Problem
from committees.rules_workspace import visible_problems

LONGEST_TITLE = 200


def problems_for_agendas(user: Any) -> QuerySet[Problem]:
    """The open problems of the bodies in which this person works: what an agenda item can be made from."""
    return visible_problems(user).filter(status=ProblemStatus.OPEN).order_by("body__position", "raised_at", "pk")


@transaction.atomic
def raise_problem(
    *, body: Body, title: str, text: str, ways_forward: str, contact: Contact | None = None, by: User, at: datetime
) -> Problem:
    """Write a problem down, with ways forward if there are any yet.

    :raises WorkRefused: if it has no title, or its contact is another body's.
    """
    problem = Problem.objects.create(
        body=body, contact=_own(contact, body), raised_by=by, raised_at=at, **_words(title, text, ways_forward)
    )
    _noted("raise", problem, by=by, at=at)
    return problem


@transaction.atomic
def edit_problem(
    *,
    problem: Problem,
    title: str,
    text: str,
    ways_forward: str,
    contact: Contact | None = None,
    version: int,
    by: User,
    at: datetime,
) -> Problem:
    """Say it otherwise, as long as it is not settled.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it is settled, or has no title.
    """
    problem = seen(problem, version)
    if problem.status == ProblemStatus.SETTLED:
        raise WorkRefused(_("This problem is settled. Open it again, then change it."))
    for name, value in _words(title, text, ways_forward).items():
        setattr(problem, name, value)
    problem.contact = _own(contact, problem.body)
    problem.version += 1
    problem.save()
    _noted("edit", problem, by=by, at=at)
    return problem


@transaction.atomic
def put_on_agenda(*, problem: Problem, meeting_key: str, by: User | None, at: datetime) -> Problem:
    """An agenda item is made from it, at the meeting with this key. Called in the transaction that makes the item,
    whose act follows.

    :raises WorkRefused: if it is settled or on an agenda already.
    """
    problem = locked(problem)
    problem.meeting_key = meeting_key
    _move(problem, workflow.PUT_ON_AGENDA)
    workflow.PUT_ON_AGENDA.record(problem, by=by, at=at, data={"body": problem.body.key, "meeting": meeting_key})
    return problem


@transaction.atomic
def take_off_agenda(*, problem: Problem, meeting_key: str, by: User | None, at: datetime) -> None:
    """Its item left the outline of the meeting with this key: it is open again. A problem that was settled meanwhile,
    or stands on another agenda, stays as it is."""
    problem = locked(problem)
    if problem.status != ProblemStatus.ON_AGENDA or problem.meeting_key != meeting_key:
        return
    problem.meeting_key = ""
    _move(problem, workflow.REOPEN)
    workflow.REOPEN.record(problem, by=by, at=at, data={"body": problem.body.key, "meeting": meeting_key})


@transaction.atomic
def settle(*, problem: Problem, outcome: str, version: int, by: User, at: datetime) -> Problem:
    """It is dealt with; ``outcome`` says how.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it is settled already, or nothing is said of how.
    """
    problem = seen(problem, version)
    problem.outcome = said(outcome, empty=_("Say how it was settled."))
    problem.settled_at = at
    _move(problem, workflow.SETTLE)
    workflow.SETTLE.record(problem, by=by, at=at, data={"body": problem.body.key})
    return problem


@transaction.atomic
def reopen(*, problem: Problem, version: int, by: User, at: datetime) -> Problem:
    """It is not dealt with after all, or came off the agenda. What was said of the outcome stays.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it is open.
    """
    problem = seen(problem, version)
    problem.settled_at = None
    problem.meeting_key = ""
    _move(problem, workflow.REOPEN)
    workflow.REOPEN.record(problem, by=by, at=at, data={"body": problem.body.key})
    return problem


def _words(title: str, text: str, ways_forward: str) -> dict[str, str]:
    return {
        "title": said(title, longest=LONGEST_TITLE, empty=_("Give the problem a name.")),
        "text": said(text),
        "ways_forward": said(ways_forward),
    }


def _own(contact: Contact | None, body: Body) -> Contact | None:
    if contact and contact.body_id != body.pk:
        raise WorkRefused(_("This contact was noted in another body."))
    return contact


def _move(problem: Problem, transition: Transition) -> None:
    problem.version += 1
    try:
        transition.apply(problem)
    except TransitionRefused as refusal:
        raise WorkRefused(str(refusal)) from refusal


def _noted(act: str, problem: Problem, *, by: User, at: datetime) -> None:
    """The act in the register, without the words."""
    register.append(action=f"committees.problem.{act}", by=by, at=at, obj=problem, data={"body": problem.body.key})
