"""Races around a filed report. Each is first shown to go wrong with its lock off."""

import pytest

from reporting.domain import papers, questions, thanks
from reporting.models import ReportPaper, ReportQuestion, ReportThanks, ReportVersion
from tests.reporting.afterwards import LATER, answered, asked, begun, entered, iso_staff
from tests.reporting.domain.test_concurrency import at_once, kinds
from tests.reporting.support import filed, person

pytestmark = pytest.mark.django_db(transaction=True)


def unlocked(monkeypatch, module):
    """The guard off: a fresh copy, read without waiting for whoever holds the row."""
    monkeypatch.setattr(module, "locked", lambda obj: type(obj)._default_manager.get(pk=obj.pk))


def eight_answers():
    by = person()
    question = asked(filed(by))
    copies = [ReportQuestion.objects.select_related("version__report__state").get(pk=question.pk) for _ in range(8)]
    return at_once(8, lambda number: answered(copies[number], by=by, text=f"Answer {number}."))


def test_of_eight_answers_from_one_page_one_is_taken_and_seven_are_told():
    assert kinds(eight_answers()) == {"ReportQuestion": 1, "QuestionChanged": 7}


def test_the_lock_is_what_takes_one_answer(monkeypatch):
    unlocked(monkeypatch, questions)

    assert kinds(eight_answers()) != {"ReportQuestion": 1, "QuestionChanged": 7}


def four_confirm_and_four_contest():
    by = person()
    paper = entered(iso_staff())
    copies = [ReportPaper.objects.select_related("report__state").get(pk=paper.pk) for _ in range(8)]

    def act(number):
        told = {"paper": copies[number], "by": by, "at": LATER, "revision": 1}
        return papers.contest(text="Nine.", **told) if number % 2 else papers.confirm(**told)

    return at_once(8, act)


def test_a_confirmation_and_an_objection_at_once_leave_one_word_of_the_state():
    assert kinds(four_confirm_and_four_contest()) == {"ReportPaper": 1, "PaperChanged": 7}


def test_the_lock_is_what_leaves_one_word(monkeypatch):
    unlocked(monkeypatch, papers)

    assert kinds(four_confirm_and_four_contest()) != {"ReportPaper": 1, "PaperChanged": 7}


def test_entering_from_eight_pages_at_once_publishes_once():
    by = iso_staff()
    paper = begun(by)

    outcomes = at_once(
        8, lambda number: papers.enter(report=paper.report, note="", by=by, at=LATER, filing_key="7" * 32)
    )

    assert kinds(outcomes) == {"ReportVersion": 8}
    assert ReportVersion.objects.count() == 1


def test_eight_thanks_at_once_are_one():
    version, by = filed(person()), iso_staff()

    outcomes = at_once(8, lambda number: thanks.thank(version=version, text="Thank you.", by=by, at=LATER))

    assert kinds(outcomes) == {"ReportThanks": 1, "ThanksRefused": 7}
    assert ReportThanks.objects.count() == 1
