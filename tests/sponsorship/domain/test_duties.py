"""What is owed is found in the meeting's records; an officer may say otherwise. Who came is marked once it began."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from committees.domain.said import WorkChanged, WorkRefused
from meetings.models import MeetingPresence
from sponsorship.domain import coming, duties, journey_sweep, purging, travel
from sponsorship.emails_travel import REPORT_DUE
from sponsorship.enums import DutyKind, OfferStatus, RoundStatus, SettlementStatus, TicketStatus
from sponsorship.models import Duty, Offer
from tests.factories import person, state
from tests.meetings.room import the_room
from tests.sponsorship.factories import AT, a_round, an_application, an_offer

pytestmark = pytest.mark.django_db

DAYS = [date(2027, 9, day) for day in (13, 14, 15, 16)]
AFTER = datetime(2027, 9, 20, 9, tzinfo=UTC)


@pytest.fixture
def officer():
    return person(Role.SPONSORSHIP_OFFICER)


@pytest.fixture
def room():
    """Norway speaks, with a text; Lao PDR and Lebanon are sponsored."""
    found = the_room(who="NOR LAO LBN")
    its = a_round(found.meeting, status=RoundStatus.ANNOUNCED, announced_at=AT)
    for iso3 in ("LAO", "LBN"):
        offer = an_offer(an_application(its, state(iso3)).nominees.get(), status=OfferStatus.ACCEPTED)
        travel.open_file(offer, by=None, at=AT)
    return found


def standing(iso3):
    its = Duty.objects.filter(offer__nominee__application__state__iso3=iso3)
    return {kind: its.get(kind=kind).met for kind in DutyKind}


def offer_of(iso3):
    return Offer.objects.get(nominee__application__state__iso3=iso3)


def present(room, iso3, days):
    for day in days:
        MeetingPresence.objects.create(meeting=room.meeting, delegation=room.delegations[iso3], day=day)


def test_statement_and_attendance_are_found_and_a_report_that_never_came_counts(room):
    room.hand_in("LAO", "We clear land.")
    room.speak("LAO", minutes=3)
    present(room, "NOR", DAYS)
    present(room, "LAO", DAYS)
    present(room, "LBN", DAYS[:2])
    journey_sweep.sweep(at=AFTER)
    report = {DutyKind.REPORT: None}

    assert standing("LAO") == {DutyKind.STATEMENT: True, DutyKind.ATTENDANCE: True} | report
    assert standing("LBN") == {DutyKind.STATEMENT: False, DutyKind.ATTENDANCE: None} | report
    found = duties.findings(Duty.objects.filter(offer=offer_of("LAO")), on=AFTER.date())
    statement = Duty.objects.get(offer=offer_of("LAO"), kind=DutyKind.STATEMENT)
    assert found[statement.pk].url == f"/meetings/14msp/statements/{statement.statement_id}/"
    journey_sweep.sweep(at=datetime(2027, 10, 17, tzinfo=UTC))
    assert standing("LAO")[DutyKind.REPORT] is False


def test_a_late_report_is_taken_and_the_reminders_end(room, officer):
    delegates = [person(Role.DRAFTER, "LAO"), person(Role.DRAFTER, "LBN")]
    duty = Duty.objects.get(offer=offer_of("LAO"), kind=DutyKind.REPORT)
    duties.hand_in(duty, text="What came of it.", version=1, by=delegates[0], at=AFTER)
    with pytest.raises(WorkChanged):
        duties.hand_in(duty, text="Another.", version=1, by=delegates[0], at=AFTER)
    with pytest.raises(WorkRefused, match="what came of"):
        duties.hand_in(duty, text=" ", version=2, by=delegates[0], at=AFTER)
    for day in (9, 10):
        journey_sweep.sweep(at=datetime(2027, 10, day, tzinfo=UTC))

    assert [one.user for one in OutgoingMessage.objects.filter(kind=REPORT_DUE)] == [delegates[1]]
    assert (standing("LAO")[DutyKind.REPORT], standing("LBN")[DutyKind.REPORT]) == (True, None)


def test_what_an_officer_says_stands_until_it_is_left_to_the_records(room, officer):
    present(room, "NOR", DAYS)
    duty = Duty.objects.get(offer=offer_of("LBN"), kind=DutyKind.ATTENDANCE)
    with pytest.raises(WorkRefused, match="how you know"):
        duties.judge(duty, met=True, by_hand=True, note="", version=1, by=officer, at=AFTER)
    duties.judge(duty, met=True, by_hand=True, note="Seen in the room.", version=1, by=officer, at=AFTER)
    journey_sweep.sweep(at=AFTER)
    assert standing("LBN")[DutyKind.ATTENDANCE] is True
    duties.judge(duty, met=None, by_hand=False, note="", version=2, by=officer, at=AFTER)

    duty.refresh_from_db()
    assert (duty.met, duty.noted_by, duty.note) == (False, None, "")


def test_who_did_not_come_says_why_and_the_ticket_is_to_be_returned(room, officer):
    Offer.objects.update(ticket_status=TicketStatus.BOUGHT)
    offer = offer_of("LBN")
    with pytest.raises(WorkRefused, match="The meeting begins on 13 September 2027"):
        coming.came(offer, version=1, by=officer, at=AT)
    with pytest.raises(WorkRefused, match="Say why"):
        coming.did_not_come(offer, reason="", excused=None, version=1, by=officer, at=AFTER)
    coming.came(offer, version=1, by=officer, at=AFTER)  # by mistake
    coming.did_not_come(offer, reason="The flight was cancelled.", excused=None, version=2, by=officer, at=AFTER)
    coming.excuse(offer, reason="The flight was cancelled.", excused=True, version=3, by=officer, at=AFTER)
    journey_sweep.sweep(at=AFTER)

    offer.refresh_from_db()
    assert (offer.status, offer.absence_excused, offer.ticket_status) == (
        OfferStatus.NO_SHOW,
        True,
        TicketStatus.BOUGHT,
    )
    assert standing("LBN") == dict.fromkeys(DutyKind)  # the absence counts, or not; its duties do not


def test_why_somebody_did_not_come_goes_with_what_was_sealed_and_whether_it_counts_stays(room, officer):
    offer = offer_of("LBN")
    coming.did_not_come(offer, reason="Ill.", excused=False, version=1, by=officer, at=AFTER)
    purging.purge(offer.round, at=AFTER)

    offer.refresh_from_db()
    assert (offer.absence_reason, offer.absence_excused) == ("", False)


def test_several_are_marked_together_or_not_at_all(room, officer):
    seen = [(one, one.version) for one in Offer.objects.all()]
    Offer.objects.filter(pk=seen[1][0].pk).update(version=9)
    with pytest.raises(WorkChanged):
        coming.came_all(seen, by=officer, at=AFTER)
    assert set(Offer.objects.values_list("status", flat=True)) == {OfferStatus.ACCEPTED}

    coming.came_all([(one, one.version) for one in Offer.objects.all()], by=officer, at=AFTER)
    Offer.objects.update(settlement=SettlementStatus.SETTLED)
    with pytest.raises(WorkRefused, match="settled"):
        coming.did_not_come(offer_of("LAO"), reason="x", excused=None, version=2, by=officer, at=AFTER)
