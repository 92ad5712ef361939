"""The file of a journey: opened once, saved part by part, and what does not fit told in words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import journey_remarks, journey_sweep, risks, sealing, travel, visa_rules
from sponsorship.domain.visa_clock import visa_clock
from sponsorship.emails_travel import AT_RISK, VISA_DUE
from sponsorship.enums import DutyKind, OfferStatus, PassportStanding, RoundStatus, SealedKind, TicketStatus, VisaStatus
from sponsorship.models import Duty, Offer, TravelFile
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_round, an_application, an_offer
from tests.sponsorship.sealed import PASSPORT

pytestmark = pytest.mark.django_db

ARRIVES, DEPARTS = date(2027, 9, 12), date(2027, 9, 17)


@pytest.fixture
def officer():
    return person(Role.SPONSORSHIP_OFFICER)


def journey_in(round, iso3="LAO", **fields):
    offer = an_offer(an_application(round, state(iso3)).nominees.get(), status=OfferStatus.ACCEPTED, **fields)
    return travel.open_file(offer, by=None, at=AT)


def a_journey(iso3="LAO", **round):
    given = {"status": RoundStatus.ANNOUNCED, "announced_at": AT, "visa_days": 60} | round
    return journey_in(a_round(meeting(), **given), iso3)


def noted(file, part, officer, **values):
    file.refresh_from_db()
    stands = {name: getattr(file, name) for name in travel.PARTS[part]}
    travel.note(file, part=part, values=stands | values, version=file.version, by=officer, at=AT)
    file.refresh_from_db()


def kinds(file, day):
    return [one.kind for one in risks.of_journey(risks.journeys().get(pk=file.pk), on=day)]


def test_acceptance_opens_one_file_and_three_duties_however_often_it_is_called():
    file = a_journey()
    again = travel.open_file(file.offer, by=None, at=AT)

    assert (file, TravelFile.objects.count()) == (again, 1)
    assert sorted(Duty.objects.values_list("kind", "met")) == sorted((kind.value, None) for kind in DutyKind)


def test_a_part_saved_over_somebody_elses_is_refused_and_the_other_parts_stay(officer):
    file = a_journey()
    noted(file, "dates", officer, arrives=ARRIVES, departs=DEPARTS)
    with pytest.raises(WorkChanged):
        travel.note(file, part="access", values={"has_access_needs": True}, version=1, by=officer, at=AT)

    file.refresh_from_db()
    assert (file.arrives, file.departs, file.has_access_needs, file.version) == (ARRIVES, DEPARTS, None, 2)


def test_the_visa_is_to_be_applied_for_long_before_and_the_letter_goes_before_it():
    file = a_journey()
    days = visa_clock(risks.journeys().get(), file.offer.round)

    assert (days.starts, days.rule.scheme) == (ARRIVES, "schengen")
    assert (days.opens, days.letter_by) == (date(2027, 3, 12), date(2027, 6, 30))
    assert (days.apply_by, days.closes, days.answer_by) == (date(2027, 7, 14), date(2027, 8, 28), date(2027, 9, 2))
    assert visa_rules.suggested(file.offer.round.meeting) == (60, 3)
    file.offer.round.visa_days = 5
    assert visa_clock(file, file.offer.round).apply_by == days.closes  # never after the last day of the host country


def test_a_visa_endangers_the_journey_once_its_days_are_near_or_over(officer):
    file = a_journey()
    noted(file, "insurance", officer, insured_from=ARRIVES, insured_until=DEPARTS, insurer="An insurer")
    TravelFile.objects.update(passport=PassportStanding.FINE)

    assert kinds(file, date(2027, 6, 1)) == []
    assert kinds(file, date(2027, 7, 1)) == ["letter_none", "visa_near"]
    assert kinds(file, date(2027, 7, 15)) == ["visa_late", "letter_none"]
    noted(file, "visa", officer, visa=VisaStatus.APPLIED, visa_applied_on=date(2027, 7, 15))
    TravelFile.objects.update(passport=PassportStanding.FINE)
    assert kinds(file, date(2027, 7, 16)) == []
    assert kinds(file, date(2027, 9, 2)) == ["visa_waits", "ticket_none"]
    noted(file, "visa", officer, visa=VisaStatus.REFUSED)
    TravelFile.objects.update(passport=PassportStanding.FINE)
    assert kinds(file, date(2027, 7, 16)) == ["visa_refused"]


def test_a_passport_that_expires_during_the_journey_is_told_also_when_the_journey_moves(officer):
    file = a_journey()
    values = PASSPORT | {"valid_until": "2027-12-20"}
    sealing.write(file.offer.nominee, SealedKind.PASSPORT, values, by=officer, at=AT, seen=0)
    file.refresh_from_db()
    assert file.passport == PassportStanding.FINE

    noted(file, "dates", officer, arrives=ARRIVES, departs=date(2027, 10, 1))
    assert file.passport == PassportStanding.TOO_SHORT
    noted(file, "dates", officer, departs=date(2027, 12, 24))
    assert file.passport == PassportStanding.EXPIRES
    assert "passport_expires" in kinds(file, date(2027, 1, 1))


def test_what_does_not_fit_is_told_in_words_and_kept(officer):
    file = a_journey()
    noted(file, "dates", officer, arrives=ARRIVES, departs=DEPARTS)
    noted(file, "stay", officer, nights=9, days=7)
    noted(file, "insurance", officer, insured_from=ARRIVES, insured_until=date(2027, 9, 15))
    legs = [
        travel.Section(day=date(2027, 9, 11), origin="Vientiane", destination="Bangkok"),
        travel.Section(day=date(2027, 9, 10), origin="Hanoi", destination="Zurich"),
    ]
    travel.route(file, legs=legs, version=file.version, by=officer, at=AT)
    file = risks.journeys().get()

    assert [one.words for one in journey_remarks.remarks(file, list(file.legs.order_by("position")))] == [
        "Leg 2 lies before the one in front of it.",
        "Leg 2 does not begin where the one in front of it ends.",
        "No leg leads to Geneva.",
        "The route does not lead back to Vientiane.",
        "There are 5 nights between arrival and departure.",
        "The journey has 6 days.",
        "Money is held for 4 nights.",
        "Money is held for 5 days.",
    ]
    assert "insurance_short" in kinds(file, date(2027, 1, 1))
    assert (file.nights, file.days, file.legs.count()) == (9, 7, 2)
    assert journey_remarks.allowance(file) == (7, Decimal(60), Decimal(420))


def test_the_ticket_of_a_journey_that_was_given_up_is_returned_or_lost_and_nothing_else_changes(officer):
    file = a_journey()
    bought = {
        "ticket_status": TicketStatus.BOUGHT,
        "ticket_price": Decimal("980.50"),
        "ticket_currency": "CHF",
        "ticket_bought_on": AT.date(),
    }
    with pytest.raises(WorkRefused, match="what the ticket costs"):
        travel.ticket(file, values=bought | {"ticket_price": None}, version=1, by=officer, at=AT)
    travel.ticket(file, values=bought, version=1, by=officer, at=AT)
    Offer.objects.update(status=OfferStatus.WITHDRAWN)
    file.refresh_from_db()
    with pytest.raises(WorkRefused, match="did not travel"):
        travel.ticket(file, values=bought | {"ticket_status": TicketStatus.USED}, version=2, by=officer, at=AT)
    with pytest.raises(WorkRefused, match="given up"):
        travel.note(file, part="access", values={"has_access_needs": True}, version=2, by=officer, at=AT)
    travel.ticket(file, values=bought | {"ticket_status": TicketStatus.RETURNED}, version=2, by=officer, at=AT)

    assert Offer.objects.get().ticket_status == TicketStatus.RETURNED


def test_letters_of_a_round_are_numbered_and_each_keeps_its_number(officer):
    file = a_journey()
    other = journey_in(file.offer.round, "LBN")
    numbers = [travel.issue_letter(one, by=officer, at=AT).letter_number for one in (file, other, file)]

    assert numbers == ["14MSP/SP/001", "14MSP/SP/002", "14MSP/SP/001"]


def test_the_officer_is_told_once_of_a_visa_that_runs_late_and_the_state_of_the_day_to_apply(officer):
    file = a_journey()
    delegate = person(Role.DRAFTER, "LAO")
    late = AT.replace(year=2027, month=7, day=15)
    for moment in (late, late + timedelta(minutes=1), late + timedelta(days=1)):
        journey_sweep.sweep(at=moment)

    told = OutgoingMessage.objects.filter(kind=AT_RISK)
    assert [(one.user, one.ids["found"]) for one in told] == [
        (officer, [[file.pk, "visa_late"], [file.pk, "letter_none"], [file.pk, "passport_unknown"]])
    ]
    assert [one.user for one in OutgoingMessage.objects.filter(kind=VISA_DUE)] == [delegate]
    file.refresh_from_db()
    assert (file.told_risk, file.told_at, file.version) == ("letter_none passport_unknown visa_late", late, 1)


def test_the_risks_of_a_round_cost_the_same_for_one_journey_and_for_three():
    file = a_journey()
    round, day = file.offer.round, date(2027, 8, 1)
    with CaptureQueriesContext(
        connection,
    ) as one:
        assert len(risks.risks(round, on=day)) == 1
    for iso3 in ("LBN", "TCD"):
        journey_in(round, iso3)
    with CaptureQueriesContext(connection) as three:
        assert len(risks.risks(round, on=day)) == 3

    assert len(one) == len(three)
