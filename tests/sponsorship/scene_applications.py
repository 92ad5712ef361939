"""What the part on applications has for the access tests: Lao PDR's draft in the open call; in a call that is closed,
what it sent, and what the office enters from Chad's paper."""

from typing import Any

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from meetings.models import Meeting
from sponsorship.domain import personal_links
from sponsorship.enums import RoundStatus
from sponsorship.models import Policy, Round
from sponsorship.personal_links import token_of
from tests.factories import person, state
from tests.sponsorship.factories import a_round, an_application

CANARY = "CANARY-S1"  # in what is said in applications and of nominated people
DRAFT = "CANARY-DRAFT-S1"  # in the State's draft, which the officers do not read
PAPER = "CANARY-PAPER-S1"  # of another State


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Names that the policy's rows may use; ``names`` holds those of the parts before."""
    at = clock.now()
    draft = an_application(
        Round.objects.get(key="14msp"), state("LAO"), people=2, sent=False, purpose=f"{DRAFT} purpose"
    )
    policy = Policy.objects.get(number=names["policy"])
    meeting = Meeting.objects.get(key="14msp")
    closed = a_round(meeting, key="applied", status=RoundStatus.CLOSED, policy=policy, closes_at=at)
    sent = an_application(closed, state("LAO"), purpose=f"{CANARY} sent", note_reference=f"{CANARY} 1")
    officer = person(Role.SPONSORSHIP_OFFICER)
    paper = an_application(closed, state("TCD"), sent=False, purpose=f"{PAPER} purpose", entered_by=officer)
    for one, canary in ((draft, DRAFT), (sent, CANARY), (paper, PAPER)):
        one.nominees.update(name=f"{canary} delegate (demonstration)", expertise=f"{canary} expertise")
    nominated = sent.nominees.get()
    link = personal_links.make(nominee=nominated, language="en", by=person(Role.DRAFTER, "LAO"), at=at)
    return {
        "applicant": draft.nominees.get(rank=1).pk,
        "sent_applicant": nominated.pk,
        "paper_applicant": paper.nominees.get().pk,
        "own_part": token_of(link),
    }
