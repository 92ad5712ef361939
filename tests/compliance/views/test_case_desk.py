"""The desk of cases, what is offered to the President, and opening a matter from it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from compliance import fence
from compliance.domain import offered_matters
from compliance.enums import Access, Side
from compliance.models import ComplianceCase, MatterSetAside
from tests.compliance import factories_cases as made
from tests.factories import person
from tests.support import sign_in

pytestmark = pytest.mark.django_db
ORIGIN = {"headers": {"origin": "http://testserver"}}


def stale(client):
    """The sign-in is six minutes old."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 360
    session.save()
    return client


def test_three_cases_cost_the_desk_as_many_queries_as_one(client):
    lead = made.president()
    made.a_case(lead)
    sign_in(client, lead)
    client.get("/cases/")
    with CaptureQueriesContext(connection) as one:
        client.get("/cases/")
    made.a_case(lead, title="A second", iso3="LAO")
    made.named(made.a_case(lead, title="A third"), access=Access.WRITE)
    with CaptureQueriesContext(connection) as three:
        page = client.get("/cases/").content.decode()

    assert "A third" in page
    assert len(three) == len(one)


def test_a_delegate_finds_the_matters_of_their_state_in_which_they_are_named_and_no_other(client):
    shown = made.a_case(title="Put to us")
    made.a_case(title="Not put to us")
    delegate = made.named(shown, side=Side.CONCERNED)

    page = sign_in(client, delegate).get("/cases/").content.decode()

    assert ("Put to us" in page, "Not put to us" in page) == (True, False)
    assert sign_in(client, person(Role.APPROVER, "PER")).get("/cases/").status_code == 404


def test_the_desk_of_who_is_named_nowhere_says_nothing_of_matters(client):
    reader = made.named(made.a_case())
    told = {
        kind: "/cases/" in sign_in(client, user).get("/desk/").content.decode()
        for kind, user in {"named": reader, "office": person(Role.ISO_STAFF, "iso")}.items()
    }

    assert told == {"named": True, "office": False}


def test_every_overdue_obligation_of_every_state_is_offered_and_each_is_opened_or_set_aside_once(client):
    lead = made.president()
    sign_in(client, lead)
    rows = offered_matters.offers(lead, on=clock.today())
    first, second = rows[0], rows[1]
    assert len(rows) == len(offered_matters.overdue(on=clock.today()))

    form = client.get(f"/cases/new/?offer={first.name}").context["form"]
    words = {name: form.initial[name] for name in ("state", "article", "title", "origin", "facts")}
    client.post(f"/cases/new/?offer={first.name}", words | {"source-protection": "team"}, **ORIGIN)
    client.post("/cases/offered/set-aside/", {"offer": second.name, "reason": "It was lost in the mail."}, **ORIGIN)
    again = client.post("/cases/offered/set-aside/", {"offer": second.name, "reason": "Twice."}, **ORIGIN)

    with fence.reading_as(lead):
        case, aside = ComplianceCase.objects.get(), MatterSetAside.objects.get()
    assert (case.state, case.obligation_key, case.origin) == (first.obligation.state, first.obligation.key, "overdue")
    assert (aside.state, aside.obligation_key, again.status_code) == (
        second.obligation.state,
        second.obligation.key,
        422,
    )
    now = {one.name: one.is_settled for one in offered_matters.offers(lead, on=clock.today())[:3]}
    assert list(now.values()) == [True, True, False]


def test_opening_and_naming_ask_for_a_sign_in_of_the_last_five_minutes_and_keep_what_was_typed(client):
    case = made.a_case()
    stale(sign_in(client, case.opened_by))
    typed = {
        "state": "peru",
        "article": "4",
        "title": "T",
        "origin": "cmc",
        "facts": "Typed long",
        "source-protection": "team",
    }

    door = client.get("/cases/new/")
    kept = client.post("/cases/new/", typed, **ORIGIN)
    naming = client.post(
        f"/cases/{case.pk}/people/", {"email": "a@example.org", "side": "team", "access": "read"}, **ORIGIN
    )
    passing = client.post(f"/cases/{case.pk}/hand-over/", {"hand-to": 1}, **ORIGIN)

    assert (door.status_code, "/account/reauthenticate/" in door.url) == (302, True)
    assert (kept.status_code, "Typed long" in kept.content.decode()) == (422, True)
    assert (naming.status_code, "a@example.org" in naming.content.decode()) == (422, True)
    assert (passing.status_code, "/account/reauthenticate/" in passing.url) == (302, True)
    assert "Typed long" not in str(dict(client.session))
