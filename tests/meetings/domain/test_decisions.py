"""A decision is drafted, recorded as it was taken, and corrected in the open."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from meetings.domain import decision_texts, decisions, follow_ups
from meetings.enums import DecisionKind, DecisionOutcome
from meetings.models import Decision
from meetings.rules_decisions import public_decisions
from tests.factories import person, state
from tests.meetings.decisions import AT, VOTED_AT, drafted, taken, words
from tests.meetings.factories import meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return person(Role.ISO_STAFF, "iso")


def test_decisions_are_numbered_within_their_meeting_and_drafts_are_not_public(office):
    here, there = meeting(), meeting("15msp", ordinal=15, year=2028)

    numbers = [(one.meeting.key, one.number) for one in (drafted(here), drafted(here), drafted(there))]

    assert (numbers, list(public_decisions())) == ([("14msp", 1), ("14msp", 2), ("15msp", 1)], [])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "Give it a title."),
        ({"text": "\n"}, "Write the text of the decision."),
        ({"about_starts": date(2028, 9, 4)}, "Give the first and the last day, or none."),
        (
            {"about_starts": date(2028, 9, 4), "about_ends": date(2028, 9, 1)},
            "The last day lies before the first.",
        ),
    ],
)
def test_a_draft_that_says_too_little_is_refused_in_words(fields, sentence):
    with pytest.raises(decisions.DecisionRefused) as refusal:
        drafted(kind=DecisionKind.VENUE, **fields)

    assert str(refusal.value) == sentence


def test_what_does_not_belong_to_its_kind_is_not_kept():
    one = drafted(granted_until=date(2030, 1, 1), about_city="Vientiane")

    assert (one.granted_until, one.about_city) == (None, "")


def test_a_draft_written_by_another_meanwhile_is_not_overwritten(office):
    draft = drafted(by=office)
    decisions.edit(decision=draft, version=1, words=words(text="First."), by=office, at=AT)

    with pytest.raises(decisions.DecisionChanged) as refusal:
        decisions.edit(decision=draft, version=1, words=words(text="Second."), by=office, at=AT)

    assert (refusal.value.decision.text, Decision.objects.get().text) == ("First.", "First.")


def test_a_decision_adopted_as_amended_keeps_both_texts(office):
    draft = drafted(by=office, text="Two days.")

    one = decisions.record(
        decision=draft,
        version=draft.version,
        outcome=DecisionOutcome.AMENDED,
        decided_on=VOTED_AT.date(),
        text="Three days.",
        reservations="One State explained its position.",
        by=office,
        at=VOTED_AT,
    )

    kept = one.texts.get()
    told = (one.status, one.outcome, one.proposed_text, one.text, one.decided_on, one.reservations, one.recorded_by)
    assert told == (
        "taken", "amended", "Two days.", "Three days.", VOTED_AT.date(), "One State explained its position.", office,
    )  # fmt: skip
    assert RegisterEntry.objects.order_by("-number").first().action == "meetings.decision.record"
    assert kept.content_hash in RegisterEntry.objects.order_by("-number").first().payload
    assert list(public_decisions()) == [one]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"outcome": DecisionOutcome.AMENDED}, "Write the text as it was amended."),
        ({"decided_on": VOTED_AT.date() + timedelta(days=1)}, "The day of the decision lies ahead."),
        ({"decided_on": AT.date()}, "That is none of the days of the meeting."),
    ],
)
def test_an_outcome_that_cannot_be_is_refused(office, change, sentence):
    draft = drafted(by=office)
    given = {"outcome": DecisionOutcome.ADOPTED, "decided_on": VOTED_AT.date()} | change

    with pytest.raises(decisions.DecisionRefused) as refusal:
        decisions.record(decision=draft, version=draft.version, by=office, at=VOTED_AT, **given)

    assert (str(refusal.value), Decision.objects.get().status) == (sentence, "draft")


def test_a_recorded_decision_is_no_draft_any_more(office):
    one = taken(by=office)

    for act in (
        lambda: decisions.edit(decision=one, version=one.version, words=words(text="Other."), by=office, at=AT),
        lambda: decisions.drop(decision=one, version=one.version, by=office, at=AT),
        lambda: decisions.record(
            decision=one, version=one.version, outcome="deferred", decided_on=AT.date(), by=office, at=AT
        ),
    ):
        with pytest.raises(decisions.DecisionRefused):
            act()
    assert Decision.objects.get().outcome == "adopted"


def test_a_correction_keeps_the_earlier_text_and_says_why(office):
    one = taken(by=office, text="The meeting decides to meet in Genva.")

    decisions.correct(
        decision=one,
        version=one.version,
        words=words(text="The meeting decides to meet in Geneva."),
        outcome=one.outcome,
        note="A misprint.",
        by=office,
        at=AT + timedelta(days=1),
    )

    (earlier,) = decision_texts.earlier_texts(Decision.objects.get())
    assert (earlier.number, earlier.note, earlier.was) == (
        1,
        "A misprint.",
        (("Text", "The meeting decides to meet in Genva."),),
    )


def test_a_decision_of_the_past_keeps_its_text_too_when_it_is_corrected(office):
    """The history is brought in as rows alone."""
    one = Decision.objects.create(
        meeting=meeting("11msp", ordinal=11, year=2023), number=1, kind=DecisionKind.OTHER, status="taken",
        title="Noted", text="As the report has it.", outcome=DecisionOutcome.ADOPTED, decided_on=date(2023, 9, 14),
    )  # fmt: skip

    decisions.correct(
        decision=one, version=1, words=words(kind=DecisionKind.OTHER, title="Noted", text="As it was said."),
        outcome=one.outcome, note="Compared with the report.", by=office, at=AT,
    )  # fmt: skip

    (earlier,) = decision_texts.earlier_texts(one)
    assert earlier.was == (("Text", "As the report has it."),)


def test_a_correction_without_a_reason_or_a_change_is_refused(office):
    one = taken(by=office)
    said = []
    for note, text in (("", "Other."), ("Why not.", one.text)):
        with pytest.raises(decisions.DecisionRefused) as refusal:
            decisions.correct(
                decision=one, version=one.version, words=words(text=text), outcome=one.outcome, note=note, by=office,
                at=AT,
            )  # fmt: skip
        said.append(str(refusal.value))

    assert said == ["Write what you correct, and why. Everybody can read it.", "Nothing is changed."]


def test_the_database_refuses_to_change_what_was_recorded(office):
    text = taken(by=office).texts.get()
    text.content = "{}"

    with pytest.raises(ProgrammingError), transaction.atomic():
        text.save()


def test_a_draft_is_given_up_without_a_trace_on_any_page(office):
    draft = drafted(by=office)
    decisions.drop(decision=draft, version=draft.version, by=office, at=AT)

    assert Decision.objects.count() == 0


def test_what_follows_is_somebodys_and_is_marked_done(office):
    one = taken(by=office)
    with pytest.raises(decisions.DecisionRefused) as refusal:
        follow_ups.add(decision=one, what="Write to the host", by=office, at=AT)
    todo = follow_ups.add(decision=one, what="Write to the host", state=state("CHE"), due=AT.date(), by=office, at=AT)
    done = follow_ups.settle(follow_up=todo, version=1, done_on=AT.date(), outcome="Written.", by=office, at=AT)

    with pytest.raises(follow_ups.FollowUpChanged):
        follow_ups.settle(follow_up=todo, version=1, done_on=None, outcome="", by=office, at=AT)

    assert str(refusal.value) == "Say whose it is: a State, a body, or an office."
    assert (done.done_on, done.outcome, done.version) == (AT.date(), "Written.", 2)
