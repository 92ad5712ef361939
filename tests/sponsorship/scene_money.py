"""What the part on money has for the access tests: a contribution of Lao PDR, with a receipt."""

from decimal import Decimal
from typing import Any

from sponsorship.domain import contributions
from sponsorship.domain.contributions import Promised, Terms
from tests.factories import person, state
from tests.sponsorship.factories import AT

CANARY = "CANARY-S2-51fe"  # what the donor and the office alone read
NOTE = "CANARY-S2-note-c07a"  # what the office alone reads


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Names that the policy's rows may use; ``names`` holds those of the parts before."""
    officer = person("sponsorship_officer", "iso")
    terms = Terms(
        pledged_on=AT.date(),
        instalments=[Promised(year=2026, amount=Decimal(9000), due_on=AT.date())],
        reference=f"{CANARY} note verbale",
        note=f"{NOTE} of the office",
    )
    made = contributions.pledge(donor=state("LAO"), currency="EUR", terms=terms, by=officer, at=AT)
    came = contributions.receive(
        contribution=made,
        amount=Decimal(4000),
        day=AT.date(),
        reference=f"{NOTE} bank",
        note="",
        version=made.version,
        by=officer,
        at=AT,
    )
    return {"contribution": made.pk, "contribution_entry": came.entry.pk}
