"""The work plan of a body: what its leaders set out to do, step by step, tied to actions of the action plan.

It is written as a draft, which only the workspace reads. Once it is published everybody reads it; then its steps can
be said to be done, and nothing else of it changes unless it is taken back to a draft.
"""

import re
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import Transition, TransitionRefused, locked
from ccm_portal.core.writing import listed
from committees import workflow_workspace as workflow
from committees.domain.said import WorkRefused, refuse_stale, said, seen
from committees.enums import PlanStatus
from committees.models import ActionPlan, Body, Milestone, PlanAction, Term, WorkPlan

LONGEST_TITLE = 200
LONGEST_STEP = 300


@transaction.atomic
def begin_plan(*, body: Body, title: str, text: str, starts: date, ends: date, by: User, at: datetime) -> WorkPlan:
    """Begin a work plan, as a draft. ``ends`` is the first day that it no longer covers.

    :raises WorkRefused: if it has no title, or ends before it begins.
    """
    plan = WorkPlan(body=body)
    _write(plan, title=title, text=text, starts=starts, ends=ends)
    _noted("begin", plan, by=by, at=at)
    return plan


@transaction.atomic
def edit_plan(
    *, plan: WorkPlan, title: str, text: str, starts: date, ends: date, version: int, by: User, at: datetime
) -> WorkPlan:
    """Say it otherwise, while it is a draft.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if it is published or closed; else as ``begin_plan``.
    """
    plan = _draft(plan)
    refuse_stale(plan, version)
    plan.version += 1
    _write(plan, title=title, text=text, starts=starts, ends=ends)
    _noted("edit", plan, by=by, at=at)
    return plan


@transaction.atomic
def move_plan(*, plan: WorkPlan, transition: Transition, version: int, by: User, at: datetime) -> WorkPlan:
    """Publish it, take it back to a draft, or close it.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if that is not possible from where it is, or nothing stands in it.
    """
    plan = seen(plan, version)
    if transition is workflow.PUBLISH_PLAN:
        if not plan.milestones.exists():
            raise WorkRefused(_("A plan without a step says nothing yet. Add one, then publish it."))
        plan.published_at = at
    plan.version += 1
    try:
        transition.apply(plan)
    except TransitionRefused as refusal:
        raise WorkRefused(str(refusal)) from refusal
    transition.record(plan, by=by, at=at, data={"body": plan.body.key})
    return plan


@transaction.atomic
def add_milestone(
    *, plan: WorkPlan, text: str, actions: str, term: Term | None, due: date | None, by: User, at: datetime
) -> Milestone:
    """Add a step to a draft. ``actions`` are numbers of the action plan, as somebody types them: "10, 11".

    :raises WorkRefused: if nothing is said, the plan is no draft, or an action does not exist.
    """
    plan = _draft(plan)
    last = plan.milestones.aggregate(Max("position"))["position__max"] or 0
    milestone = Milestone(plan=plan, position=last + 1)
    _write_milestone(milestone, text=text, actions=actions, term=term, due=due)
    _noted("add_milestone", plan, by=by, at=at, milestone=milestone.pk)
    return milestone


@transaction.atomic
def edit_milestone(
    *,
    milestone: Milestone,
    text: str,
    actions: str,
    term: Term | None,
    due: date | None,
    version: int,
    by: User,
    at: datetime,
) -> Milestone:
    """Say a step otherwise, while its plan is a draft.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: as ``add_milestone``.
    """
    plan = _draft(milestone.plan)
    milestone = _seen(milestone, version)
    milestone.version += 1
    _write_milestone(milestone, text=text, actions=actions, term=term, due=due)
    _noted("edit_milestone", plan, by=by, at=at, milestone=milestone.pk)
    return milestone


@transaction.atomic
def remove_milestone(*, milestone: Milestone, version: int, by: User, at: datetime) -> None:
    """Take a step out of a draft.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if the plan is no draft.
    """
    plan = _draft(milestone.plan)
    milestone = _seen(milestone, version)
    number = milestone.pk
    milestone.delete()
    _noted("remove_milestone", plan, by=by, at=at, milestone=number)


