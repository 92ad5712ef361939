"""What happens to lodged requests, for tests: valid and boring; the test says what is special."""

from datetime import UTC, date, datetime
from typing import Any

from ccm_portal.core.enums import Role
from ccm_portal.core.models import User
from compliance.domain import analyses, groups, request_decisions
from compliance.domain.benchmarks import Row
from compliance.enums import GroupPart
from compliance.models import Analysis, ExtensionRequest
from meetings.domain import decisions
from meetings.enums import DecisionOutcome
from meetings.models import Decision, Meeting
from tests.committees.factories import term
from tests.compliance.factories_requests import request
from tests.factories import person, state
from tests.meetings.factories import meeting

AT = datetime(2026, 11, 2, 10, tzinfo=UTC)
DECIDED_AT = datetime(2027, 9, 14, 10, tzinfo=UTC)  # a day of the 14MSP
SURVEY = Row("The survey is finished.", date(2028, 6, 30))


def lodged(iso3: str = "LAO", kind: str = "art4", **fields: Any) -> ExtensionRequest:
    """A request before the 14MSP: asked for five years from the deadline of the reference data."""
    decides = Meeting.objects.filter(key="14msp").first() or meeting()
    found = request(iso3, kind, meeting=decides, **fields)
    if found.deadline_then is None:
        found.deadline_then = found.clock.current
        found.asked_until = fields.get("asked_until") or found.deadline_then.replace(year=found.deadline_then.year + 5)
        found.save()
    return found


def grouped(of: ExtensionRequest | None = None, *, by: User | None = None) -> ExtensionRequest:
    """With a group: Norway leads, Lebanon is a member."""
    of = of or lodged()
    by = by or person(Role.ISO_STAFF, "iso")
    term("theme-clearance", "NOR")
    groups.begin(request=of, by=by, at=AT)
    groups.add(request=of, part=GroupPart.MEMBER, state=state("LBN"), by=by, at=AT)
    return of


def words(of: ExtensionRequest, **fields: Any) -> analyses.Words:
    """Two years and one benchmark."""
    assert of.deadline_then
    given: dict[str, Any] = {
        "text": "The plan is sound.",
        "draft_decision": "The Meeting grants the request.",
        "recommended_until": of.deadline_then.replace(year=of.deadline_then.year + 2),
        "benchmarks": [SURVEY],
    }
    return analyses.Words(**(given | fields))


def written(of: ExtensionRequest, *, by: User, version: int = 0, **fields: Any) -> Analysis:
    """An analysis that is not issued."""
    return analyses.write(request=of, words=words(of, **fields), version=version, by=by, at=AT)


def drafted(of: ExtensionRequest, *, by: User, **fields: Any) -> Decision:
    """The decision as it is proposed from the request."""
    of.refresh_from_db()
    proposed = request_decisions.proposed(of)
    given = {name: getattr(proposed, name) for name in proposed.__dataclass_fields__} | fields
    return request_decisions.draft(request=of, version=of.version, words=decisions.Words(**given), by=by, at=AT)


def decided(
    of: ExtensionRequest, *, by: User, outcome: str = DecisionOutcome.ADOPTED, at: datetime = DECIDED_AT, **fields: Any
) -> Decision:
    """Drafted from the request, and recorded on a day of the meeting."""
    draft = drafted(of, by=by, **fields)
    return decisions.record(decision=draft, version=draft.version, outcome=outcome, decided_on=at.date(), by=by, at=at)
