"""The work plan of a body: a draft of its leaders, published, its steps done."""

from datetime import date

import pytest

from ccm_portal.core.models import RegisterEntry
from committees import workflow_workspace as workflow
from committees.domain import plans
from committees.domain.said import WorkChanged, WorkRefused
from committees.models import Term
from committees.panels import body_panels
from tests.committees import factories, work

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


@pytest.fixture
def leader():
    return factories.leader("clearance", "LAO")


@pytest.fixture
def plan(leader):
    return plans.begin_plan(
        body=factories.body("clearance"),
        title="Plan for 2026",
        text="",
        starts=date(2026, 1, 1),
        ends=date(2027, 1, 1),
        by=leader,
        at=work.AT,
    )


def step(plan, by, **fields):
    given = {"text": "Meet every requesting State", "actions": "18, 19", "term": None, "due": TODAY} | fields
    return plans.add_milestone(plan=plan, by=by, at=work.AT, **given)


def move(plan, arrow, by):
    plan.refresh_from_db()
    return plans.move_plan(plan=plan, transition=arrow, version=plan.version, by=by, at=work.AT)


def test_a_plan_is_written_published_and_its_step_done(leader, plan):
    milestone = step(plan, leader, term=Term.objects.get())
    plan = move(plan, workflow.PUBLISH_PLAN, leader)
    milestone = plans.finish_milestone(
        milestone=milestone, done_on=TODAY, outcome="All were met.", version=1, by=leader, at=work.AT
    )

    assert (plan.status, plan.published_at) == ("published", work.AT)
    assert (milestone.done_on, milestone.outcome, milestone.version) == (TODAY, "All were met.", 2)
    assert plans.cited(milestone) == "Lausanne Action Plan 2021–2026, actions 18, 19"
    assert list(RegisterEntry.objects.order_by("number").values_list("action", flat=True)) == [
        "committees.workplan.begin",
        "committees.workplan.add_milestone",
        "committees.workplan.publish",
        "committees.workplan.finish_milestone",
    ]


def test_everybody_reads_a_published_plan_and_no_draft(leader, plan):
    step(plan, leader)
    shown = [len(body_panels(plan.body, at=work.AT))]
    plan = move(plan, workflow.PUBLISH_PLAN, leader)
    panel = body_panels(plan.body, at=work.AT)[0]
    move(plan, workflow.UNPUBLISH_PLAN, leader)
    shown.append(len(body_panels(plan.body, at=work.AT)))

    assert shown == [0, 0]
    assert [one["plan"].title for one in panel.context["plans"]] == ["Plan for 2026"]


def test_a_published_plan_changes_only_by_what_is_done(leader, plan):
    milestone = step(plan, leader)
    move(plan, workflow.PUBLISH_PLAN, leader)

    with pytest.raises(WorkRefused, match="Take it back to a draft"):
        step(plan, leader)
    with pytest.raises(WorkRefused, match="Take it back to a draft"):
        plans.remove_milestone(milestone=milestone, version=1, by=leader, at=work.AT)


def test_a_plan_without_a_step_is_not_published(leader, plan):
    with pytest.raises(WorkRefused, match="A plan without a step says nothing yet"):
        move(plan, workflow.PUBLISH_PLAN, leader)


def test_what_was_changed_meanwhile_is_not_written_over(leader, plan):
    milestone = step(plan, leader)
    words = {"text": "x", "actions": "", "term": None, "due": None, "by": leader, "at": work.AT}
    plans.edit_milestone(milestone=milestone, version=1, **words)

    with pytest.raises(WorkChanged):
        plans.edit_milestone(milestone=milestone, version=1, **words)
    with pytest.raises(WorkChanged):
        plans.remove_milestone(milestone=milestone, version=1, by=leader, at=work.AT)
    plans.remove_milestone(milestone=milestone, version=2, by=leader, at=work.AT)
    with pytest.raises(WorkRefused, match="taken out meanwhile"):
        plans.edit_milestone(milestone=milestone, version=2, **words)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"actions": "18; nineteen"}, "Write the numbers of actions"),
        ({"actions": "18 51 52"}, "Lausanne Action Plan 2021–2026 has no such action: 51, 52"),
        ({"text": " "}, "Say what is to be reached."),
    ],
)
def test_what_a_step_must_say_is_said_in_words(leader, plan, fields, sentence):
    with pytest.raises(WorkRefused, match=sentence):
        step(plan, leader, **fields)


def test_a_step_is_a_term_of_the_same_body_or_of_all(leader, plan):
    with pytest.raises(WorkRefused, match="another body"):
        step(plan, leader, term=factories.term("victim-assistance", "HRV"))


def test_a_step_is_not_done_before_its_day_has_come(leader, plan):
    milestone = step(plan, leader)

    with pytest.raises(WorkRefused, match="still to come"):
        plans.finish_milestone(
            milestone=milestone, done_on=date(2026, 11, 25), outcome="", version=1, by=leader, at=work.AT
        )
