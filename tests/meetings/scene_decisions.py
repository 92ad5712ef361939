"""Part of the scene of the access tests: a draft, a vote, a silence procedure, a recorded decision, what follows."""

from datetime import timedelta
from typing import Any

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from meetings.domain import calendar_links, follow_ups
from meetings.models import Meeting
from tests.factories import person, state
from tests.meetings.decisions import called, drafted, put_to_silence, taken

DRAFT = "CANARY-M1 draft decision"  # seen by whoever runs the meeting alone


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    of, at = names["meeting"], clock.now()
    office = person(Role.ISO_STAFF, "iso")
    recorded = taken(of, by=office, at=at, title="Dates of the next meeting")
    draft = drafted(of, by=office, at=at, title=DRAFT, text=f"{DRAFT} text")
    voted = called(drafted(of, by=office, at=at, title="A question of procedure"), by=office)
    quiet = put_to_silence(
        drafted(of, by=office, at=at, title="A cost estimate"), by=office, at=at, until=at + timedelta(days=30)
    )
    closed = Meeting.objects.get(key="coordination-2027-1")
    among = taken(closed, by=office, at=at, title="CANARY-M1 among members", text="CANARY-M1 decided among members")
    given = {"decision": recorded, "by": office, "at": at}
    return {
        "calendar_token": calendar_links.make(user=person(Role.DRAFTER, "CHE"), at=at),
        "decision": recorded.number,
        "members_decision": among.number,
        "draft_decision": draft.number,
        "draft_decision_version": draft.version,
        "voted_decision": voted.number,
        "quiet_decision": quiet.number,
        "follow_up_of_lao": follow_ups.add(what="Send the request", state=state("LAO"), **given).pk,
        "follow_up_of_iso": follow_ups.add(what="Write to the host", owner_name="ISO", **given).pk,
    }
