"""Part of the scene of the access tests: the President's report to the 14MSP, a draft of somebody whom the policy does
not know; and one to the 13MSP that was issued."""

from datetime import date
from typing import Any

from compliance import fence
from compliance.domain import president_report
from compliance.domain.case_entries import Given, add_entry
from compliance.models import ComplianceCase, IssuedReport
from compliance.rules_account import visible_passages
from meetings.models import Meeting
from tests import papers
from tests.compliance import factories_cases as made
from tests.compliance import factories_formal as asked
from tests.compliance import scene_cases
from tests.meetings import factories as meetings

CANARY = scene_cases.CANARY  # the searches that know the one of the case know these words too
CONTENT = (
    '{"closing":"","language":"en","meeting":"13msp","opening":"The President reports.","sections":[],'
    '"title":"Report of the President on compliance"}'
)


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    lead = names["case_lead"]
    with fence.reading_as(lead):
        case = ComplianceCase.objects.get(pk=names["case"])
    add_entry(
        case=case,
        given=Given(kind="note", on=date(2026, 11, 20), text=f"{CANARY} text", sayable=f"{CANARY} said"),
        by=lead,
        at=made.AT,
    )
    asked.received(case, text=f"{CANARY} asked")
    account = president_report.begin(meeting=Meeting.objects.get(key="14msp"), by=lead, at=made.AT)
    with fence.reading_as(lead):
        passage = visible_passages(lead, account).get()
    before = meetings.meeting(
        "13msp-scene", ordinal=13, year=2025, starts=date(2025, 9, 16), ends=date(2025, 9, 19), symbol_stem=""
    )
    IssuedReport.objects.create(
        meeting=before,
        document=papers.published("CCM/MSP/2025/77"),
        content=CONTENT,
        content_hash="0" * 64,
        issued_at=made.AT,
    )
    return {"passage": passage.pk, "issued_report": before.key}
