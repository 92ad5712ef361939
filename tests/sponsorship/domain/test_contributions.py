"""What donors promise and send, and how each slip is told or put right."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from ccm_portal.core.models import Organisation, RegisterEntry
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import contributions, ledger, rate_entry
from sponsorship.domain.contributions import Promised, Terms
from sponsorship.domain.instalments import open_parts
from sponsorship.domain.rates import RateMissing
from sponsorship.enums import AccountKind, EarmarkKind, EntryKind
from sponsorship.models import Contribution, ExchangeRate, LedgerEntry
from tests.factories import everyone, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_rate

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def officer():
    return everyone("LAO", "LBN")["sponsorship officer"]


def terms(*amounts, **more):
    years = [Promised(year=2026 + n, amount=Decimal(amount)) for n, amount in enumerate(amounts)]
    return Terms(pledged_on=TODAY, instalments=years, **more)


def pledged(officer, *amounts, currency="CHF", donor=None, **more):
    donor = donor or state("NOR")
    return contributions.pledge(donor=donor, currency=currency, terms=terms(*amounts, **more), by=officer, at=AT)


def receive(row, amount, officer, reference="UBS 1", day=TODAY):
    row.refresh_from_db()
    return contributions.receive(
        contribution=row,
        amount=Decimal(amount),
        day=day,
        reference=reference,
        note="",
        version=row.version,
        by=officer,
        at=AT,
    )


def undo(entry, officer):
    row = Contribution.objects.get(pk=entry.contribution_id)
    return contributions.undo(entry=entry, reason="Typed wrongly.", version=row.version, by=officer, at=AT)


def stands(row):
    """What is to come, what came in, what is free."""
    assert ledger.faults() == []
    connection.check_constraints()
    kinds = (AccountKind.PLEDGED, AccountKind.DONOR, AccountKind.FREE)
    to_come, donor, free = (ledger.balance(row, kind) for kind in kinds)
    return to_come, -donor, free


def test_a_pledge_over_several_years_keeps_its_earmarks_and_nothing_of_it_can_be_offered(officer):
    row = pledged(
        officer,
        "1000",
        "2000.50",
        donor=Organisation.objects.by_name().first(),
        earmarks=frozenset({EarmarkKind.WOMEN}),
        regions=[state("TCD").region_group],
        meetings=[meeting()],
    )

    assert stands(row) == (Decimal("3000.50"), 0, 0)
    assert sorted(row.earmarks.values_list("kind", flat=True)) == ["meeting", "region", "women"]
    entry = RegisterEntry.objects.get(action="sponsorship.contribution.pledge")
    assert "3000" not in entry.payload and entry.state is None


def test_money_received_meets_the_years_in_their_order_and_more_is_taken_and_told(officer):
    row = pledged(officer, "1000", "2000")

    first = receive(row, "1500", officer)
    assert [(part.instalment.year, part.received, part.open) for part in open_parts([row])[row.pk]] == [
        (2026, 1000, 0),
        (2027, 500, 1500),
    ]
    second = receive(row, "1600", officer, "UBS 2")

    assert (first.over, second.over) == (0, 100)
    assert stands(row) == (0, 3100, 3100)


def test_a_receipt_typed_twice_is_told_with_the_day_of_the_first(officer):
    row = pledged(officer, "1000")
    receive(row, "400", officer, day=date(2026, 11, 20))

    with pytest.raises(WorkRefused, match="UBS 1 was entered already, on 24 November 2026, for money of 20 November"):
        receive(row, "400", officer)

    assert stands(row) == (600, 400, 400)


def test_a_receipt_typed_wrongly_is_undone_by_its_opposite_and_entered_again(officer):
    row = pledged(officer, "1000")
    receive(row, "700", officer, "UBS 0")
    wrong = receive(row, "500", officer).entry
    assert stands(row) == (0, 1200, 1200)

    undo(wrong, officer)
    assert stands(row) == (300, 700, 700)
    with pytest.raises(WorkRefused, match="undone already"):
        undo(wrong, officer)
    receive(row, "50", officer)

    assert stands(row) == (250, 750, 750)
    assert LedgerEntry.objects.filter(kind=EntryKind.RECEIPT, reference="UBS 1").count() == 2


def test_only_free_money_goes_back_and_what_is_in_use_cannot_be_undone(officer):
    row = pledged(officer, "1000")
    came = receive(row, "1000", officer).entry
    row.refresh_from_db()
    back = {"contribution": row, "day": TODAY, "reference": "UBS 9", "note": "", "by": officer, "at": AT}

    with pytest.raises(WorkRefused, match="Only CHF\u00a01,000.00 is free"):
        contributions.give_back(amount=Decimal("1000.01"), version=row.version, **back)
    contributions.give_back(amount=Decimal("400"), version=row.version, **back)

    assert stands(row) == (0, 600, 600)
    with pytest.raises(WorkRefused, match="only CHF\u00a0600.00 is free"):
        undo(came, officer)


def test_a_changed_pledge_moves_what_is_to_come_and_a_stale_page_is_told(officer):
    row = pledged(officer, "1000", "1000")
    receive(row, "800", officer)
    row.refresh_from_db()
    change = {"contribution": row, "version": row.version, "reason": "A letter.", "by": officer, "at": AT}

    contributions.change(terms=terms("900"), **change)

    assert stands(row) == (100, 800, 800)
    with pytest.raises(WorkChanged):
        contributions.change(terms=terms("5000"), **change)
    row.refresh_from_db()
    contributions.change(terms=terms("500"), **change | {"version": row.version})
    assert stands(row) == (0, 800, 800)


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ([], "at least one year"),
        ([(2026, "1"), (2026, "2")], "2026 stands there twice"),
        ([(2206, "1")], "Check the year 2206"),
        ([(2026, "0")], "more than zero"),
        ([(2026, "1.005")], "smallest amount is CHF\u00a00.01"),
    ],
)
def test_a_bad_pledge_is_refused_in_words(officer, bad, sentence):
    said = [Promised(year=year, amount=Decimal(amount)) for year, amount in bad]
    with pytest.raises(WorkRefused, match=sentence):
        contributions.pledge(
            donor=state("NOR"), currency="CHF", terms=Terms(pledged_on=TODAY, instalments=said), by=officer, at=AT
        )


def test_a_pledge_that_is_sent_twice_is_entered_once(officer):
    pledged(officer, "1000", earmarks=frozenset({EarmarkKind.WOMEN}))

    with pytest.raises(WorkRefused, match="entered already, on 24 November 2026"):
        pledged(officer, "1000", earmarks=frozenset({EarmarkKind.WOMEN}))
    pledged(officer, "1000")

    assert Contribution.objects.count() == 2


def test_a_donor_that_changes_its_currency_goes_on_in_the_new_one_with_the_rate_kept(officer):
    row = pledged(officer, "1000", "3000", "3000", currency="EUR", earmarks=frozenset({EarmarkKind.AFFECTED}))
    receive(row, "2000", officer)
    row.refresh_from_db()
    change = {"contribution": row, "currency": "NOK", "day": TODAY, "reference": "", "by": officer, "at": AT}
    with pytest.raises(RateMissing, match="between EUR and NOK"):
        contributions.change_currency(version=row.version, **change)
    rate = a_rate("EUR", "NOK", "11.755")

    made = contributions.change_currency(version=row.version, **change)

    assert (stands(row), stands(made)) == ((0, 2000, 2000), (Decimal("58775.00"), 0, 0))
    assert list(row.instalments.order_by("year").values_list("year", "amount")) == [(2026, 1000), (2027, 1000)]
    assert list(made.instalments.order_by("year").values_list("year", "amount")) == [(2027, 23510), (2028, 35265)]
    assert made.replaces == row and made.earmarks.get().kind == EarmarkKind.AFFECTED
    assert set(LedgerEntry.objects.filter(rate=rate).values_list("kind", flat=True)) == {"pledge", "pledge_changed"}
    row.refresh_from_db()
    with pytest.raises(WorkRefused, match="changed already"):
        contributions.change_currency(version=row.version, **change)


def test_a_rate_that_looks_like_a_slip_is_asked_again(officer):
    def add(base, quote, rate, *, day=TODAY, sure=False):
        return rate_entry.add(
            base=base, quote=quote, day=day, rate=Decimal(rate), source="ECB", sure=sure, by=officer, at=AT
        )

    add("EUR", "CHF", "0.93", day=date(2026, 11, 20))
    with pytest.raises(WorkRefused, match="less than 1,000,000"):
        add("EUR", "JPY", "999999999999999999999999")
    with pytest.raises(WorkRefused, match="still ahead"):
        add("EUR", "CHF", "0.93", day=date(2026, 11, 25))
    with pytest.raises(WorkRefused, match="has a rate already: 1 EUR = 0.93 CHF .20 November 2026."):
        add("CHF", "EUR", "1.075", day=date(2026, 11, 20))
    with pytest.raises(rate_entry.RateDoubtful, match="other way round"):
        add("EUR", "CHF", "1.075")
    with pytest.raises(rate_entry.RateDoubtful, match="far from the last one"):
        add("EUR", "CHF", "93")
    add("CHF", "EUR", "1.075")
    add("EUR", "CHF", "12", day=date(2026, 11, 23), sure=True)

    assert ExchangeRate.objects.count() == 3
