"""Delegations as units: who is expected, who asks, who is invited, who was notified, whose credentials are in order."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation, RegisterEntry, State
from ccm_portal.core.workflow import TransitionRefused
from meetings import workflow_people as workflow
from meetings.domain import delegations, participants
from meetings.domain.delegations import DelegationChanged, DelegationRefused
from meetings.domain.participants import Person
from meetings.enums import CredentialsStatus, DelegationKind, DelegationStatus, MeetingKind, MeetingStatus
from meetings.models import Participant
from tests import factories
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db

AT = datetime(2027, 7, 1, 9, tzinfo=UTC)
IN_THE_MEETING = datetime(2027, 9, 14, 9, tzinfo=UTC)
WHY = "We work without profit, for survivors."


@pytest.fixture
def meeting():
    return made.meeting()


@pytest.fixture
def iso():
    return factories.person(Role.ISO_STAFF, "iso")


def acts():
    return list(RegisterEntry.objects.order_by("number").values_list("action", flat=True))


@pytest.mark.parametrize(
    "iso3, day, kind",
    [
        ("NOR", date(2025, 9, 16), DelegationKind.STATE_PARTY),
        ("VUT", date(2025, 9, 16), DelegationKind.STATE),
        ("VUT", date(2026, 3, 1), DelegationKind.STATE_PARTY),
        ("HTI", date(2025, 9, 16), DelegationKind.SIGNATORY),
        ("LTU", date(2025, 3, 5), DelegationKind.STATE_PARTY),
        ("LTU", date(2025, 9, 16), DelegationKind.STATE),
        ("BRA", date(2025, 9, 16), DelegationKind.STATE),
    ],
)
def test_as_what_a_state_takes_part_follows_from_the_depositarys_dates(iso3, day, kind):
    assert delegations.kind_of_state(factories.state(iso3), on=day) == kind


def test_a_state_opens_its_delegation_once(meeting):
    drafter = factories.person(Role.DRAFTER, "LAO")
    first = delegations.open_for_state(meeting=meeting, state=factories.state("LAO"), by=drafter, at=AT)
    again = delegations.open_for_state(meeting=meeting, state=factories.state("LAO"), by=drafter, at=AT)

    assert (first, first.kind, first.status) == (again, DelegationKind.STATE_PARTY, DelegationStatus.EXPECTED)
    assert acts() == ["meetings.delegation.expect"]


def test_all_states_parties_are_expected_in_one_act(meeting, iso):
    made.delegation(meeting, "LAO")
    parties = State.objects.parties_on(meeting.starts).count()

    assert delegations.expect_all(meeting=meeting, by=iso, at=AT) == parties - 1
    assert delegations.expect_all(meeting=meeting, by=iso, at=AT) == 0
    assert meeting.delegations.filter(kind=DelegationKind.STATE_PARTY).count() == parties
    assert acts() == ["meetings.delegation.expect_all"]


def test_who_attends_as_of_right_need_not_ask(meeting):
    observer = factories.person(Role.OBSERVER, "cmc")
    cmc = Organisation.objects.get(key="cmc")
    with pytest.raises(DelegationRefused, match="attends as of right"):
        delegations.ask(meeting=meeting, organisation=cmc, purpose=WHY, by=observer, at=AT)
    opened = delegations.open_for_observer(meeting=meeting, organisation=cmc, by=observer, at=AT)
    assert (opened.kind, opened.status) == (DelegationKind.RIGHT, DelegationStatus.EXPECTED)


def asking(meeting, by=None):
    organisation = Organisation.objects.get(key="eu")
    by = by or factories.person(Role.OBSERVER, "eu")
    return delegations.ask(meeting=meeting, organisation=organisation, purpose=WHY, by=by, at=AT)


def test_another_organisation_asks_is_invited_provisionally_and_approved_by_the_meeting(meeting, iso):
    asked = asking(meeting)
    assert (asked.kind, asked.status, asked.purpose) == (DelegationKind.INVITED, DelegationStatus.ASKED, WHY)

    invited = delegations.move(
        delegation=asked, arrow=workflow.INVITE, version=1, note="Fits the Convention.", by=iso, at=AT
    )
    assert (invited.status, invited.decided_note) == (DelegationStatus.INVITED, "Fits the Convention.")

    approved = delegations.approve(delegation=invited, on=date(2027, 9, 13), version=2, by=iso, at=IN_THE_MEETING)
    assert approved.approved_on == date(2027, 9, 13)
    assert acts() == ["meetings.delegation.ask", "meetings.delegation.invite", "meetings.delegation.approve"]


def test_who_is_not_invited_is_told_why_and_can_still_be_invited(meeting, iso):
    asked = asking(meeting)
    with pytest.raises(DelegationRefused, match="Say why"):
        delegations.move(delegation=asked, arrow=workflow.DECLINE, version=1, by=iso, at=AT, note=" ")
    declined = delegations.move(
        delegation=asked, arrow=workflow.DECLINE, version=1, by=iso, at=AT, note="It sells munitions."
    )
    assert (declined.status, declined.decided_note) == (DelegationStatus.DECLINED, "It sells munitions.")
    invited = delegations.move(delegation=declined, arrow=workflow.INVITE, version=2, by=iso, at=AT, note="")
    assert invited.status == DelegationStatus.INVITED


def test_an_organisation_asks_once_and_again_after_it_has_withdrawn(meeting):
    by = factories.person(Role.OBSERVER, "eu")
    asked = asking(meeting, by)
    with pytest.raises(DelegationRefused, match="asked already"):
        asking(meeting, by)
    gone = delegations.move(delegation=asked, arrow=workflow.WITHDRAW, version=1, by=by, at=AT)
    with pytest.raises(DelegationRefused, match="asks anew"):
        delegations.move(delegation=gone, arrow=workflow.RETURN, version=2, by=by, at=AT)
    assert asking(meeting, by).status == DelegationStatus.ASKED


@pytest.mark.parametrize(
    "on, at, refusal",
    [
        (date(2027, 9, 12), IN_THE_MEETING, "one of its own days"),
        (date(2027, 9, 16), IN_THE_MEETING, "lies ahead"),
    ],
)
def test_the_meeting_approves_on_its_own_days(meeting, iso, on, at, refusal):
    invited = delegations.move(delegation=asking(meeting), arrow=workflow.INVITE, version=1, by=iso, at=AT, note="")
    with pytest.raises(DelegationRefused, match=refusal):
        delegations.approve(delegation=invited, on=on, version=2, by=iso, at=at)


def test_experts_and_field_workers_are_invited_in_person(meeting, iso):
    expert = delegations.add(
        meeting=meeting, name="Clearance team, Savannakhet", is_expert=True, purpose="Shows the work.", by=iso, at=AT
    )
    assert (expert.kind, expert.status) == (DelegationKind.EXPERT, DelegationStatus.INVITED)
    with pytest.raises(DelegationRefused, match="in the list already"):
        delegations.add(meeting=meeting, name="clearance team, savannakhet", is_expert=True, by=iso, at=AT)
    with pytest.raises(DelegationRefused, match="team or place"):
        delegations.add(meeting=meeting, state=factories.state("LAO"), is_expert=True, by=iso, at=AT)


def test_a_note_verbale_is_noted_with_its_day(meeting, iso):
    expected = made.delegation(meeting, "LAO", status=DelegationStatus.EXPECTED)
    given = {"note_reference": "NV 12/2027", "un_reference": "", "version": 1, "by": iso, "at": AT}
    with pytest.raises(DelegationRefused, match="lies ahead"):
        delegations.notify(delegation=expected, note_date=date(2027, 7, 2), **given)
    noted = delegations.notify(delegation=expected, note_date=date(2027, 6, 30), **given)
    assert (noted.status, noted.note_reference, noted.note_date, noted.version) == (
        DelegationStatus.NOTIFIED,
        "NV 12/2027",
        date(2027, 6, 30),
        2,
    )
    with pytest.raises(DelegationRefused, match="Write the reference"):
        delegations.notify(delegation=noted, note_date=None, **given | {"note_reference": " ", "version": 2})


def test_credentials_go_their_way_and_may_be_found_not_in_order(meeting, iso):
    names, copy, original, accept, question = workflow.CREDENTIALS
    delegation = made.delegation(meeting, "LAO")
    for version, arrow, note, stands in [
        (1, names, "", CredentialsStatus.INFORMATION),
        (2, question, "The signature is missing.", CredentialsStatus.QUESTIONED),
        (3, copy, "", CredentialsStatus.COPY),
        (4, original, "", CredentialsStatus.ORIGINAL),
        (5, accept, "", CredentialsStatus.ACCEPTED),
    ]:
        delegation = delegations.move(delegation=delegation, arrow=arrow, version=version, by=iso, at=AT, note=note)
        assert (delegation.credentials, delegation.credentials_note) == (stands, note)
    with pytest.raises(TransitionRefused, match="“A copy was received” is not possible"):
        delegations.move(delegation=delegation, arrow=copy, version=6, by=iso, at=AT)


def test_observers_have_no_credentials(meeting, iso):
    observer = made.delegation(meeting, organisation="cmc")
    with pytest.raises(DelegationRefused, match="no credentials"):
        delegations.move(delegation=observer, arrow=workflow.CREDENTIALS[0], version=1, by=iso, at=AT)


def test_what_was_changed_meanwhile_is_not_written_over(meeting, iso):
    delegation = made.delegation(meeting, "LAO")
    delegations.move(delegation=delegation, arrow=workflow.WITHDRAW, version=1, by=iso, at=AT)
    with pytest.raises(DelegationChanged) as refused:
        delegations.move(delegation=delegation, arrow=workflow.WITHDRAW, version=1, by=iso, at=AT)
    assert refused.value.delegation.status == DelegationStatus.WITHDRAWN


@pytest.mark.parametrize(
    "fields, refusal",
    [({"status": MeetingStatus.CANCELLED}, "was cancelled"), ({"kind": MeetingKind.BODY}, "Nobody comes")],
)
def test_nobody_comes_to_a_cancelled_meeting_or_to_one_of_a_committee(fields, refusal):
    other = made.meeting("other", **fields)
    with pytest.raises(DelegationRefused, match=refusal):
        delegations.open_for_state(
            meeting=other, state=factories.state("LAO"), by=factories.person(Role.DRAFTER, "LAO"), at=AT
        )


@pytest.mark.parametrize("arrow", [workflow.WITHDRAW, workflow.DECLINE])
def test_the_names_of_who_does_not_come_are_deleted_at_once(meeting, iso, arrow):
    invited = delegations.move(delegation=asking(meeting), arrow=workflow.INVITE, version=1, note="", by=iso, at=AT)
    participants.add(delegation=invited, person=Person(name="CANARY-M1", is_head=True), version=2, by=iso, at=AT)
    gone = delegations.move(delegation=invited, arrow=arrow, version=3, note="Why.", by=iso, at=AT)
    assert (gone.size, Participant.objects.count()) == (0, 0)


def test_nobody_enters_names_before_the_organisation_is_invited(meeting, iso):
    with pytest.raises(DelegationRefused, match="Names cannot be entered"):
        participants.add(delegation=asking(meeting), person=Person(name="Somebody"), version=1, by=iso, at=AT)


def test_nobody_begins_a_delegation_to_a_meeting_that_is_over(meeting):
    with pytest.raises(DelegationRefused, match="The meeting is over"):
        delegations.open_for_state(
            meeting=meeting,
            state=factories.state("LAO"),
            by=factories.person(Role.DRAFTER, "LAO"),
            at=datetime(2027, 9, 17, 1, tzinfo=UTC),
        )
