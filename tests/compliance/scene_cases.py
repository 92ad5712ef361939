"""Part of the scene of the access tests: a case about Lao PDR. None of the policy's persons is named in it."""

from typing import Any

from compliance.domain import cases
from compliance.enums import Access, Protection
from tests.compliance import factories_cases as made

CANARY = "CANARY-K1-3d9a"


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    lead = made.president("HRV")
    case = made.a_case(
        lead,
        iso3="LAO",
        title=f"{CANARY} title",
        facts=f"{CANARY} facts",
        restricted_words=[f"{CANARY} word"],
        sources=[
            cases.SourceGiven(name=f"{CANARY} source {at}", said=f"{CANARY} said", reference=CANARY, protection=at)
            for at in Protection.values
        ],
    )
    writer = made.named(case, access=Access.WRITE)
    return {"case": case.pk, "case_lead": lead, "case_writer": writer}
