"""Home, States and search: what they say, what they cost, and that they are the same for everybody."""

from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches
from django.urls import reverse

from ccm_portal.core.models import State
from tests.reporting.published import act, draft, publish

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/states/",
    "/states/?region=african&sort=in-force",
    "/states/lao-pdr/",
    "/search/",
    "/search/?q=lao",
    "/reports/",
    "/reports/?filed=late&sort=state",
    "/reports/status/",
    "/reports/status/2024/",
    "/reports/checks/",
    "/reports/lao-pdr/2025/",
    "/reports/lao-pdr/2025/v1/",
    "/reports/lao-pdr/2025/v1/pdf/",
    "/receipts/CCM-2025-LAO-1/",
    "/files/reports/lao-pdr/2025/v1.json",
    "/files/receipts/CCM-2025-LAO-1.json",
    "/files/receipt_check.py",
    "/files/reports/status/2025.csv",
    "/robots.txt",
    "/data/",
    "/styleguide/",
]
SAID = {"other_matters/matters.text": "A clearance depot was opened in Savannakhet."}


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_carries_no_cookie_and_may_be_kept(client, address):
    publish(said=SAID)
    answer = client.get(address)
    assert answer.status_code == 200
    told = {name: answer.headers.get(name, "") for name in ("Set-Cookie", "Cache-Control")}
    assert (told, answer.cookies.output(), "Cookie" in answer.headers.get("Vary", "")) == (
        {"Set-Cookie": "", "Cache-Control": "public, max-age=60"},
        "",
        False,
    )


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_page_is_the_same_for_who_is_signed_in(client, django_user_model, address):
    publish(said=SAID)
    before = client.get(address).content
    caches["pages"].clear()
    client.force_login(django_user_model.objects.create_user("someone@example.org", "x" * 20, name="Someone Signed In"))
    answer = client.get(address)
    assert answer.content == before
    assert b"Someone Signed In" not in answer.content
    assert answer.cookies.output() == ""


@pytest.mark.parametrize("address", PUBLIC)
def test_an_unchanged_page_is_answered_304_with_one_query(client, address, django_assert_max_num_queries):
    publish(said=SAID)
    tag = client.get(address).headers["ETag"]
    if address.endswith("/pdf/"):
        return
    with django_assert_max_num_queries(1):
        answer = client.get(address, headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_page_that_was_drawn_is_drawn_again_after_an_act(client):
    first = client.get("/reports/")
    publish(said=SAID)
    second = client.get("/reports/", headers={"if-none-match": first.headers["ETag"]})
    assert (second.status_code, "Report for 2025" in text_of(second)) == (200, True)


@pytest.mark.parametrize("address", ["/", "/reports/status/2025/", "/states/lao-pdr/"])
def test_a_kept_page_does_not_outlive_a_deadline(client, monkeypatch, address):
    """A day ends everywhere on Earth at noon in UTC: in the middle of a day there."""
    monkeypatch.setenv("PORTAL_NOW", "2026-05-01T11:00:00+00:00")
    before = client.get(address)
    monkeypatch.setenv("PORTAL_NOW", "2026-05-01T12:30:00+00:00")
    after = client.get(address, headers={"if-none-match": before.headers["ETag"]})
    caches["pages"].clear()

    assert after.status_code == 200
    assert after.content == client.get(address).content
    assert after.content != before.content


def test_a_kept_page_does_not_outlive_the_word_that_all_is_made_up(client, settings):
    settings.DEMONSTRATION = True
    marked = client.get("/reports/")
    settings.DEMONSTRATION = False
    plain = client.get("/reports/", headers={"if-none-match": marked.headers["ETag"]})

    assert plain.status_code == 200
    assert plain.content != marked.content


def test_pages_are_kept_apart_from_what_guards_the_sign_in(client):
    """Who asks for thousands of addresses drives no count of wrong passwords out of the other cache."""
    publish(said=SAID)
    for address in ("/reports/?anything=1", "/reports/lao-pdr/2025/"):
        client.get(address)

    assert not caches["default"]._cache
    assert caches["pages"]._cache


def test_a_kept_page_is_given_compressed_and_plain(client):
    plain = client.get("/states/")
    packed = client.get("/states/", headers={"accept-encoding": "gzip"})
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert len(packed.content) < len(plain.content) / 3
    assert "Content-Encoding" not in plain.headers


def test_the_home_page_says_who_is_bound_what_is_in_and_what_was_published(client):
    publish(said=SAID)
    page = text_of(client.get("/"))
    parties = State.objects.parties_on(date(2026, 11, 24)).count()
    assert f"<dd>{parties}</dd>" in page
    assert "1 of 111" in page
    assert "Reports in for 2025" in page
    assert 'href="/reports/lao-pdr/2025/"' in page
    assert page.count('href="/states/') >= 197


def test_what_several_states_owe_on_one_day_is_told_once():
    from ccm_portal.core.due_items import DueItem
    from ccm_portal.dashboard.views.home import Coming, coming

    def item(iso3, due, title):
        state = State.objects.get(iso3=iso3)
        return DueItem(key=f"{iso3}{title}", title=title, state=state, due=due, source="Article 7", basis="", url="")

    day, later, past = date(2027, 4, 30), date(2027, 6, 1), date(2026, 4, 30)
    items = [
        item("LAO", day, "Report for 2026"),
        item("DEU", later, "Initial report"),
        item("HRV", day, "Report for 2026"),
        item("HRV", past, "Report for 2025"),
    ]
    assert coming(items, on=date(2026, 11, 24)) == [
        Coming(day, "Report for 2026", "2 States", "Article 7", ""),
        Coming(later, "Initial report", "Germany", "Article 7", "/states/germany/"),
    ]


def states_in(page):
    return [line.split("<bdi>")[1].split("</bdi>")[0] for line in page.split("\n") if '<th scope="row">' in line]


def test_states_are_filtered_and_sorted_by_the_address(client):
    page = text_of(client.get("/states/?region=eastern-european&status=state_party&sort=in-force"))
    rows = State.objects.filter(region_group__key="eastern-european", treaty_status="state_party")
    assert set(states_in(page)) == set(rows.values_list("name_en", flat=True))
    oldest = [state.entry_into_force for name in states_in(page) for state in rows.filter(name_en=name)]
    assert oldest == sorted(oldest)


def test_a_state_is_found_by_its_name_in_another_language(client):
    assert states_in(text_of(client.get("/states/?name=Allemagne"))) == ["Germany"]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Laos", "lao-pdr"),
        ("lao pdr", "lao-pdr"),
        ("LAO", "lao-pdr"),
        ("لاوس", "lao-pdr"),
        ("UK", "united-kingdom"),
        ("U.K.", "united-kingdom"),
        ("Ivory Coast", "cote-divoire"),
        ("cote d'ivoire", "cote-divoire"),
        ("South Korea", "republic-of-korea"),
        ("turkey", "turkiye"),
        ("Czech Republic", "czechia"),
        ("Swaziland", "eswatini"),
        ("DRC", "dr-congo"),
        ("США", "united-states"),
        ("韩国", "republic-of-korea"),
    ],
)
def test_a_state_is_found_first_by_the_name_people_use(client, words, slug):
    first = f'href="/states/{slug}/"'
    found = text_of(client.get("/search/", {"q": words})).split('<ul class="found">')[1]
    listed = text_of(client.get("/states/", {"name": words})).split('<table class="states">')[1]
    assert (found.index(first), listed.index(first)) == (found.index('href="/states/'), listed.index('href="/states/'))


