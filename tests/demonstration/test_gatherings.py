"""Committees and meetings in the demonstration: loaded once, marked, and enough of it."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Q

from ccm_portal.core import clock, register
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import Document, DocumentText, OutgoingMessage, RegisterEntry, User
from ccm_portal.core.permissions import may
from ccm_portal.core.symbols import parse
from ccm_portal.demonstration import spoken
from committees.coming import coming_meetings
from committees.enums import BodyNature
from committees.models import Contact, FollowUp, JoiningEntry, Milestone, Nomination, Problem, Term, WorkPlan
from committees.rules import led_bodies
from meetings.domain.agenda_comparing import moved_codes
from meetings.domain.agenda_desk import desk
from meetings.domain.agenda_reading import revision_items
from meetings.domain.meeting_report import assemble
from meetings.models import (
    AgendaRevision,
    Decision,
    Delegation,
    Meeting,
    Participant,
    SpeakerSlot,
    Statement,
    StatementText,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

TABLES = (
    Meeting, AgendaRevision, Document, DocumentText, Delegation, Participant, SpeakerSlot, Statement, StatementText,
    Decision, Term, WorkPlan, Milestone, Contact, FollowUp, Problem, Nomination, JoiningEntry, RegisterEntry,
    OutgoingMessage,
)  # fmt: skip


def rows():
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}


def test_a_second_start_changes_nothing(capsys):
    before = rows()

    call_command("load_demo_data")

    assert capsys.readouterr().out == "The demonstration data are there already.\n"
    assert rows() == before


def test_the_past_meeting_is_a_full_one_and_all_of_it_says_that_it_is_a_demonstration():
    meeting = Meeting.objects.get(key="13msp")
    documents = Document.objects.filter(meetings__meeting=meeting)
    texts = StatementText.objects.filter(statement__meeting=meeting)
    marks = json.loads((Path(spoken.__file__).parent / "data" / "statements.json").read_text())["marks"]

    assert meeting.about.startswith("Demonstration: the agenda, papers, delegations, statements and decisions")
    assert (documents.count(), Statement.objects.filter(meeting=meeting).count()) == (60, 150)
    assert [str(parse(one.symbol)) for one in documents] == [one.symbol for one in documents]
    assert set(documents.values_list("texts__language", flat=True)) == set(marks) == set(texts_languages(texts))
    assert all(one.title.startswith("Demonstration: ") for one in documents)
    assert all(text.text.startswith(marks[text.language]) for text in texts)
    assert all(one.title.startswith("Demonstration: ") for one in Decision.objects.filter(source=""))
    assert not Participant.objects.filter(delegation__meeting=meeting).exists()
    waiting = Statement.objects.filter(meeting=meeting, status="held")
    assert (waiting.count(), SpeakerSlot.objects.filter(list__meeting=meeting, used_seconds__gt=0).count()) == (12, 150)


def texts_languages(texts):
    return texts.values_list("language", flat=True)


def test_the_next_meeting_has_two_revisions_that_differ_in_two_moves_and_no_warning():
    meeting = Meeting.objects.get(key="14msp")
    first, second = (revision_items(one) for one in meeting.revisions.order_by("number"))

    assert len(moved_codes(first, second)) == 2
    assert [warning.text for warning in desk(meeting).budget.warnings] == []
    assert meeting.papers.count() == 25
    assert [one.key for one in coming_meetings(on=clock.today())] == ["intersessional-2027", "14msp"]
    people = Participant.objects.filter(delegation__meeting=meeting)
    assert people.count() > 20 and all(one.function.endswith("(demonstration)") for one in people)


def test_one_account_chairs_the_next_meeting_and_opens_no_body_by_it():
    chair = User.objects.get(email="chair.civ@example.org")
    meetings = Meeting.objects.exclude(status="draft")

    assert [one.key for one in meetings if may(chair, "meetings.chair_meeting", one)] == ["14msp"]
    assert led_bodies(chair) == set()


def test_bodies_are_led_by_pairs_and_something_is_overdue_for_the_leader_and_the_president():
    at = clock.now()
    running = Term.objects.running(at.date()).filter(body__kind__nature=BodyNature.COMMITTEE)

    assert sorted(running.values_list("body__key", flat=True)) == sorted(
        2 * ["clearance", "stockpiles", "universalisation", "victim-assistance"]
    )
    assert set(running.values_list("basis", flat=True)) == {"Demonstration: this term is invented"}
    late = FollowUp.objects.filter(due__lt=at.date(), done_on=None)
    assert sorted(late.values_list("owner__email", flat=True)) == ["leader@example.org", "president@example.org"]
    assert sorted(Nomination.objects.values_list("status", flat=True)) == ["endorsed", "nominated"]


def test_one_silence_procedure_runs_one_decision_is_a_draft_and_nobody_is_written_to_about_the_past():
    at = clock.now()

    assert sorted(Decision.objects.exclude(status="taken").values_list("status", flat=True)) == ["draft", "open"]
    assert Decision.objects.get(status="open").closes_at > at
    told = OutgoingMessage.objects.filter(Q(kind__startswith="meetings.") | Q(kind__startswith="committees."))
    assert set(told.values_list("status", flat=True)) <= {MessageStatus.WITHDRAWN}


def test_the_register_holds():
    assert list(register.faults()) == []


def test_the_report_of_the_full_meeting_lists_its_papers_in_the_order_of_their_symbols():
    draft = assemble(Meeting.objects.get(key="13msp"), at=clock.now())

    section = next(one for one in draft.sections if one.title == "Papers")
    symbols = [line.split(" ")[0].removeprefix("CCM/MSP/2025/") for line in section.paragraphs[0].lines]
    assert len(symbols) == 60
    assert symbols[:4] == ["1", "2", "2/Rev.1", "3"]
    assert symbols[-5:] == ["WP.22", "INF.1", "INF.2", "INF.3", "INF.4"]
