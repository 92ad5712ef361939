"""Entries and responses of cases for tests, made by the operations people use."""

from typing import Any

from compliance.domain import case_entries, case_responses
from compliance.domain.case_entries import Given
from compliance.domain.case_responses import Suggested
from compliance.enums import EntryKind, EntryReaders
from compliance.models import CaseEntry, CaseResponse, ComplianceCase
from tests import factories
from tests.compliance.factories_cases import AT, leader


def given(**fields: Any) -> Given:
    """A call of today that the team reads."""
    told = {"kind": EntryKind.CALL, "on": AT.date(), "with_whom": "The mission", "text": "They will look into it."}
    return Given(**(told | fields))


def an_entry(case: ComplianceCase, *, by: Any = None, attached: Any = (), **fields: Any) -> CaseEntry:
    return case_entries.add_entry(case=case, given=given(**fields), attached=attached, by=by or leader(case), at=AT)


def a_concern(case: ComplianceCase, **fields: Any) -> CaseEntry:
    """Put to the State concerned by who leads."""
    told = {"kind": EntryKind.CONCERN, "text": "Has the area been surveyed?", "readers": EntryReaders.ALL}
    return an_entry(case, **(told | fields))


def a_response(case: ComplianceCase, *states: str, by: Any = None, **fields: Any) -> CaseResponse:
    """Suggested to Croatia, or to the States named."""
    told = {"title": "Offer a survey team", "text": "You could offer a survey team."} | fields
    to = tuple(factories.state(iso3) for iso3 in states or ("HRV",))
    return case_responses.propose(case=case, suggested=Suggested(states=to, **told), by=by or leader(case), at=AT)


def a_released_response(case: ComplianceCase, *states: str, **fields: Any) -> CaseResponse:
    """Agreed, and released to Croatia or to the States named."""
    lead = leader(case)
    row = a_response(case, *states, **fields)
    row = case_responses.decide(response=row, agreed=True, reason="", version=1, by=lead, at=AT)
    return case_responses.release(response=row, version=2, by=lead, at=AT)
