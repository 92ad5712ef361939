"""What a journey did cost: entered once, undone by an opposite, closed when all is in."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied

from ccm_portal.core.enums import Role
from ccm_portal.core.file_kinds import FileRefused
from ccm_portal.core.models import RegisterEntry
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import funds, ledger, round_settling, settlement
from sponsorship.domain.rates import RateMissing
from sponsorship.enums import AccountKind, CostKind, OfferStatus, RoundStatus, SettlementStatus, TicketStatus
from sponsorship.models import ActualCost
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_contribution, a_rate, a_round, an_application, an_offer, received

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def scene():
    """2,000 francs held for a traveller from Chad, out of 5,000 of Switzerland."""
    round = a_round(meeting(), status=RoundStatus.ANNOUNCED, announced_at=AT)
    offer = an_offer(an_application(round, state("TCD")).nominees.get(), status=OfferStatus.TRAVELLED)
    money = received(a_contribution(state("CHE")), 5000)
    funds.hold(offer, by=None, at=AT)
    return SimpleNamespace(round=round, offer=offer, money=money, officer=person(Role.SPONSORSHIP_OFFICER, "gichd"))


def enter(scene, amount="980.00", **given):
    scene.offer.refresh_from_db()
    said = {
        "kind": CostKind.TICKET,
        "currency": "CHF",
        "paid_on": AT.date(),
        "reference": "INV-1",
        "version": scene.offer.version,
    }
    return settlement.enter_cost(offer=scene.offer, amount=Decimal(amount), **(said | given), by=scene.officer, at=AT)


def stands(scene):
    """Free, held, spent."""
    return tuple(
        ledger.balance(scene.money, kind, None if kind == AccountKind.FREE else scene.offer)
        for kind in (AccountKind.FREE, AccountKind.HELD, AccountKind.SPENT)
    )


def settle(scene):
    scene.offer.refresh_from_db()
    return settlement.settle(offer=scene.offer, version=scene.offer.version, by=scene.officer, at=AT)


def test_what_was_paid_is_spent_out_of_what_is_held_and_closing_sets_the_rest_free(scene):
    enter(scene)
    assert stands(scene) == (3000, Decimal("1020.00"), Decimal("980.00"))

    settle(scene)

    assert stands(scene) == (Decimal("4020.00"), 0, Decimal("980.00"))
    assert ledger.sums() == {"CHF": 0} and ledger.faults() == []
    last = RegisterEntry.objects.order_by("-number").first()
    assert last.action == "sponsorship.offer.settle" and "980" not in last.payload


def test_the_same_invoice_is_paid_once_whatever_case_its_reference_is_written_in(scene):
    enter(scene)

    with pytest.raises(WorkRefused, match="Ticket, CHF.980.00, 24 November 2026, INV-1"):
        enter(scene, "1", reference="inv-1")
    assert ActualCost.objects.count() == 1


def test_the_same_amount_on_the_same_day_is_asked_again_and_then_entered(scene):
    enter(scene)

    with pytest.raises(settlement.AskedAgain):
        enter(scene, kind=CostKind.HOTEL, reference="INV-2")
    enter(scene, kind=CostKind.HOTEL, reference="INV-2", again=True)

    assert stands(scene) == (3000, Decimal("40.00"), Decimal("1960.00"))


def test_a_missing_rate_is_named_and_nothing_is_entered(scene):
    with pytest.raises(RateMissing, match="USD and CHF"):
        enter(scene, currency="USD")
    a_rate("USD", "CHF", "0.8")
    enter(scene, currency="USD")

    assert stands(scene) == (3000, Decimal("1216.00"), Decimal("784.00"))


def test_a_ticket_that_came_back_becomes_free_and_no_more_comes_back_than_was_paid(scene):
    a_rate("USD", "CHF", "0.8")
    enter(scene, "1000", currency="USD")
    a_rate("USD", "CHF", "0.9", AT.date() + timedelta(days=1))

    with pytest.raises(WorkRefused, match="more cannot come back"):
        enter(scene, "1000.01", currency="USD", came_back=True)
    enter(scene, "1000", currency="USD", came_back=True)

    assert stands(scene) == (Decimal("3800.00"), Decimal("1200.00"), 0)


def test_what_was_entered_by_mistake_is_undone_by_an_opposite_and_may_be_entered_again(scene):
    wrong = enter(scene, "98")
    scene.offer.refresh_from_db()
    settlement.undo_cost(cost=wrong, version=scene.offer.version, by=scene.officer, at=AT)
    assert stands(scene) == (3000, 2000, 0)

    with pytest.raises(WorkRefused, match="undone already"):
        scene.offer.refresh_from_db()
        settlement.undo_cost(cost=wrong, version=scene.offer.version, by=scene.officer, at=AT)
    enter(scene)

    assert [cost.amount for cost in scene.offer.costs.order_by("pk")] == [98, -98, 980]


def test_a_settlement_does_not_close_before_journey_and_ticket_are_marked_nor_take_costs_afterwards(scene):
    scene.offer.status, scene.offer.ticket_status = OfferStatus.NO_SHOW, TicketStatus.RETURNED
    scene.offer.save()
    with pytest.raises(WorkRefused, match=r"did not come\. Enter first what came back"):
        settle(scene)

    enter(scene)
    enter(scene, "500", reference="CREDIT-1", came_back=True)
    scene.offer.refresh_from_db()
    scene.offer.absence_reason, scene.offer.absence_excused = "Ill.", True
    scene.offer.save()
    settle(scene)

    with pytest.raises(TransitionRefused, match="Open it again first"):
        enter(scene, "1", reference="INV-9")


def test_a_round_closes_when_all_is_settled_and_opens_again_with_a_settlement(scene):
    after = AT + timedelta(days=400)
    with pytest.raises(WorkRefused, match="1 offer is not settled"):
        round_settling.settle(round=scene.round, version=1, by=scene.officer, at=after)
    settle(scene)
    closed = round_settling.settle(round=scene.round, version=1, by=scene.officer, at=after)
    assert closed.status == RoundStatus.SETTLED

    scene.offer.refresh_from_db()
    with pytest.raises(WorkRefused, match="Say why"):
        settlement.reopen(offer=scene.offer, reason=" ", version=scene.offer.version, by=scene.officer, at=after)
    scene.offer.refresh_from_db()
    opened = settlement.reopen(
        offer=scene.offer, reason="A late bill.", version=scene.offer.version, by=scene.officer, at=after
    )

    scene.round.refresh_from_db()
    assert (opened.settlement, scene.round.status) == (SettlementStatus.OPEN, RoundStatus.ANNOUNCED)


def test_a_receipt_that_is_not_what_it_says_is_refused_and_nothing_is_paid(scene, settings, tmp_path):
    settings.SPONSORSHIP_KEYS = str(tmp_path)
    with pytest.raises(FileRefused):
        enter(scene, receipt=settlement.Receipt(name="receipt.pdf", content=b"<html>"))
    assert stands(scene) == (3000, 2000, 0)

    kept = enter(scene, receipt=settlement.Receipt(name="receipt.pdf", content=PDF))

    assert kept.receipt is not None and b"%PDF" not in bytes(kept.receipt.content)


def test_nobody_but_officers_settles_and_a_page_that_is_old_enters_nothing(scene):
    enter(scene)
    with pytest.raises(WorkChanged):
        enter(scene, "5", reference="INV-3", version=1)
    scene.officer = person(Role.ISO_STAFF, "iso")
    with pytest.raises(PermissionDenied):
        enter(scene, "5", reference="INV-3")
