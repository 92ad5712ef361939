"""My desk: what I have to do, and nothing of anybody else's."""

from datetime import date

import pytest
from django.db import transaction

from ccm_portal.core import clock, register
from ccm_portal.core.enums import STATE_ROLES, Role
from tests.factories import person
from tests.reporting.published import draft
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


def desk_of(client, user):
    answer = sign_in(client, user).get("/desk/")
    assert answer.status_code == 200
    return answer


def test_the_desk_asks_who_is_there(client):
    answer = client.get("/desk/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/?next=/desk/")


def test_nothing_on_the_way_may_keep_a_desk(client):
    answer = desk_of(client, person(Role.DRAFTER, "LAO"))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"]


def test_a_delegate_sees_what_the_own_state_has_to_do(client):
    draft("LAO", 2025)
    draft("DEU", 2025)
    page = desk_of(client, person(Role.DRAFTER, "LAO")).content.decode()
    assert 'href="/my/lao-pdr/reports/2025/"' in page
    assert "/my/germany/" not in page
    assert "30 April 2026" in page


def test_what_is_to_be_done_is_not_told_twice(client):
    page = desk_of(client, person(Role.DRAFTER, "LAO")).content.decode()
    assert page.count("Report for 2026") == 1


def test_an_observer_has_a_calm_desk(client):
    page = desk_of(client, person(Role.OBSERVER, "cmc")).content.decode()
    assert "Nothing waits for you" in page
    assert "What is due" not in page


def test_a_desk_costs_the_same_queries_for_one_draft_and_for_three(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    user = person(Role.DRAFTER, "LAO")

    def cost():
        with CaptureQueriesContext(connection) as queries:
            desk_of(client, user)
        return len(queries)

    draft("LAO", 2025)
    cost()
    one = cost()
    draft("LAO", 2024)
    draft("LAO", 2023)
    assert cost() == one


def test_the_office_finds_its_lists_and_how_much_waits_in_them(client):
    page = desk_of(client, person(Role.ISO_STAFF, "iso")).content.decode()
    assert 'href="/office/people/"' in page
    assert '<a href="/office/messages/">Mail of the portal</a> (0)' in page
    assert '<a href="/office/transmissions/">Reports on their way to the United Nations</a> (0)' in page
    assert "/office/" not in desk_of(client, person(Role.DRAFTER, "LAO")).content.decode()


@pytest.mark.parametrize(
    ("membership", "sentence"),
    [
        ({"ends": date(2026, 9, 25)}, 'ended on <time datetime="2026-09-25">25 September 2026</time>.'),
        ({"accepted_at": None}, "You have been invited as Approver for Lao People"),
        ({"starts": date(2027, 1, 1)}, 'begins on <time datetime="2027-01-01">1 January 2027</time>.'),
    ],
)
def test_who_has_no_role_now_reads_why(client, membership, sentence):
    page = desk_of(client, person(Role.APPROVER, "LAO", **membership)).content.decode()
    assert sentence in page
    assert ("Ask the head of the delegation." in page) == ("ends" in membership)
    assert 'href="/reports/"' in page


@pytest.mark.parametrize("role", sorted({*Role} - {*STATE_ROLES, Role.ISO_STAFF}))
def test_who_has_no_work_here_reads_what_can_be_done(client, role):
    page = desk_of(client, person(role, "iso")).content.decode()
    own_pages = (Role.PRESIDENT, Role.COMMITTEE_LEADER, Role.OBSERVER, Role.SPONSORSHIP_OFFICER)
    does_more = role in own_pages  # which stand there
    assert ("You can read what everybody can read:" in page) != does_more
    assert ('href="/office/register/"' in page) == (role == Role.AUDITOR)


def test_a_delegate_is_told_of_the_work_alone(client):
    assert "You can read what everybody can read:" not in desk_of(client, person(Role.DRAFTER, "LAO")).content.decode()


def test_the_administrator_finds_the_admin_site(client):
    user = person(Role.ADMINISTRATOR, "iso")
    user.is_staff = True
    user.save()
    assert 'href="/admin/"' in desk_of(client, user).content.decode()


def test_the_auditor_reads_the_newest_acts_first(client):
    by = person(Role.DRAFTER, "LAO")
    with transaction.atomic():
        heads = [register.append(action=f"test.act.{n}", by=by, at=clock.now()) for n in (1, 2)]
    page = sign_in(client, person(Role.AUDITOR, "iso")).get("/office/register/").content.decode()
    assert page.index("test.act.2") < page.index("test.act.1")
    assert all(said in page for said in (by.name, heads[0].hash[:12], "register_verify"))
