"""The database holds the ledger together, whoever writes."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from sponsorship.domain import ledger
from sponsorship.enums import AccountKind, EntryKind
from sponsorship.models import LedgerAccount, Posting
from tests.factories import state
from tests.sponsorship.factories import AT, a_contribution

pytestmark = pytest.mark.django_db


def move(contribution, *moves, kind=EntryKind.RECEIPT):
    made = ledger.post(
        kind=kind,
        contribution=contribution,
        moves=[ledger.Move(to=to, amount=Decimal(amount)) for to, amount in moves],
        day=AT.date(),
        by=None,
        at=AT,
    )
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return made


def test_each_currency_adds_up_to_zero_and_balances_follow_their_postings():
    francs, kroner = a_contribution(state("CHE")), a_contribution(state("NOR"), "NOK")
    move(francs, (AccountKind.DONOR, "-100.05"), (AccountKind.FREE, "100.05"))
    move(kroner, (AccountKind.DONOR, "-900"), (AccountKind.FREE, "900"))

    assert ledger.sums() == {"CHF": 0, "NOK": 0}
    assert ledger.balance(francs, AccountKind.FREE) == Decimal("100.05")
    assert ledger.faults() == []


def test_an_entry_that_does_not_add_up_is_refused():
    with pytest.raises(IntegrityError, match="do not add up to zero"), transaction.atomic():
        move(a_contribution(state("CHE")), (AccountKind.DONOR, "-100"), (AccountKind.FREE, "100.01"))


def test_money_that_is_not_there_cannot_be_taken():
    francs = a_contribution(state("CHE"))
    with pytest.raises(IntegrityError, match="no_money_that_is_not_there"), transaction.atomic():
        move(francs, (AccountKind.FREE, "-1"), (AccountKind.DONOR, "1"), kind=EntryKind.RETURN)


def test_what_was_entered_stays_and_no_balance_is_written_by_hand():
    francs = a_contribution(state("CHE"))
    move(francs, (AccountKind.DONOR, "-5"), (AccountKind.FREE, "5"))

    with pytest.raises(DatabaseError), transaction.atomic():
        Posting.objects.update(amount=7)
    with pytest.raises(DatabaseError, match="follows the postings"), transaction.atomic():
        LedgerAccount.objects.update(balance=7)
