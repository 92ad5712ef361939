"""Papers on other pages: of a meeting, an item, a State, the desk, and in the search."""

import pytest
from django.test import Client

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.work_items import work_items_for
from meetings import panels_papers
from meetings.domain import papers as acts
from meetings.models import ItemPaper
from tests.factories import person, state
from tests.meetings.factories import item, meeting
from tests.papers import AT, PDF, entered, issuer, office, published, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def msp():
    return meeting()


def lines(panel):
    return [line.symbol for line in panel.context["lines"]] if panel else []


def test_an_item_shows_its_papers_by_symbol(msp):
    on = item(msp, "Clearance")
    papers = [published(f"CCM/MSP/2027/{number}") for number in (10, 2, 3)]
    for one in papers:
        msp.papers.create(document=one)
        ItemPaper.objects.create(meeting=msp, code=on.code, document=one)
    assert lines(panels_papers.papers_of_item(msp, on.code, AT)) == [
        "CCM/MSP/2027/2",
        "CCM/MSP/2027/3",
        "CCM/MSP/2027/10",
    ]
    assert panels_papers.papers_of_item(msp, 99, AT) is None


def test_a_meeting_and_a_state_show_what_came_out_and_nothing_else(msp):
    assert panels_papers.papers_of_meeting(msp, AT) is None
    norwegian = published("CCM/MSP/2027/WP.1", issuers=[issuer("NOR"), issuer("LAO")])
    waiting = entered("CCM/MSP/2027/WP.2", issuers=[issuer("NOR")])
    text(waiting)
    for one in (norwegian, waiting):
        msp.papers.create(document=one)
    assert lines(panels_papers.papers_of_meeting(msp, AT)) == ["CCM/MSP/2027/WP.1"]
    assert [lines(panels_papers.papers_of_state(state(iso3), AT)) for iso3 in ("NOR", "LAO", "LBN")] == [
        ["CCM/MSP/2027/WP.1"],
        ["CCM/MSP/2027/WP.1"],
        [],
    ]
    pages = [Client().get(address).content.decode() for address in ("/meetings/14msp/", "/states/norway/")]
    assert ["CCM/MSP/2027/WP.1" in page for page in pages] == [True, True]
    assert ["CCM/MSP/2027/WP.2" in page for page in pages] == [False, False]


def test_the_office_has_on_its_desk_what_waits_and_nobody_else_has(msp):
    by = person(Role.OBSERVER, "cmc")
    proposed = acts.propose(
        meeting=msp,
        codes=[],
        title="Casualties",
        kind="working_paper",
        language="en",
        issuers=[issuer("cmc")],
        texts=[acts.NewText("en", PDF, "x.pdf")],
        note="",
        by=by,
        at=AT,
    )
    on = clock.today()
    label = "1 paper to accept or not"
    assert [label in [one.label for one in work_items_for(who, on=on)] for who in (office(), by)] == [True, False]
    acts.accept(document=proposed, meeting=msp, symbol="CCM/MSP/2027/WP.1", codes=[], version=1, by=office(), at=AT)
    assert "1 paper with texts to publish" in [one.label for one in work_items_for(office(), on=on)]


def test_the_search_finds_titles_in_all_languages_and_symbols():
    one = entered("CCM/MSP/2027/6", title="Victim assistance")
    text(one, "zh-hans", title="援助受害者的进展", publish=True)
    for words in ("受害者", "ccm/msp/2027/6", "victim"):
        page = Client().get("/search/", {"q": words}).content.decode()
        assert "/papers/CCM/MSP/2027/6/" in page, words


def test_programs_read_the_list_with_the_same_filters_and_nothing_that_is_not_public():
    published("CCM/MSP/2027/1", "fr")
    norwegian = published("CCM/MSP/2027/WP.1", issuers=[issuer("NOR"), issuer("cmc")], title="Terrain")
    text(norwegian, "ar", title="CANARY")
    answer = Client().get("/api/v1/papers/", {"state": "norway"})
    (told,) = answer.json()["results"]
    assert (told["symbol"], told["issuers"], [one["language"] for one in told["texts"]], told["page"]) == (
        "CCM/MSP/2027/WP.1",
        ["NOR", "cmc"],
        ["en"],
        "http://testserver/papers/CCM/MSP/2027/WP.1/",
    )
    assert "CANARY" not in answer.content.decode()
