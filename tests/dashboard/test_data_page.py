"""People are told what programs can take, and a browser at the API's addresses gets an answer."""

import re

import pytest
from django.core.cache import caches
from django.urls import reverse

from tests.reporting.published import publish

pytestmark = pytest.mark.django_db
BROWSER = "text/html,application/xhtml+xml"


@pytest.fixture(autouse=True)
def fresh():
    caches["pages"].clear()


def test_the_footer_leads_people_to_a_page_and_all_it_links_to_is_there(client):
    home = client.get("/").content.decode()
    assert ('href="/data/"' in home, 'href="/api/v1/"' in home) == (True, False)

    page = client.get("/data/").content.decode()

    links = set(re.findall(r'href="(/(?:api|files)/[^"]*)"', page))
    lists = {"/files/obligations.csv", "/files/requests.csv", "/files/positions.csv", "/api/v1/positions/"}
    assert {"/api/v1/schema/", *lists} <= links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_addresses_it_gives_as_examples_are_real(client):
    publish("LAO", 2025, {"stockpiles/stocks": None})
    page = client.get("/data/").content.decode()

    found = [one.replace("&amp;", "&") for one in re.findall(r'<code dir="ltr">(/[^<]+)</code>', page)]

    assert len(found) > 8
    assert {address: client.get(address).status_code for address in found} == dict.fromkeys(found, 200)
    conditions = re.findall(r'<code dir="ltr">(/api[^<]+)</code></a></td><td><code dir="ltr">(\?[^<]+)<', page)
    asked = [f"{address}{condition}".replace("&amp;", "&") for address, condition in conditions]
    assert [client.get(address).status_code for address in asked] == [200] * 5


@pytest.mark.parametrize("name", ["root", "state-list", "report-list", "figure-list", "due-item-list", "schema"])
@pytest.mark.parametrize("accept", [BROWSER, "application/yaml", "*/*"])
def test_a_browser_gets_the_answer_and_not_a_refusal(client, name, accept):
    answer = client.get(reverse(f"api:{name}"), headers={"accept": accept})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")


def test_the_description_has_a_name_of_its_own_as_a_file(client):
    answer = client.get("/api/v1/schema/")

    assert answer["Content-Disposition"] == 'inline; filename="ccm-api-1.json"'
    assert answer.json()["openapi"].startswith("3.")
