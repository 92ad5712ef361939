"""Formal requests for tests, taken as far as the test needs by the operations people use."""

from datetime import UTC, date, datetime
from typing import Any

from compliance import fence
from compliance.domain import formal
from compliance.models import ClarificationRequest, ComplianceCase
from tests import factories

LODGED = date(2026, 12, 1)
RECEIVED = date(2026, 12, 10)
AT = datetime(2026, 12, 11, 9, tzinfo=UTC)
DAY_28_OVER = datetime(2027, 1, 8, 12, tzinfo=UTC)  # 7 January has ended at UTC-12


def lodged(case: ComplianceCase, **fields: Any) -> ClarificationRequest:
    """Norway asks about the case."""
    given = {"text": "What was the area used for?", "lodged_on": LODGED, "states": [factories.state("NOR")]} | fields
    with fence.reading_as(case.opened_by):
        case.refresh_from_db()
    return formal.lodge(case=case, version=case.version, by=case.opened_by, at=AT, **given)


def received(case: ComplianceCase, on: date = RECEIVED, **fields: Any) -> ClarificationRequest:
    """The State concerned has it since 10 December 2026; the reply is due on 7 January 2027."""
    request = lodged(case, **fields)
    return formal.note_received(
        request=request, on=on, basis="Stamp of the mission", version=request.version, by=case.opened_by, at=AT
    )


def silent(case: ComplianceCase) -> ClarificationRequest:
    """No reply came."""
    request = received(case)
    return formal.note_silence(request=request, version=request.version, by=case.opened_by, at=DAY_28_OVER)
