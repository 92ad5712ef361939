"""Clocks of States are moved by decisions, publications and later hostilities, each on record."""

import json
from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.clock_sentences import explain_current, is_pending
from ccm_portal.core.domain import clocks
from ccm_portal.core.domain.reference import load_reference_data
from ccm_portal.core.enums import Clock, Role
from ccm_portal.core.models import RegisterEntry, StateClock
from tests.factories import person, state

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def clock_of(iso3, kind=Clock.ART4):
    return StateClock.objects.select_related("state").get(state__iso3=iso3, clock=kind, key="")


@pytest.fixture
def office():
    return person(Role.ISO_STAFF, "iso")


def test_a_granted_day_is_the_one_that_counts_and_stays_so_whatever_the_reference_data_say(office):
    lebanon = clock_of("LBN")
    assert is_pending(lebanon)
    clocks.grant(clock=lebanon, until=date(2028, 5, 1), basis="14MSP, 20 November 2026", by=office, at=AT)

    load_reference_data(by=None, at=AT)
    kept = clock_of("LBN")
    assert (kept.current, kept.version, is_pending(kept)) == (date(2028, 5, 1), 2, False)
    assert "Possible later remnants" in kept.notes
    assert explain_current(kept, state=kept.state) == (
        "Extended until 1 May 2028: 14MSP, 20 November 2026 (Article 4(5)). Without an extension: 1 May 2021."
    )
    entry = RegisterEntry.objects.get(action="core.clock.grant")
    assert json.loads(entry.payload)["data"]["before"]["current"] == "2026-05-01"


def test_more_than_the_convention_allows_is_granted_all_the_same(office):
    given = clocks.grant(clock=clock_of("LBN"), until=date(2032, 1, 1), basis="14MSP", by=office, at=AT)
    assert given.current == date(2032, 1, 1)


def test_a_request_that_was_not_granted_is_awaited_no_longer(office):
    clocks.answered(clock=clock_of("SOM"), basis="14MSP: not granted", by=office, at=AT)
    load_reference_data(by=None, at=AT)
    assert (is_pending(clock_of("SOM")), clock_of("SOM").current) == (False, date(2026, 3, 1))


def test_a_published_day_needs_its_source_and_the_version_that_was_seen(office):
    ssd = clock_of("SSD")
    with pytest.raises(clocks.ClockRefused, match="Say where it was published"):
        clocks.override(clock=ssd, day=date(2034, 3, 1), source=" ", version=1, by=office, at=AT)
    clocks.override(clock=ssd, day=date(2034, 3, 1), source="CCM/MSP/2026/9", version=1, by=office, at=AT)
    with pytest.raises(clocks.ClockChanged):
        clocks.override(clock=ssd, day=None, source="again", version=1, by=office, at=AT)
    assert (clock_of("SSD").base, clock_of("SSD").current) == (date(2034, 2, 1), date(2034, 3, 1))
    granted = clocks.grant(clock=ssd, until=date(2036, 2, 1), basis="22MSP", by=office, at=AT)
    assert granted.current == date(2036, 2, 1)


def test_later_hostilities_begin_a_clock_of_their_own(office):
    lebanon = state("LBN")
    words = {"cause": "Hostilities of 2024", "source": "CCM/MSP/2025/7", "by": office, "at": AT}
    begun = clocks.begin_later(state=lebanon, hostilities_ended=date(2024, 2, 29), **words)
    assert (begun.key, begun.base) == ("hostilities-of-2024", date(2034, 2, 28))

    corrected = clocks.correct_later(clock=begun, version=1, hostilities_ended=date(2024, 11, 27), **words)
    assert (corrected.key, corrected.base, corrected.version) == ("hostilities-of-2024", date(2034, 11, 27), 2)
    with pytest.raises(clocks.ClockRefused, match="a clock of that name already"):
        clocks.begin_later(state=lebanon, hostilities_ended=date(2024, 11, 27), **words)


@pytest.mark.parametrize(
    ("iso3", "ended", "told"),
    [
        ("LBN", date(2027, 1, 1), "still to come"),
        ("LBN", date(2006, 8, 14), "runs from entry into force, on 1 May 2011"),
        ("LTU", date(2024, 1, 1), "not in force for Lithuania"),
        ("UKR", date(2024, 1, 1), "not in force for Ukraine"),
    ],
)
def test_a_clock_that_cannot_start_is_refused_in_words(office, iso3, ended, told):
    with pytest.raises(clocks.ClockRefused, match=told):
        clocks.begin_later(
            state=state(iso3), cause="Hostilities", hostilities_ended=ended, source="Letter", by=office, at=AT
        )