def test_every_other_name_leads_to_a_state_and_to_one_only():
    from ccm_portal.core.aliases import _aliases, fold

    called = {}
    for state in State.objects.all():
        for column in ("en", "fr", "es", "ru", "ar", "zh"):
            called.setdefault(fold(getattr(state, f"name_{column}")), set()).add(state.iso3)
    for alias in _aliases():
        called.setdefault(alias.folded, set()).add(alias.iso3)
    codes = set(State.objects.values_list("iso3", flat=True))
    twice = {name: states for name, states in called.items() if len(states) > 1}
    assert (twice, {alias.iso3 for alias in _aliases()} - codes) == ({}, set())


def test_a_filter_that_cannot_be_read_says_so_and_shows_all(client):
    page = text_of(client.get("/states/?region=atlantis"))
    assert "Select a valid choice" in page
    assert len(states_in(page)) == 197


def test_states_stand_in_the_order_and_names_of_the_language(client):
    page = text_of(client.get("/fr/states/?status=signatory"))
    rows = State.objects.filter(treaty_status="signatory").order_by("sort_fr")
    assert states_in(page) == [name.replace("'", "&#x27;") for name in rows.values_list("name_fr", flat=True)]


def test_a_state_page_tells_its_way_its_clocks_and_their_reasons(client):
    page = text_of(client.get("/states/lao-pdr/"))
    for words in (
        "3 December 2008",
        "In force from 1 August 2010: first day of the sixth month after the thirtieth instrument was deposited",
        "Extended until 1 August 2030 according to sources not yet confirmed (Article 4(5)). Without an extension:",
        "Listed as contaminated by cluster munition remnants.",
        "Has declared no stocks of cluster munitions.",
    ):
        assert words in page


def test_no_day_has_simply_passed_while_a_request_is_pending(client):
    page = text_of(client.get("/states/somalia/")).split("Obligations with a time limit")[1].split("Clearance", 1)[1]
    assert "A request to extend was made; its outcome is not recorded here yet." in page
    assert ('data-standing="past"' in page, "days ago" in page) == (False, False)


def test_a_report_that_came_early_stands_in_the_strip(client):
    publish("LAO", 2026, SAID, filed_at=datetime(2026, 11, 20, tzinfo=UTC))
    for address in ("/states/lao-pdr/", "/reports/lao-pdr/2026/"):
        strip = text_of(client.get(address)).split("Reports of this State by year")[1].split("</ol>")[0]
        assert ("2025" in strip, "2026" in strip, "2027" in strip) == (True, True, False)


