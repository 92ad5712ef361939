"""What the part on travel has for the access tests: a person of Lao PDR who accepted, in a round of their own."""

from typing import Any

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from meetings.models import Meeting
from sponsorship.domain import personal_links, travel
from sponsorship.enums import DutyKind, OfferStatus, RoundStatus
from sponsorship.models import Policy, TravelFile
from sponsorship.personal_links import token_of
from tests.factories import person, state
from tests.sponsorship.factories import AT, a_policy, a_round, an_application, an_offer

CANARY = "CANARY-S1"
ROUND = "journeys"


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Names that the policy's rows may use; ``names`` holds those of the parts before."""
    meeting = Meeting.objects.get(key="14msp")
    policy = Policy.objects.first() or a_policy(number=91)
    its = a_round(meeting, key=ROUND, status=RoundStatus.ANNOUNCED, policy=policy, announced_at=AT)
    nominee = an_application(its, state("LAO")).nominees.get()
    nominee.name, nominee.function = f"{CANARY} traveller (demonstration)", f"{CANARY} function"
    nominee.save()
    offer = an_offer(nominee, status=OfferStatus.ACCEPTED, replied_at=AT)
    file = travel.open_file(offer, by=None, at=AT)
    TravelFile.objects.filter(pk=file.pk).update(visa_note=f"{CANARY} note", letter_number="S/1", letter_at=AT)
    link = personal_links.make(
        nominee=nominee, language="en", by=person(Role.HEAD_OF_DELEGATION, "LAO"), at=clock.now()
    )
    report = offer.duties.get(kind=DutyKind.REPORT)
    return {
        "journey": offer.pk,
        "journey_link": token_of(link),
        "journey_version": file.version,
        "journey_report": report.pk,
        "journey_report_version": report.version,
    }
