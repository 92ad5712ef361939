"""The ISO notes what differs from the computed days; a refusal is told, and nothing typed is lost."""

from datetime import date

import pytest

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from compliance.domain.obligations import obligations
from compliance.models import Completion
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.support import sign_in

pytestmark = pytest.mark.django_db

LAO = "/office/obligations/lao-pdr/"


@pytest.fixture
def office(client):
    return sign_in(client, person(Role.ISO_STAFF, "iso"))


def row(key, iso3="LAO"):
    return next(one for one in obligations([state(iso3)], on=clock.today()) if one.key == key)


def test_a_published_day_counts_beside_the_computed_one_and_is_refused_without_a_source(office):
    refused = office.post(f"{LAO}day/art4/", {"version": 1, "day": "2030-09-01", "source": "  "})
    assert refused.status_code == 422 and 'value="2030-09-01"' in refused.content.decode()
    assert office.post(f"{LAO}day/art4/", {"version": 1, "day": "2030-09-01", "source": "CCM/X"}).status_code == 302
    assert (row("art4").due, row("art4").override_source) == (date(2030, 9, 1), "CCM/X")

    stale = office.post(f"{LAO}day/art4/", {"version": 1, "day": "2031-01-01", "source": "CCM/Y"})
    page = stale.content.decode()
    assert stale.status_code == 422 and "changed after you opened" in page and 'name="version" value="2"' in page

    office.post(f"{LAO}day/annual:2026/", {"version": 0, "day": "2027-06-30", "source": "CCM/Z"})
    assert row("annual:2026").due == date(2027, 6, 30)
    office.post(f"{LAO}day/annual:2026/", {"version": 1, "day": "", "source": "CCM/Z, corrected"})
    assert row("annual:2026").override is None
    assert office.get(f"{LAO}day/annual:9999/").status_code == 404


def test_a_completion_is_noted_with_the_meeting_it_was_declared_to_and_may_be_taken_back(office):
    meeting("13msp", starts=date(2025, 9, 16), ends=date(2025, 9, 19))
    told = {"version": 0, "completed_on": "2025-08-01", "declared_on": "2025-07-01", "source": "A letter"}
    assert "declared before it was completed" in office.post(f"{LAO}art4/completion/", told).content.decode()
    office.post(f"{LAO}art4/completion/", told | {"declared_on": "2025-09-16", "declared_to": "13msp"})
    assert (row("art4").standing, row("declaration:art4").standing) == ("fulfilled", "fulfilled")
    office.post(f"{LAO}art4/completion/", {"version": 1, "source": "More was found", "reopen": "on"})
    assert (row("art4").standing, Completion.objects.count()) == ("running", 0)


def test_later_hostilities_begin_a_clock_and_a_day_still_to_come_is_told_in_words(office):
    told = {"version": 0, "cause": "Hostilities of 2024", "source": "A letter"}
    ahead = office.post(f"{LAO}later/", told | {"hostilities_ended": "2999-01-01"})
    assert "still to come" in ahead.content.decode() and "Hostilities of 2024" in ahead.content.decode()
    office.post(f"{LAO}later/", told | {"hostilities_ended": "2024-06-01"})
    assert row("art4b:hostilities-of-2024").due == date(2034, 6, 1)
    told |= {"version": 1, "hostilities_ended": "2024-07-01"}
    office.post(f"{LAO}art4b-hostilities-of-2024/hostilities/", told)
    assert row("art4b:hostilities-of-2024").due == date(2034, 7, 1)


def test_a_clock_rests_while_it_is_suspended_and_each_act_is_in_the_register(office):
    told = {"version": 0, "starts": "2026-01-01", "source": "A note verbale"}
    assert "must come after" in office.post(f"{LAO}art4/suspension/", told | {"ends": "2025-01-01"}).content.decode()
    office.post(f"{LAO}art4/suspension/", told)
    assert row("art4").standing == "suspended"
    office.post(f"{LAO}art4/suspension/", told | {"version": 1, "ends": "2026-02-01"})
    assert row("art4").standing == "running"
    assert RegisterEntry.objects.filter(action="compliance.suspension.note", state__iso3="LAO").count() == 2
