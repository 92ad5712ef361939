"""Hours at the venue, also on the nights on which the clocks are changed."""

from datetime import UTC, date, datetime, time

import pytest

from meetings.domain.local_times import FIRST, SECOND, TimeAsked, TimeRefused, local, moment, which_of_two

GENEVA = "Europe/Zurich"
FORWARD, BACK = date(2027, 3, 28), date(2027, 10, 31)


def test_an_ordinary_hour_is_one_moment():
    assert moment(date(2027, 9, 13), time(10), GENEVA) == datetime(2027, 9, 13, 8, tzinfo=UTC)
    assert moment(date(2027, 9, 13), time(10), "Asia/Vientiane", which=SECOND) == datetime(2027, 9, 13, 3, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_refused_in_words():
    with pytest.raises(TimeRefused) as refusal:
        moment(FORWARD, time(2, 30), GENEVA)

    assert str(refusal.value) == (
        "There is no 02:30 on 28 March 2027 in Europe/Zurich: the clocks are put forward over that hour."
        " Choose an earlier or a later time."
    )
    assert not isinstance(refusal.value, TimeAsked)
    with pytest.raises(TimeRefused):
        moment(FORWARD, time(2, 30), GENEVA, which=SECOND)
    assert moment(FORWARD, time(1, 59), GENEVA) == datetime(2027, 3, 28, 0, 59, tzinfo=UTC)
    assert moment(FORWARD, time(3), GENEVA) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_asked_about():
    with pytest.raises(TimeAsked) as asked:
        moment(BACK, time(2, 30), GENEVA)

    assert str(asked.value) == (
        "02:30 comes twice on 31 October 2027 in Europe/Zurich, since the clocks are put back."
        " Say whether the first or the second is meant."
    )
    first, second = (moment(BACK, time(2, 30), GENEVA, which=which) for which in (FIRST, SECOND))
    assert (first, second) == (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC))
    assert [which_of_two(at, GENEVA) for at in (first, second)] == [FIRST, SECOND]
    assert local(first, GENEVA) == local(second, GENEVA) == (BACK, time(2, 30))
