"""Withdrawals: received, six months to think again, taken back, held by a conflict, in effect."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core import work_items
from ccm_portal.core.enums import Role
from committees import workflow_workspace as workflow
from committees.domain import withdrawals
from committees.domain.said import WorkChanged, WorkRefused
from committees.models import Withdrawal
from tests.committees import factories
from tests.factories import person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = datetime(2027, 5, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


@pytest.fixture
def office():
    return person(Role.ISO_STAFF, "iso")


def receive(by, **fields):
    given = {"state": state("LAO"), "received_on": date(2026, 11, 20), "source": "C.N.1.2026", "note": ""} | fields
    return withdrawals.record_receipt(by=by, at=AT, **given)


def on_the_desk(user, on):
    return [item.label for item in work_items.work_items_for(user, on=on) if "withdrawal" in item.label]


def test_six_months_run_from_receipt_and_stand_on_three_desks(office):
    row = receive(office)
    president, leader = person(Role.PRESIDENT, "LBN"), factories.leader("universalisation", "HRV")
    others = [factories.leader("clearance", "CHL"), person(Role.HEAD_OF_DELEGATION, "LAO")]
    sentence = ["Lao People's Democratic Republic can still take its withdrawal back: speak with it"]
    now = [on_the_desk(user, AT.date()) for user in (office, president, leader)]

    assert (row.status, row.effective_on) == ("running", date(2027, 5, 20))
    assert [[line.split(" can ")[1] for line in desk] for desk in now] == [[sentence[0].split(" can ")[1]]] * 3
    assert [on_the_desk(user, AT.date()) for user in others] == [[], []]
    assert [len(on_the_desk(user, LATER.date())) for user in (office, president, leader)] == [1, 0, 0]


def test_it_is_taken_back(office):
    row = receive(office)
    note = "It thought again."
    row = withdrawals.settle(withdrawal=row, transition=workflow.TAKE_BACK, note=note, version=1, by=office, at=AT)

    assert (row.status, row.note, on_the_desk(office, AT.date())) == ("revoked", note, [])


def test_it_takes_effect_on_its_day_and_not_before(office):
    row = receive(office)
    with pytest.raises(WorkRefused, match="run until 20 May 2027"):
        withdrawals.settle(withdrawal=row, transition=workflow.TAKE_EFFECT, note="", version=1, by=office, at=AT)
    row = withdrawals.settle(withdrawal=row, transition=workflow.TAKE_EFFECT, note="", version=1, by=office, at=LATER)

    assert row.status == "effective"
    assert state("LAO").is_party_on(LATER.date())  # that is for the Depositary's dates to say


def test_an_armed_conflict_puts_it_off(office):
    row = receive(office)
    with pytest.raises(WorkRefused, match="must be after 20 May 2027"):
        withdrawals.hold(withdrawal=row, effective_on=date(2027, 5, 20), note="x", version=1, by=office, at=AT)
    row = withdrawals.hold(
        withdrawal=row, effective_on=date(2027, 9, 1), note="A conflict, C.N.9.", version=1, by=office, at=AT
    )

    assert (row.effective_on, row.version) == (date(2027, 9, 1), 2)
    with pytest.raises(WorkChanged):
        withdrawals.settle(withdrawal=row, transition=workflow.TAKE_BACK, note="", version=1, by=office, at=AT)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": "JAM"}, "The Convention was not in force for this State on that day."),
        ({"received_on": date(2026, 11, 25)}, "This day is still to come."),
        ({"source": " "}, "Name the source."),
    ],
)
def test_what_cannot_be_recorded_is_said_in_words(office, fields, sentence):
    if "state" in fields:
        fields = {"state": state(fields["state"])}
    with pytest.raises(WorkRefused, match=sentence):
        receive(office, **fields)


def test_one_withdrawal_of_a_state_runs_at_a_time(office):
    receive(office)
    with pytest.raises(WorkRefused, match="running already"):
        receive(office)


def test_the_history_is_loaded_once():
    assert withdrawals.load_withdrawals(AT) == []
    assert list(Withdrawal.objects.values_list("state__iso3", "received_on", "effective_on", "status")) == [
        ("LTU", date(2024, 9, 6), date(2025, 3, 6), "effective")
    ]


def test_the_iso_records_on_pages_that_nobody_else_opens(client, office):
    origin = {"headers": {"origin": "http://testserver"}}
    sent = {"state": "lao-pdr", "received_on": "2026-11-20", "source": "C.N.1.2026"}
    answer = sign_in(client, office).post("/universalisation/withdrawals/new/", sent, **origin)
    row = Withdrawal.objects.get(status="running")
    page = client.get("/universalisation/").content.decode()
    early = client.post(answer.url, {"do": "effect", "version": "1"}, **origin)
    ended = client.post(answer.url, {"do": "revoke", "version": "1", "note": "It thought again."}, **origin)
    row.refresh_from_db()
    president = sign_in(client, person(Role.PRESIDENT, "LBN"))

    assert "Six months are running" in page and "C.N.1.2026" in page
    assert (early.status_code, ended.status_code, row.status) == (422, 302, "revoked")
    assert [president.get(place).status_code for place in ("/universalisation/withdrawals/new/", answer.url)] == [
        404
    ] * 2
