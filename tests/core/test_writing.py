"""Dates, times and numbers in words, in each language."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from ccm_portal.core import writing


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "1 April 2027"),
        ("fr", "1er avril 2027"),
        ("es", "1 de abril de 2027"),
        ("ru", "1 апреля 2027\u202fг."),
        ("ar", "1 نيسان/أبريل 2027"),
        ("zh-hans", "2027年4月1日"),
    ],
)
def test_a_date_is_written_out(language, words):
    assert writing.date_text(date(2027, 4, 1), language) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "1,204,000.5"), ("fr", "1\u202f204\u202f000,5"), ("es", "1.204.000,5"), ("ar", "1,204,000.5")],
)
def test_a_number_is_grouped_as_the_reader_groups_it(language, words):
    assert writing.number_text(1204000.5, language) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 4, 30), "in 158 days"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 5, 1), "206 days ago"),
    ],
)
def test_how_far_a_day_is(day, words):
    with translation.override("en"):
        assert writing.days_text(day, date(2026, 11, 23)) == words


def test_the_end_of_a_deadline_is_told_in_utc_and_in_geneva():
    with translation.override("en"):
        assert writing.instant_text(datetime(2027, 5, 1, 12, tzinfo=UTC)) == "1 May 2027, 12:00 UTC (14:00 in Geneva)"
        late = writing.instant_text(datetime(2027, 4, 30, 23, 30, tzinfo=UTC))
    assert late == "30 April 2027, 23:30 UTC (1 May 2027, 01:30 in Geneva)"
