"""What a State is on a day, and which annual reports it owes."""

from datetime import date

import pytest

from ccm_portal.treaty.clocks import FirstAnnual
from ccm_portal.treaty.status import Status, annual_reports_owed, bound_on, treaty_status

VANUATU = {"signed": None, "deposited": date(2025, 9, 5), "entry_into_force": date(2026, 3, 1)}
NIGERIA = {
    "signed": date(2009, 6, 12),
    "deposited": date(2023, 2, 28),
    "entry_into_force": date(2023, 8, 1),
}
ANGOLA = {"signed": date(2008, 12, 3), "deposited": None, "entry_into_force": None}
LITHUANIA = {
    "signed": date(2008, 12, 3),
    "deposited": date(2011, 3, 24),
    "entry_into_force": date(2011, 9, 1),
    "withdrawn_effective": date(2025, 3, 6),
}
OUTSIDE = {"signed": None, "deposited": None, "entry_into_force": None}


@pytest.mark.parametrize(
    ("dates", "on", "status"),
    [
        (VANUATU, date(2025, 9, 16), Status.NON_PARTY),
        (VANUATU, date(2026, 2, 28), Status.NON_PARTY),
        (VANUATU, date(2026, 3, 1), Status.STATE_PARTY),
        (NIGERIA, date(2009, 6, 11), Status.NON_PARTY),
        (NIGERIA, date(2009, 6, 12), Status.SIGNATORY),
        (NIGERIA, date(2023, 7, 31), Status.SIGNATORY),
        (NIGERIA, date(2023, 8, 1), Status.STATE_PARTY),
        (ANGOLA, date(2026, 1, 1), Status.SIGNATORY),
        (LITHUANIA, date(2025, 3, 5), Status.STATE_PARTY),
        (LITHUANIA, date(2025, 3, 6), Status.WITHDRAWN),
        (OUTSIDE, date(2026, 1, 1), Status.NON_PARTY),
    ],
)
def test_the_status_follows_from_the_depositarys_dates(dates, on, status):
    assert treaty_status(on=on, **dates) is status


@pytest.mark.parametrize(
    ("day", "bound"),
    [
        (date(2011, 8, 31), False),
        (date(2011, 9, 1), True),
        (date(2025, 3, 5), True),
        (date(2025, 3, 6), False),
        (date(2025, 4, 30), False),
    ],
)
def test_a_state_is_bound_from_entry_into_force_until_its_withdrawal_takes_effect(day, bound):
    assert bound_on(day=day, entry_into_force=date(2011, 9, 1), withdrawn_effective=date(2025, 3, 6)) is bound


def test_a_state_that_never_joined_is_never_bound():
    assert not bound_on(day=date(2026, 1, 1), entry_into_force=None)


@pytest.mark.parametrize(
    ("in_force", "on", "years"),
    [
        (date(2023, 8, 1), date(2024, 12, 31), []),
        (date(2023, 8, 1), date(2025, 1, 1), [2024]),
        (date(2023, 8, 1), date(2026, 11, 24), [2024, 2025]),
        (date(2026, 3, 1), date(2026, 11, 24), []),
        (date(2026, 3, 1), date(2027, 1, 1), [2026]),
        (date(2010, 8, 1), date(2026, 11, 24), list(range(2011, 2026))),
    ],
)
def test_annual_reports_are_owed_for_every_year_that_is_over(in_force, on, years):
    assert annual_reports_owed(entry_into_force=in_force, on=on) == years


def test_the_other_reading_and_a_ruling_for_one_state_move_the_first_year():
    asked = {"entry_into_force": date(2023, 8, 1), "on": date(2026, 11, 24)}

    assert annual_reports_owed(**asked, reading=FirstAnnual.NEXT_30_APRIL) == [2023, 2024, 2025]
    assert annual_reports_owed(**asked, first_year=2025) == [2025]


def test_lithuania_does_not_owe_the_report_that_fell_due_after_it_had_left():
    years = annual_reports_owed(
        entry_into_force=date(2011, 9, 1),
        withdrawn_effective=date(2025, 3, 6),
        on=date(2026, 11, 24),
    )

    assert years == list(range(2012, 2024))
