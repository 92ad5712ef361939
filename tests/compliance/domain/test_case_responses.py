"""Responses suggested to other States, and what becomes of a case."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from committees.domain.said import WorkChanged, WorkRefused
from compliance import fence
from compliance.domain import case_next, case_outcomes, case_responses
from compliance.domain.case_acts import CaseRefused
from compliance.domain.case_responses import FollowedUp
from compliance.enums import Access, CaseStatus, Side
from compliance.models import ComplianceCase, ResponseAddressee
from compliance.rules import visible_cases, visible_entries
from compliance.rules_casework import addressed_rows, visible_responses
from compliance.rules_casework import case_responses as responses_in
from tests import factories
from tests.compliance import factories_cases as made
from tests.compliance import factories_casework as work

pytestmark = pytest.mark.django_db
AT = made.AT
FOLLOW = FollowedUp(follow_up="Ask what came of it", owner_name="Delegate, Croatia", due=date(2027, 3, 1))


def test_only_the_delegates_of_the_states_addressed_read_a_response_from_its_release_until_it_is_taken_back():
    case = made.a_case()
    people = {
        "addressed": factories.person(Role.DRAFTER, "HRV"),
        "also addressed": factories.person(Role.HEAD_OF_DELEGATION, "AUT"),
        "another State": factories.person(Role.APPROVER, "LBN"),
        "concerned": made.named(case, side=Side.CONCERNED, access=Access.WRITE),
    }

    def readers():
        return [kind for kind, user in people.items() if visible_responses(user).exists()]

    lead = case.opened_by
    response = work.a_response(case, "HRV", "AUT", by=made.named(case))
    seen = [readers()]
    response = case_responses.decide(response=response, agreed=True, reason="", version=1, by=lead, at=AT)
    seen.append(readers())
    response = case_responses.release(response=response, version=2, by=lead, at=AT)
    seen.append(readers())
    assert not visible_cases(people["addressed"]).exists()
    assert {row.state.iso3 for row in addressed_rows(people["addressed"])} == {"HRV"}
    case_responses.take_back(response=response, version=3, by=lead, at=AT)
    seen.append(readers())
    assert seen == [[], [], ["addressed", "also addressed"], []]


def test_the_person_of_the_state_concerned_sees_no_response_and_proposes_none():
    case = made.a_case()
    concerned = made.named(case, side=Side.CONCERNED, access=Access.WRITE)
    work.a_response(case)
    with pytest.raises(ComplianceCase.DoesNotExist):
        work.a_response(case, by=concerned)
    assert not responses_in(concerned, case).exists()


def test_what_cannot_be_proposed_is_refused_with_a_sentence():
    case = made.a_case()
    for states in (("PER",), ("USA",)):
        with pytest.raises(CaseRefused):
            work.a_response(case, *states)
    assert not responses_in(case.opened_by, case).exists()


def test_one_that_was_not_agreed_says_why_and_is_proposed_again_by_its_next_words():
    case = made.a_case()
    member = made.named(case)
    response = work.a_response(case, by=member)
    with pytest.raises(WorkRefused):
        case_responses.decide(response=response, agreed=False, reason="", version=1, by=case.opened_by, at=AT)
    with pytest.raises(PermissionDenied):
        case_responses.decide(response=response, agreed=True, reason="", version=1, by=member, at=AT)
    case_responses.decide(response=response, agreed=False, reason="Too early", version=1, by=case.opened_by, at=AT)
    suggested = case_responses.Suggested(title="Later", text="Offer it in May.", states=(factories.state("HRV"),))
    case_responses.edit_response(response=response, suggested=suggested, version=2, by=member, at=AT)
    row = responses_in(member, case).get()
    assert (row.status, row.title, row.settled_note, row.version) == ("proposed", "Later", "Too early", 3)


def test_a_state_answers_by_its_approver_and_the_second_of_two_sees_the_first_answer():
    case = made.a_case()
    work.a_released_response(case)
    first, second = (factories.person(Role.APPROVER, "HRV") for _ in range(2))
    drafter = factories.person(Role.DRAFTER, "HRV")
    row = addressed_rows(first).get()
    with pytest.raises(PermissionDenied):
        case_responses.answer(addressee=row, text="Gladly", version=1, by=drafter, at=AT)
    with pytest.raises(ResponseAddressee.DoesNotExist):
        other = factories.person(Role.APPROVER, "LBN")
        case_responses.answer(addressee=row, text="Gladly", version=1, by=other, at=AT)
    case_responses.answer(addressee=row, text="Gladly", version=1, by=first, at=AT)
    with pytest.raises(WorkChanged) as refusal:
        case_responses.answer(addressee=row, text="Not now", version=1, by=second, at=AT)
    assert refusal.value.now.answer == "Gladly"
    with fence.reading_as(case.opened_by):
        assert ResponseAddressee.objects.get(pk=row.pk).answered_by == first


def test_a_case_ends_with_an_agreed_response_only_where_somebody_follows_it_up():
    case = made.a_case()
    lead = case.opened_by
    response = work.a_released_response(case)
    with pytest.raises(CaseRefused):
        case_outcomes.settle(case=case, outcome="agree", why="Agreed", version=1, by=lead, at=AT)
    case_responses.follow_up(response=response, given=FOLLOW, version=3, by=lead, at=AT)
    settled = case_outcomes.settle(case=case, outcome="agree", why="Agreed", version=1, by=lead, at=AT)
    assert (settled.status, settled.outcome_note, settled.settled_on) == (CaseStatus.AGREED, "Agreed", AT.date())
    assert (settled.next_action, settled.next_owner) == ("", None)


def test_closed_and_opened_again_with_reasons_that_stay_and_the_state_reads_what_is_meant_for_it():
    case = made.a_case()
    lead = case.opened_by
    writer = made.named(case, access=Access.WRITE)
    concerned = made.named(case, side=Side.CONCERNED)
    with pytest.raises(PermissionDenied):
        case_outcomes.settle(case=case, outcome="close", why="Enough", version=1, by=writer, at=AT)
    case_outcomes.settle(case=case, outcome="close", why="Enough", for_state="Thank you.", version=1, by=lead, at=AT)
    case = case_outcomes.settle(case=case, outcome="reopen", why="New facts", version=2, by=lead, at=AT)
    told = [(row.step, row.text) for row in visible_entries(lead, case).order_by("pk")]
    assert told == [("closed", "Enough"), ("closed", "Thank you."), ("clarifying", "New facts")]
    assert [row.text for row in visible_entries(concerned, case)] == ["Thank you."]
    assert (case.status, case.outcome_note, case.settled_on) == (CaseStatus.CLARIFYING, "", None)


def test_the_next_action_is_given_to_somebody_of_the_team_who_is_told():
    case = made.a_case()
    lead, owner = case.opened_by, made.named(case)
    concerned = made.named(case, side=Side.CONCERNED)
    with pytest.raises(CaseRefused):
        case_next.set_next(case=case, action="Call", owner=concerned, due=None, version=1, by=lead, at=AT)
    case_next.set_next(case=case, action="Call", owner=owner, due=date(2026, 12, 1), version=1, by=lead, at=AT)
    with pytest.raises(WorkChanged):
        case_next.set_next(case=case, action="Write", owner=owner, due=None, version=1, by=lead, at=AT)
    assert [message.user for message in OutgoingMessage.objects.filter(kind="compliance.news")] == [owner]
