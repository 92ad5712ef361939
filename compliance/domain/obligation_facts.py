"""What is known of States and bears on what they owe, gathered in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from ccm_portal.core.models import State
from committees.enums import WithdrawalStatus
from committees.models import Withdrawal
from compliance.domain.obligation_rows import Filed
from compliance.domain.request_clock import formal_meetings
from compliance.enums import GRANTS, BenchmarkStage, ObligationKind, RequestOutcome, RequestStatus
from compliance.models import Benchmark, CirculatedClarification, Completion, ExtensionRequest, OfficialDay, Suspension
from compliance.rules_analysis import OPEN
from compliance.rules_requests import public_requests
from meetings.models import Meeting
from reporting.enums import ReportKind
from reporting.models import Report

# What is counted from a meeting, told by reports, or published on a day of its own.
FROM_MEETINGS = frozenset({ObligationKind.LODGING, ObligationKind.DECLARATION})
BY_REPORTS = frozenset({ObligationKind.INITIAL_REPORT, ObligationKind.ANNUAL_REPORT, ObligationKind.RETENTION_REPORT})
PUBLISHED = frozenset({*FROM_MEETINGS, *BY_REPORTS, ObligationKind.BENCHMARK, ObligationKind.CLARIFICATION})

PEOPLE = ("begun_by", "decision__recorded_by")  # who say whether a request is invented


@dataclass
class Facts:
    """By the keys of States and of their clocks."""

    meetings: list[Meeting] = field(default_factory=list)
    filed: dict[tuple[int, str, int | None], Filed] = field(default_factory=dict)
    waiting: dict[int, ExtensionRequest] = field(default_factory=dict)
    granted: dict[int, list[ExtensionRequest]] = field(default_factory=lambda: defaultdict(list))
    completions: dict[int, Completion] = field(default_factory=dict)
    suspensions: dict[int, Suspension] = field(default_factory=dict)
    official: dict[tuple[int, str], OfficialDay] = field(default_factory=dict)
    benchmarks: dict[int, list[Benchmark]] = field(default_factory=lambda: defaultdict(list))
    withdrawals: dict[int, Withdrawal] = field(default_factory=dict)
    clarifications: dict[int, list[CirculatedClarification]] = field(default_factory=lambda: defaultdict(list))

    def counting(self, state: State, key: str, computed: date) -> tuple[OfficialDay | None, date]:
        """The published day of an obligation, if there is one, and the day that counts."""
        official = self.official.get((state.pk, key))
        return official, official.day if official else computed


def gather(states: Iterable[State], *, on: date, kinds: Collection[ObligationKind], as_it_was: bool = False) -> Facts:
    """Nine queries at most, for any number of States: what bears on obligations of ``kinds``, and on time limits.

    ``as_it_was``: without what came after ``on``.
    """
    ids = [state.pk for state in states]
    wanted, facts = frozenset(kinds), Facts()
    if wanted & FROM_MEETINGS:
        facts.meetings = list(formal_meetings())
    if wanted & BY_REPORTS:
        _reports(facts, ids, until=on if as_it_was else None)
    _requests(facts, ids, until=on if as_it_was else None)
    completions = Completion.objects.filter(clock__state__in=ids).select_related("declared_to")
    if as_it_was:
        completions = completions.filter(noted_at__date__lte=on)
    facts.completions = {one.clock_id: one for one in completions}
    resting = Suspension.objects.filter(Q(ends=None) | Q(ends__gt=on), clock__state__in=ids, starts__lte=on)
    facts.suspensions = {one.clock_id: one for one in resting.order_by("starts")}
    if wanted & PUBLISHED:
        facts.official = {(one.state_id, one.key): one for one in OfficialDay.objects.filter(state__in=ids)}
    if ObligationKind.BENCHMARK in wanted:
        _benchmarks(facts, ids)
    if ObligationKind.CLARIFICATION in wanted:
        circulated = CirculatedClarification.objects.filter(state__in=ids, circulated_on__lte=on)
        for known in circulated.order_by("received_on", "pk"):
            facts.clarifications[known.state_id].append(known)
    if ObligationKind.WITHDRAWAL in wanted:
        gone = Withdrawal.objects.filter(state__in=ids).exclude(status=WithdrawalStatus.REVOKED)
        facts.withdrawals = {one.state_id: one for one in gone.order_by("received_on")}
    return facts


def _benchmarks(facts: Facts, ids: list[int]) -> None:
    set_by_decision = Benchmark.objects.filter(stage=BenchmarkStage.DECISION, request__state__in=ids)
    decided = set_by_decision.filter(request__status=RequestStatus.DECIDED).select_related(
        *(f"request__{name}" for name in ("clock", *PEOPLE))
    )
    for one in decided.order_by("due", "number"):
        facts.benchmarks[one.request.state_id].append(one)


def _reports(facts: Facts, ids: list[int], *, until: date | None) -> None:
    kinds = [ReportKind.INITIAL, ReportKind.ANNUAL]
    filed = Report.objects.filed().filter(state__in=ids, kind__in=kinds)
    for report in filed.only("state_id", "kind", "year", "slug", "filed_at", "due", "provenance"):
        day = report.filed_at.date() if report.filed_at else None
        if until and day and day > until:
            continue
        told = Filed(on=day if report.day_is_known else None, slug=report.slug)
        facts.filed[report.state_id, report.kind, report.year] = told


def _requests(facts: Facts, ids: list[int], *, until: date | None) -> None:
    public = public_requests().filter(state__in=ids).select_related("meeting", "decision", *PEOPLE)
    for request in public.order_by("number"):
        if until and request.lodged_on and request.lodged_on > until:
            continue
        decided_by_then = not until or request.decided_on is None or request.decided_on <= until
        deferred = request.outcome == RequestOutcome.DEFERRED
        if request.status in OPEN or (request.status == RequestStatus.DECIDED and (deferred or not decided_by_then)):
            facts.waiting[request.clock_id] = request
        elif request.status == RequestStatus.DECIDED and request.outcome in GRANTS:
            facts.granted[request.clock_id].append(request)