def test_what_programs_ask_every_site_for_is_there_without_a_cookie(client):
    robots, icon = client.get("/robots.txt"), client.get("/favicon.ico")
    assert (robots.status_code, "Disallow: /desk/" in text_of(robots)) == (200, True)
    assert (icon.status_code, icon.headers["Location"].endswith("favicon.svg")) == (302, True)
    assert (robots.cookies.output(), icon.cookies.output()) == ("", "")


def test_who_has_filed_can_be_taken_as_a_table(client):
    publish(said=SAID)
    answer = client.get("/files/reports/status/2025.csv")
    head, *rows = answer.content.decode("utf-8-sig").splitlines()
    assert head == "iso3,state,report,year,due,filed,standing,days_late,page"
    [lao] = [row for row in rows if row.startswith("LAO,")]
    assert lao.startswith("LAO,Lao People's Democratic Republic,annual,2025,2026-04-30,")
    assert lao.endswith("/reports/lao-pdr/2025/")
    assert client.get("/files/reports/status/2030.csv").status_code == 404
    assert 'href="/files/reports/status/2025.csv"' in text_of(client.get("/reports/status/2025/"))


@pytest.mark.parametrize("told", ["LAO", "lao", "lao-pdr"])
def test_the_api_takes_a_state_by_its_code_or_its_address(client, told):
    publish("LAO", 2025, SAID)
    publish("DEU", 2025, SAID)
    reports = client.get("/api/v1/reports/", {"state": told}).json()["results"]
    due = client.get("/api/v1/due-items/", {"state": told}).json()["results"]
    assert ({one["state"] for one in reports}, {one["state"] for one in due}) == ({"LAO"}, {"LAO"})


def test_a_state_outside_the_convention_owes_nothing(client):
    page = text_of(client.get("/states/algeria/"))
    assert "Has neither signed nor joined the Convention." in page
    assert "Obligations with a time limit" not in page


def test_a_state_that_withdrew_has_no_running_clock(client):
    page = text_of(client.get("/states/lithuania/"))
    assert "Withdrawal takes effect on 6 March 2025" in page
    assert "Obligations with a time limit" not in page


def test_a_state_that_does_not_exist_is_not_found(client):
    assert client.get("/states/atlantis/").status_code == 404


@pytest.mark.parametrize("words", ["Laos", "ラオス人民", "x" * 5000, "%", "_", "'; DROP TABLE", "\x00", "((&", "老挝"])
def test_any_words_can_be_looked_for(client, words):
    assert client.get("/search/", {"q": words}).status_code == 200


def test_a_state_is_found_in_chinese_by_a_part_of_its_name(client):
    page = text_of(client.get("/search/", {"q": "老挝"}))
    assert 'href="/states/lao-pdr/"' in page
    assert "Found under the name" in page


def test_what_was_typed_is_shown_as_text(client):
    page = text_of(client.get("/search/", {"q": '"><script>alert(1)</script>'}))
    assert "<script>alert" not in page


def test_drafts_are_nowhere_on_public_pages(client):
    draft(year=2025)
    act(state=State.objects.get(iso3="LAO"), at=datetime(2026, 5, 1, tzinfo=UTC))
    for address in ("/", "/states/lao-pdr/", "/reports/", "/reports/status/"):
        assert "/reports/lao-pdr/2025/" not in text_of(client.get(address))
    for address in (
        "/reports/lao-pdr/2025/",
        "/reports/lao-pdr/2025/v1/",
        "/reports/lao-pdr/2025/v1/pdf/",
        "/files/reports/lao-pdr/2025/v1.json",
        "/files/reports/lao-pdr/2025/v1.pdf",
        "/receipts/CCM-2025-LAO-1/",
        "/files/receipts/CCM-2025-LAO-1.json",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/", "/states/", "/states/lao-pdr/", "/reports/", "/reports/status/", "/search/?q=depot"]
)
def test_a_page_costs_the_same_queries_for_one_report_and_for_three(client, address, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    publish("LAO", 2025, SAID)
    one = cost()
    publish("DEU", 2025, SAID)
    publish("HRV", 2024, SAID)
    assert cost() == one
    assert one <= {"/": 22, "/states/lao-pdr/": 29, "/search/?q=depot": 11}.get(address, 10)


def test_the_pages_are_light(client):
    publish(said=SAID)
    for address in ("/", "/states/", "/states/lao-pdr/", "/reports/", "/reports/lao-pdr/2025/", "/reports/status/"):
        weight = len(client.get(address, headers={"accept-encoding": "gzip"}).content)
        assert weight < 30_000, address


def test_each_page_has_its_address_in_each_language(client):
    page = text_of(client.get("/ar" + reverse("dashboard:state-list")))
    assert 'dir="rtl"' in page
    assert 'href="/zh-hans/states/"' in page
