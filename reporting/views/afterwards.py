"""What a State sees beside its own filed report: thanks, questions, and the paper it was entered from."""

from typing import Any

from ccm_portal.core.permissions import may
from reporting.domain import papers, places, questions
from reporting.enums import Provenance
from reporting.models import Report, ReportThanks, ReportVersion
from reporting.rules import Person, own_questions


def afterwards_of(report: Report, version: ReportVersion, user: Person) -> dict[str, Any]:
    """For the page of the receipt. As many queries for one question as for many."""
    names = dict(places.places_of(report))
    asked = list(own_questions(user).filter(version__report=report).order_by("asked_at", "pk"))
    kept = questions.kept_beside(report, asked) if asked else set()
    return {
        "thanks": ReportThanks.objects.filter(version__report=report).select_related("version").order_by("pk"),
        "questions": [
            {"it": one, "place": names.get(one.place, names[places.WHOLE]), "can_be_shown": one.place not in kept}
            for one in asked
        ],
        "may_show_answers": may(user, "reporting.show_answer", report),
        "paper": papers.paper_of(report),
        "stands_as_entered": version.provenance == Provenance.ISO,
    }
