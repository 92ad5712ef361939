"""The files of a recalled report answer as its page does: it was here, and is gone."""

import pytest
from django.core.cache import caches

from reporting.enums import ReportStatus
from reporting.models import Report
from tests.reporting.published import publish

pytestmark = pytest.mark.django_db
FOLDER = "/files/reports/lao-pdr/2025/"
FILES = [f"{FOLDER}v1.{ending}" for ending in ("pdf", "json", "xlsx", "csv")] + ["/files/receipts/CCM-2025-LAO-1.json"]


@pytest.mark.parametrize("address", FILES)
def test_a_file_of_a_recalled_report_says_410_with_the_reason_and_nothing_of_the_report(client, address):
    caches["pages"].clear()
    publish("LAO", 2025, {"other_matters/matters.text": "A depot in Savannakhet."})
    Report.objects.update(status=ReportStatus.RECALLED, recalled_at="2026-06-01T10:00Z", recall_note="Wrong year.")

    answer = client.get(address)

    page = answer.content.decode()
    assert (answer.status_code, "Wrong year." in page, "Savannakhet" in page) == (410, True, False)
    assert client.get(address.replace("lao-pdr", "chad").replace("LAO", "TCD")).status_code == 404
