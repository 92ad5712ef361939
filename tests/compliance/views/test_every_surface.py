"""After a decision every surface shows the same new date, and reminders start anew from it."""

from datetime import date

import pytest
from django.urls import reverse

from ccm_portal.core.due_items import due_items
from ccm_portal.core.enums import Role
from ccm_portal.core.models import State
from meetings.domain import decisions
from meetings.enums import DecisionOutcome
from tests.compliance.factories_analysis import DECIDED_AT, decided, drafted, lodged
from tests.compliance.factories_requests import clock
from tests.factories import person

pytestmark = pytest.mark.django_db
BEFORE, UNTIL, ASKED = date(2028, 8, 1), date(2029, 2, 1), date(2030, 8, 1)
SAID = "1 February 2029"


@pytest.fixture
def request_of_lao():
    its = clock("LAO")
    its.granted_until, its.override, its.override_source = BEFORE, None, ""
    its.save()
    return lodged("LAO", deadline_then=BEFORE, asked_until=ASKED)


def surfaces(client, request):
    """Where everybody can read the deadline -> what stands there."""
    pages = {
        "State page": reverse("dashboard:state-detail", args=["lao-pdr"]),
        "obligations of the State": reverse("compliance:state-obligations", args=["lao-pdr"]),
        "all obligations": reverse("compliance:obligation-list") + "?state=lao-pdr",
        "request": request.get_absolute_url(),
        "API, State": reverse("api:state-detail", args=["lao-pdr"]),
        "API, what falls due": reverse("api:due-item-list") + "?state=LAO",
        "calendar": reverse("meeting-files:deadlines-ics"),
    }
    return {name: client.get(address).content.decode() for name, address in pages.items()}


def test_every_surface_shows_the_date_of_the_decision_at_once(client, request_of_lao, monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", DECIDED_AT.isoformat())
    by = person(Role.ISO_STAFF, "iso")
    decision = drafted(request_of_lao, by=by, granted_until=UNTIL)
    before = surfaces(client, request_of_lao)

    decisions.record(
        decision=decision, version=1, outcome=DecisionOutcome.ADOPTED, decided_on=DECIDED_AT.date(), by=by,
        at=DECIDED_AT,
    )  # fmt: skip

    after = surfaces(client, request_of_lao)
    signs = (SAID, "2029-02-01", "20290201")
    told = {name: any(sign in text for sign in signs) for name, text in after.items()}
    assert told == dict.fromkeys(after, True)
    assert not any(any(sign in text for sign in signs) for text in before.values())


def test_the_ladder_starts_anew_from_the_new_date(request_of_lao):
    on, lao = date(2027, 9, 20), State.objects.filter(iso3="LAO")

    def rung(day):
        items = [item for item in due_items(on=day, states=lao) if ":art4:" in item.key and "lodging" not in item.key]
        return [(item.key, item.rung_on(day).day if item.rung_on(day) else None) for item in items]

    old = rung(on)
    decided(request_of_lao, by=person(Role.ISO_STAFF, "iso"), granted_until=UNTIL)

    assert old == [("compliance:LAO:art4:2028-08-01", -365)]
    assert rung(on) == [("compliance:LAO:art4:2029-02-01", -548)]
    assert rung(date(2028, 2, 2)) == [("compliance:LAO:art4:2029-02-01", -365)]
