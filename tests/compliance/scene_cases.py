"""Part of the scene of the access tests: a case about Lao PDR. None of the policy's persons is named in it."""

from typing import Any

from ccm_portal.core import clock
from compliance import fence
from compliance.domain import case_links, cases, offered_matters
from compliance.enums import Access, Protection
from compliance.models import CasePlace, CaseSource
from tests.compliance import factories_cases as made
from tests.compliance import scene_casework

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
    other = made.a_case(lead, iso3="LBN", title=f"{CANARY} other", facts=f"{CANARY} beside")
    writer = made.named(case, access=Access.WRITE)
    link = case_links.join(case=case, other=other, note=f"{CANARY} note", by=lead, at=made.AT)
    with fence.reading_as(lead):
        source, place = CaseSource.objects.filter(case=case)[0], CasePlace.objects.get(user=writer)
    late = offered_matters.overdue(on=clock.today())[0]
    return {
        "case": case.pk,
        "case_lead": lead,
        "case_writer": writer,
        "case_source": source.pk,
        "case_place": place.pk,
        "case_link": link.pk,
        **scene_casework.build(case, CANARY),
        "offered_matter": f"{late.state.slug}:{late.key}",
    }
