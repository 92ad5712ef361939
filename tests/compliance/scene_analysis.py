"""Part of the scene of the access tests: what happens to requests after they were lodged."""

from datetime import UTC, date, datetime
from typing import Any

from ccm_portal.core.enums import Role
from compliance.domain import analyses, groups, request_comments, request_questions
from compliance.enums import BenchmarkStage, GroupPart, RequestOutcome, RequestStatus
from compliance.models import Benchmark, ExtensionRequest
from meetings.models import Meeting
from tests.compliance import factories_requests as make
from tests.factories import person, state

CANARY = "CANARY-R2-draft"  # in what the analysis group writes before it is issued
ASKED = "CANARY-R2-asked"  # in a question that waits for its answer
AT = datetime(2026, 4, 20, 9, tzinfo=UTC)


def build(names: dict[str, Any]) -> dict[str, Any]:
    """The request of Lao PDR for clearance has a group, of which Lebanon is a member; the one for its stocks was
    granted with a benchmark."""
    iso = person(Role.ISO_STAFF, "iso")
    request = ExtensionRequest.objects.select_related("state", "clock").get(state__iso3="LAO", clock__clock="art4")
    request.meeting = Meeting.objects.filter(key="14msp").first()
    request.save()
    groups.begin(request=request, by=iso, at=AT)
    if not request.group.filter(state__iso3="LBN").exists():
        groups.add(request=request, part=GroupPart.MEMBER, state=state("LBN"), by=iso, at=AT)
    request.group.filter(state__iso3="LBN").update(part=GroupPart.MEMBER)
    request_questions.ask(request=request, section="remaining", text=f"{ASKED} of the State", by=iso, at=AT)
    words = analyses.Words(text=f"{CANARY} text", draft_decision=f"{CANARY} draft", recommended_until=None)
    analyses.write(request=request, words=words, version=0, by=iso, at=AT)
    comment = request_comments.comment(
        request=request, speaker=state("NOR"), text="Public.", by=person(Role.DRAFTER, "NOR"), at=AT
    )
    granted = make.request(
        "LAO",
        "art3",
        status=RequestStatus.DECIDED,
        outcome=RequestOutcome.GRANTED,
        granted_until=date(2030, 8, 1),
        decided_on=date(2026, 3, 2),
    )
    benchmark = Benchmark.objects.create(
        request=granted, stage=BenchmarkStage.DECISION, number=1, text="Half is destroyed.", due=date(2028, 8, 1)
    )
    return {
        "group_member": request.group.get(state__iso3="LBN").pk,
        "request_comment": comment.pk,
        "benchmark": benchmark.pk,
    }
