"""The read-only API: the same matter as the pages, by the same filters, open to everyone."""

import json
from datetime import timedelta

import pytest
from django.core.cache import caches

from ccm_portal.core.models import State
from reporting.domain import figures
from tests.reporting.published import act, draft, publish

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/api/v1/",
    "/api/v1/states/",
    "/api/v1/states/lao-pdr/",
    "/api/v1/reports/",
    "/api/v1/reports/lao-pdr/2025/",
    "/api/v1/figures/",
    "/api/v1/due-items/",
    "/api/v1/schema/",
]
SAID = {"stockpiles/stocks": None}


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")
    caches["pages"].clear()


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_site_may_read_without_cookie_or_account(client, address):
    publish(said=SAID)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert (answer.cookies.output(), "Cookie" in answer.headers.get("Vary", "")) == ("", False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unchanged_answer_is_304(client, address):
    publish(said=SAID)
    tag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ADDRESSES[:-1])
def test_nothing_can_be_written(client, address, method):
    publish(said=SAID)
    answer = getattr(client, method)(address)
    assert (answer.status_code, "detail" in answer.json()) == (405, True)


def test_a_report_is_told_with_its_lateness_its_version_and_its_files(client):
    publish("LAO", 2025, SAID)
    assert client.get("/api/v1/reports/").json() == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "state": "LAO",
                "slug": "2025",
                "kind": "annual",
                "year": 2025,
                "edition": "2010",
                "language": "en",
                "period_starts": "2025-01-01",
                "period_ends": "2025-12-31",
                "period_as_written": "",
                "due": "2026-04-30",
                "filed_at": "2026-04-28T09:30:00Z",
                "days_late": 0,
                "version": 1,
                "receipt_number": "CCM-2025-LAO-1",
                "provisional": False,
                "provenance": "portal",
                "is_demonstration": False,
                "links": {
                    "page": "http://testserver/reports/lao-pdr/2025/",
                    "json": "http://testserver/files/reports/lao-pdr/2025/v1.json",
                    "pdf": "http://testserver/files/reports/lao-pdr/2025/v1.pdf",
                    "receipt": "http://testserver/files/receipts/CCM-2025-LAO-1.json",
                },
            }
        ],
    }


def test_one_report_comes_with_the_public_file(client):
    version = publish("LAO", 2025, SAID, withheld=["stockpiles/stocks"])
    told = client.get("/api/v1/reports/lao-pdr/2025/").json()
    assert told["export"] == json.loads(version.public_content)
    assert told["export"]["withheld"] == ["stockpiles/stocks"]


def test_reports_are_filtered_as_on_the_page(client):
    publish("LAO", 2025, SAID)
    publish("DEU", 2024, SAID)
    asked = {
        "?state=germany": ["DEU"],
        "?year=2025": ["LAO"],
        "?region=asia-pacific": ["LAO"],
        "?filed=late": ["DEU"],
        "?sort=state": ["DEU", "LAO"],
    }
    assert asked == {
        query: [row["state"] for row in client.get(f"/api/v1/reports/{query}").json()["results"]] for query in asked
    }


def test_a_filter_that_cannot_be_read_is_refused_in_json(client):
    answer = client.get("/api/v1/reports/?kind=poem")
    assert (answer.status_code, list(answer.json())) == (400, ["kind"])


def test_drafts_are_not_there(client):
    draft(year=2025)
    assert client.get("/api/v1/reports/").json()["results"] == []
    answer = client.get("/api/v1/reports/lao-pdr/2025/")
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."})


@pytest.mark.parametrize("code", ["%00", "A%00B", "%ff", "٣", "'", "LAOLAO"])
def test_any_code_of_a_state_can_be_asked_for(client, code):
    assert client.get(f"/api/v1/due-items/?state={code}").status_code == 200


def test_an_address_that_is_not_there_is_told_in_json(client):
    assert "detail" in client.get("/api/v1/poems/").json()


def test_a_state_comes_with_its_dates_and_their_reasons(client):
    told = client.get("/api/v1/states/lao-pdr/").json()
    assert told["entry_into_force"] == "2010-08-01"
    assert told["entry_into_force_reason"].startswith("In force from 1 August 2010: first day of the sixth month")
    clearance = next(one for one in told["clocks"] if one["clock"] == "art4")
    assert (clearance["base"], clearance["current"]) == ("2020-08-01", "2030-08-01")
    assert clearance["current_reason"].startswith("Extended until 1 August 2030")


