"""Part of the scene of the access tests: Lao PDR is nominated to lead on clearance, Norway was elected for stocks."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from committees.domain.elections import elect
from committees.domain.nominations import Case, nominate
from committees.models import Nomination, TermPerson
from tests.committees import factories
from tests.factories import person, state

CANARY = "CANARY-C2"  # what States Parties and coordination read of a nomination before it is decided
AT = datetime(2026, 4, 20, 9, tzinfo=UTC)
CASE = Case(experience="Destroyed its own stocks.", capacity="A mission in Geneva.", record="Led before.")
OPEN_CASE = Case(
    experience=f"{CANARY} experience",
    capacity=f"{CANARY} capacity",
    record=f"{CANARY} record",
    person_name=f"{CANARY} person",
    note_reference=f"{CANARY} note",
)


def put_forward(key: str, iso3: str, case: Case) -> Nomination:
    return nominate(
        body=factories.body(key),
        state=state(iso3),
        starts=date(2026, 9, 19),
        ends=date(2028, 9, 19),
        case=case,
        by=person(Role.APPROVER, iso3),
        at=AT,
    )


def build() -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    waiting = put_forward("clearance", "LAO", OPEN_CASE)
    elected = put_forward("stockpiles", "NOR", CASE)
    term = elect(nomination=elected, on=AT.date(), basis="14MSP", by=person(Role.ISO_STAFF, "iso"), at=AT)
    under = TermPerson.objects.create(term=term, name="Delegate, Norway", starts=term.starts, ends=term.ends)
    return {
        "nomination": waiting.pk,
        "nomination_version": waiting.version,
        "elected": elected.pk,
        "term": term.pk,
        "term_person": under.pk,
        "tomorrow": (clock.today() + timedelta(days=1)).isoformat(),
    }
