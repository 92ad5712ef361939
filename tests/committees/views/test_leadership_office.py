"""The office's pages of leadership, a State's nominations, and what stands on the desk and elsewhere."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ccm_portal.core import clock, search
from ccm_portal.core.enums import Role
from ccm_portal.core.work_items import work_items_for
from committees.domain.diversity import diversity
from committees.domain.nominations import Case, nominate
from committees.models import Nomination, Term, TermPerson
from meetings.forms_decisions import FollowUpForm
from tests.committees import factories
from tests.factories import person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db

AT = datetime(2026, 4, 20, 9, tzinfo=UTC)
HEADERS = {"origin": "http://testserver"}
CASE = Case(experience="Much.", capacity="Enough.", record="Good.", person_name="Delegate, Lao PDR")


@pytest.fixture
def office():
    return sign_in(Client(), person(Role.ISO_STAFF, "iso"))


def put_forward(key, iso3, starts=date(2027, 9, 18)):
    return nominate(
        body=factories.body(key),
        state=state(iso3),
        starts=starts,
        ends=starts.replace(year=starts.year + 2),
        case=CASE,
        by=person(Role.APPROVER, iso3),
        at=AT,
    )


def test_an_approver_puts_the_state_forward_for_the_period_of_the_next_vacancy():
    factories.term("clearance", "NOR", ends=date(2999, 1, 1))
    factories.term("clearance", "PER", ends=date(2998, 1, 1))
    client = sign_in(Client(), person(Role.APPROVER, "LAO"))
    address = "/my/lao-pdr/nominations/to/clearance/"
    initial = client.get(address).context["form"].initial
    assert initial == {"starts": date(2998, 1, 1), "last_day": date(2999, 12, 31)}

    bad = client.post(
        address, {"starts": "2998-01-01", "last_day": "2999-12-31", "experience": "Kept."}, headers=HEADERS
    )
    assert bad.status_code == 422
    assert "Kept." in bad.content.decode()

    said = {"experience": "A", "capacity": "B", "record": "C", "person_name": "D", "person_gender": "woman"}
    good = client.post(address, {"starts": "2998-01-01", "last_day": "2999-12-31", **said}, headers=HEADERS)

    nomination = Nomination.objects.get()
    assert (good.status_code, good.url) == (302, f"/committees/nominations/{nomination.pk}/")
    assert (nomination.starts, nomination.ends) == (date(2998, 1, 1), date(3000, 1, 1))
    assert {name: getattr(nomination, name) for name in said} == said


def test_the_office_gives_a_term_corrects_it_over_a_newer_one_and_ends_it(office):
    given = office.post(
        "/office/leadership/clearance/give/",
        {"state": "lao-pdr", "starts": "2025-09-20", "last_day": "2027-09-17", "basis": "13MSP"},
        headers=HEADERS,
    )
    assert given.status_code == 302
    term = Term.objects.get()
    right = {"starts": "2025-09-20", "last_day": "2027-09-16", "basis": "13MSP", "version": "1"}
    assert office.post(f"/office/terms/{term.pk}/change/", right, headers=HEADERS).status_code == 302

    stale = office.post(f"/office/terms/{term.pk}/change/", right | {"note": "Typed."}, headers=HEADERS)

    assert stale.status_code == 422
    text = stale.content.decode()
    assert "it now runs from 20 September 2025 to 16 September 2027. What you typed is kept." in text
    assert 'value="Typed."' in text
    assert '<input type="hidden" name="version" value="2"' in text
    ended = office.post(f"/office/terms/{term.pk}/end/", {"version": "2", "on": "2026-05-01"}, headers=HEADERS)
    assert ended.status_code == 302
    assert Term.objects.get().ends == date(2026, 5, 1)


def test_two_chairs_of_one_state_are_refused_in_words_on_the_page(office):
    factories.term("clearance", "LAO")

    answer = office.post(
        "/office/leadership/clearance/give/",
        {"state": "lao-pdr", "starts": "2026-01-01", "last_day": "", "basis": "13MSP"},
        headers=HEADERS,
    )

    assert answer.status_code == 422
    assert "One State has one chair in a body at a time." in answer.content.decode()


def test_a_person_with_an_account_is_named_and_ended_in_one_click(office):
    term, leader = factories.term("clearance", "NOR"), person(Role.COMMITTEE_LEADER, "NOR")
    address = f"/office/terms/{term.pk}/persons/"
    unknown = office.post(address, {"name": "Delegate, Norway", "email": "nobody@example.org"}, headers=HEADERS)
    assert "There is no open account with this address." in unknown.content.decode()

    office.post(address, {"name": "Delegate, Norway", "email": leader.email.upper()}, headers=HEADERS)

    under = TermPerson.objects.get()
    assert under.user == leader
    workspace = "/committees/clearance/workspace/"
    assert sign_in(Client(), leader).get(workspace).status_code == 200
    office.post(f"/office/term-persons/{under.pk}/end/", headers=HEADERS)
    assert sign_in(Client(), leader).get(workspace).status_code == 404


def test_diversity_is_counted_and_said_in_words():
    for key, iso3 in (("clearance", "NOR"), ("victim-assistance", "NOR"), ("theme-clearance", "NOR")):
        held = factories.term(key, iso3, starts=date(2019, 1, 1))
        TermPerson.objects.create(term=held, name="Delegate, Norway", gender="man", starts=date(2019, 1, 1))
    factories.term("stockpiles", "AUT", starts=date(2015, 1, 1), ends=date(2017, 1, 1))

    found = diversity(date(2026, 1, 1))

    assert [warning.text for warning in found.warnings] == [
        "No State of this regional group leads a body: African States.",
        "No State of this regional group leads a body: Asia-Pacific States.",
        "No State of this regional group leads a body: Eastern European States.",
        "No State of this regional group leads a body: Latin American and Caribbean States.",
        "No State that is listed as affected leads a body.",
        "All persons whose gender is known are of one gender.",
        "Norway leads 3 bodies: Clearance, Victim assistance, Clearance.",
        "Norway has led for 21 years, all terms added up, and leads still.",
    ]
    assert (found.whole.states, found.whole.affected, found.whole.genders) == (1, 0, [("Man", 3)])
    assert [(one.state.iso3, round(one.years), one.terms) for one in found.served] == [("NOR", 21, 3), ("AUT", 2, 1)]
    assert {view.place.body.key: view.counts.genders for view in found.bodies if view.place.leaders} == {
        "clearance": [],
        "victim-assistance": [],
        "theme-clearance": [],
    }
    never = [state.iso3 for _name, states in found.never for state in states]
    assert "LAO" in never
    assert not {"NOR", "AUT", "USA"} & set(never)


def test_nominations_are_compared_beside_those_who_stay(office):
    factories.term("clearance", "AUT", ends=date(2029, 9, 18))
    put_forward("clearance", "NOR")
    put_forward("clearance", "LAO")

    (contest,) = office.get("/office/leadership/").context["contests"]

    assert [(row.nomination.state.iso3, [w.text for w in row.warnings]) for row in contest.rows] == [
        (
            "NOR",
            [
                "None of the States that lead it is listed as affected.",
                "All States that lead it are of one regional group: Western European and other States.",
                "All terms end on the same day, 17 September 2029: nobody would stay to hand over.",
            ],
        ),
        ("LAO", ["All terms end on the same day, 17 September 2029: nobody would stay to hand over."]),
    ]


def rows(count):
    for iso3 in ("LAO", "NOR", "PER")[:count]:
        for key in ("clearance", "stockpiles", "victim-assistance"):
            if not Term.objects.filter(body__key=key, state__iso3=iso3).exists():
                held = factories.term(key, iso3, ends=date(2027, 9, 18))
                TermPerson.objects.create(term=held, name="Somebody", starts=date(2020, 1, 1))
                put_forward(key, iso3)


@pytest.mark.parametrize("address", ["/office/leadership/", "/committees/nominations/", "/my/lao-pdr/nominations/"])
def test_pages_ask_as_much_for_three_as_for_one(address, django_assert_num_queries):
    user = person(Role.APPROVER, "LAO") if address.startswith("/my/") else person(Role.ISO_STAFF, "iso")
    client = sign_in(Client(), user)
    rows(1)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    rows(3)

    with django_assert_num_queries(len(one)):
        assert client.get(address).status_code == 200


def labels(user):
    return [item.label for item in work_items_for(user, on=clock.today())]


def test_the_desk_asks_leaders_to_look_and_the_office_to_fill_seats():
    put_forward("clearance", "LAO", starts=date(2998, 9, 18))
    put_forward("stockpiles", "NOR", starts=date(2998, 9, 18))
    leader = factories.leader("stockpiles", "NOR")

    assert labels(leader) == ["Look at a nomination: Lao People's Democratic Republic, to lead Clearance"]
    assert "1 seat of a committee or theme is vacant" in labels(person(Role.ISO_STAFF, "iso"))


def test_a_state_page_tells_what_it_leads_and_the_search_finds_bodies():
    factories.term("clearance", "NOR")
    factories.term("stockpiles", "NOR", ends=date(2021, 1, 1))

    page = " ".join(Client().get("/states/norway/").content.decode().split())

    assert "Committees led" in page
    assert '<a href="/committees/stockpiles/">Stockpile destruction</a> <span class="soft">2020–2020</span>' in page
    assert [(provider.name, [hit.title for hit in hits]) for provider, hits in search.search("risk education")] == [
        ("bodies", ["Clearance", "Risk education"])
    ]


def test_bodies_of_one_name_are_told_apart_where_they_are_chosen_and_those_without_a_term_are_folded(office):
    factories.term("clearance", "NOR")
    labels = [label for _value, label in FollowUpForm().fields["body"].choices]
    page = office.get("/office/leadership/").content.decode()
    aside = page[page.index("Terms by body") :]
    first, folded = aside.split("<details>", 1)
    assert (len(labels), "Clearance (Committee)" in labels) == (len(set(labels)), True)
    assert ("/office/leadership/clearance/" in first, "No term is recorded yet" in folded) == (True, True)
