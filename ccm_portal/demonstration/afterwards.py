"""What happens around a filed report, for the demonstration: thanks, a question that was answered, one that waits."""

from datetime import datetime, timedelta

from ccm_portal.core.models import State, User
from reporting.domain import questions, thanks
from reporting.domain.queries import latest_filed
from reporting.models import ReportQuestion

ASKED = "The report gives the area that was released in each province. Does it include what was cancelled by survey?"
ANSWERED = "No. It is the area that was cleared; what was cancelled by survey stands in the table before it."
WAITING = "Which of the programmes named here go on after the end of the period?"


def load_afterwards(*, at: datetime) -> int:
    """Around the latest report of Lao PDR, by the demonstration's own people.

    :returns: how many questions were asked; none where they are there already.
    """
    version = latest_filed(State.objects.get(iso3="LAO"))
    if version is None or ReportQuestion.objects.filter(version__report=version.report).exists():
        return 0
    office, approver = (User.objects.get(email=f"{who}@example.org") for who in ("iso", "approver.lao"))
    asked_at, answered_at = (min(version.filed_at + timedelta(days=days), at) for days in (10, 24))
    thanks.thank(version=version, text=thanks.proposed_text(version), by=office, at=asked_at)
    question = questions.ask(
        version=version, place="contamination_clearance/released", text=ASKED, by=office, at=asked_at
    )
    questions.answer(
        question=question, text=ANSWERED, shown=True, by=approver, at=answered_at, revision=question.revision
    )
    questions.ask(version=version, place="resources_cooperation", text=WAITING, by=office, at=at)
    return 2
