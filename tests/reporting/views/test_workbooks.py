"""The round trip of a section's workbook through its pages."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from reporting.domain import workbooks
from reporting.domain.sections import ChangedSinceSeen, Seen
from reporting.models import WorkbookUpload
from tests import factories
from tests.reporting.form.test_workbooks import bytes_of, column, put, sheet
from tests.reporting.support import IN_TIME, add_row, complete, draft_of, file, person, start, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db

KEY = "stockpiles"


@pytest.fixture
def report(by):
    report = start(by)
    add_row(report, KEY, "stocks", {"munition_type": "M26", "munitions": "1200", "lot_numbers": "2-76"}, by=by)
    add_row(report, KEY, "stocks", {"munition_type": "BL-755", "munitions": "about 200"}, by=by)
    return report


@pytest.fixture
def client(by):
    return sign_in(Client(), by)


def address(report, name="section-workbook", *more):
    return reverse(f"reporting:{name}", args=[report.state.slug, report.slug, KEY, *more])


def download(client, report, query=""):
    answer = client.get(address(report) + query)
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def upload(client, report, content, name="stocks 2026.xlsx"):
    """The review that an upload leads to."""
    answer = client.post(address(report), {"workbook": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer["Location"]


def with_mistakes(client, report):
    book = download(client, report)
    page = sheet(book, "stocks")
    put(page, 3, "munitions", "=600*2")
    put(page, 4, "munitions", "a few")
    put(page, 5, "munition_type", "CB-250")
    return bytes_of(book)


def mended(client, report):
    book = download(client, report)
    page = sheet(book, "stocks")
    put(page, 3, "munitions", 1150)
    put(page, 5, "munition_type", "CB-250")
    put(page, 5, "munitions", 40)
    return bytes_of(book)


def stocks(report):
    return draft_of(report, KEY).answers["parts"]["stocks"]["rows"]


def said(report):
    return [{k: c.get("number", c.get("text")) for k, c in row["cells"].items()} for row in stocks(report)]


def post(client, review, page, **chosen):
    return client.post(review, {"version": page.context["draft"].version, "do": "accept", **chosen})


def test_a_workbook_goes_out_is_filled_comes_back_is_seen_and_accepted(client, report):
    review = upload(client, report, mended(client, report))
    page = client.get(review)
    before = stocks(report)

    assert page.context["counts"] == {"changed": 1, "new": 1, "missing": 0, "same": 1}
    text = page.content.decode()
    assert "<del><bdi>1,200</bdi></del>" in text
    assert "<ins><bdi>1,150</bdi></ins>" in text
    assert stocks(report) == before

    done = post(client, review, page)

    assert (done.status_code, done["Location"]) == (302, address(report, "section-edit"))
    assert said(report) == [
        {"munition_type": "M26", "munitions": 1150, "lot_numbers": "2-76"},
        {"munition_type": "BL-755", "munitions": 200},
        {"munition_type": "CB-250", "munitions": 40},
    ]
    origins = [cell["from"] for row in stocks(report) for cell in row["cells"].values()]
    assert origins.count("imported:stocks 2026.xlsx") == 3
    settled = WorkbookUpload.objects.get()
    assert (settled.status, settled.read) == ("accepted", {})


def test_mistakes_are_shown_at_their_places_and_nothing_is_taken_until_they_are_mended(client, report):
    before = stocks(report)
    review = upload(client, report, with_mistakes(client, report))
    page = client.get(review)
    text = page.content.decode()

    assert "2 cells could not be read" in text
    assert "This cell holds a formula. Write the figure itself." in text
    assert "“a few” is not a" in text
    refused = post(client, review, page)
    assert refused.status_code == 422
    assert "2 cells could not be read. Mend them" in refused.content.decode()
    assert stocks(report) == before

    upload(client, report, mended(client, report))
    assert sorted(WorkbookUpload.objects.values_list("status", flat=True)) == ["dropped", "read"]


def test_what_could_not_be_read_may_go_in_as_it_is_to_be_mended_in_the_form(client, report):
    review = upload(client, report, with_mistakes(client, report))
    page = client.get(review)

    assert post(client, review, page, with_unread="yes").status_code == 302
    cells = [row["cells"].get("munitions", {}) for row in stocks(report)]
    assert [(cell.get("is"), cell.get("raw")) for cell in cells] == [
        ("unreadable", "=600*2"),
        ("unreadable", "a few"),
        (None, None),
    ]
    section = client.get(address(report, "section-edit")).content.decode()
    assert "This cell holds a formula. Write the figure itself." in section


def test_rows_that_are_not_in_the_file_stay_unless_the_person_says_otherwise(client, report):
    book = download(client, report)
    sheet(book, "stocks").delete_rows(4)
    review = upload(client, report, bytes_of(book))
    page = client.get(review)
    assert page.context["counts"]["missing"] == 1
    assert "Take out of the draft the 1 row that is not in the file" in page.content.decode()

    post(client, review, page, remove="yes")

    assert [row["id"] for row in stocks(report)] == ["r1"]
    assert list(draft_of(report, KEY).removed) == ["stocks.r2"]


def test_a_colleague_was_faster_and_the_rows_are_shown_again(client, report, by):
    review = upload(client, report, mended(client, report))
    page = client.get(review)
    write(report, KEY, {"stocks.r1.munitions": "999"}, by=by, page="there")

    stale = post(client, review, page)

    assert stale.status_code == 409
    assert "The section was changed after you opened this page." in stale.content.decode()
    assert "<del><bdi>999</bdi></del>" in stale.content.decode()
    assert said(report)[0]["munitions"] == 999
    assert post(client, review, stale).status_code == 302
    assert said(report)[0]["munitions"] == 1150


def test_a_page_opened_before_the_import_does_not_write_over_it(client, report, by):
    seen = draft_of(report, KEY).version
    review = upload(client, report, mended(client, report))
    post(client, review, client.get(review))

    body = {"version": seen, "page": "older", "texts": {"stocks.r1.munitions": "7"}, "keep": []}
    answer = client.post(address(report, "section-autosave"), body, content_type="application/json")

    assert answer.status_code == 409
    assert [one["theirs"] for one in answer.json()["conflicts"]] == ["1150"]


def test_it_is_accepted_once(client, report):
    review = upload(client, report, mended(client, report))
    page = client.get(review)
    post(client, review, page)
    version = draft_of(report, KEY).version

    again = post(client, review, page)

    assert again.status_code == 302
    assert draft_of(report, KEY).version == version
    assert client.get(review).status_code == 404


def test_a_file_may_be_set_aside_and_nothing_of_it_is_kept(client, report):
    review = upload(client, report, mended(client, report))

    assert client.post(review, {"do": "drop"}).status_code == 302
    dropped = WorkbookUpload.objects.get()
    assert (dropped.status, dropped.read) == ("dropped", {})
    assert len(stocks(report)) == 2


def test_a_file_that_is_no_workbook_is_refused_in_words(client, report):
    answer = client.post(address(report), {"workbook": SimpleUploadedFile("a.xlsx", b"%PDF-1.7")})
    none = client.post(address(report))

    assert answer.status_code == none.status_code == 422
    assert "This is no workbook." in answer.content.decode()
    assert "Choose the file first." in none.content.decode()
    assert WorkbookUpload.objects.count() == 0


def test_the_earlier_reports_rows_go_out_and_come_back_under_their_ids(client, by):
    approver = person()
    first = start(approver, year=2024)
    add_row(first, KEY, "stocks", {"munition_type": "M26", "munitions": "5"}, by=approver)
    write(first, KEY, {"programme.status": "Under way."}, by=approver)
    earlier = file(complete(first, by=approver), by=approver)
    report = start(by, base=earlier)
    review = upload(client, report, bytes_of(download(client, report, "?rows=last")))
    page = client.get(review)
    section = client.get(address(report, "section-edit")).content.decode()

    assert "with the rows of the earlier report" in section
    assert "waits for you" in section
    assert page.context["counts"] == {"changed": 0, "new": 2, "missing": 0, "same": 0}
    post(client, review, page)
    assert [row["id"] for row in stocks(report)] == ["r1"]


def test_one_table_goes_out_as_csv(client, report):
    answer = client.get(address(report) + "?table=stocks")

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    review = upload(client, report, answer.content, name="stocks.csv")
    assert client.get(review).context["counts"] == {"changed": 0, "new": 0, "missing": 0, "same": 2}
    assert client.get(address(report) + "?table=nothing").status_code == 404


def test_only_the_delegation_sees_any_of_it(client, report):
    review = upload(client, report, mended(client, report))
    for kind, someone in factories.everyone("LAO", "LBN").items():
        other = sign_in(Client(), someone)
        answers = [other.get(one).status_code for one in (address(report), review)]
        assert answers == ([200, 200] if kind in ("drafter", "approver", "head of delegation") else [404, 404]), kind
    assert Client().get(review).status_code == 302


def test_a_stale_accept_is_refused_by_the_operation_itself(client, report, by):
    review = upload(client, report, mended(client, report))
    found = WorkbookUpload.objects.get(pk=int(review.rstrip("/").rpartition("/")[2]))
    before = stocks(report)

    with pytest.raises(ChangedSinceSeen):
        workbooks.accept(
            upload=found, seen=Seen(version=1), remove=False, with_unread=False, by=by, at=datetime.now(UTC)
        )

    assert stocks(report) == before
    assert WorkbookUpload.objects.get().status == "read"


def test_the_review_costs_as_many_queries_for_many_rows_as_for_few(client, report):
    def asked(content):
        review = upload(client, report, content)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(review)
        return len(queries)

    book = download(client, report)
    page = sheet(book, "stocks")
    few = asked(bytes_of(book))
    for number in range(5, 200):
        page.cell(number, column(page, "munition_type")).value = f"Type {number}"

    assert asked(bytes_of(book)) == few


def test_filing_forgets_what_was_uploaded(client, report, by):
    upload(client, report, mended(client, report))
    approver = person()

    file(complete(report, by=approver), by=approver, at=IN_TIME)

    assert WorkbookUpload.objects.count() == 0


def test_every_form_of_an_upload_carries_its_token(client, report):
    review = upload(client, report, with_mistakes(client, report))
    refused = client.post(address(report)).content.decode()
    for page in (
        refused,
        client.get(review).content.decode(),
        client.get(address(report, "section-edit")).content.decode(),
    ):
        form = page[page.index('class="workbook-upload"') :].partition("</form>")[0]
        assert "csrfmiddlewaretoken" in form


def test_a_version_of_thousands_of_digits_counts_as_stale(client, report):
    review = upload(client, report, mended(client, report))

    assert client.post(review, {"version": "9" * 5000}).status_code == 409
