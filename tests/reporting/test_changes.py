"""What everybody reads of a correction, of two years beside each other, and of a report that was recalled."""

from datetime import UTC, datetime, timedelta

import pytest

from reporting.domain import recalls
from reporting.models import Report
from tests.reporting.published import ON_TIME, act, publish
from tests.reporting.support import filed, person

pytestmark = pytest.mark.django_db

STATUS = "stockpiles/programme.status"
PROGRAMME = "stockpiles/programme"
CHANGES = "/reports/lao-pdr/2025/v2/changes/"


def page(client, address, status=200, **asked):
    response = client.get(address, asked)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def versions():
    first = publish(said={STATUS: "Running.", "stockpiles/stocks.r1.munition_type": "BL-755"})
    second = publish(
        report=first.report,
        number=2,
        filed_at=ON_TIME + timedelta(days=30),
        said={STATUS: "Done.", "stockpiles/stocks.r2.munition_type": "CBU-87"},
    )
    return first, second


def test_a_reader_sees_exactly_what_a_correction_changed_and_why(client, versions):
    html = page(client, CHANGES)

    assert "What changed in version 2" in html
    assert "One table was wrong." in html
    assert "<del>Running.</del>" in html
    assert "<ins>Done.</ins>" in html
    assert html.count("Row added") == html.count("Row removed") == 1
    assert "3 answers or rows differ." in html
    assert "10 sections say the same" in html


def test_the_reader_links_to_it_and_the_old_version_says_that_a_newer_one_is_there(client, versions):
    newest, oldest = page(client, "/reports/lao-pdr/2025/"), page(client, "/reports/lao-pdr/2025/v1/")

    assert f'href="{CHANGES}"' in newest
    assert "What changed in version 2, and why" in newest
    assert "CCM-2025-LAO-1" in newest and "CCM-2025-LAO-2" in newest
    assert "Version 2 has corrected it." in oldest
    assert "Running." in oldest


def test_any_other_version_of_the_state_can_be_chosen(client, versions):
    publish(year=2024, said={STATUS: "Begun."}, filed_at=ON_TIME - timedelta(days=365))

    html = page(client, CHANGES, since="2024-v1")

    assert "<del>Begun.</del>" in html
    assert "What differs in: Report for 2025" in html
    assert '<option value="2024-v1" selected>' in html
    assert '<option value="2025-v1">' in html
    assert '"2025-v2"' not in html


def test_the_first_version_stands_beside_the_report_before(client, versions):
    publish(year=2024, said={STATUS: "Begun."}, filed_at=ON_TIME - timedelta(days=365))

    html = page(client, "/reports/lao-pdr/2025/v1/changes/")

    assert "<del>Begun.</del>" in html
    assert "Version 1 has been corrected since." in html


def test_a_first_report_has_nothing_to_stand_beside(client):
    publish(said={STATUS: "Running."})

    assert "Nothing to compare with" in page(client, "/reports/lao-pdr/2025/v1/changes/")


@pytest.mark.parametrize("since", ["2024-v1", "x", "2025-v9", "../v1", "2025-v1'--", "2025-v99999999"])
def test_what_is_not_there_cannot_be_compared_with(client, versions, since):
    publish("BGR", 2024, {STATUS: "Elsewhere."})

    page(client, CHANGES, status=404, since=since)


def test_a_version_that_is_not_there_has_no_changes(client, versions):
    page(client, "/reports/lao-pdr/2025/v3/changes/", status=404)


@pytest.mark.parametrize(("old", "new"), [([PROGRAMME], []), ([], [PROGRAMME]), ([PROGRAMME], [PROGRAMME])])
def test_a_part_kept_for_states_parties_in_either_version_is_told_by_its_title(client, old, new):
    first = publish(said={STATUS: "At site 4."}, withheld=old)
    publish(
        report=first.report, number=2, filed_at=ON_TIME + timedelta(days=3), said={STATUS: "At site 5."}, withheld=new
    )

    html = page(client, CHANGES)

    assert "At site" not in html
    assert "Kept for States Parties, and not compared here:" in html
    assert "Both say the same" not in html


def test_markup_in_an_answer_stays_text(client):
    first = publish(said={STATUS: "<script>alert(1)</script>"})
    publish(report=first.report, number=2, filed_at=ON_TIME + timedelta(days=3), said={STATUS: "</del><img src=x>"})

    html = page(client, CHANGES)

    assert "<script>alert" not in html and "<img src=x" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_the_page_costs_the_same_for_few_versions_and_many(client, versions, django_assert_max_num_queries):
    for year in range(2015, 2025):
        publish(year=year, said={STATUS: "Begun."}, filed_at=ON_TIME - timedelta(days=365 * (2025 - year)))

    with django_assert_max_num_queries(8):
        page(client, CHANGES)


