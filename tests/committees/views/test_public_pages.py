"""What everybody reads of bodies and of who leads them."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from committees.domain.elections import elect
from committees.domain.presidency import load_presidencies
from committees.models import Body, TermPerson
from tests.committees import factories, scene_bodies
from tests.factories import person

pytestmark = pytest.mark.django_db

AT = datetime(2026, 4, 20, 9, tzinfo=UTC)


def page(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer


def words(address):
    return " ".join(page(address).content.decode().split())


def test_the_tree_names_the_four_committees_with_who_leads_them_and_what_feeds_them():
    factories.term("clearance", "LAO")
    factories.term("universalisation-outreach", "NOR", ends=date(2021, 1, 1))

    tree = page("/committees/").context["tree"]

    told = {
        place.body.key: (
            [term.state.iso3 for term in place.leaders],
            place.vacant,
            [theme.body.key for theme in place.themes],
            [child.body.key for child in place.children],
        )
        for place in tree.committees
    }
    assert told == {
        "universalisation": (
            [],
            0,
            [
                "theme-general-status",
                "theme-universalisation",
                "theme-transparency",
                "theme-national-implementation",
            ],
            ["universalisation-outreach", "article-7-facilitation"],
        ),
        "stockpiles": ([], 0, ["theme-stockpiles", "theme-cooperation"], []),
        "clearance": (["LAO"], 1, ["theme-clearance", "theme-risk-education", "theme-cooperation"], []),
        "victim-assistance": ([], 0, ["theme-victim-assistance", "theme-cooperation"], []),
    }


def test_a_body_shows_its_leaders_with_persons_of_today_and_its_terms_newest_first():
    term = factories.term("clearance", "LAO", ends=date(2999, 1, 1), basis="13MSP")
    factories.term("clearance", "NOR", starts=date(2015, 1, 1), ends=date(2017, 1, 1))
    TermPerson.objects.create(term=term, name="Delegate, Lao PDR", function="Counsellor", starts=date(2020, 1, 1))
    TermPerson.objects.create(
        term=term, name="Former delegate", starts=date(2020, 1, 1), ends=date(2021, 1, 1), gender="man"
    )

    answer = page("/committees/clearance/")

    text = answer.content.decode()
    assert "Delegate, Lao PDR" in text
    assert "Counsellor" in text
    assert "Former delegate" not in text
    assert [(e["title"], e["when"], e["text"]) for e in answer.context["events"]] == [
        ("Lao People's Democratic Republic", "now", "from 1 January 2020 to 31 December 2998. 13MSP"),
        ("Norway", "past", "from 1 January 2015 to 31 December 2016"),
    ]


def test_the_gender_of_a_person_stands_on_no_page():
    term = factories.term("clearance", "LAO")
    TermPerson.objects.create(term=term, name="Delegate, Lao PDR", gender="woman", starts=date(2020, 1, 1))

    assert "oman" not in words("/committees/clearance/").replace("Roman", "")


def test_the_coordination_body_shows_the_presidency_and_every_leader():
    load_presidencies(AT)
    factories.term("clearance", "LAO")

    found = page("/committees/coordination/").context

    assert found["offices"].president.meeting_key == "3rc"
    assert [(place.body.key, [t.state.iso3 for t in place.leaders]) for place in found["members"]] == [
        ("clearance", ["LAO"])
    ]


def test_leadership_is_shown_for_any_day():
    load_presidencies(AT)
    factories.term("clearance", "NOR", starts=date(2023, 1, 1), ends=date(2024, 6, 1))

    found = page("/committees/leadership/?on=2024-01-01").context

    assert found["offices"].president.state.iso3 == "MEX"
    assert {p.body.key: [t.state.iso3 for t in p.leaders] for p in found["places"] if p.leaders} == {
        "clearance": ["NOR"]
    }
    assert not [p for p in page("/committees/leadership/?on=2024-06-01").context["places"] if p.leaders]


def test_a_day_that_is_none_is_said_in_words_and_today_is_shown():
    text = words("/committees/leadership/?on=2024-13-01")

    assert "“2024-13-01” is no day. Write it as 2024-01-31." in text


def test_a_body_says_when_its_mandate_has_ended_and_leads_nobody():
    Body.objects.filter(key="article-7-facilitation").update(ends=date(2021, 1, 1))
    factories.term("article-7-facilitation", "LAO", ends=date(2021, 1, 1))

    text = words("/committees/article-7-facilitation/")

    assert "Mandate ended" in text
    assert "Leads now" not in text


def test_a_nomination_is_public_once_it_led_to_an_election():
    nomination = scene_bodies.put_forward("clearance", "LAO", scene_bodies.CASE)
    address = f"/committees/clearance/elected/{nomination.pk}/"
    assert Client().get(address).status_code == 404

    elect(nomination=nomination, on=AT.date(), basis="14MSP", by=person(Role.ISO_STAFF, "iso"), at=AT)

    assert "Destroyed its own stocks." in words(address)
    assert address in words("/committees/clearance/")


def rows(count):
    for iso3 in ("LAO", "NOR", "PER")[:count]:
        term = factories.term("clearance", iso3)
        TermPerson.objects.create(term=term, name=f"Delegate, {iso3}", starts=date(2020, 1, 1))
        factories.term("theme-clearance", iso3)
        factories.term("universalisation-outreach", iso3, ends=date(2022, 1, 1))


@pytest.mark.parametrize(
    "address",
    [
        "/committees/",
        "/committees/clearance/",
        "/committees/coordination/",
        "/committees/leadership/",
        "/committees/universalisation-outreach/",
    ],
)
def test_pages_ask_as_much_for_three_terms_as_for_one(address, django_assert_num_queries):

    rows(1)
    with CaptureQueriesContext(connection) as one:
        page(address)
    rows(3)
    caches["pages"].clear()

    with django_assert_num_queries(len(one)):
        page(f"{address}?{clock.now().timestamp()}")
