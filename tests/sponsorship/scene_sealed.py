"""What the part on sealed data has for the access tests: a person with a passport, an account, needs, a scan, and a
changed account that waits. In a round of its own, so that no other part's people depend on it."""

from typing import Any

from ccm_portal.core.enums import Role
from meetings.models import Meeting
from sponsorship.domain import bank_changes, sealed_files, sealing
from sponsorship.enums import RoundStatus, SealedKind
from tests.factories import person, state
from tests.sponsorship import sealed
from tests.sponsorship.factories import AT, a_policy, a_round, an_application

CANARY = sealed.CANARY


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Names that the policy's rows may use; ``names`` holds those of the parts before."""
    meeting = Meeting.objects.get(key="14msp")
    round = a_round(meeting, key="sealed-round", policy=a_policy(93), status=RoundStatus.SETTLED)
    first, other = an_application(round, state("LAO"), people=2).nominees.order_by("rank")
    officer = person(Role.SPONSORSHIP_OFFICER, "iso")
    for kind, values in sealed.VALUES.items():
        sealing.write(first, kind, values, by=officer, at=AT, seen=0)
    scan = sealed_files.store_file(first, sealed.SCAN, f"{CANARY}.pdf", kind=SealedKind.PASSPORT, by=officer, at=AT)
    change = bank_changes.propose(first, sealed.OTHER_BANK, reason="A new bank", by=officer, at=AT, version=1)
    sealing.read(first, SealedKind.PASSPORT, by=officer, at=AT)
    return {
        "sealed_round": round.key,
        "sealed_person": first.pk,
        "sealed_other": other.pk,
        "sealed_file": scan.pk,
        "bank_change": change.pk,
    }
