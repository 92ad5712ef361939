"""Money for offers: what may be used for whom, in which order, and where every cent of it is."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ccm_portal.core.models import RegionGroup
from committees.domain.said import WorkRefused
from committees.enums import Gender
from sponsorship.domain import funds, ledger, money, rates
from sponsorship.domain.earmarks import least_developed
from sponsorship.enums import AccountKind, CostKind, FactKind, SettlementStatus
from sponsorship.models import ActualCost, LedgerAccount, LedgerEntry, Posting, StateFact
from tests.factories import state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_contribution, a_rate, a_round, an_application, an_offer, received

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def scene():
    """A round in francs and an offer of 2,000 to a woman of Chad, which is least developed and affected."""
    found = a_round(meeting())
    StateFact.objects.update_or_create(
        state=state("TCD"), kind=FactKind.LEAST_DEVELOPED, defaults={"source": "UN", "since": None, "until": None}
    )
    nominee = an_application(found, state("TCD")).nominees.get()
    nominee.gender = Gender.WOMAN
    nominee.save()
    return SimpleNamespace(round=found, nominee=nominee, offer=an_offer(nominee))


def cost(offer, amount, *, kind=CostKind.TICKET, currency="CHF", worth=None, undoes=None, reference=None):
    return ActualCost.objects.create(
        offer=offer,
        kind=kind,
        amount=Decimal(amount),
        currency=currency,
        worth=Decimal(worth or amount),
        paid_on=TODAY,
        reference=reference or f"R{ActualCost.objects.count()}",
        undoes=undoes,
        noted_at=AT,
    )


def where(contribution, offer):
    """Free, held, spent."""
    return tuple(
        ledger.balance(contribution, kind, offer if kind != AccountKind.FREE else None)
        for kind in (AccountKind.FREE, AccountKind.HELD, AccountKind.SPENT)
    )


def test_money_is_used_under_its_earmarks_and_the_narrowest_first(scene):
    africa, other = state("TCD").region_group, RegionGroup.objects.exclude(pk=state("TCD").region_group_id).first()
    general = received(a_contribution(state("CHE")), 100)
    for_this = received(a_contribution(state("CHE")), 100, meeting=scene.round.meeting)
    women = received(a_contribution(state("CHE")), 100, women=None)
    region = received(a_contribution(state("CHE")), 100, region=africa)
    two = received(a_contribution(state("CHE")), 100, women=None, least_developed=None)
    affected = received(a_contribution(state("CHE")), 100, affected=None)
    received(a_contribution(state("CHE")), 100, meeting=meeting("13msp", ordinal=13))
    received(a_contribution(state("CHE")), 100, region=other)

    for_her = funds.usable(scene.round, state=state("TCD"), gender=Gender.WOMAN, on=TODAY)
    for_a_man_of_austria = funds.usable(scene.round, state=state("AUT"), gender=Gender.MAN, on=TODAY)

    assert for_her == [two, affected, region, women, for_this, general]
    assert for_a_man_of_austria == [for_this, general]
    assert funds.free_worth(scene.round, state=state("TCD"), gender=Gender.WOMAN, on=TODAY) == 600
    euros = received(a_contribution(state("AUT"), "EUR", pledged_on=date(2026, 1, 1)), 100)
    assert funds.usable(scene.round, state=state("AUT"), gender="", on=TODAY) == [for_this, general, euros]


def test_a_state_counts_as_least_developed_on_the_day_and_for_the_years_the_rule_adds():
    StateFact.objects.filter(kind=FactKind.LEAST_DEVELOPED).delete()
    StateFact.objects.create(state=state("LAO"), kind=FactKind.LEAST_DEVELOPED, until=date(2026, 11, 24), source="UN")

    assert least_developed(date(2026, 11, 23)) == {state("LAO").pk}
    assert least_developed(date(2026, 11, 24)) == set()
    assert least_developed(date(2029, 11, 23), years_after=3) == {state("LAO").pk}
    assert least_developed(date(2029, 11, 24), years_after=3) == set()


def test_a_hold_is_split_over_currencies_and_its_worths_add_up_to_the_offer(scene):
    a_rate("EUR", "CHF", "0.9333")
    euros = received(a_contribution(state("AUT"), "EUR"), "1000.01", least_developed=None)
    francs = received(a_contribution(state("CHE")), 5000)

    entries = funds.hold(scene.offer, by=None, at=AT)

    assert [(entry.contribution, entry.worth, entry.rate and entry.rate.base) for entry in entries] == [
        (euros, Decimal("933.31"), "EUR"),
        (francs, Decimal("1066.69"), None),
    ]
    assert where(euros, scene.offer) == (0, Decimal("1000.01"), 0)
    assert funds.of_offer(scene.offer).held == scene.offer.total == 2000


def test_what_is_missing_is_said_and_nothing_is_held(scene):
    francs = received(a_contribution(state("CHE")), "1999.99")

    with pytest.raises(funds.NotEnough, match="CHF\u00a00.01 is missing"):
        funds.hold(scene.offer, by=None, at=AT)

    assert where(francs, scene.offer) == (Decimal("1999.99"), 0, 0)


def test_a_missing_rate_is_named_and_an_old_one_does_not_count(scene):
    received(a_contribution(state("AUT"), "EUR"), 5000)
    a_rate("CHF", "EUR", "1.07", day=date(2026, 10, 10))

    with pytest.raises(rates.RateMissing, match="between EUR and CHF that counts on 24 November 2026"):
        funds.hold(scene.offer, by=None, at=AT)

    a_rate("CHF", "EUR", "1.07", day=date(2026, 10, 11))
    funds.hold(scene.offer, by=None, at=AT)
    assert LedgerEntry.objects.get(offer=scene.offer).rate.day == date(2026, 10, 11)


def test_costs_are_paid_from_what_is_held_then_from_free_money_and_else_refused(scene):
    women = received(a_contribution(state("NOR")), 500, women=None)
    francs = received(a_contribution(state("CHE")), 1800)
    funds.hold(scene.offer, by=None, at=AT)

    funds.pay(cost(scene.offer, "1000"), by=None, at=AT)
    assert (where(women, scene.offer), where(francs, scene.offer)) == ((0, 250, 250), (300, 750, 750))

    funds.pay(cost(scene.offer, "1200", kind=CostKind.HOTEL), by=None, at=AT)
    assert (where(women, scene.offer), where(francs, scene.offer)) == ((0, 0, 500), (100, 0, 1700))

    with pytest.raises(funds.NotEnough, match="CHF\u00a00.50 is missing"):
        funds.pay(cost(scene.offer, "100.50", kind=CostKind.VISA), by=None, at=AT)
    again = ActualCost.objects.get(kind=CostKind.HOTEL)
    with pytest.raises(WorkRefused, match="paid already"):
        funds.pay(again, by=None, at=AT)


def test_a_refund_goes_back_to_where_it_came_from_and_no_more_than_was_spent(scene):
    women = received(a_contribution(state("NOR")), "666.67", women=None)
    francs = received(a_contribution(state("CHE")), 1333.33)
    funds.hold(scene.offer, by=None, at=AT)
    funds.pay(cost(scene.offer, "900"), by=None, at=AT)
    funds.release(scene.offer, by=None, at=AT)

    funds.give_back(cost(scene.offer, "-100"), by=None, at=AT)

    assert where(women, scene.offer) == (Decimal("400.00"), 0, Decimal("266.67"))
    assert where(francs, scene.offer) == (Decimal("800.00"), 0, Decimal("533.33"))
    with pytest.raises(WorkRefused, match="Only CHF\u00a0800.00 was spent on this"):
        funds.give_back(cost(scene.offer, "-800.01"), by=None, at=AT)


def test_a_cost_that_is_undone_is_held_again_and_free_once_settled(scene):
    francs = received(a_contribution(state("CHE")), 2500)
    funds.hold(scene.offer, by=None, at=AT)
    first, second = cost(scene.offer, "2100"), cost(scene.offer, "100", kind=CostKind.VISA)
    funds.pay(first, by=None, at=AT)
    funds.give_back(cost(scene.offer, "-2100", undoes=first), by=None, at=AT)
    assert where(francs, scene.offer) == (500, 2000, 0)

    funds.pay(second, by=None, at=AT)
    scene.offer.settlement = SettlementStatus.SETTLED
    scene.offer.save()
    funds.release(scene.offer, by=None, at=AT)
    funds.give_back(cost(scene.offer, "-100", undoes=second), by=None, at=AT)
    assert where(francs, scene.offer) == (2500, 0, 0)
    assert LedgerEntry.objects.filter(undoes__isnull=False).count() == 3


def test_a_whole_refund_in_another_currency_gives_back_the_whole_although_the_rate_has_moved(scene):
    a_rate("USD", "CHF", "0.80", day=TODAY)
    received(a_contribution(state("CHE")), 2000)
    funds.hold(scene.offer, by=None, at=AT)
    funds.pay(cost(scene.offer, "1000", currency="USD", worth="790.50"), by=None, at=AT)

    def back(amount):
        """What that much is worth, entered as a refund."""
        found = funds.refund_worth(scene.offer, kind=CostKind.TICKET, amount=Decimal(amount), currency="USD", on=TODAY)
        return funds.give_back(cost(scene.offer, f"-{amount}", currency="USD", worth=-found.amount), by=None, at=AT)[
            0
        ].worth

    parts = [back("333.33"), back("333.33"), back("333.34")]

    assert parts == [Decimal("263.50"), Decimal("263.49"), Decimal("263.51")]
    assert funds.of_offer(scene.offer).spent == 0


@given(
    st.decimals("0.01", "99999.99", places=2),
    st.lists(st.decimals("0", "5000", places=2), min_size=1, max_size=8),
    st.sampled_from(["CHF", "JPY"]),
)
@settings(max_examples=60, deadline=None)
def test_what_is_shared_out_adds_up_and_no_part_is_off_by_a_unit(amount, weights, currency):
    amount = max(money.unit(currency), money.rounded(amount, currency))
    whole = sum(weights)
    if not whole:
        with pytest.raises(ValueError, match="Nothing"):
            money.shared(amount, weights, currency)
        return
    parts = money.shared(amount, weights, currency)

    assert sum(parts) == amount
    assert all(money.is_whole(part, currency) and part >= 0 for part in parts)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / whole) < 2 * money.unit(currency)


ACTS = st.lists(
    st.tuples(st.sampled_from(["hold", "pay", "back", "undo", "release"]), st.integers(1, 250_000)),
    min_size=4,
    max_size=14,
)


@given(ACTS, st.decimals("0.5", "2", places=4), st.integers(1, 400_000), st.integers(1, 400_000))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_in_whatever_order_every_cent_has_its_place(scene, acts, rate, cents, yen):
    outer = transaction.atomic()
    outer.__enter__()
    try:
        a_rate("EUR", "CHF", str(rate))
        a_rate("JPY", "CHF", "0.00571")
        gifts = [
            received(a_contribution(state("AUT"), "EUR"), Decimal(cents) / 100, women=None),
            received(a_contribution(state("JPN"), "JPY"), yen),
            received(a_contribution(state("CHE")), "3000"),
        ]
        paid_in = [ledger.balance(gift, AccountKind.FREE) for gift in gifts]
        for act, number in acts:
            amount = Decimal(number) / 100
            try:
                with transaction.atomic():
                    if act == "hold":
                        funds.hold(scene.offer, by=None, at=AT)
                    elif act == "release":
                        funds.release(scene.offer, by=None, at=AT)
                    elif act == "pay":
                        funds.pay(cost(scene.offer, amount), by=None, at=AT)
                    elif act == "back":
                        funds.give_back(cost(scene.offer, -amount), by=None, at=AT)
                    elif last := ActualCost.objects.filter(undoes=None, undone_by=None).order_by("-pk").first():
                        undone = cost(scene.offer, -last.amount, worth=-last.worth, undoes=last)
                        funds.give_back(undone, by=None, at=AT)
            except WorkRefused:
                pass
        connection.check_constraints()
        assert ledger.faults() == []
        for gift, whole in zip(gifts, paid_in, strict=True):
            assert sum(where(gift, scene.offer)) == whole
        assert not LedgerAccount.objects.exclude(kind__in=["donor"]).filter(balance__lt=0).exists()
        stands = funds.of_offer(scene.offer)
        costs = sum((one.worth for one in ActualCost.objects.all()), Decimal(0))
        assert stands.spent == costs
        assert stands.held == sum((part.worth for part in stands.parts), Decimal(0))
        assert not Posting.objects.filter(entry__worth__lt=0).exists()
    finally:
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
