"""Part of the scene of the access tests: the 14MSP, announced; a meeting of members alone; one being prepared."""

from datetime import UTC, date, datetime
from typing import Any

from ccm_portal.core.enums import Role
from meetings.enums import Instrument, MeetingAudience, MeetingKind, MeetingStatus, Office
from meetings.models import NeighbourMeeting, Officer, Sitting, VenueProposal
from tests.committees.factories import body
from tests.factories import person, state
from tests.meetings.factories import A_MOMENT, meeting

CLOSED = "CANARY-M1-closed"  # a meeting of members alone: the President and the ISO know of it
PREPARED = "CANARY-M1-prepared"  # one that is not announced: the ISO alone
OFFER = "CANARY-V1-offer"  # what speaks for a place: those who act for a State, and the ISO


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    closed = meeting(
        "coordination-2027-1",
        kind=MeetingKind.COORDINATION,
        ordinal=None,
        title=f"{CLOSED} coordination",
        audience=MeetingAudience.MEMBERS,
    )
    closed.convened_by.add(body("coordination"))
    meeting("15msp", ordinal=15, year=2028, title=f"{PREPARED} for 2028", status=MeetingStatus.DRAFT)
    public = meeting("14msp")
    sitting = Sitting.objects.create(
        part=public.parts.get(),
        starts_at=datetime(2027, 9, 13, 8, tzinfo=UTC),
        ends_at=datetime(2027, 9, 13, 11, tzinfo=UTC),
    )
    officer = Officer.objects.create(meeting=public, office=Office.RAPPORTEUR, state=state("NOR"))
    offer = VenueProposal.objects.create(
        meeting=public,
        host=state("LAO"),
        city="Vientiane",
        text=f"{OFFER} what speaks for it",
        proposed_by=person(Role.DRAFTER, "LAO"),
        proposed_at=A_MOMENT,
    )
    near = NeighbourMeeting.objects.create(
        key="att-2027",
        instrument=Instrument.ATT,
        title="Conference",
        city="Geneva",
        starts=date(2027, 9, 17),
        ends=date(2027, 9, 17),
    )
    return {
        "meeting": public,
        "sitting": sitting.pk,
        "officer": officer.pk,
        "offer": offer.pk,
        "neighbour": near.key,
    }
