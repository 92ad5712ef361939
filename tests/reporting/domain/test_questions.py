"""What the ISO asks, what the State answers, and who may read both."""

from datetime import timedelta

import pytest
from django.core import mail

from ccm_portal.core import outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from reporting.domain import corrections, questions
from reporting.models import ReportQuestion, SectionDraft
from tests.reporting.afterwards import LATER, answered, asked, iso_staff
from tests.reporting.support import add_row, complete, file, person, stand, start

pytestmark = pytest.mark.django_db

KEPT = "contamination_clearance/released"


@pytest.fixture
def approver():
    return person(Role.APPROVER)


@pytest.fixture
def version(approver):
    report = start(approver)
    with_an_area(report, by=approver)
    return file(complete(report, by=approver), by=approver)


def with_an_area(report, *, by):
    add_row(report, "contamination_clearance", "released", {"province": "Saravane", "cleared": "7 ha"}, by=by)
    stand(report, "contamination_clearance", "changed", by=by)


def keep_for_parties(report):
    key, _slash, part = KEPT.partition("/")
    SectionDraft.objects.filter(report=report, key=key).update(withheld=[part])


def corrected(version, *, by, key="c" * 32):
    """The next version, in which the State keeps the part for States Parties."""
    report = corrections.open_correction(report=version.report, by=by, at=LATER)
    keep_for_parties(report)
    at = LATER + timedelta(days=1)
    return corrections.file_correction(report=report, note="The sites are kept.", by=by, at=at, filing_key=key)


def acts():
    return list(RegisterEntry.objects.order_by("number").values_list("action", flat=True))


def test_the_states_people_are_told_that_there_is_a_question_and_not_what_it_says(version, approver):
    drafter = person(Role.DRAFTER)
    person(Role.DRAFTER, "LBN")
    question = asked(version, text="A secret figure?")

    owed = OutgoingMessage.objects.filter(kind="reporting.asked")
    assert {message.user for message in owed} == {approver, drafter}
    for message in owed:
        outbox.deliver(pk=message.pk, at=LATER)
    assert len(mail.outbox) == 2
    for letter in mail.outbox:
        assert len(letter.to) == 1
        assert "secret" not in letter.subject + letter.body
        assert f"/my/lao-pdr/reports/2025/questions/{question.pk}/" in letter.body
    assert acts()[-1] == "reporting.question.ask"


@pytest.mark.parametrize("place", ["nowhere", "contamination_clearance/nothing", "header/"])
def test_a_place_that_the_form_does_not_have_is_refused(version, place):
    with pytest.raises(questions.QuestionRefused, match="no such place"):
        asked(version, place=place)


def test_an_answer_is_kept_apart_until_an_approver_agrees(version, approver):
    question = answered(asked(version), by=person(Role.DRAFTER))
    before = questions.shown_beside(version.report)

    question = questions.show(question=question, shown=True, by=approver, at=LATER, revision=question.revision)
    during = questions.shown_beside(version.report)
    questions.show(question=question, shown=False, by=approver, at=LATER, revision=question.revision)

    assert (before, during, questions.shown_beside(version.report)) == ([], [question], [])
    assert acts()[-3:] == ["reporting.question.answer", "reporting.question.show", "reporting.question.hide"]


def test_a_new_answer_by_a_drafter_is_not_shown_on_the_old_ones_permission(version, approver):
    question = answered(asked(version), by=approver, shown=True)

    question = answered(question, by=person(Role.DRAFTER), text="Another figure.")

    assert question.shown_at is None
    assert questions.shown_beside(version.report) == []


def test_a_stale_answer_is_refused_and_the_answer_that_stands_is_told(version, approver):
    question = asked(version)
    answered(question, by=approver, text="The first.")

    with pytest.raises(questions.QuestionChanged) as refusal:
        answered(question, by=approver, text="The second.")  # from the page as it was before

    assert refusal.value.question.answer == "The first."
    assert ReportQuestion.objects.get().answer == "The first."


def test_an_answer_that_was_changed_is_not_shown_by_a_stale_page_but_hidden_by_any(version, approver):
    question = answered(asked(version), by=approver, text="One.")
    changed = answered(question, by=approver, text="Two.")

    with pytest.raises(questions.QuestionChanged):
        questions.show(question=question, shown=True, by=approver, at=LATER, revision=question.revision)
    questions.show(question=changed, shown=True, by=approver, at=LATER, revision=changed.revision)
    hidden = questions.show(question=question, shown=False, by=approver, at=LATER, revision=1)

    assert hidden.shown_at is None


def test_a_question_without_an_answer_cannot_be_shown(version, approver):
    with pytest.raises(questions.QuestionRefused, match="no answer yet"):
        questions.show(question=asked(version), shown=True, by=approver, at=LATER, revision=1)


def test_nothing_about_a_part_kept_for_states_parties_is_ever_shown(approver):
    report = start(approver)
    with_an_area(report, by=approver)
    keep_for_parties(report)
    version = file(complete(report, by=approver), by=approver)
    question = answered(asked(version, place=KEPT), by=approver)

    with pytest.raises(questions.QuestionRefused, match="keep this part for States Parties"):
        questions.show(question=question, shown=True, by=approver, at=LATER, revision=question.revision)
    with pytest.raises(questions.QuestionRefused, match="keep this part for States Parties"):
        answered(question, by=approver, shown=True)
    ReportQuestion.objects.update(shown_at=LATER)  # even if a row said so
    assert questions.shown_beside(version.report) == []


def test_what_was_shown_is_public_no_more_once_a_correction_keeps_the_part(version, approver):
    question = answered(asked(version, place=KEPT), by=approver, shown=True)
    shown = questions.shown_beside(version.report)
    corrected(version, by=approver)

    assert (shown, questions.shown_beside(version.report)) == ([question], [])


def test_a_question_is_withdrawn_as_long_as_nobody_answered(version, approver):
    question, other = asked(version), asked(version)
    questions.withdraw(question=question, by=iso_staff(), at=LATER)
    other = answered(other, by=approver)

    with pytest.raises(questions.QuestionRefused, match="answered this question"):
        questions.withdraw(question=other, by=iso_staff(), at=LATER)
    with pytest.raises(questions.QuestionChanged):
        answered(question, by=approver)
    [message] = OutgoingMessage.objects.filter(kind="reporting.asked", ids={"question": question.pk})
    assert outbox.deliver(pk=message.pk, at=LATER) == "withdrawn"


def test_the_iso_notes_the_answer_that_it_read_and_no_other(version, approver):
    question = answered(asked(version), by=approver, text="One.")
    answered(question, by=approver, text="Two.")

    with pytest.raises(questions.QuestionChanged):
        questions.note_answer(question=question, by=iso_staff(), at=LATER, revision=question.revision)
    assert ReportQuestion.objects.get().noted_at is None


def test_nothing_is_asked_about_a_version_that_is_no_longer_in_force(version, approver):
    corrected(version, by=approver)

    with pytest.raises(questions.QuestionRefused, match="newer version"):
        asked(version)
