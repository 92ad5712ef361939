"""A problem follows its item: onto the agenda, off it, and back by undoing."""

from datetime import timedelta

import pytest

from ccm_portal.core.models import RegisterEntry
from committees.domain import problems
from committees.models import Problem
from meetings.domain import outline, outline_edits, outline_problems
from meetings.domain.outline_edits import Seen
from meetings.models import AgendaItem
from tests.committees import factories as committees
from tests.meetings.factories import A_MOMENT, agenda, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return meeting()


@pytest.fixture
def leader():
    return committees.leader("clearance", "LAO")


@pytest.fixture
def problem(leader):
    return problems.raise_problem(
        body=committees.body("clearance"), title="Maps", text="", ways_forward="", by=leader, at=A_MOMENT
    )


def seen(of, by):
    return Seen(of, agenda(of).version, by, A_MOMENT)


def stands(problem):
    fresh = Problem.objects.get(pk=problem.pk)
    return fresh.status, fresh.meeting_key


def acts():
    return [
        action.removeprefix("committees.problem.")
        for action in RegisterEntry.objects.order_by("number").values_list("action", flat=True)
    ]


def test_undoing_the_item_opens_its_problem_again_and_redoing_takes_it_up(of, leader, problem):
    outline_problems.put_on_agenda(seen(of, leader), problem=problem)
    assert stands(problem) == ("on_agenda", of.key)

    outline.undo(meeting=of, version=agenda(of).version, by=leader, at=A_MOMENT)
    assert stands(problem) == ("open", "")

    outline.redo(meeting=of, version=agenda(of).version, by=leader, at=A_MOMENT)
    assert stands(problem) == ("on_agenda", of.key)
    assert acts() == ["raise", "put_on_agenda", "reopen", "put_on_agenda"]


def test_removing_the_item_opens_its_problem_and_undoing_that_takes_it_up_again(of, leader, problem):
    code = outline_problems.put_on_agenda(seen(of, leader), problem=problem)

    outline_edits.remove(seen(of, leader), code=code)
    assert stands(problem) == ("open", "")

    outline.undo(meeting=of, version=agenda(of).version, by=leader, at=A_MOMENT)
    assert stands(problem) == ("on_agenda", of.key)


def test_a_problem_that_is_settled_stays_settled_when_its_item_goes(of, leader, problem):
    code = outline_problems.put_on_agenda(seen(of, leader), problem=problem)
    version = Problem.objects.get().version
    problems.settle(problem=problem, outcome="Shared.", version=version, by=leader, at=A_MOMENT)

    outline_edits.remove(seen(of, leader), code=code)

    assert stands(problem) == ("settled", of.key)


def test_an_item_comes_back_without_a_problem_that_went_to_another_agenda(of, leader, problem):
    code = outline_problems.put_on_agenda(seen(of, leader), problem=problem)
    outline_edits.remove(seen(of, leader), code=code)
    other = meeting("is2028", starts=of.starts + timedelta(days=200), ends=of.ends + timedelta(days=200))
    outline_problems.put_on_agenda(seen(other, leader), problem=Problem.objects.get())

    outline.undo(meeting=of, version=agenda(of).version, by=leader, at=A_MOMENT)

    assert stands(problem) == ("on_agenda", other.key)
    assert AgendaItem.objects.get(agenda__meeting=of, code=code).problem is None
