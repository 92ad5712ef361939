"""Twenty offers in the same second against money for five. First shown to go wrong with the lock off."""

from decimal import Decimal

import pytest

from ccm_portal.core.models import State
from sponsorship.domain import funds, ledger
from sponsorship.enums import AccountKind
from sponsorship.models import Contribution
from tests.factories import state
from tests.meetings.factories import meeting
from tests.reporting.domain.test_concurrency import at_once, kinds
from tests.sponsorship.factories import AT, a_contribution, a_round, an_application, an_offer, received

pytestmark = pytest.mark.django_db(transaction=True)


def hold_for_twenty():
    """Twenty people of twenty States; general money for three of them and money for women, all are, for two more."""
    found = a_round(meeting())
    francs, women = a_contribution(state("CHE")), a_contribution(state("NOR"))
    received(francs, "6000.00"), received(women, "4000.00", women=None)
    offers = []
    for one in State.objects.exclude(iso3__in=["CHE", "NOR"]).order_by("pk")[:20]:
        nominee = an_application(found, one).nominees.get()
        nominee.gender = "woman"
        nominee.save()
        offers.append(an_offer(nominee))
    return at_once(20, lambda number: funds.hold(offers[number], by=None, at=AT)), francs, women


def test_twenty_offers_at_once_against_money_for_five_give_five():
    outcomes, francs, women = hold_for_twenty()

    assert kinds(outcomes) == {"list": 5, "NotEnough": 15}
    assert [ledger.balance(one, AccountKind.FREE) for one in (francs, women)] == [0, 0]
    assert ledger.faults() == []


def test_the_lock_is_what_makes_them_five_without_a_fault(monkeypatch):
    def unlocked(contributions):
        return list(Contribution.objects.filter(pk__in={one.pk for one in contributions}))

    monkeypatch.setattr(ledger, "lock", unlocked)

    outcomes, francs, women = hold_for_twenty()

    assert kinds(outcomes) != {"list": 5, "NotEnough": 15}
    assert min(ledger.balance(one, AccountKind.FREE) for one in (francs, women)) >= Decimal(0)
