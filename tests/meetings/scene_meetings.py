"""Part of the scene of the access tests: the 14MSP, announced; a meeting of members alone; one being prepared."""

from typing import Any

from meetings.enums import MeetingAudience, MeetingKind, MeetingStatus
from tests.committees.factories import body
from tests.meetings.factories import meeting


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    closed = meeting(
        "coordination-2027-1",
        kind=MeetingKind.COORDINATION,
        ordinal=None,
        title="CANARY-M1 coordination",
        audience=MeetingAudience.MEMBERS,
    )
    closed.convened_by.add(body("coordination"))
    meeting("15msp", ordinal=15, year=2028, title="CANARY-M1 being prepared", status=MeetingStatus.DRAFT)
    return {"meeting": meeting("14msp")}
