"""What the office still has to do about filed reports, each as one query."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from ccm_portal.core.models import User
from reporting.enums import Confirmation, Provenance
from reporting.models import ReportPaper, ReportQuestion, ReportThanks, ReportVersion
from reporting.rules import office_reports

THANKED_WITHIN = timedelta(days=365)  # an old report that was entered late is not thanked for by itself


def looked_after(user: User) -> QuerySet[Any]:
    """Every filed report with what stands beside it, filed last first."""
    newest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number")
    questions = ReportQuestion.objects.filter(version__report=OuterRef("pk"), withdrawn_at=None).order_by()
    per_report = questions.values("version__report").annotate(number=Count("pk")).values("number")
    return (
        office_reports(user)
        .annotate(
            newest=Subquery(newest.values("pk")[:1]),
            version_provenance=Subquery(newest.values("provenance")[:1]),
            version_filed_at=Subquery(newest.values("filed_at")[:1]),
            is_thanked=Exists(ReportThanks.objects.filter(version=OuterRef("newest"))),
            unanswered=Subquery(per_report.filter(answered_at=None)),
            answers_in=Subquery(per_report.filter(answered_at__isnull=False, noted_at=None)),
            confirmation=Subquery(ReportPaper.objects.filter(report=OuterRef("pk")).values("confirmation")[:1]),
        )
        .order_by("-filed_at", "-pk")
    )


def to_thank(user: User, *, on: date) -> QuerySet[Any]:
    """Those whose version in force was filed in the last year and not thanked for. A paper of which nobody knows
    when it came is not among them."""
    recent = looked_after(user).filter(is_thanked=False, version_filed_at__date__gte=on - THANKED_WITHIN)
    return recent.exclude(version_provenance=Provenance.ISO, due=None)


def awaiting_answers(user: User) -> QuerySet[Any]:
    """Those with a question that the State has not answered."""
    return looked_after(user).filter(unanswered__gt=0)


def with_new_answers(user: User) -> QuerySet[Any]:
    """Those with an answer that nobody in the office has noted."""
    return looked_after(user).filter(answers_in__gt=0)


def awaiting_confirmation(user: User) -> QuerySet[Any]:
    """Entered from paper, and the State has neither confirmed nor corrected it."""
    waiting = Q(confirmation__in=(Confirmation.OPEN, Confirmation.CONTESTED))
    return looked_after(user).filter(waiting, version_provenance=Provenance.ISO)


def contested(user: User) -> QuerySet[Any]:
    """Entered from paper, and the State says that the entry is not right."""
    return awaiting_confirmation(user).filter(confirmation=Confirmation.CONTESTED)
