"""Problems identified, ways forward suggested: raised, edited, put on an agenda, settled."""

from datetime import UTC, datetime

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from committees.domain import problems
from committees.domain.said import WorkChanged, WorkRefused
from tests.committees import factories
from tests.factories import person

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def leader():
    return factories.leader("clearance", "LAO")


@pytest.fixture
def problem(leader):
    return problems.raise_problem(
        body=factories.body("clearance"),
        title="Maps are not shared",
        text="Two States keep them.",
        ways_forward="",
        by=leader,
        at=AT,
    )


def test_a_problem_goes_on_an_agenda_and_is_settled(leader, problem):
    problem = problems.put_on_agenda(problem=problem, meeting_key="14msp", by=leader, at=AT)
    on_it = (problem.status, problem.meeting_key)
    problem = problems.settle(problem=problem, outcome="Both share now.", version=2, by=leader, at=AT)

    assert on_it == ("on_agenda", "14msp")
    assert (problem.status, problem.outcome, problem.settled_at, problem.version) == (
        "settled",
        "Both share now.",
        AT,
        3,
    )
    assert list(RegisterEntry.objects.order_by("number").values_list("action", flat=True)) == [
        "committees.problem.raise",
        "committees.problem.put_on_agenda",
        "committees.problem.settle",
    ]


def test_the_register_says_nothing_of_what_a_problem_says(problem):
    assert "Maps" not in RegisterEntry.objects.get().payload


def test_what_was_changed_meanwhile_is_not_written_over(leader, problem):
    words = {"text": "", "ways_forward": "Ask them.", "by": leader, "at": AT}
    problems.edit_problem(problem=problem, title="Maps", version=1, **words)

    with pytest.raises(WorkChanged, match="changed after you opened the page") as refused:
        problems.edit_problem(problem=problem, title="Charts", version=1, **words)
    assert refused.value.now.title == "Maps"


def test_a_problem_is_put_on_one_agenda_at_a_time(leader, problem):
    problems.put_on_agenda(problem=problem, meeting_key="14msp", by=leader, at=AT)

    with pytest.raises(WorkRefused, match="is not possible while the status is “Put on an agenda”"):
        problems.put_on_agenda(problem=problem, meeting_key="is2027", by=leader, at=AT)


def test_a_settled_problem_is_opened_again_before_it_is_changed(leader, problem):
    problems.settle(problem=problem, outcome="Done.", version=1, by=leader, at=AT)

    with pytest.raises(WorkRefused, match="Open it again"):
        problems.edit_problem(problem=problem, title="x", text="", ways_forward="", version=2, by=leader, at=AT)
    assert problems.reopen(problem=problem, version=2, by=leader, at=AT).status == "open"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"title": " \n"}, "Give the problem a name."),
        ({"title": "x" * 201}, "Write at most 200 characters."),
        ({"text": "x" * 8001}, "Write at most 8000 characters."),
    ],
)
def test_what_a_problem_must_say_is_said_in_words(leader, words, sentence):
    given = {"title": "A title", "text": "", "ways_forward": ""} | words

    with pytest.raises(WorkRefused, match=sentence):
        problems.raise_problem(body=factories.body("clearance"), by=leader, at=AT, **given)


def test_agendas_are_offered_open_problems_of_the_bodies_in_which_one_works(leader, problem):
    other = factories.body("victim-assistance")
    words = {"text": "", "ways_forward": "", "by": leader, "at": AT}
    elsewhere = problems.raise_problem(body=other, title="Elsewhere", **words)
    settled = problems.raise_problem(body=problem.body, title="Settled", **words)
    problems.settle(problem=settled, outcome="Done.", version=1, by=leader, at=AT)

    assert list(problems.problems_for_agendas(leader)) == [problem]
    assert list(problems.problems_for_agendas(person(Role.ISO_STAFF, "iso"))) == [problem, elsewhere]
    assert list(problems.problems_for_agendas(person(Role.PRESIDENT, "LBN"))) == []
