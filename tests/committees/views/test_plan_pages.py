"""The pages of a work plan: who writes it, what everybody reads."""

import pytest

from committees.models import Milestone, WorkPlan
from tests.committees import factories
from tests.support import sign_in

pytestmark = pytest.mark.django_db

HERE = "/committees/clearance/workspace/plan/"
ORIGIN = {"headers": {"origin": "http://testserver"}}
PLAN = {"title": "Plan for 2026", "starts": "2026-01-01", "last": "2026-12-31"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


@pytest.fixture
def leader():
    return factories.leader("clearance", "LAO")


def written(client, leader):
    sign_in(client, leader)
    client.post(f"{HERE}new/", PLAN, **ORIGIN)
    plan = WorkPlan.objects.get()
    sent = {"do": "add", "text": "Meet every requesting State", "actions": "18", "due": "2026-11-30"}
    client.post(f"{HERE}{plan.pk}/", sent, **ORIGIN)
    return plan, Milestone.objects.get()


def test_a_leader_writes_publishes_and_finishes_a_plan(client, leader):
    plan, step = written(client, leader)
    client.post(f"{HERE}{plan.pk}/move/", {"do": "publish", "version": "1"}, **ORIGIN)
    sent = {"do": "finish", "version": "1", "done_on": "2026-11-24", "outcome": "All were met."}
    client.post(f"{HERE}{plan.pk}/{step.pk}/", sent, **ORIGIN)

    plan.refresh_from_db()
    step.refresh_from_db()
    page = client.get(f"{HERE}{plan.pk}/").content.decode()
    assert (plan.status, plan.ends.isoformat(), step.outcome) == ("published", "2027-01-01", "All were met.")
    assert "Lausanne Action Plan 2021–2026, action 18" in page and "All were met." in page
    assert "Add a step" not in page


def test_a_step_near_its_day_stands_on_the_desk_of_who_leads(client, leader):
    written(client, leader)

    assert "Meet every requesting State" in client.get("/desk/").content.decode()
    assert (
        "Meet every" not in sign_in(client, factories.leader("victim-assistance", "HRV")).get("/desk/").content.decode()
    )


def test_partners_read_a_draft_and_write_nothing_in_it(client, leader):
    plan, step = written(client, leader)
    sign_in(client, factories.partner("clearance"))

    assert client.get(f"{HERE}{plan.pk}/").status_code == 200
    assert [
        client.post(HERE + place, {"version": "1"}, **ORIGIN).status_code
        for place in ("new/", f"{plan.pk}/", f"{plan.pk}/move/", f"{plan.pk}/{step.pk}/")
    ] == [403] * 4


def test_what_came_too_late_is_kept_and_said(client, leader):
    plan, step = written(client, leader)
    sent = {"do": "save", "version": "1", "text": "Theirs", "actions": ""}
    client.post(f"{HERE}{plan.pk}/{step.pk}/", sent, **ORIGIN)
    answer = client.post(f"{HERE}{plan.pk}/{step.pk}/", sent | {"text": "Mine"}, **ORIGIN)
    ended = client.post(f"{HERE}{plan.pk}/{step.pk}/", {"do": "remove", "version": "1"}, **ORIGIN)

    page = answer.content.decode()
    assert (answer.status_code, ended.status_code) == (422, 422)
    assert 'value="Mine"' in page and "<dd>Theirs</dd>" in page
    assert Milestone.objects.get().text == "Theirs"


def test_a_plan_is_published_only_as_it_was_read(client, leader):
    plan, _step = written(client, leader)
    client.post(f"{HERE}{plan.pk}/", PLAN | {"do": "save", "version": "1", "title": "Otherwise"}, **ORIGIN)
    client.post(f"{HERE}{plan.pk}/move/", {"do": "publish", "version": "1"}, **ORIGIN)

    plan.refresh_from_db()
    assert (plan.title, plan.status) == ("Otherwise", "draft")
