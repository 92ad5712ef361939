"""What the part on assessment has for the access tests: a round that is weighed, one that is decided quietly, and one
that is announced, with an offer to a person of Lao PDR."""

from typing import Any

from meetings.models import Meeting
from sponsorship.enums import NomineeStatus, RoundStatus
from sponsorship.models import Nominee, Policy, Round, Score, WaitingMove
from tests.factories import person, state
from tests.sponsorship.factories import AT, a_policy, a_round, an_application, an_offer

CANARY = "CANARY-S1"
# What was weighed and chosen: nobody but who assesses reads it, the State itself as little as others.
QUIET = "CANARY-QUIET-S1"


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Names that the policy's rows may use; ``names`` holds those of the parts before."""
    meeting = Meeting.objects.get(key="14msp")
    policy = Policy.objects.first() or a_policy(number=92)
    found = {}
    for key, status in (("weighed", RoundStatus.CLOSED), ("decided", RoundStatus.DECIDED)):
        its = a_round(meeting, key=key, status=status, policy=policy, decided_at=AT if key == "decided" else None)
        nominee = _person(its)
        Score.objects.create(nominee=nominee, user=person(), points=7, reason=f"{QUIET} score", given_at=AT)
        found[key] = nominee
    Nominee.objects.filter(pk=found["decided"].pk).update(
        status=NomineeStatus.SELECTED, decision_reason=f"{QUIET} reason", decided_at=AT
    )
    told = a_round(meeting, key="told", status=RoundStatus.ANNOUNCED, policy=policy, announced_at=AT)
    offer = an_offer(_person(told))
    Nominee.objects.filter(pk=offer.nominee_id).update(status=NomineeStatus.SELECTED)
    WaitingMove.objects.create(round=told, nominee=offer.nominee, offer=offer, reason={"key": "offered"}, at=AT)
    return {
        "weighed_person": found["weighed"].pk,
        "weighed_version": Round.objects.get(key="weighed").version,
        "place_offer": offer.pk,
    }


def _person(round: Round) -> Nominee:
    nominee = an_application(round, state("LAO"), purpose=f"{CANARY} purpose").nominees.get()
    nominee.name, nominee.function = f"{CANARY} delegate (demonstration)", f"{CANARY} function"
    nominee.save()
    return nominee
