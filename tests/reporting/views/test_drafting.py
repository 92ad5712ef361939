"""A State's own desk: every page, and each refusal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from ccm_portal.core.work_items import work_items_for
from reporting.domain import recalls
from reporting.enums import Provenance, ReportKind, StartFrom
from reporting.models import Report
from tests import factories
from tests.reporting.factories import ReportFactory, ReportVersionFactory
from tests.reporting.support import IN_TIME, add_row, complete, draft_of, file, filed, person, start, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-03-01T10:00:00")


def browser(user) -> Client:
    return sign_in(Client(), user)


def address(name: str, report: Report, *more: str) -> str:
    return reverse(f"reporting:{name}", args=[report.state.slug, report.slug, *more])


def test_the_desk_says_what_is_due_why_and_what_was_begun():
    by = person(Role.DRAFTER)
    start(by, year=2024)

    page = browser(by).get(reverse("reporting:my-state", args=["lao-pdr"]))

    words = page.content.decode()
    assert page.status_code == 200
    assert "Report for 2025" in words and "Report for 2024" in words
    assert "Continue the draft" in words
    assert "kind=annual&amp;year=2025" in words
    assert "30 April" in words


@pytest.mark.parametrize("filed_before", [1, 3])
def test_the_desk_costs_the_same_for_any_number_of_filed_reports(filed_before, django_assert_num_queries):
    by = person()
    for year in range(2020, 2020 + filed_before):
        filed(by, year=year, at=datetime(year + 1, 4, 1, tzinfo=UTC))
    client = browser(by)
    client.get(reverse("reporting:my-state", args=["lao-pdr"]))

    with django_assert_num_queries(DESK):
        client.get(reverse("reporting:my-state", args=["lao-pdr"]))


DESK = 13


def test_another_states_desk_is_not_there():
    for user in (person(iso3="BGR"), factories.person(Role.ISO_STAFF, "iso"), factories.person(Role.OBSERVER, "cmc")):
        assert browser(user).get(reverse("reporting:my-state", args=["lao-pdr"])).status_code == 404


def test_the_public_is_asked_to_sign_in():
    page = Client().get(reverse("reporting:my-state", args=["lao-pdr"]))

    assert (page.status_code, page.url.split("?")[0]) == (302, reverse("account_login"))


def test_a_report_is_started_from_last_years():
    by = person(Role.DRAFTER)
    base = filed(person(), year=2024, at=datetime(2025, 4, 1, tzinfo=UTC))
    client = browser(by)
    place = reverse("reporting:draft-start", args=["lao-pdr"]) + "?kind=annual&year=2025"

    form = client.get(place)
    answer = client.post(
        place,
        {"kind": "annual", "year": 2025, "how": StartFrom.NOTHING_CHANGED, "base": base.pk, "language": "en"},
    )

    report = Report.objects.get(status="draft")
    assert form.status_code == 200
    assert (answer.status_code, answer.url) == (302, address("draft-detail", report))
    assert (report.year, report.carried_from, report.created_by) == (2025, base.report, by)


def test_a_start_that_is_refused_says_why_on_the_page():
    client = browser(person(Role.DRAFTER))
    place = reverse("reporting:draft-start", args=["lao-pdr"])

    answer = client.post(place, {"kind": "annual", "year": 2031, "how": "scratch", "language": "en"})

    assert answer.status_code == 200
    assert "Choose a year between" in answer.content.decode()
    assert Report.objects.count() == 0


def test_a_year_still_to_come_is_refused_as_soon_as_it_is_asked_for():
    client = browser(person(Role.DRAFTER))
    place = reverse("reporting:draft-start", args=["lao-pdr"])

    words = {year: client.get(f"{place}?kind=annual&year={year}").content.decode() for year in ("2025", "2031", "x")}

    said = {
        year: ("Choose a year between" in text, "<form" in text.partition("<main")[2]) for year, text in words.items()
    }
    assert said == {"2025": (False, True), "2031": (True, False), "x": (True, False)}


def test_whoever_starts_a_report_that_is_filed_is_told_so_at_once():
    by = person()
    filed(by)

    page = browser(by).post(
        reverse("reporting:draft-start", args=["lao-pdr"]),
        {"kind": "annual", "year": 2025, "how": "scratch", "language": "en"},
        follow=True,
    )

    assert "This report is already filed." in page.content.decode()


def test_what_was_filed_stands_by_its_year_with_a_link_to_its_receipt():
    by = person()
    new = filed(by, year=2024, at=datetime(2025, 4, 1, tzinfo=UTC))
    old = filed(by, year=2020, at=datetime(2026, 2, 1, tzinfo=UTC))

    page = browser(by).get(reverse("reporting:my-state", args=["lao-pdr"]))

    words = page.content.decode()
    assert list(page.context["filed"]) == [new, old]
    assert all(reverse("reporting:receipt-detail", args=[version.receipt_number]) in words for version in (new, old))


def test_the_desk_does_not_take_the_day_of_entry_for_a_day_of_filing_that_nobody_knows():
    paper = ReportFactory(year=2012, due=None, status="filed", provenance=Provenance.ISO)
    ReportVersionFactory(report=paper, provenance=Provenance.ISO)

    words = browser(person()).get(reverse("reporting:my-state", args=["lao-pdr"])).content.decode()

    assert "Day not known" in words
    assert "1 April 2025" not in words


def test_whoever_starts_second_is_led_to_the_draft():
    by = person(Role.DRAFTER)
    report = start(by)

    answer = browser(by).post(
        reverse("reporting:draft-start", args=["lao-pdr"]),
        {"kind": "annual", "year": 2025, "how": "scratch", "language": "en"},
    )

    assert (answer.status_code, answer.url) == (302, report.get_draft_url())


def test_the_task_list_says_what_stops_the_filing_and_where():
    by = person()
    report = start(by)
    row = add_row(report, "contamination_clearance", "released", {"cleared": "abc hundred"}, by=by)

    words = sign_in(Client(), by).get(report.get_draft_url()).content.decode()

    place = f"sections/contamination_clearance/#f-released-{row}-cleared"
    assert place in words
    assert "“Land released in the period”, row “abc hundred”: " in words


def test_the_task_list_shows_each_section_its_standing_and_who_is_on_it():
    by, colleague = person(Role.DRAFTER), person(Role.DRAFTER)
    report = start(by)
    write(report, "stockpiles", {"programme.status": "Begun"}, by=colleague, at=clock.now() - timedelta(minutes=5))

    page = browser(by).get(address("draft-detail", report))

    tasks = {task.section.key: (task.status, task.here) for task in page.context["overview"].tasks}
    assert tasks["stockpiles"] == ("changed", colleague.name)
    assert tasks["conversion"] == ("yours", "")
    assert "Only an approver of your State can file." in page.content.decode()


def test_the_task_list_of_a_report_that_stands_on_last_years_costs_few_queries(django_assert_num_queries):
    by = person()
    base = filed(by, year=2024, at=datetime(2025, 4, 1, tzinfo=UTC))
    report = start(by, how=StartFrom.NOTHING_CHANGED, base=base)
    client = browser(by)
    client.get(address("draft-detail", report))

    with django_assert_num_queries(13):
        client.get(address("draft-detail", report))


@pytest.mark.parametrize("name", ["draft-detail", "draft-preview", "draft-file", "draft-filed"])
@pytest.mark.parametrize("status", ["draft", "filed"])
def test_no_page_of_a_draft_is_there_for_others(name, status):
    by = person()
    report = complete(start(by), by=by)
    write(report, "stockpiles", {"programme.status": "CANARY"}, by=by)
    if status == "filed":
        file(report, by=by)

    for user in (person(iso3="BGR"), factories.person(Role.ISO_STAFF, "iso"), person(ends=datetime(2025, 1, 1).date())):
        answer = browser(user).get(address(name, report))
        assert answer.status_code == 404
        assert "CANARY" not in answer.content.decode()


def test_the_preview_reads_as_published_definite_sentences_included():
    by = person()
    first = start(by, year=2024, at=datetime(2025, 4, 1, tzinfo=UTC))
    complete(first, by=by)
    from tests.reporting.domain.test_sections import page as save_page

    save_page(draft_of(first, "stockpiles"), by=by, nones={"stocks": True})
    base = file(first, by=by, at=datetime(2025, 4, 1, tzinfo=UTC))
    report = start(by, how=StartFrom.NOTHING_CHANGED, base=base)

    words = browser(by).get(address("draft-preview", report)).content.decode()

    assert "No cluster munitions are held." in words
    assert "Unchanged since the report for 2024, filed on 1 April 2025." in words


def test_an_initial_report_offers_no_unchanged():
    by = person(iso3="VUT")
    report = start(by, iso3="VUT", kind=ReportKind.INITIAL)

    page = browser(by).get(address("section-edit", report, "stockpiles"))

    assert [choice["value"] for choice in page.context["standings"]] == ["changed", "not_applicable"]


def test_the_iso_reads_a_draft_while_the_state_lets_it_and_never_writes():
    approver, iso = person(), factories.person(Role.ISO_STAFF, "iso")
    report = start(approver)
    write(report, "stockpiles", {"programme.status": "CANARY"}, by=approver)
    theirs, ours = browser(iso), browser(approver)
    pages = [address(name, report) for name in ("draft-detail", "draft-preview")]
    closed = [
        address("draft-file", report),
        address("section-edit", report, "stockpiles"),
        reverse("reporting:my-state", args=["lao-pdr"]),
    ]

    def seen(places):
        return [theirs.get(place).status_code for place in places]

    assert seen(pages) == [404, 404]
    ours.post(address("draft-show", report), {"shown": "yes"})
    assert seen(pages) == [200, 200]
    assert "CANARY" in theirs.get(pages[1]).content.decode()
    assert seen(closed) == [404, 404, 404]
    assert theirs.post(address("section-edit", report, "stockpiles"), {"cell:programme.status": "x"}).status_code == 404
    labels = [item.label for item in work_items_for(iso, on=TODAY)]
    assert [label for label in labels if "reminded" not in label] == ["Look at the draft: Report for 2025"]

    ours.post(address("draft-show", report), {"shown": "no"})
    assert seen(pages) == [404, 404]
    assert list(RegisterEntry.objects.order_by("number").values_list("action", flat=True)) == [
        "reporting.report.show_to_iso",
        "reporting.report.hide_from_iso",
    ]


def test_a_drafter_does_not_show_the_draft_outside():
    drafter = person(Role.DRAFTER)
    report = start(drafter)

    assert browser(drafter).post(address("draft-show", report), {"shown": "yes"}).status_code == 403
    assert browser(person(iso3="BGR")).post(address("draft-show", report), {"shown": "yes"}).status_code == 404
    assert Report.objects.get().shown_to_iso_at is None


def test_the_task_list_shows_a_few_remarks_and_the_rest_on_demand():
    by = person()
    report = complete(start(by), by=by)
    for number in range(7):
        add_row(report, "stockpiles", "stocks", {"munitions": str(number + 5)}, by=by)

    page = browser(by).get(address("draft-detail", report))

    remarks, stops = page.context["overview"].warnings, page.context["overview"].blocking
    aside = page.content.decode().partition("Before you file")[2]
    folded = aside.partition("<details")[2].partition("</details>")[0]
    assert len(remarks) > 6
    assert aside.partition("</section>")[0].count("<li>") == len(remarks) + len(stops)
    assert f"{len(remarks) - 5} more" in folded
    assert folded.count("<li>") == len(remarks) - 5


def test_a_recalled_report_is_found_from_its_own_state_and_from_where_another_is_started():
    approver = person()
    report = filed(approver, year=2025).report
    recalls.recall_report(report=report, reason="The wrong file.", seen=1, by=approver, at=IN_TIME)
    client = browser(approver)

    desk = client.get(reverse("reporting:my-state", args=["lao-pdr"])).content.decode()
    start_page = client.get(reverse("reporting:draft-start", args=["lao-pdr"]) + "?kind=annual&year=2025")
    other_year = client.get(reverse("reporting:draft-start", args=["lao-pdr"]) + "?kind=annual&year=2024")

    assert '<h2 id="recalled">Recalled</h2>' in desk and "The wrong file." in desk
    assert report.get_receipt_url() in desk
    words = start_page.content.decode()
    assert "This report was filed once and recalled on" in words and report.get_receipt_url() in words
    assert "Start the report</button>" in words
    assert "recalled on" not in other_year.content.decode()
    to_start = {item.label: item.detail for item in work_items_for(approver, on=TODAY)}
    assert to_start["Start: Report for 2025"] == "Filed once and recalled: it can be reinstated"
    assert to_start["Start: Report for 2024"] == ""
    assert "Look at it, or put it back" in desk
    drafter = browser(person(Role.DRAFTER)).get(reverse("reporting:my-state", args=["lao-pdr"])).content.decode()
    assert "The wrong file." in drafter and "put it back" not in drafter


@pytest.mark.parametrize(("kind", "year"), [(ReportKind.ANNUAL, 2024), (ReportKind.INITIAL, None)])
def test_a_report_filed_already_is_not_offered_to_be_started(kind, year):
    approver = person()
    report = filed(approver, kind=kind, year=year).report
    address = reverse("reporting:draft-start", args=["lao-pdr"]) + f"?kind={kind}" + (f"&year={year}" if year else "")

    words = browser(approver).get(address).content.decode()

    assert "This report was filed on" in words and "Start the report</button>" not in words
    assert report.get_absolute_url() in words and report.get_receipt_url() in words
    assert reverse("reporting:report-correct", args=["lao-pdr", report.slug]) in words


def test_a_draft_begun_already_is_gone_on_with():
    by = person(Role.DRAFTER)
    report = start(by, year=2024)

    words = browser(by).get(reverse("reporting:draft-start", args=["lao-pdr"]) + "?kind=annual&year=2024")

    assert "A draft of this report already exists." in words.content.decode()
    assert report.get_draft_url() in words.content.decode()
    assert "Start the report</button>" not in words.content.decode()


def test_the_desk_says_why_older_gaps_are_not_listed_and_that_they_can_be_filed():
    by = person()
    desk = reverse("reporting:my-state", args=["lao-pdr"])

    with_gaps = browser(by).get(desk)
    for row in with_gaps.context["years"]:
        if row["status"] == "missing" and row["year"] < 2024:
            filed_at = datetime(2026, 2, 1, tzinfo=UTC)
            ReportFactory(iso3="LAO", kind=ReportKind.ANNUAL, year=row["year"], status="filed", filed_at=filed_at)
    without = browser(by).get(desk)

    said = "Reports of earlier years that are missing can still be filed"
    assert said in with_gaps.content.decode()
    assert said not in without.content.decode()
