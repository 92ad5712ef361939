"""What a place gives ends with what it rests on; what a State said stays as the State said it."""

from datetime import date

import pytest

from ccm_portal.core.enums import Role
from committees.domain.said import WorkRefused
from compliance import fence
from compliance.domain import case_entries, case_people, case_responses, formal, formal_meeting, president_report
from compliance.domain.case_acts import CaseRefused
from compliance.domain.case_entries import Attached, ConcernChanged
from compliance.domain.case_responses import Suggested
from compliance.enums import Access, EntryReaders, Side
from compliance.models import CaseFile, ResponseAddressee
from compliance.rules import visible_cases, visible_entries
from compliance.rules_account import visible_accounts
from tests.compliance import factories_cases as made
from tests.compliance import factories_casework as work
from tests.compliance import factories_formal as track
from tests.compliance.domain.test_case_people import with_factor
from tests.factories import MembershipFactory, person, state
from tests.meetings import factories as meetings

pytestmark = pytest.mark.django_db
LETTER = Attached(title="letter.txt", content=b"A letter.")


def sees(user, case):
    user = type(user).objects.get(pk=user.pk)  # as on the next request
    return visible_cases(user).filter(pk=case.pk).exists()


def test_a_place_for_the_state_concerned_ends_with_acting_for_it_and_one_in_the_team_with_beginning_to(mailoutbox):
    case = made.a_case()
    delegate = made.named(case, access=Access.WRITE, side=Side.CONCERNED)
    leader = made.named(case, person(Role.APPROVER, "HRV"), access=Access.WRITE)
    before = sees(delegate, case), sees(leader, case)
    delegate.memberships.update(ends=date(2026, 1, 1))
    MembershipFactory(user=delegate, role=Role.APPROVER, state=state("NOR"), organisation=None)
    MembershipFactory(user=leader, role=Role.DRAFTER, state=case.state, organisation=None)

    assert before == (True, True)
    assert (sees(delegate, case), sees(leader, case), sees(case.opened_by, case)) == (False, False, True)


def test_what_the_state_replied_to_keeps_its_files_and_who_replies_has_seen_them():
    case = made.a_case()
    delegate = made.named(case, access=Access.WRITE, side=Side.CONCERNED)
    concern = work.a_concern(case, attached=[LETTER])
    case_entries.attach(
        entry=concern, attached=[Attached(title="map.txt", content=b"A map.")], by=case.opened_by, at=made.AT
    )
    with pytest.raises(ConcernChanged):
        case_entries.reply(concern=concern, text="It was surveyed.", version=1, by=delegate, at=made.AT)
    case_entries.reply(concern=concern, text="It was surveyed.", version=2, by=delegate, at=made.AT)

    with fence.reading_as(case.opened_by):
        first = CaseFile.objects.order_by("pk").first()
    with pytest.raises(WorkRefused):
        case_entries.detach(file=first, by=case.opened_by, at=made.AT)
    with pytest.raises(WorkRefused):
        case_entries.attach(entry=concern, attached=[LETTER], by=case.opened_by, at=made.AT)
    with fence.reading_as(case.opened_by):
        assert sorted(CaseFile.objects.values_list("title", flat=True)) == ["letter.txt", "map.txt"]


def test_words_that_a_state_answered_are_not_said_otherwise_and_its_answer_stays():
    case = made.a_case()
    lead, approver = case.opened_by, person(Role.APPROVER, "HRV")
    row = work.a_released_response(case)
    with fence.reading_as(lead):
        to = ResponseAddressee.objects.get(response=row)
    case_responses.answer(addressee=to, text="We offer a team.", version=1, by=approver, at=made.AT)
    row = case_responses.take_back(response=row, version=3, by=lead, at=made.AT)
    row = case_responses.decide(response=row, agreed=False, reason="Wait.", version=4, by=lead, at=made.AT)
    other = Suggested(title="Condemn", text="You could condemn.", states=(state("HRV"),))
    with pytest.raises(WorkRefused):
        case_responses.edit_response(response=row, suggested=other, version=5, by=lead, at=made.AT)

    with fence.reading_as(lead):
        assert ResponseAddressee.objects.get(response=row).answer == "We offer a team."


def test_what_the_state_wrote_on_the_formal_track_itself_nobody_else_replaces():
    case = made.a_case()
    delegate = made.named(case, access=Access.WRITE, side=Side.CONCERNED)
    request, day = track.received(case), track.RECEIVED
    told = {"on": day, "through_un_on": None, "at": track.AT}
    noted = formal.note_reply(request=request, text="On paper.", version=request.version, by=case.opened_by, **told)
    own = formal.note_reply(request=noted, text="Our words.", version=noted.version, by=delegate, **told)
    with pytest.raises(WorkRefused):
        formal.note_reply(request=own, text="Other words.", version=own.version, by=case.opened_by, **told)
    with fence.reading_as(case.opened_by):
        own.refresh_from_db()
        own.status = "submitted"
        own.save()
    own = formal_meeting.respond(request=own, text="We respond.", version=own.version, by=delegate, at=track.AT)
    with pytest.raises(WorkRefused):
        formal_meeting.respond(request=own, text="Else.", version=own.version, by=case.opened_by, at=track.AT)

    with fence.reading_as(case.opened_by):
        own.refresh_from_db()
    assert (own.reply, own.state_response) == ("Our words.", "We respond.")


def test_a_draft_of_the_report_closes_to_who_acts_for_nobody_and_the_next_president_goes_on_with_it():
    meeting, before, after = meetings.meeting(), made.president(), made.president("HRV")
    account = president_report.begin(meeting=meeting, by=before, at=made.AT)
    president_report.say_around(
        account=account, opening="So far.", closing="", version=account.version, by=before, at=made.AT
    )
    with pytest.raises(CaseRefused):
        president_report.begin(meeting=meeting, by=after, at=made.AT)
    before.memberships.update(ends=date(2026, 1, 1))
    before = type(before).objects.get(pk=before.pk)
    closed = list(visible_accounts(before))
    taken = president_report.begin(meeting=meeting, by=after, at=made.AT)

    assert closed == []
    assert (taken.lead, taken.opening, list(visible_accounts(after))) == (after, "So far.", [account])


def test_what_was_opened_to_one_person_does_not_come_back_with_a_new_place_after_the_lead_has_passed_on():
    case = made.a_case()
    before, after = case.opened_by, with_factor(made.president("HRV"))
    by = made.named(case, access=Access.WRITE)
    work.an_entry(case, by=by, readers=EntryReaders.CHOSEN, chosen=(before,))
    case_people.hand_over(cases=[case], to=after, by=before, at=made.AT)
    case_people.name_person(
        case=case, email=with_factor(before).email, access=Access.READ, side=Side.TEAM, by=after, at=made.AT
    )

    assert list(visible_entries(before, case)) == []
