"""Part of the scene of the access tests: the agenda of the 14MSP in two revisions, an item that is on the desk alone,
and the agenda of a closed meeting."""

from typing import Any

from ccm_portal.core import files
from meetings.domain import agenda_publishing
from meetings.models import Meeting, ProgrammePdf
from tests.meetings.factories import A_MOMENT, agenda, item, sittings

CANARY = "CANARY-AGENDA"  # on the desk alone, or of a closed meeting


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    of = names["meeting"]
    first, *_others = sittings(of)
    published = item(of, "Adoption of the agenda", sitting=first)
    agenda_publishing.publish(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)
    item(of, "General exchange of views", sitting=first)
    agenda_publishing.publish(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)
    hidden = item(of, f"CANARY-M1 {CANARY} an item that is on the desk alone")
    closed = Meeting.objects.get(key="coordination-2027-1")
    item(closed, f"CANARY-M1 {CANARY} an item of a closed meeting")
    agenda_publishing.publish(meeting=closed, version=agenda(closed).version, by=None, at=A_MOMENT)
    ProgrammePdf.objects.filter(revision__number=1).update(
        file=files.store(content=b"%PDF-1.7\n%%EOF\n", name="programme.pdf", at=A_MOMENT)
    )
    return {
        "agenda_code": published.code,
        "agenda_code_unpublished": hidden.code,
        "agenda_version": agenda(of).version,
    }