@transaction.atomic
def finish_milestone(
    *, milestone: Milestone, done_on: date | None, outcome: str, version: int, by: User, at: datetime
) -> Milestone:
    """A step is done, and what came of it; without ``done_on`` it is open again. Everybody reads a published plan.

    :raises WorkChanged: if it has another version than the one seen.
    :raises WorkRefused: if the plan is closed, or the day is still to come.
    """
    plan = locked(milestone.plan)
    if plan.status == PlanStatus.CLOSED:
        raise WorkRefused(_("This plan is closed."))
    if done_on and done_on > at.date():
        raise WorkRefused(_("This day is still to come."))
    milestone = _seen(milestone, version)
    milestone.done_on, milestone.outcome = done_on, said(outcome)
    milestone.version += 1
    milestone.save()
    _noted("finish_milestone" if done_on else "reopen_milestone", plan, by=by, at=at, milestone=milestone.pk)
    return milestone


def cited(milestone: Milestone) -> str:
    """The actions to which a step is tied, in words: Lausanne Action Plan, actions 10, 11."""
    actions = sorted(milestone.actions.all(), key=lambda action: (action.plan_id, action.number))
    if not actions:
        return ""
    words = ngettext("%(plan)s, action %(numbers)s", "%(plan)s, actions %(numbers)s", len(actions))
    return words % {"plan": actions[0].plan.name, "numbers": listed(action.number for action in actions)}


def action_plan_for(plan: WorkPlan) -> ActionPlan | None:
    """The action plan that a work plan carries out: the newest that has begun before it ends."""
    return ActionPlan.objects.filter(starts__lt=plan.ends).order_by("-starts").first()


def _write(plan: WorkPlan, *, title: str, text: str, starts: date, ends: date) -> None:
    if ends <= starts:
        raise WorkRefused(_("The plan must end after it begins."))
    plan.title = said(title, longest=LONGEST_TITLE, empty=_("Give the plan a name."))
    plan.text, plan.starts, plan.ends = said(text), starts, ends
    plan.save()


def _write_milestone(milestone: Milestone, *, text: str, actions: str, term: Term | None, due: date | None) -> None:
    plan = milestone.plan
    if term and term.body_id != plan.body_id:
        raise WorkRefused(_("This term is another body’s."))
    chosen = _actions(plan, actions)
    milestone.text = said(text, longest=LONGEST_STEP, empty=_("Say what is to be reached."))
    milestone.term, milestone.due = term, due
    milestone.save()
    milestone.actions.set(chosen)


def _actions(plan: WorkPlan, typed: str) -> list[PlanAction]:
    """:raises WorkRefused: if a number is none, or the action plan has no such action."""
    words = [word for word in re.split(r"[\s,;،；，]+", typed) if word]
    if not words:
        return []
    numbers = {int(word) for word in words if word.isdecimal() and len(word) < 4}
    if len(numbers) != len(set(words)):
        raise WorkRefused(_("Write the numbers of actions, with commas between them: 10, 11."))
    carried_out = action_plan_for(plan)
    found = list(PlanAction.objects.filter(plan=carried_out, number__in=numbers)) if carried_out else []
    missing = numbers - {action.number for action in found}
    if missing:
        told = {"numbers": listed(sorted(missing)), "plan": carried_out.name if carried_out else "—"}
        raise WorkRefused(_("%(plan)s has no such action: %(numbers)s") % told)
    return found


def _draft(plan: WorkPlan) -> WorkPlan:
    fresh = locked(plan)
    if fresh.status != PlanStatus.DRAFT:
        raise WorkRefused(_("This plan is published. Take it back to a draft, then change it."))
    return fresh


def _seen(milestone: Milestone, version: int) -> Milestone:
    """The step, locked after its plan.

    :raises WorkRefused: if it was taken out meanwhile.
    """
    fresh = Milestone.objects.select_for_update(of=("self",)).filter(pk=milestone.pk).first()
    if fresh is None:
        raise WorkRefused(_("This step was taken out meanwhile."))
    refuse_stale(fresh, version)
    return fresh


def _noted(act: str, plan: WorkPlan, *, by: User, at: datetime, **data: object) -> None:
    """The act in the register, without the words."""
    register.append(action=f"committees.workplan.{act}", by=by, at=at, obj=plan, data={"body": plan.body.key, **data})
