"""A State becomes a State Party on the day, without anybody's doing."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.domain.standings import bring_standings_up_to
from ccm_portal.core.models import RegisterEntry, State
from tests.factories import state

pytestmark = pytest.mark.django_db


def on(day: date) -> list[str]:
    return bring_standings_up_to(on=day, at=datetime(day.year, day.month, day.day, 0, 5, tzinfo=UTC))


def test_a_state_that_deposited_becomes_a_party_on_the_day_the_convention_enters_into_force():
    State.objects.filter(iso3="VUT").update(treaty_status="non_party")

    assert on(date(2026, 3, 1)) == ["VUT"]
    assert state("VUT").treaty_status == "state_party"
    assert [(entry.action, entry.state.iso3) for entry in RegisterEntry.objects.all()] == [("core.state.stand", "VUT")]


def test_nothing_moves_and_nothing_is_recorded_on_an_ordinary_day():
    on(date(2026, 11, 24))

    assert on(date(2026, 11, 25)) == []


def test_a_withdrawal_takes_effect_on_its_day():
    State.objects.filter(iso3="LTU").update(treaty_status="state_party")

    assert on(date(2025, 3, 6)) == ["LTU", "VUT"]
    assert (state("LTU").treaty_status, state("VUT").treaty_status) == ("withdrawn", "non_party")
