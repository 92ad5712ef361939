"""Part of the scene of the access tests: requests."""

from datetime import date
from typing import Any

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from compliance.domain import lodging, request_drafts, request_files
from compliance.enums import Access
from tests import factories
from tests.compliance import factories_requests as make

CANARY = "CANARY-R1"  # in what only the State and those it invites may read


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Lao PDR has lodged a request for clearance, revised it and writes on; for its stocks it has a draft, which the
    ISO may not read and one colleague may."""
    approver, at = factories.person(Role.APPROVER, "LAO"), clock.now()
    lodged = make.draft("LAO", "art4", by=approver, at=at)
    make.write(lodged, "duration", "Until the work is done.", by=approver, day=date(2033, 8, 1))
    public = request_files.add(
        request=lodged, title="Work plan", language="en", content=b"The plan.", name="plan.txt", by=approver, at=at
    )
    make.lodge(lodged, by=approver, at=at)
    make.write(lodged, "reasons", "More land was found.", by=approver)
    make.lodge(lodged, by=approver, at=at, note="Land found since.")
    make.write(lodged, "reasons", f"{CANARY} of a third version", by=approver)
    draft = make.draft("LAO", "art3", by=approver, at=at)
    make.write(draft, "reasons", f"{CANARY} unfinished", by=approver)
    request_drafts.offer_benchmarks(
        request=draft,
        offers=[request_drafts.Offer(f"{CANARY} offered", date(2029, 1, 1))],
        version=draft.version,
        by=approver,
        at=at,
    )
    private = request_files.add(
        request=draft,
        title=f"{CANARY} annex",
        language="en",
        content=f"{CANARY} inside".encode(),
        name=f"{CANARY}.txt",
        by=approver,
        at=at,
    )
    place = make.place(draft, Access.READ)
    draft.refresh_from_db()
    return {
        "request_number": lodged.number,
        "request_section_version": draft.sections.get(key="plan").version,
        "request_version": draft.version,
        "request_seen": lodging.digest(lodging.content(draft)),
        "request_file": public.pk,
        "request_draft_file": private.pk,
        "request_place": place.pk,
    }
