"""Who presides on any day, from the first Meeting of the States Parties on."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.domain.reference import read
from ccm_portal.core.models import RegisterEntry
from committees.domain.presidency import (
    HISTORY,
    PresidencyRefused,
    designate,
    keep_presidency,
    load_presidencies,
    past_president_on,
    president_designate_on,
    president_on,
)
from committees.models import Presidency
from tests.factories import state

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def history():
    load_presidencies(AT)


def told(day):
    found = (past_president_on(day), president_on(day), president_designate_on(day))
    return [one and f"{one.state.iso3} {one.meeting_key}" for one in found]


@pytest.mark.parametrize(
    ("day", "offices"),
    [
        (date(2010, 11, 8), [None, None, "LAO 1msp"]),
        (date(2010, 11, 12), [None, "LAO 1msp", "LBN 2msp"]),
        (date(2010, 11, 13), ["LAO 1msp", "LBN 2msp", "NOR 3msp"]),
        (date(2021, 1, 1), ["LKA 9msp", "CHE 2rc", "GBR 10msp"]),
        (date(2021, 9, 21), ["LKA 9msp", "CHE 2rc", "GBR 10msp"]),
        (date(2021, 9, 22), ["CHE 2rc", "GBR 10msp", "IRQ 11msp"]),
        (date(2022, 9, 1), ["CHE 2rc", "GBR 10msp", "IRQ 11msp"]),
        (date(2022, 9, 2), ["CHE 2rc", "GBR 10msp", "IRQ 11msp"]),
        (date(2025, 9, 20), ["PHL 13msp", "LAO 3rc", None]),
        (date(2026, 11, 24), ["PHL 13msp", "LAO 3rc", None]),
    ],
)
def test_the_offices_on_a_day(history, day, offices):
    assert told(day) == offices


def test_each_presidency_begins_when_the_one_before_ends():
    rows = read(HISTORY)

    assert [row["starts"] for row in rows[1:]] == [row["ends"] for row in rows[:-1]]
    assert all(row["source"] and row["confidence"] in ("high", "medium") for row in rows)


def test_loading_again_leaves_the_dates_that_meetings_gave(history):
    keep_presidency(meeting_key="3rc", starts=date(2025, 9, 20), ends=date(2026, 9, 19), by=None, at=AT)

    assert load_presidencies(AT) == []
    assert Presidency.objects.get(meeting_key="3rc").ends == date(2026, 9, 19)


def test_a_meeting_that_moves_takes_its_presidency_along_and_the_register_tells(history):
    designate(meeting_key="14msp", state=state("NOR"), on=date(2026, 9, 18), source="3RC", by=None, at=AT)
    assert told(date(2026, 11, 24)) == ["PHL 13msp", "LAO 3rc", "NOR 14msp"]
    keep_presidency(meeting_key="3rc", starts=date(2025, 9, 20), ends=date(2026, 9, 19), by=None, at=AT)

    keep_presidency(meeting_key="14msp", starts=date(2026, 9, 19), ends=date(2027, 9, 18), by=None, at=AT)
    again = keep_presidency(meeting_key="14msp", starts=date(2026, 9, 19), ends=date(2027, 9, 18), by=None, at=AT)

    assert told(date(2026, 11, 24)) == ["LAO 3rc", "NOR 14msp", None]
    assert again.version == 2
    assert RegisterEntry.objects.filter(action="committees.presidency.keep").count() == 2


def test_a_meeting_for_which_nobody_is_chosen_changes_nothing():
    assert keep_presidency(meeting_key="20msp", starts=None, ends=None, by=None, at=AT) is None


def test_what_cannot_be_is_refused_in_words(history):
    with pytest.raises(PresidencyRefused, match="Lao People's Democratic Republic is chosen for this meeting already"):
        designate(meeting_key="3rc", state=state("NOR"), on=None, source="", by=None, at=AT)
    with pytest.raises(PresidencyRefused, match="not in force for Finland on 24 November 2026"):
        designate(meeting_key="14msp", state=state("FIN"), on=None, source="", by=None, at=AT)
    with pytest.raises(PresidencyRefused, match="would end on 1 January 2020, before it begins on 1 January 2021"):
        keep_presidency(meeting_key="3rc", starts=date(2021, 1, 1), ends=date(2020, 1, 1), by=None, at=AT)
