"""Part of the scene of the access tests: who comes to the 14MSP. Names are for those who take part."""

from typing import Any

from meetings.models import Delegation, Participant
from tests.factories import state
from tests.meetings.factories import delegation

CANARY = "CANARY-M1-names"


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Lao PDR with a head, the Cluster Munition Coalition; each with a name that others must not meet."""
    meeting = names["meeting"]
    of_lao = Delegation.objects.filter(meeting=meeting, state=state("LAO")).first() or delegation(meeting, "LAO")
    observer = delegation(meeting, organisation="cmc")
    head = Participant.objects.create(
        delegation=of_lao, name=f"{CANARY} head", function=f"{CANARY} office", is_head=True
    )
    Participant.objects.create(delegation=observer, name=f"{CANARY} observer", is_head=True)
    Delegation.objects.filter(pk__in=[of_lao.pk, observer.pk]).update(size=1)
    return {
        "delegation": of_lao.pk,
        "delegation_version": of_lao.version,
        "participant": head.pk,
    }