def test_the_versions_are_lettered_and_told_in_the_readers_language(client, versions):
    html = page(client, "/ar" + CHANGES)

    assert 'dir="rtl"' in html
    assert 'lang="en" dir="auto"' in html


# A recalled report


@pytest.fixture
def recalled():
    by = person()
    version = filed(by, texts={"stockpiles": {"programme.status": "CANARY-recalled"}})
    recalls.recall_report(
        report=version.report, reason="The wrong file was filed.", seen=1, by=by, at=datetime(2026, 6, 2, 8, tzinfo=UTC)
    )
    return version


@pytest.mark.parametrize(
    "address",
    [
        "/reports/lao-pdr/2025/",
        "/reports/lao-pdr/2025/v1/",
        "/reports/lao-pdr/2025/v1/pdf/",
        "/reports/lao-pdr/2025/v1/changes/",
        "/receipts/CCM-2025-LAO-1/",
    ],
)
def test_where_a_recalled_report_was_a_calm_notice_stands(client, recalled, address):
    response = client.get(address)
    html = response.content.decode()

    assert (response.status_code, response["X-Robots-Tag"]) == (410, "noindex")
    assert 'The State recalled this report on <time datetime="2026-06-02">2 June 2026</time>.' in html
    assert "The wrong file was filed." in html
    assert "CCM-2025-LAO-1" in html
    assert "CANARY" not in html


@pytest.mark.parametrize(
    "address",
    [
        "/reports/",
        "/reports/?text=CANARY",
        "/search/?q=CANARY",
        "/states/lao-pdr/",
        "/api/v1/reports/",
        "/",
    ],
)
def test_nothing_of_a_recalled_report_is_in_any_list(client, recalled, address):
    html = page(client, address)

    assert "CANARY-recalled" not in html
    assert "/reports/lao-pdr/2025/" not in html


@pytest.mark.parametrize(
    "address",
    [
        "/files/reports/lao-pdr/2025/v1.json",
        "/files/reports/lao-pdr/2025/v1.pdf",
        "/files/receipts/CCM-2025-LAO-1.json",
    ],
)
def test_its_files_are_gone_and_say_so(client, recalled, address):
    assert "CANARY-recalled" not in page(client, address, status=410)


def test_the_api_does_not_know_it(client, recalled):
    page(client, "/api/v1/reports/lao-pdr/2025/", status=404)


def test_a_year_is_not_compared_with_a_recalled_report(client, recalled):
    publish(year=2026, said={STATUS: "Done."}, filed_at=ON_TIME + timedelta(days=365))

    html = page(client, "/reports/lao-pdr/2026/v1/changes/")

    assert "CANARY" not in html
    assert "Nothing to compare with" in html
    page(client, "/reports/lao-pdr/2026/v1/changes/", status=404, since="2025-v1")


def test_the_notice_is_gone_when_the_report_is_put_back(client, recalled):
    seen = Report.objects.get(pk=recalled.report_id).recalled_at
    recalls.reinstate_report(
        report=recalled.report, seen=seen, by=recalled.filed_by, at=datetime(2026, 6, 3, 8, tzinfo=UTC)
    )
    act(state=recalled.report.state)

    assert "CANARY-recalled" in page(client, "/reports/lao-pdr/2025/")


def test_a_report_that_points_to_one_since_recalled_does_not_lead_there(client, versions):
    by = person()
    original = publish(year=2022, said={STATUS: "Running."}, filed_at=ON_TIME - timedelta(days=1000))
    pointer = {"slug": "2022", "filed_on": original.filed_at.date().isoformat(), "standing": "changed"}
    publish(year=2024, said={STATUS: "Begun."}, filed_at=ON_TIME - timedelta(days=365))
    publish(year=2026, unchanged={"stockpiles": pointer}, filed_at=ON_TIME + timedelta(days=365))
    body = page(client, "/reports/lao-pdr/2026/").partition('id="stockpiles"')[2].partition("</section>")[0]
    assert "/reports/lao-pdr/2022/" in body

    recalls.recall_report(
        report=type(original.report).objects.with_state().get(pk=original.report_id),
        reason="A mistake.",
        seen=1,
        by=by,
        at=datetime(2026, 6, 2, tzinfo=UTC),
    )
    publish(year=2021, said={STATUS: "Begun."}, filed_at=ON_TIME - timedelta(days=900))

    assert (
        "/reports/lao-pdr/2022/"
        not in page(client, "/reports/lao-pdr/2026/").partition('id="stockpiles"')[2].partition("</section>")[0]
    )
