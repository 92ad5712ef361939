"""Part of the scene of the access tests: what stands inside the case, and a response released to Croatia. None of the
policy's persons acts for Croatia.
"""

from typing import Any

from compliance.domain.case_entries import Attached
from compliance.enums import EntryKind
from compliance.models import ComplianceCase
from compliance.rules_casework import visible_files
from tests.compliance import factories_casework as work
from tests.compliance.factories_cases import leader


def build(case: ComplianceCase, canary: str) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    said = {"with_whom": f"{canary} whom", "text": f"{canary} text"}
    letter = Attached(title=f"{canary}.txt", content=f"{canary} in a letter".encode())
    work.an_entry(case, kind=EntryKind.LETTER, attached=[letter], **said)
    concern = work.a_concern(case, **said)
    response = work.a_released_response(case, title=f"{canary} response", text=f"{canary} for Croatia")
    return {
        "case_entry": concern.pk,
        "case_file": visible_files(leader(case), case).get().pk,
        "case_response": response.pk,
    }