def test_states_are_filtered_and_paged(client):
    told = client.get("/api/v1/states/?status=state_party").json()
    assert told["count"] == State.objects.filter(treaty_status="state_party").count()
    assert len(told["results"]) == 50
    assert len(client.get("/api/v1/states/?status=state_party&page=2").json()["results"]) == 50


HELD = {"stockpiles/stocks.a.munition_type": "BL755", "stockpiles/stocks.a.munitions": "about 120"}


def test_a_figure_is_told_with_its_report_and_its_cell(client):
    figures.write(publish("LAO", 2025, HELD))
    assert client.get("/api/v1/figures/").json()["results"] == [
        {
            "state": "LAO",
            "year": 2025,
            "measure": "stocks_munitions",
            "label": "Cluster munitions held: Munitions",
            "number": "120.000000",
            "precision": "about",
            "unit": "",
            "item": "BL755",
            "path": "stockpiles.stocks.a.munitions",
            "report": "2025",
            "version": 1,
            "provenance": "portal",
            "page": "http://testserver/reports/lao-pdr/2025/v1/#stockpiles",
        }
    ]


def test_figures_are_filtered_and_those_for_states_parties_are_not_there(client):
    figures.write(publish("LAO", 2025, HELD))
    figures.write(publish("DEU", 2024, HELD | {"stockpiles/destroyed": None}))
    figures.write(publish("HRV", 2024, HELD, withheld=["stockpiles/stocks"]))
    asked = {
        "?measure=stocks_munitions": ["LAO", "DEU"],
        "?measure=destroyed_munitions": ["DEU"],
        "?state=LAO": ["LAO"],
        "?year=2024&measure=stocks_munitions": ["DEU"],
    }
    assert asked == {
        query: [row["state"] for row in client.get(f"/api/v1/figures/{query}").json()["results"]] for query in asked
    }
    assert client.get("/api/v1/figures/?measure=poems").status_code == 400


@pytest.mark.parametrize("address", ["/api/v1/reports/", "/api/v1/figures/", "/api/v1/states/"])
def test_an_answer_costs_the_same_queries_for_one_row_and_for_three(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    figures.write(publish("LAO", 2025, SAID))
    one = cost()
    figures.write(publish("DEU", 2025, SAID))
    figures.write(publish("HRV", 2024, SAID))
    assert cost() == one <= (13 if "states" in address else 6)


def test_the_description_names_every_address_and_filter(client):
    told = client.get("/api/v1/schema/").json()
    assert set(told["paths"]) == {
        "/api/v1/due-items/",
        "/api/v1/figures/",
        "/api/v1/meetings/",
        "/api/v1/papers/",
        "/api/v1/positions/",
        "/api/v1/reports/",
        "/api/v1/reports/{state}/{slug}/",
        "/api/v1/states/",
        "/api/v1/states/{slug}/",
    }
    filters = {one["name"] for one in told["paths"]["/api/v1/reports/"]["get"]["parameters"]}
    assert filters == {"filed", "kind", "language", "page", "region", "sort", "state", "text", "year"}


def test_an_act_moves_the_answer(client):
    before = client.get("/api/v1/reports/").headers["ETag"]
    act(state=State.objects.get(iso3="LAO"))
    assert client.get("/api/v1/reports/").headers["ETag"] != before


def test_a_report_tells_its_versions_with_the_reason_of_each_correction(client):
    first = publish("LAO", 2025, SAID)
    publish(report=first.report, number=2, filed_at=first.filed_at + timedelta(days=3), said=SAID)

    told = client.get("/api/v1/reports/lao-pdr/2025/").json()

    assert told["version"] == 2
    assert told["versions"] == [
        {
            "number": 1,
            "filed_at": "2026-04-28T09:30:00Z",
            "receipt_number": "CCM-2025-LAO-1",
            "provenance": "portal",
            "note": "",
            "changes": None,
        },
        {
            "number": 2,
            "filed_at": "2026-05-01T09:30:00Z",
            "receipt_number": "CCM-2025-LAO-2",
            "provenance": "portal",
            "note": "One table was wrong.",
            "changes": "http://testserver/reports/lao-pdr/2025/v2/changes/",
        },
    ]
