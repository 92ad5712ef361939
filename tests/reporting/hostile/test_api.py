"""Whatever a program asks of the API, it is answered: nothing breaks, and no count tells of what is kept."""

import pytest

from reporting.domain import figures
from tests.reporting.published import publish

pytestmark = pytest.mark.django_db

FILTERS = {
    "states": ("name", "status", "region", "affected", "sort"),
    "reports": ("text", "state", "region", "year", "kind", "filed", "language", "sort"),
    "figures": ("measure", "state", "year"),
    "due-items": ("state",),
    "schema": ("lang",),
}
VALUES = [
    "%00",
    "NaN",
    "1e999999",
    "9" * 5000,
    "-1",
    "99999999999999999999",
    "%ff",
    "%ED%A0%80",
    "(((%20%26%20%5C",
    "٣",
]
HELD = {"stockpiles/stocks.a.munition_type": "BL755", "stockpiles/stocks.a.munitions": "about 120"}


@pytest.fixture(autouse=True)
def published():
    figures.write(publish("LAO", 2025, HELD))
    figures.write(publish("HRV", 2024, HELD, withheld=["stockpiles/stocks"]))


@pytest.mark.parametrize("name", FILTERS)
def test_any_value_of_any_parameter_is_answered(client, name):
    client.raise_request_exception = False
    asked = [(key, value) for key in (*FILTERS[name], "page", "format", "unknown") for value in VALUES]

    answers = {(key, value): client.get(f"/api/v1/{name}/?{key}={value}").status_code for key, value in asked}

    assert {where: code for where, code in answers.items() if code not in (200, 400, 404)} == {}


def test_a_count_is_of_what_is_shown(client):
    told = {
        query: client.get(f"/api/v1/figures/{query}").json() for query in ("", "?year=2024", "?state=HRV", "?year=2025")
    }

    assert {query: (one["count"], len(one["results"])) for query, one in told.items()} == {
        "": (1, 1),
        "?year=2024": (0, 0),
        "?state=HRV": (0, 0),
        "?year=2025": (1, 1),
    }
