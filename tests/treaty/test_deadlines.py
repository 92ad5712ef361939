"""A day ends everywhere on Earth before anything is late."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ccm_portal.treaty.deadlines import days_late, ends_at, is_late

DUE = date(2026, 4, 30)
T = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)

ZONES = [
    "Pacific/Kiritimati",
    "Asia/Vientiane",
    "Asia/Kathmandu",
    "Europe/Zurich",
    "UTC",
    "America/New_York",
    "Etc/GMT+12",
]


def test_a_day_ends_at_noon_utc_of_the_next():
    assert ends_at(DUE) == T
    assert ends_at(DUE).tzinfo is UTC


@pytest.mark.parametrize(
    ("offset", "instant"),
    [
        (-12, datetime(2026, 5, 1, 12, 0, tzinfo=UTC)),
        (0, datetime(2026, 5, 1, 0, 0, tzinfo=UTC)),
        (2, datetime(2026, 4, 30, 22, 0, tzinfo=UTC)),
        (14, datetime(2026, 4, 30, 10, 0, tzinfo=UTC)),
    ],
)
def test_the_offset_is_a_choice(offset, instant):
    assert ends_at(DUE, utc_offset_hours=offset) == instant
    assert days_late(due=DUE, at=instant, utc_offset_hours=offset) == 1


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("seconds", "late"), [(-1, False), (0, True), (1, True)])
def test_the_same_instant_is_late_or_not_whatever_zone_it_is_told_in(zone, seconds, late):
    at = (T + timedelta(seconds=seconds)).astimezone(ZoneInfo(zone))

    assert is_late(due=DUE, at=at) is late
    assert days_late(due=DUE, at=at) == (1 if late else 0)


@pytest.mark.parametrize("hour", [0, 9, 12, 23])
def test_what_was_due_on_30_april_and_came_on_5_may_is_five_days_late(hour):
    """Croatia's report for 2013."""
    at = datetime(2014, 5, 5, hour, 30, tzinfo=UTC)

    assert days_late(due=date(2014, 4, 30), at=at) == 5


def test_a_day_early_is_not_late():
    """Lebanon's initial report, due on 28 October 2011."""
    at = datetime(2011, 10, 27, 12, 0, tzinfo=UTC)

    assert not is_late(due=date(2011, 10, 28), at=at)
    assert days_late(due=date(2011, 10, 28), at=at) == 0


@pytest.mark.parametrize("ask", [is_late, days_late])
def test_an_instant_without_a_zone_is_refused(ask):
    with pytest.raises(ValueError):
        ask(due=DUE, at=datetime(2026, 5, 1, 12, 0))
