"""Bring the requests made before the portal to what the file in ``compliance/reference`` says. Safe to run any time.

What the portal has recorded itself, or has changed since (a version above the first), is left alone.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from ccm_portal.core import register
from ccm_portal.core.domain.reference import ReferenceRefused, Row, read
from ccm_portal.core.models import StateClock, User
from ccm_portal.treaty.clocks import extension_lodging
from compliance.domain.request_clock import obligation_of
from compliance.enums import RequestOutcome, RequestStatus
from compliance.models import ExtensionRequest
from meetings.enums import DatePrecision, DecisionKind
from meetings.models import Decision, Meeting

FILE = Path(__file__).parents[1] / "reference" / "extension_requests.csv"


@transaction.atomic
def load_extension_history(*, by: User | None, at: datetime, path: Path = FILE) -> list[str]:
    """Load the file and say what changed, a line each.

    :raises ReferenceRefused: if a row names a State, a clock or an outcome that is not there; then nothing is changed.
    """
    clocks = {(one.state.iso3, one.clock): one for one in StateClock.objects.select_related("state").filter(key="")}
    meetings = {one.key: one for one in Meeting.objects.all()}
    told: list[str] = []
    for row in read(path):
        its = clocks.get((row["state"], row["clock"]))
        if its is None:
            raise ReferenceRefused(f"{row['state']} {row['clock']}: there is no such clock.")
        if row["outcome"] not in RequestOutcome.values:
            raise ReferenceRefused(f"{row['state']} {row['clock']}: there is no outcome {row['outcome']}.")
        told += _bring(row, its, meetings.get(row["meeting"]), at=at)
    if told:
        register.append(action="compliance.history.load", by=by, at=at, data={"changes": told})
    return told


def _bring(row: Row, clock: StateClock, meeting: Meeting | None, *, at: datetime) -> list[str]:
    """The request as its row says, and a line if it was not so."""
    number = int(row["number"])
    name = f"{row['state']} {row['clock']} {number}"
    fields = _fields(row, clock, meeting)
    known = ExtensionRequest.objects.select_for_update(of=("self",)).filter(clock=clock, number=number).first()
    if known is None:
        ExtensionRequest.objects.create(state=clock.state, clock=clock, number=number, begun_at=at, **fields)
        return [f"{name}: added"]
    if known.begun_by_id or known.version > 1:
        return []
    wrong = [field for field, value in fields.items() if getattr(known, field) != value]
    if not wrong:
        return []
    for field in wrong:
        setattr(known, field, fields[field])
    known.save()
    return [f"{name}: {', '.join(wrong)}"]


def _fields(row: Row, clock: StateClock, meeting: Meeting | None) -> dict[str, Any]:
    lodged, outcome = _day(row["lodged_on"]), RequestOutcome(row["outcome"])
    opens = meeting.starts if meeting and meeting.precision == DatePrecision.DAY and not row["between"] else None
    due = extension_lodging(meeting_opens=opens, obligation=obligation_of(clock)).day if opens else None
    earlier = ExtensionRequest.objects.filter(
        clock=clock, number__lt=int(row["number"]), granted_until__isnull=False
    ).order_by("-number")
    return {
        "status": RequestStatus.DECIDED,
        "renews": earlier.first(),
        "meeting": meeting,
        "deadline_then": _day(row["deadline_then"]),
        "asked_until": _day(row["asked_until"]),
        "lodged_on": lodged,
        "lodging_due": due if lodged else None,
        "days_late": max(0, (lodged - due).days) if lodged and due else 0,
        "outcome": outcome,
        "granted_until": _day(row["granted_until"]),
        "decided_on": meeting.ends if opens and meeting and outcome != RequestOutcome.NOT_RECORDED else None,
        "decision": _decision(clock, meeting),
        "source": row["source"],
        "about": row["about"],
    }


def _decision(clock: StateClock, meeting: Meeting | None) -> Decision | None:
    """What the history of meetings has of the decision, where it is the only one on this State."""
    if meeting is None:
        return None
    found = list(Decision.objects.filter(meeting=meeting, about_state=clock.state, kind=DecisionKind.EXTENSION))
    return found[0] if len(found) == 1 and found[0].source else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
