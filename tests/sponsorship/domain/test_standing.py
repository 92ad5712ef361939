"""Applicants see where they stand, and nothing of a decision before it is announced."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sponsorship.domain import standing
from sponsorship.enums import (
    DutyKind,
    NomineeStatus,
    OfferStatus,
    PassportStanding,
    RoundStatus,
    SettlementStatus,
    VisaStatus,
)
from sponsorship.models import Duty, Nominee, TravelFile
from tests.factories import state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_round, an_application, an_offer

pytestmark = pytest.mark.django_db
ON = AT.date()


def person(application):
    return standing.with_standing(Nominee.objects.filter(application=application)).get(rank=1)


def stands(application):
    return standing.where_it_stands(person(application), on=ON)


@pytest.mark.parametrize("status", [NomineeStatus.SELECTED, NomineeStatus.WAITING, NomineeStatus.NOT_SELECTED])
def test_a_decision_that_is_not_announced_reads_as_if_nothing_was_decided(status):
    round = a_round(meeting(), status=RoundStatus.CLOSED)
    chad, lao = an_application(round, state("TCD")), an_application(round, state("LAO"))
    before = stands(chad)
    chad.nominees.update(status=status, waiting_rank=1, decided_at=AT, decision_reason="CANARY")
    if status == NomineeStatus.SELECTED:
        an_offer(chad.nominees.get())
    round.status, round.decided_at = RoundStatus.DECIDED, AT
    round.save()

    assert stands(chad) == before == stands(lao)
    assert before.label == "Endorsed"
    assert standing.shown_status(person(chad)) == NomineeStatus.ENDORSED
    assert standing.places(round) == {}


def test_a_person_is_led_from_the_draft_to_the_settlement():
    round = a_round(meeting())
    chad = an_application(round, state("TCD"), sent=False)
    seen = [stands(chad).key]
    chad.status, chad.endorsed_at = "endorsed", AT
    chad.save()
    chad.nominees.update(status=NomineeStatus.ENDORSED)
    seen.append(stands(chad).key)
    round.status, round.announced_at = RoundStatus.ANNOUNCED, AT
    round.save()
    chad.nominees.update(status=NomineeStatus.WAITING, waiting_rank=4)
    seen.append(stands(chad).key)
    chad.nominees.update(status=NomineeStatus.SELECTED)
    offer = an_offer(chad.nominees.get())
    seen.append(stands(chad).key)
    offer.status = OfferStatus.ACCEPTED
    offer.save()
    travel = TravelFile.objects.create(offer=offer, visa=VisaStatus.GRANTED, passport=PassportStanding.FINE)
    Duty.objects.create(offer=offer, kind=DutyKind.STATEMENT)
    seen.append(stands(chad).key)
    assert stands(chad).missing == ("Passport", "Bank account", "Insurance", "Ticket")
    nominee = chad.nominees.get()
    for kind in ("passport", "bank"):
        nominee.sealed_records.create(kind=kind, sealed="x", written_at=AT)
    travel.insured_until = travel.ticket_bought_on = date(2027, 9, 20)
    travel.save()
    seen.append(stands(chad).key)
    offer.status = OfferStatus.TRAVELLED
    offer.save()
    seen.append(stands(chad).key)
    Duty.objects.update(met=True)
    offer.settlement = SettlementStatus.SETTLED
    offer.save()
    seen.append(stands(chad).key)

    assert seen == ["named", "sent", "waiting", "offered", "travel", "ready", "duties", "settled"]


def test_the_place_on_the_list_counts_who_still_waits():
    round = a_round(meeting(), status=RoundStatus.ANNOUNCED, announced_at=AT)
    for rank, iso3 in enumerate(("LAO", "TCD", "ALB"), 1):
        an_application(round, state(iso3)).nominees.update(status=NomineeStatus.WAITING, waiting_rank=rank)
    Nominee.objects.filter(application__state__iso3="LAO").update(status=NomineeStatus.SELECTED)
    chad = round.applications.get(state__iso3="TCD")

    assert stands(chad).what == "Place 1 on the waiting list."


def test_a_draft_says_until_when_and_that_late_is_taken_and_that_decided_is_over():
    round = a_round(meeting())
    draft = an_application(round, state("TCD"), sent=False)
    late = ON + timedelta(days=60)
    told = [standing.of_application(draft, on=ON), standing.of_application(draft, on=late)]
    draft.round.announced_at = AT
    told.append(standing.of_application(draft, on=late))

    assert [one.next for one in told] == [
        "The head of your delegation endorses and sends it by 24 December 2026, 09:00 UTC (10:00 in Geneva).",
        "Until the round is decided, the head of your delegation can still endorse and send it, late.",
        "The round is decided: nothing can be sent any more.",
    ]
    assert replace(told[1], next="", what="") == replace(told[2], next="", what="")
