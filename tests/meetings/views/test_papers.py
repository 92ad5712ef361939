"""Papers as the world reads them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from ccm_portal.core.domain import documents
from meetings.enums import MeetingAudience, MeetingKind, MeetingStatus
from meetings.models import ItemPaper
from tests.committees.factories import body
from tests.meetings.factories import item, meeting
from tests.papers import AT, docx, entered, issuer, office, proposed, published, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def msp():
    return meeting()


def put(of, *papers, code=None):
    for one in papers:
        of.papers.create(document=one)
        if code:
            ItemPaper.objects.create(meeting=of, code=code, document=one)


def read(address, **query):
    answer = Client().get(address, query)
    return answer, answer.content.decode()


def test_papers_of_a_meeting_stand_in_the_order_of_their_symbols_each_with_its_languages(msp):
    put(
        msp,
        published("CCM/MSP/2027/WP.1", title="A working paper", kind="working_paper"),
        published("CCM/MSP/2027/10", title="The tenth"),
        published("CCM/MSP/2027/2", "en", "fr", title="The second"),
    )
    _answer, page = read("/meetings/14msp/papers/")
    places = [page.index(words) for words in ("The second", "The tenth", "A working paper")]
    assert places == sorted(places)
    assert "3 papers" in page
    assert "CCM-MSP-2027-2-fr.pdf" in page
    assert "not available yet" in page  # Arabic, in which the meeting works


def test_an_advance_copy_is_marked_until_the_edited_text_takes_its_place(msp):
    paper = published("CCM/MSP/2027/2", stage="advance")
    put(msp, paper)
    assert "Advance copy: English" in read("/meetings/14msp/papers/")[1]
    text(paper, "en", publish=True)
    assert "Advance copy: English" not in read("/meetings/14msp/papers/")[1]
    page = read("/papers/CCM/MSP/2027/2/")[1]
    assert "English: an advance copy was here from" in page
    assert "CCM-MSP-2027-2-en.pdf" in page
    assert "CCM-MSP-2027-2-en-advance.pdf" not in page


def test_a_revision_stands_in_the_place_of_what_it_revises(msp):
    first = published("CCM/MSP/2027/2", title="The budget")
    second = documents.revise(document=first, by=office(), at=AT)
    put(msp, first, second)
    assert "Takes the place of" not in read("/meetings/14msp/papers/")[1]  # the revision is not published yet
    text(second, "en", publish=True)
    page = read("/meetings/14msp/papers/")[1]
    assert page.count('<p class="paper">') == 1
    assert "Takes the place of" in page
    assert "There is a newer revision:" in read("/papers/CCM/MSP/2027/2/")[1]


def test_what_is_not_published_is_nowhere(msp):
    waiting = proposed(title="CANARY proposed")
    accepted = entered("CCM/MSP/2027/3", title="CANARY accepted")
    half = published("CCM/MSP/2027/4")
    hidden = text(half, "fr", title="CANARY French")
    own = text(waiting)
    put(msp, waiting, accepted, half)
    for address in (
        "/meetings/14msp/papers/",
        "/papers/",
        "/papers/CCM/MSP/2027/4/",
        "/files/papers.csv",
        "/search/?q=CANARY",
    ):
        answer, page = read(address)
        assert (answer.status_code, "CANARY proposed" in page, "CANARY acc" in page, "CANARY French" in page) == (
            200,
            False,
            False,
            False,
        ), address
    for address in (
        "/papers/CCM/MSP/2027/3/",
        f"/papers/{waiting.pk}/",
        f"/files/papers/{hidden.pk}/x.pdf",
        f"/files/papers/{own.pk}/x.pdf",
    ):
        assert read(address)[0].status_code == 404, address


def test_papers_of_a_closed_meeting_and_of_one_being_prepared_are_nowhere_even_if_published():
    closed = meeting(
        "coordination-1", kind=MeetingKind.COORDINATION, ordinal=None, title="Closed", audience=MeetingAudience.MEMBERS
    )
    closed.convened_by.add(body("coordination"))
    draft = meeting("15msp", ordinal=15, year=2028, status=MeetingStatus.DRAFT)
    one, two = published("CCM/MSP/2027/5", title="CANARY one"), published("CCM/MSP/2028/1", title="CANARY two")
    put(closed, one)
    put(draft, two)
    assert "CANARY" not in read("/papers/")[1]
    assert [read(f"/papers/{paper.symbol}/")[0].status_code for paper in (one, two)] == [404, 404]
    assert [read(f"/files/papers/{paper.texts.get().pk}/x.pdf")[0].status_code for paper in (one, two)] == [404, 404]


def test_a_paper_for_an_open_and_a_closed_meeting_names_the_open_one_alone(msp):
    closed = meeting(
        "coordination-1", kind=MeetingKind.COORDINATION, ordinal=None, title="CANARY", audience=MeetingAudience.MEMBERS
    )
    paper = published("CCM/MSP/2027/5")
    put(msp, paper)
    put(closed, paper)
    pages = [read(address)[1] for address in ("/papers/", "/papers/CCM/MSP/2027/5/", "/files/papers.csv")]
    assert ["CANARY" in page or "coordination-1" in page for page in pages] == [False, False, False]


@pytest.mark.parametrize(
    "address", ["/papers/ccm/msp/2027/wp.1/", "/papers/CCM/MSP/2027/wp.1/"], ids=["small", "mixed"]
)
def test_a_symbol_in_small_letters_leads_to_the_paper(address):
    published("CCM/MSP/2027/WP.1")
    answer, _page = read(address)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/papers/CCM/MSP/2027/WP.1/")


@pytest.mark.parametrize(
    "address",
    ["/papers/CCM/MSP/2027/99/", "/papers/anything/", "/papers/0/", "/papers/99999999999999999999/", "/papers/%00/"],
)
def test_what_is_no_paper_is_not_there(address):
    assert read(address)[0].status_code == 404


def test_a_paper_taken_back_says_so_and_gives_no_file():
    paper = published("CCM/MSP/2027/2")
    one = paper.texts.get()
    documents.take_back(document=paper, note="It was the wrong file.", version=paper.version, by=office(), at=AT)
    answer, page = read("/papers/CCM/MSP/2027/2/")
    assert (answer.status_code, "It was the wrong file." in page, "en.pdf" in page) == (200, True, False)
    assert read(f"/files/papers/{one.pk}/x.pdf")[0].status_code == 404
    assert "CCM/MSP/2027/2" not in read("/papers/")[1]


def test_a_file_has_a_good_name_is_saved_and_can_run_nothing():
    paper = published("CCM/MSP/2027/2")
    other = text(entered("CCM/MSP/2027/3"), content=docx(), name="../x.exe", publish=True, stage="advance")
    answer = Client().get(f"/files/papers/{paper.texts.get().pk}/anything.pdf")
    assert (answer.status_code, answer["Content-Disposition"], answer["X-Content-Type-Options"]) == (
        200,
        'attachment; filename="CCM-MSP-2027-2-en.pdf"',
        "nosniff",
    )
    assert "sandbox" in answer["Content-Security-Policy"]
    again = Client().get(f"/files/papers/{other.pk}/x.html")
    assert again["Content-Disposition"] == 'attachment; filename="CCM-MSP-2027-3-en-advance.docx"'


def test_titles_are_read_in_ones_language_and_found_in_all():
    paper = entered("CCM/MSP/2027/6", title="Victim assistance")
    text(paper, "en", publish=True)
    text(paper, "fr", title="Assistance aux victimes", publish=True)
    text(paper, "zh-hans", title="援助受害者的进展", publish=True)
    assert "Assistance aux victimes" in read("/fr/papers/")[1]
    for words in ("aux victimes", "受害者", "2027/6", "VICTIM assist"):
        assert "1 paper" in read("/papers/", text=words)[1], words
    assert "No paper matches" in read("/papers/", text="mines")[1]
    translation.activate("en")


def test_the_lists_are_narrowed_by_who_issues_kind_language_meeting_and_item(msp):
    clearance = item(msp, "Clearance")
    published("CCM/MSP/2027/1", title="The agenda")
    norwegian = published("CCM/MSP/2027/WP.1", "fr", title="Terrain", kind="working_paper", issuers=_by("NOR", "cmc"))
    put(msp, norwegian, code=clearance.code)
    narrowed = [
        {"state": "norway"},
        {"organisation": "cmc"},
        {"kind": "working_paper"},
        {"language": "fr"},
        {"meeting": "14msp"},
    ]
    pages = [read("/papers/", **query)[1] for query in narrowed]
    assert [("Terrain" in page, "The agenda" in page) for page in pages] == [(True, False)] * 5
    of_meeting = [read("/meetings/14msp/papers/", **query)[1] for query in ({"issuer": "state:norway"}, {"kind": "x"})]
    assert ["Terrain" in page for page in of_meeting] == [
        True,
        True,
    ]  # an unknown condition is said, and narrows nothing
    table = read("/files/papers.csv", state="norway")[1]
    assert "CCM/MSP/2027/WP.1" in table
    assert "CCM/MSP/2027/1," not in table


def _by(*who):
    return [issuer(one) for one in who]


def test_a_list_costs_as_much_for_three_papers_as_for_one(msp):
    fresh = iter(range(100))  # an address that was not kept

    def cost(address):
        with CaptureQueriesContext(connection) as asked:
            read(address, fresh=next(fresh))
        return len(asked)

    put(msp, published("CCM/MSP/2027/1", "en", "fr"))
    before = [cost(address) for address in ("/papers/", "/meetings/14msp/papers/")]
    put(msp, published("CCM/MSP/2027/2", "en"), published("CCM/MSP/2027/3", "ar", issuers=_by("NOR", "LAO")))
    assert [cost(address) for address in ("/papers/", "/meetings/14msp/papers/")] == before
