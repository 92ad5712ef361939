"""The pages of a formal request and of the President's report: who moves what, and that a constant number of queries
draws them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.domain import president_report
from compliance.enums import Access, Side
from tests.compliance import factories_cases as made
from tests.compliance import factories_formal as asked
from tests.compliance.domain.test_president_report import AT, entry
from tests.meetings import factories as meetings
from tests.support import sign_in

pytestmark = pytest.mark.django_db


def test_the_state_concerned_reads_the_track_and_takes_its_own_steps_alone(client):
    case = made.a_case()
    states = made.named(case, access=Access.WRITE, side=Side.CONCERNED)
    request = asked.received(case)
    sign_in(client, states)
    page = client.get(f"/cases/{case.pk}/formal/").content.decode()
    answers = {
        step: client.get(f"/cases/{case.pk}/formal/{step}/").status_code
        for step in ("reply", "received", "silence", "lodge", "nothing")
    }
    assert ("What was the area used for?" in page, "Record the reply" in page, "Record the receipt" in page) == (
        True, True, False,
    )  # fmt: skip
    assert answers == {"reply": 200, "received": 403, "silence": 403, "lodge": 403, "nothing": 404}
    stale = {"text": "Ours.", "on": "2026-12-20", "version": request.version - 1}
    refused = client.post(f"/cases/{case.pk}/formal/reply/", stale)
    assert (refused.status_code, "Ours." in refused.content.decode()) == (422, True)


def test_a_report_costs_the_same_number_of_queries_for_one_passage_and_for_three(client):
    lead = made.president()
    entry(made.a_case(lead), "We spoke.")
    account = president_report.begin(meeting=meetings.meeting(), by=lead, at=AT)
    sign_in(client, lead)
    client.get("/cases/report/14msp/")
    with CaptureQueriesContext(connection) as of_one:
        client.get("/cases/report/14msp/")
    for _more in range(2):
        entry(made.a_case(lead), "We spoke.")
    president_report.refresh(account=account, version=account.version, by=lead, at=AT)
    with CaptureQueriesContext(connection) as of_three:
        page = client.get("/cases/report/14msp/").content.decode()
    assert (page.count('id="passage-'), len(of_three) - len(of_one)) == (3, 0)
