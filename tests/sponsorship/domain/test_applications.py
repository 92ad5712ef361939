"""An application is written by several people, endorsed by the head of the delegation, and never lost."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import applications, nominees, withdrawals
from sponsorship.domain.nominees import About
from sponsorship.enums import ApplicationStatus, NomineeStatus, OfferStatus, RoundStatus, RuleEffect
from sponsorship.models import Application, PersonalLink
from sponsorship.rules_applications import office_applications
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_policy, a_round, an_application, an_offer

pytestmark = pytest.mark.django_db
DETAILS = applications.Details(note_reference="NV 7/2026", note_date=AT.date(), purpose="To report on clearance.")
ONE = About(name="Delegate 1, Lao PDR (demonstration)", function="Director", email="one@example.org")
TWO = About(name="Delegate 2, Lao PDR (demonstration)", function="Engineer", email="two@example.org")


@pytest.fixture
def round():
    return a_round(meeting(), policy=a_policy(affected=RuleEffect.QUALIFIES))


@pytest.fixture
def drafter():
    return person(Role.DRAFTER, "LAO")


@pytest.fixture
def head():
    return person(Role.HEAD_OF_DELEGATION, "LAO")


def written(round, by):
    made = applications.begin(round=round, state=state("LAO"), by=by, at=AT)
    applications.write(application=made, details=DETAILS, version=made.version, by=by, at=AT)
    for about in (ONE, TWO):
        nominees.add(application=made, about=about, by=by, at=AT)
    return Application.objects.get(pk=made.pk)


def endorse(application, by, at=AT):
    return applications.endorse(application=application, seen=applications.digest(application), by=by, at=at)


def names(application):
    return [one.name.split(",")[0] for one in application.nominees.order_by("rank")]


def test_the_head_endorses_and_what_was_found_is_kept(round, drafter, head):
    draft = written(round, drafter)
    with pytest.raises(PermissionDenied):
        endorse(draft, person(Role.APPROVER, "LAO"))

    sent = endorse(draft, head)

    assert (sent.status, sent.is_late) == (ApplicationStatus.ENDORSED, False)
    assert [(one["key"], one["holds"]) for one in sent.eligibility] == [("affected", True)]
    assert {one.status for one in sent.nominees.all()} == {NomineeStatus.ENDORSED}
    assert set(OutgoingMessage.objects.values_list("user", flat=True)) == {drafter.pk, head.pk}


def test_nothing_is_sent_that_the_head_has_not_read(round, drafter, head):
    draft = written(round, drafter)
    read = applications.digest(draft)
    nominees.add(application=draft, about=About(name="Another"), by=drafter, at=AT)

    with pytest.raises(WorkChanged):
        applications.endorse(application=draft, seen=read, by=head, at=AT)
    with pytest.raises(WorkRefused, match="Another: name, function and e-mail address are needed"):
        endorse(draft, head)


def test_late_is_recorded_and_sent_and_decided_is_over(round, drafter, head):
    draft = written(round, drafter)
    assert endorse(draft, head, at=round.closes_at + timedelta(minutes=1)).is_late

    round.status = RoundStatus.DECIDED
    round.save()
    with pytest.raises(WorkRefused, match="The round is decided"):
        withdrawals.take_back(
            application=draft, reason="To change it.", version=draft.version + 1, by=head, at=round.closes_at
        )
    with pytest.raises(WorkRefused, match="The round is decided"):
        applications.begin(round=round, state=state("TCD"), by=person(Role.DRAFTER, "TCD"), at=AT)


def test_two_who_move_at_once_do_not_undo_each_other(round, drafter):
    draft = written(round, drafter)
    people = list(draft.nominees.order_by("rank"))
    order = nominees.order_of(people)

    nominees.move(nominee=people[1], up=True, order=order, by=drafter, at=AT)
    with pytest.raises(WorkChanged):
        nominees.move(nominee=people[1], up=True, order=order, by=drafter, at=AT)

    assert names(draft) == ["Delegate 2", "Delegate 1"]


def test_a_stale_write_changes_nothing_and_another_address_ends_the_link(round, drafter):
    draft = written(round, drafter)
    one = draft.nominees.get(rank=1)
    PersonalLink.objects.create(nominee=one, token_hash="x", made_at=AT, ends_at=AT)
    nominees.write(nominee=one, about=ONE, version=1, by=drafter, at=AT)
    assert PersonalLink.objects.count() == 1

    with pytest.raises(WorkChanged):
        nominees.write(nominee=one, about=TWO, version=1, by=drafter, at=AT)
    with pytest.raises(WorkRefused, match="e-mail address already"):
        nominees.write(nominee=one, about=TWO, version=2, by=drafter, at=AT)
    moved = About(name=ONE.name, function="Director", email="three@example.org")
    nominees.write(nominee=one, about=moved, version=2, by=drafter, at=AT)

    assert PersonalLink.objects.count() == 0


def test_taken_back_it_is_a_draft_that_the_office_does_not_read(round, drafter, head):
    sent = endorse(written(round, drafter), head)
    officer = person(Role.SPONSORSHIP_OFFICER)
    before = office_applications(officer).count()
    with pytest.raises(WorkRefused, match="Say why"):
        withdrawals.take_back(application=sent, reason=" ", version=sent.version, by=head, at=AT)

    back = withdrawals.take_back(application=sent, reason="A name is wrong.", version=sent.version, by=head, at=AT)

    assert (before, office_applications(officer).count()) == (1, 0)
    assert {one.status for one in back.nominees.all()} == {NomineeStatus.NAMED}


def test_a_person_and_an_application_are_withdrawn_at_any_time_and_begun_again(round, drafter, head):
    sent = endorse(written(round, drafter), head)
    one = sent.nominees.get(rank=1)
    nominees_before = one.version
    withdrawals.withdraw_person(nominee=one, reason="Ill.", version=nominees_before, by=head, at=AT)
    withdrawn = withdrawals.withdraw_application(
        application=sent, reason="No time.", version=sent.version, by=head, at=AT
    )
    assert set(withdrawn.nominees.values_list("status", flat=True)) == {NomineeStatus.WITHDRAWN}

    again = applications.begin(round=round, state=state("LAO"), by=drafter, at=AT)

    assert (again.pk, again.status) == (sent.pk, ApplicationStatus.DRAFT)
    assert applications.missing(again) == ["Name at least one person."]


def test_who_is_named_twice_or_by_another_state_is_told(round, drafter):
    chad = an_application(round, state("TCD"))
    an_application(round, state("ALB"), sent=False).nominees.update(email="two@example.org")
    chad.nominees.update(email="ONE@example.org")
    draft = written(round, drafter)
    one, two = draft.nominees.order_by("rank")

    assert nominees.named_elsewhere(draft) == {
        one.pk: "Another State has nominated this person in this round. Nobody is sponsored twice."
    }
    two.name = ONE.name
    two.save()
    assert nominees.named_elsewhere(draft)[two.pk] == "This person is in the application twice."


def test_gender_and_function_are_corrected_after_sending_until_the_decision(round, drafter, head):
    one = endorse(written(round, drafter), head).nominees.get(rank=1)
    nominees.correct(nominee=one, gender="woman", function="Chief", version=one.version, by=drafter, at=AT)
    with pytest.raises(WorkChanged):
        nominees.correct(nominee=one, gender="man", function="Chief", version=one.version, by=drafter, at=AT)
    round.status = RoundStatus.DECIDED
    round.save()
    one.refresh_from_db()

    with pytest.raises(WorkRefused):
        nominees.correct(nominee=one, gender="man", function="Chief", version=one.version, by=drafter, at=AT)
    assert (one.gender, one.function) == ("woman", "Chief")


def test_what_came_on_paper_is_entered_with_its_day_and_who_entered_it(round):
    officer = person(Role.SPONSORSHIP_OFFICER)
    draft = written(round, officer)
    seen = applications.digest(draft)

    sent = applications.enter(application=draft, received_on=AT.date(), seen=seen, by=officer, at=AT)

    assert (sent.entered_by, sent.received_on, sent.is_late) == (officer, AT.date(), False)
    own = an_application(round, state("TCD"), sent=False)
    with pytest.raises(WorkRefused, match="writes this application itself"):
        applications.begin(round=round, state=own.state, by=officer, at=AT)


def test_a_person_who_accepted_is_withdrawn_with_what_was_offered(round, drafter, head):
    round.status, round.announced_at = RoundStatus.ANNOUNCED, AT
    round.save()
    sent = an_application(round, state("LAO"))
    sent.nominees.update(status=NomineeStatus.SELECTED)
    offer = an_offer(sent.nominees.get(), status=OfferStatus.ACCEPTED)

    withdrawals.withdraw_application(application=sent, reason="Ill.", version=sent.version, by=head, at=AT)

    offer.refresh_from_db()
    assert (offer.status, offer.reply_note) == (OfferStatus.WITHDRAWN, "Ill.")
    assert [one.status for one in sent.nominees.all()] == [NomineeStatus.WITHDRAWN]
