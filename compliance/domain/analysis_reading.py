"""What everybody reads of a request once it is lodged: who analyses it, what was asked, said, recommended, decided."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.clock_sentences import explain
from ccm_portal.core.writing import date_text, number_text
from ccm_portal.treaty.clocks import extension_limit
from compliance.domain import request_form
from compliance.domain.groups import is_found
from compliance.domain.request_clock import beyond_the_limit, obligation_of
from compliance.enums import BenchmarkStage, GroupPart, RequestStatus
from compliance.models import Analysis, Benchmark, ExtensionRequest, GroupMember, RequestComment, RequestQuestion
from compliance.rules_analysis import public_questions

PARTS = (GroupPart.LEAD, GroupPart.MEMBER, GroupPart.EXPERT)


@dataclass(frozen=True)
class Told:
    """A member as the page shows it."""

    member: GroupMember
    name: str
    found: bool  # the State that asks: a conflict that nobody had to declare

    @property
    def label(self) -> str:
        return self.member.get_part_display()


def group_of(request: ExtensionRequest) -> list[Told]:
    """Those who lead, members, those asked for advice."""
    rows = request.group.select_related("state", "organisation").order_by("pk")
    told = [
        Told(
            row,
            row.state.name if row.state else row.organisation.name if row.organisation else "",
            is_found(row, request),
        )
        for row in rows
    ]
    return sorted(told, key=lambda one: PARTS.index(GroupPart(one.member.part)))


def months_between(earlier: date, later: date) -> int:
    """Whole months from one day to another; negative where it is earlier."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    return months - (1 if later.day < earlier.day and months > 0 else 0)


def span(earlier: date, later: date) -> str:
    """ "2 years 6 months" from the deadline on; empty where it is not later."""
    months = months_between(earlier, later)
    if months <= 0:
        return ""
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(ngettext("%(count)s year", "%(count)s years", years) % {"count": number_text(years)})
    if rest:
        parts.append(ngettext("%(count)s month", "%(count)s months", rest) % {"count": number_text(rest)})
    return " ".join(parts)


def comparison(request: ExtensionRequest) -> dict[str, Any] | None:
    """What was asked, recommended and granted, beside what one extension can give, where a deadline is kept."""
    deadline = request.deadline_then
    if deadline is None or not (request.recommended_until or request.granted_until):
        return None
    limit = extension_limit(deadline=deadline, obligation=obligation_of(request.clock))
    days = (
        (_("Asked until"), request.asked_until),
        (_("Recommended until"), request.recommended_until),
        (_("Granted until"), request.granted_until),
        (_("One extension can reach"), limit.day),
    )
    farthest = max(day for _label, day in days if day)
    whole = max((farthest - deadline).days, 1)
    return {
        "deadline": deadline,
        "rows": [
            {
                "label": label,
                "day": day,
                "span": span(deadline, day),
                "width": max(0, min(100, round(100 * (day - deadline).days / whole))),
                "is_limit": day is limit.day,
            }
            for label, day in days
            if day
        ],
        "limit": explain(limit),
        "beyond": beyond_the_limit(request.clock, request.granted_until, deadline=deadline),
    }


def issued(request: ExtensionRequest) -> Analysis | None:
    """The analysis that everybody may read: none while the group looks at a request that was revised since."""
    if request.status == RequestStatus.LODGED:
        return None
    return Analysis.objects.select_related("document").filter(request=request, issued_at__isnull=False).first()


def earlier_paper(request: ExtensionRequest) -> Analysis | None:
    """An analysis whose paper stands, while its text is not the one in force. Of the row, only the paper is public."""
    return Analysis.objects.select_related("document").filter(request=request, document__isnull=False).first()


def benchmarks_of(request: ExtensionRequest, stage: BenchmarkStage) -> list[Benchmark]:
    """In their order."""
    return list(request.benchmarks.filter(stage=stage).order_by("number"))


def about(question: RequestQuestion, request: ExtensionRequest) -> str:
    """The title of the section that it is about."""
    section = request_form.section_of(request, question.section) if question.section else None
    return str(section.title) if section else _("The whole request")


def answered(request: ExtensionRequest) -> list[tuple[RequestQuestion, str]]:
    """Questions that the State has answered, with the section each is about."""
    return [(one, about(one, request)) for one in public_questions().filter(request=request)]


def comments_on(request: ExtensionRequest) -> list[tuple[RequestComment, str]]:
    """What others have said, the first first, with whose words they are."""
    rows = request.comments.select_related("state", "organisation").order_by("written_at", "pk")
    return [(one, one.state.name if one.state else one.organisation.name if one.organisation else "") for one in rows]


def due_words(benchmark: Benchmark, on: date) -> tuple[str, str]:
    """The badge of a benchmark on a day, and its words."""
    if benchmark.met_on:
        return "done", _("Reached on %(day)s") % {"day": date_text(benchmark.met_on)}
    return ("late", _("The day has passed")) if benchmark.due < on else ("waiting", _("Not reached yet"))
