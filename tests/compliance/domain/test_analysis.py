"""The group that analyses a request: who is in it, what it asks, what it writes, and the paper that comes of it."""

import threading
from datetime import date

import pytest
from django.db import connection

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from committees.domain.said import WorkChanged, WorkRefused
from compliance.domain import analyses, analysis_reading, groups, request_comments, request_questions
from compliance.models import Analysis, ExtensionRequest
from meetings.rules_papers import public_papers
from tests.committees.factories import term
from tests.compliance.factories_analysis import AT, SURVEY, grouped, lodged, words, written
from tests.factories import person, state
from tests.meetings.factories import item

pytestmark = pytest.mark.django_db


def iso():
    return person(Role.ISO_STAFF, "iso")


def test_the_states_that_lead_the_theme_begin_the_group_and_one_that_asks_itself_stands_aside():
    request = lodged("LAO")
    for iso3 in ("LAO", "NOR"):
        term("theme-clearance", iso3)
    term("theme-stockpiles", "CHE")

    groups.begin(request=request, by=iso(), at=AT)

    told = [
        (groups.name_of(one.member), one.label, one.member.stands_aside) for one in analysis_reading.group_of(request)
    ]
    assert told == [
        ("LAO", "Leads", True),
        ("NOR", "Leads", False),
        ("icrc", "Asked for advice", False),
        ("gichd", "Asked for advice", False),
        ("cmc", "Asked for advice", False),
    ]
    aside = request.group.get(state__iso3="LAO")
    with pytest.raises(WorkRefused, match="does not analyse its own request"):
        groups.declare(member=aside, conflict="", stands_aside=False, version=1, by=iso(), at=AT)


def test_a_question_is_told_to_the_state_without_a_word_of_it_and_is_public_with_its_answer(mailoutbox):
    request = grouped()
    delegate = person(Role.DRAFTER, "LAO")

    question = request_questions.ask(request=request, section="remaining", text="How large?", by=iso(), at=AT)
    before = analysis_reading.answered(request)
    request_questions.answer(question=question, text="Ten.", version=1, by=delegate, at=AT)

    to = set(OutgoingMessage.objects.filter(kind="compliance.news").values_list("user", flat=True))
    assert delegate.pk in to
    assert before == []
    assert [(one.number, one.answer, section) for one, section in analysis_reading.answered(request)] == [
        (1, "Ten.", "Area that remains")
    ]
    with pytest.raises(WorkChanged):
        request_questions.answer(question=question, text="Eleven.", version=1, by=delegate, at=AT)


def test_a_comment_is_public_at_once_and_its_words_are_gone_once_it_is_withdrawn(client):
    request = lodged()
    norway = person(Role.DRAFTER, "NOR")
    made = request_comments.comment(request=request, speaker=state("NOR"), text="We agree.", by=norway, at=AT)
    page = client.get(request.get_absolute_url()).content.decode()

    request_comments.withdraw(comment=made, version=1, by=norway, at=AT)

    after = client.get(request.get_absolute_url()).content.decode()
    assert "We agree." in page
    assert "We agree." not in after
    assert "A comment of Norway was withdrawn on" in after
    with pytest.raises(WorkRefused, match="through its request"):
        request_comments.comment(request=request, speaker=request.state, text="Yes.", by=norway, at=AT)


def test_issued_it_is_a_paper_of_the_meeting_on_its_item_and_a_revised_request_opens_it_again(client):
    by = iso()
    request = grouped(by=by)
    code = item(request.meeting, "Extension requests").code
    analyses.put_on_item(request=request, code=code, version=request.version, by=by, at=AT)
    analysis = written(request, by=by, text="We looked at the plan.")
    before = client.get(request.get_absolute_url()).content.decode()
    analysis = Analysis.objects.get(pk=analysis.pk)

    document = analyses.issue(analysis=analysis, version=analysis.version, code=code, by=by, at=AT)

    request.refresh_from_db()
    page = client.get(request.get_absolute_url()).content.decode()
    assert "We looked at the plan." not in before
    assert "We looked at the plan." in page
    assert (request.status, request.recommended_until, document.symbol, document.kind) == (
        "analysed", words(request).recommended_until, "CCM/MSP/2027/1", "analysis",
    )  # fmt: skip
    assert list(public_papers()) == [document]
    assert list(document.items.values_list("code", flat=True)) == [code]
    assert document.texts.get().file.name == "analysis-lao-pdr-art4-1-en.pdf"
    with pytest.raises(WorkRefused, match="is issued"):
        written(request, by=by, version=Analysis.objects.get(request=request).version)

    ExtensionRequest.objects.filter(pk=request.pk).update(status="lodged")  # as a revision leaves it
    request.refresh_from_db()
    assert analysis_reading.issued(request) is None
    again = written(request, by=by, version=Analysis.objects.get(request=request).version, text="A new look.")
    assert "A new look." not in client.get(request.get_absolute_url()).content.decode()
    second = analyses.issue(analysis=again, version=again.version, code=code, by=by, at=AT)
    assert (second.symbol, second.revises) == ("CCM/MSP/2027/1/Rev.1", document)


def test_what_another_member_wrote_meanwhile_is_not_written_over():
    by = iso()
    request = grouped(by=by)
    first = written(request, by=by)

    with pytest.raises(WorkChanged) as refusal:
        written(request, by=by, version=0, text="Mine.")

    assert (refusal.value.now, Analysis.objects.get().text) == (first, "The plan is sound.")
    assert [(one.text, one.due) for one in request.benchmarks.all()] == [(SURVEY.text, SURVEY.due)]


@pytest.mark.django_db(transaction=True)
def test_two_members_who_write_the_first_text_at_once_write_one():
    by = iso()
    request = grouped(by=by)
    results = []

    def write(text):
        try:
            written(request, by=by, text=text)
            results.append("kept")
        except WorkChanged:
            results.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(text,)) for text in ("One.", "Two.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)

    assert sorted(results) == ["kept", "told"]
    assert Analysis.objects.get().version == 1


def test_months_are_counted_whole():
    assert analysis_reading.span(date(2030, 8, 1), date(2033, 2, 1)) == "2 years 6 months"
    assert analysis_reading.span(date(2030, 8, 1), date(2030, 8, 1)) == ""
