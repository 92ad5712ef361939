"""Committees, meetings and compliance in the demonstration: loaded once (all of it for one module), marked, and enough
of it."""

import json
from datetime import date
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
from ccm_portal.demonstration.matters import CANARY, load_cases
from committees.coming import coming_meetings
from committees.enums import BodyNature
from committees.models import Contact, FollowUp, JoiningEntry, Milestone, Nomination, Problem, Term, WorkPlan
from committees.rules import led_bodies
from compliance import fence
from compliance.domain import formal, formal_steps
from compliance.models import CaseEntry, ComplianceCase, ExtensionRequest, PresidentReport
from compliance.rules import visible_cases, visible_entries, visible_sources
from compliance.rules_account import visible_passages
from compliance.rules_casework import visible_responses
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


def account(short):
    return User.objects.get(email=f"{short}@example.org")


def named_in(short):
    """The matters that this person sees, by State, with how they stand."""
    return sorted(visible_cases(account(short)).values_list("state__iso3", "status"))


def test_each_of_its_people_sees_the_matters_they_are_named_in_and_nobody_else_any():
    seen = {user.email.split("@")[0]: named_in(user.email.split("@")[0]) for user in User.objects.all()}

    settled, runs = ("LBN", "clarified"), ("VUT", "formal")
    assert {short: cases for short, cases in seen.items() if cases} == {
        "president": [settled, runs],
        "leader": [settled, runs],
        "collaborator": [runs],
        "head.vut": [runs],
        "drafter.lbn": [settled],
    }
    assert [one.title for one in visible_responses(account("chair.civ"))] == [
        "Demonstration: an hour with somebody who has written an initial report"
    ]


def test_the_open_matter_came_from_an_overdue_report_and_shows_each_side_its_own():
    def entries(short):
        user = account(short)
        return sorted(visible_entries(user, visible_cases(user).get(state__iso3="VUT")).values_list("kind", flat=True))

    lead = account("president")
    case = visible_cases(lead).get(state__iso3="VUT")

    assert (case.origin, case.obligation_key) == ("overdue", "initial_report")
    assert (case.next_owner, case.next_due > clock.today()) == (account("leader"), True)
    assert [one.protection for one in visible_sources(lead, case)] == ["open", "team", "lead"]
    assert entries("president") == ["call", "concern", "letter", "note", "reply"]
    assert entries("leader") == entries("collaborator") == ["call", "concern", "letter", "reply"]
    assert entries("head.vut") == ["concern", "reply"]


def test_nineteen_of_the_28_days_of_its_formal_request_are_left():
    lead, at = account("president"), clock.now()
    request = visible_cases(lead).get(state__iso3="VUT").formal

    assert (formal.reply_clock(request, at=at).due.day - at.date()).days == 19
    assert "silence" not in [step.key for step in formal_steps.steps_now(request, leads=True, answers=False, at=at)]


def test_the_report_of_the_president_is_begun_and_holds_no_word_that_is_for_those_named():
    lead = account("president")
    with fence.reading_as(lead):
        draft = PresidentReport.objects.get()
        private = [text for text in CaseEntry.objects.values_list("text", flat=True) if CANARY in text]
    passages = list(visible_passages(lead, draft).order_by("position"))

    assert draft.meeting.key == "14msp" and draft.opening.startswith("Demonstration: ")
    assert sorted(one.status for one in passages) == ["agreed", "proposed", "proposed"]
    assert not any(CANARY in text for one in passages for text in (one.heading, one.words))
    assert len(private) == 8


def test_all_of_it_says_that_it_is_invented():
    with fence.reading_as(account("president")):
        matters = list(ComplianceCase.objects.all())
        written = list(CaseEntry.objects.exclude(kind="step").values_list("text", flat=True))

    assert all(one.title.startswith("Demonstration: ") and "Invented" in one.facts for one in matters)
    assert all(text.startswith("Invented for demonstration.") for text in written)


def test_it_is_loaded_once_also_after_the_lead_has_passed_on_and_writes_to_nobody():
    fence.close()

    assert load_cases(at=clock.now()) is False
    assert set(OutgoingMessage.objects.filter(kind="compliance.news").values_list("status", flat=True)) == {"withdrawn"}


def test_a_request_is_analysed_and_another_was_decided_with_benchmarks():
    asked = ExtensionRequest.objects.get(state__iso3="LBN", status="lodged")
    granted = ExtensionRequest.objects.get(state__iso3="SOM", clock__clock="art4")

    assert sorted(asked.group.filter(part="lead").values_list("state__iso3", flat=True)) == ["LAO", "NOR"]
    assert [bool(one.answered_at) for one in asked.questions.order_by("number")] == [True, False]
    assert (asked.comments.count(), asked.analysis.issued_at) == (1, None)
    assert asked.analysis.text.startswith("Demonstration: invented.") and "CANARY-R2" in asked.analysis.text
    assert (granted.outcome, granted.granted_until, granted.clock.current) == (
        "granted",
        date(2030, 10, 1),
        date(2030, 10, 1),
    )
    assert granted.clock.granted_basis == "13MSP, decision 5, invented for demonstration"
    marked = granted.benchmarks.filter(stage="decision").values_list("text", flat=True)
    assert len(marked) == 3 and all(text.startswith("Demonstration: invented.") for text in marked)
