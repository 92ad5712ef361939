"""The demonstration of what follows a lodged request: the group that analyses Lebanon's with two questions, a comment
and a draft; and benchmarks of a decision of the 13MSP. What these say is invented and says so.
"""

from datetime import datetime

from ccm_portal.demonstration.extension_requests import MARK
from ccm_portal.demonstration.scenes import before, cast
from ccm_portal.treaty.arithmetic import add_years
from compliance.domain import analyses, benchmarks, groups, request_comments, request_questions
from compliance.domain.benchmarks import Row
from compliance.enums import BenchmarkStage, RequestStatus
from compliance.models import ExtensionRequest

CANARY = "CANARY-R2"
ASKED = "How many teams work in winter, and on how many days of the year can they not?"
ANSWERED = "All seven. Snow stops those above 1,000 metres for about ten weeks."
AGAIN = "The revised request counts on five teams. Which areas come later than the work plan says?"
SAID = "We welcome the request, and that the areas closest to houses come first. Why is the rate lower?"
DECIDED = "SOM"  # whose request the 13MSP granted, in the demonstration


def load_analysis(*, at: datetime) -> bool:
    """Load what is missing.

    :returns: whether anything was added.
    """
    return _analysed(at=at) | _decided(at=at)


def _analysed(*, at: datetime) -> bool:
    """Lebanon's: one question answered, one that waits; a draft of the analysis that the group alone reads."""
    here = cast()
    request = ExtensionRequest.objects.filter(
        state=here.states["LBN"], status=RequestStatus.LODGED, begun_by__is_demonstration=True
    ).first()
    if request is None or request.group.exists():
        return False
    leader = here.people["leader"]
    groups.begin(request=request, by=here.office, at=before(at, days=34))
    question = request_questions.ask(
        request=request, section="work", text=f"{MARK} {ASKED}", by=leader, at=before(at, days=30)
    )
    request_questions.answer(
        question=question,
        text=f"{MARK} {ANSWERED}",
        version=question.version,
        by=here.people["approver.lbn"],
        at=before(at, days=21),
    )
    request_questions.ask(
        request=request, section="remaining", text=f"{MARK} {AGAIN}", by=leader, at=before(at, days=8)
    )
    request_comments.comment(
        request=request,
        speaker=here.organisations["eu"],
        text=f"{MARK} {SAID}",
        by=here.people["observer.eu"],
        at=before(at, days=6),
    )
    words = analyses.Words(
        text=f"{MARK} The plan is sound; the rate rests on funds that are known for one year. {CANARY}-text.",
        draft_decision=f"{MARK} The Meeting grants the request for three years. {CANARY}-decision.",
        recommended_until=add_years(request.clock.current, 3),
        benchmarks=[Row("All suspected areas are surveyed", add_years(request.clock.current, 2))],
    )
    analyses.write(request=request, words=words, version=0, by=leader, at=before(at, days=4))
    return True


def _decided(*, at: datetime) -> bool:
    """Benchmarks of the decision that the 13MSP took on Somalia's request, one of them past."""
    here = cast()
    request = ExtensionRequest.objects.filter(state=here.states[DECIDED], meeting__key="13msp").first()
    until = request.granted_until if request else None
    if request is None or until is None or request.benchmarks.filter(stage=BenchmarkStage.DECISION).exists():
        return False
    rows = [
        Row(f"{MARK} A plan for each year is sent to the ISO", add_years(until, -4)),
        Row(f"{MARK} All suspected areas are surveyed", add_years(until, -2)),
        Row(f"{MARK} Half of the area is cleared", add_years(until, -1)),
    ]
    benchmarks.decide(request=request, rows=rows, version=request.version, by=here.office, at=before(at, days=40))
    return True
