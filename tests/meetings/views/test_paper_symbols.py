"""A paper that was taken in under a wrong symbol gets the right one, and is found under the old one."""

import json

import pytest
from django.test import Client

from ccm_portal.core.models import RegisterEntry
from tests.meetings.factories import meeting
from tests.papers import office, published
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def msp():
    return meeting()


@pytest.fixture
def client():
    return sign_in(Client(), office())


def sent(client, document, symbol, version=None):
    """What the desk answers, and the symbol after it."""
    address = f"/meetings/14msp/desk/papers/{document.pk}/"
    fields = {"do": "symbol", "symbol": symbol, "version": version or document.version}
    answer = client.post(address, fields, follow=True)
    document.refresh_from_db()
    return answer.status_code, answer.content.decode(), document.symbol


def test_the_office_corrects_a_symbol_and_the_old_address_leads_to_the_paper(msp, client):
    document = published("CCM/MSP/2025/WP.99", kind="working_paper")
    msp.papers.create(document=document)
    status, _page, symbol = sent(client, document, "ccm/msp/2027/wp.9")
    noted = json.loads(RegisterEntry.objects.get(action="core.document.correct_symbol").payload)["data"]
    old = Client().get("/papers/CCM/MSP/2025/WP.99/")
    assert (status, symbol, noted, old.status_code, old["Location"]) == (
        200,
        "CCM/MSP/2027/WP.9",
        {"symbol": "CCM/MSP/2027/WP.9", "was": "CCM/MSP/2025/WP.99"},
        302,
        "/papers/CCM/MSP/2027/WP.9/",
    )
    assert Client().get("/papers/CCM/MSP/2025/WP.98/").status_code == 404
    paper_of_that_meeting = published("CCM/MSP/2025/WP.99", title="The real one")
    meeting("13msp", ordinal=13, symbol_stem="CCM/MSP/2025").papers.create(document=paper_of_that_meeting)
    assert "The real one" in Client().get("/papers/CCM/MSP/2025/WP.99/").content.decode()


@pytest.mark.parametrize(
    ("symbol", "sentence"),
    [
        ("CCM/MSP/2027/2", "Another paper has the symbol CCM/MSP/2027/2."),
        ("CCM/MSP/2026/1", "CCM/MSP/2026/1 is the symbol of another meeting."),
        ("WP.1", "A symbol begins with “CCM/”."),
    ],
)
def test_a_used_or_wrong_symbol_is_refused_and_stays_in_the_box(msp, client, symbol, sentence):
    published("CCM/MSP/2027/2")
    document = published("CCM/MSP/2027/1")
    msp.papers.create(document=document)
    status, page, kept = sent(client, document, symbol)
    assert (status, sentence in page, f'value="{symbol}"' in page, kept) == (422, True, True, "CCM/MSP/2027/1")


def test_a_symbol_is_not_corrected_over_a_change_that_nobody_saw(msp, client):
    document = published("CCM/MSP/2027/1")
    msp.papers.create(document=document)
    status, page, kept = sent(client, document, "CCM/MSP/2027/3", version=1)
    assert (status, "This paper was changed after you opened the page." in page, kept) == (422, True, "CCM/MSP/2027/1")


def test_a_meeting_without_a_stem_takes_any_symbol(msp, client):
    msp.symbol_stem = ""
    msp.save()
    document = published("CCM/MSP/2027/1")
    msp.papers.create(document=document)
    assert sent(client, document, "CCM/77")[2] == "CCM/77"
