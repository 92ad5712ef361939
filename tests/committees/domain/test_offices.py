"""What the President or the ISO is to do reaches whoever holds the office."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.work_items import work_items_for
from committees.domain import follow_ups, owners
from committees.domain.presidency import designate
from committees.forms_workspace import FollowUpForm
from meetings.domain import follow_ups as of_decisions
from meetings.forms_decisions import FollowUpForm as DecisionFollowUpForm
from meetings.rules_decisions import own_follow_ups
from tests.committees.factories import body
from tests.factories import person, state
from tests.meetings.decisions import taken

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = AT.date()


@pytest.fixture(autouse=True)
def scene(monkeypatch):
    """Lao PDR presides."""
    monkeypatch.setenv("PORTAL_NOW", AT.isoformat())
    designate(
        meeting_key="99msp",
        state=state("LAO"),
        on=date(2026, 9, 1),
        source="",
        starts=date(2026, 10, 1),
        by=None,
        at=AT,
    )


@pytest.fixture
def people():
    return {
        "President": person(Role.PRESIDENT, "LAO"),
        "of another State": person(Role.PRESIDENT, "NOR"),
        "ISO": person(Role.ISO_STAFF, "iso"),
        "delegate": person(Role.DRAFTER, "CHE"),
    }


def lines(people, *labels):
    return {
        who: [item.label for item in work_items_for(user, on=TODAY) if item.label in labels]
        for who, user in people.items()
    }


def test_in_the_coordination_body_the_president_and_the_iso_can_own_what_is_to_be_done(people):
    coordination = body("coordination")
    for what, owner in (("Open the talks", "office:President"), ("Book the room", "office:ISO")):
        form = FollowUpForm({"what": what, "owner": owner}, body=coordination, on=TODAY)
        assert form.is_valid(), form.errors
        chosen = form.cleaned_data["owner"]
        follow_ups.note_follow_up(body=coordination, what=what, owner=chosen, due=None, by=people["ISO"], at=AT)

    assert lines(people, "Open the talks", "Book the room") == {
        "President": ["Open the talks"],
        "of another State": [],
        "ISO": ["Book the room"],
        "delegate": [],
    }


def test_a_committee_offers_the_iso_and_not_the_president():
    offered = owners.choices(body("clearance"), on=TODAY)

    assert [key for key in offered if key.startswith("office:")] == ["office:ISO"]


def test_what_follows_from_a_decision_reaches_the_president_of_the_day(people):
    form = DecisionFollowUpForm({"what": "Write to the host", "owner_name": "President"})
    assert form.is_valid(), form.errors
    said = {name: form.cleaned_data[name] for name in ("what", "owner_name")}
    one = of_decisions.add(decision=taken(by=people["ISO"]), by=people["ISO"], at=AT, **said)

    assert lines(people, "Write to the host") == {
        "President": ["Write to the host"],
        "of another State": [],
        "ISO": [],
        "delegate": [],
    }
    assert [one in own_follow_ups(user) for user in people.values()] == [True, False, True, False]
