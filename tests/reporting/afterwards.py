"""The office and a delegation around a filed report, through the operations themselves."""

from datetime import date, timedelta

from ccm_portal.core.enums import Role
from reporting.domain import papers, questions
from reporting.enums import Channel, ReportKind
from reporting.models import ReportPaper, ReportQuestion, ReportVersion
from tests.factories import state
from tests.reporting.support import IN_TIME, add_row, person

LATER = IN_TIME + timedelta(days=3)
SOURCE = ("report.pdf", b"%PDF-1.7 what the State sent")


def iso_staff():
    return person(Role.ISO_STAFF, "iso")


def asked(version: ReportVersion, *, place="", text="Which province?", by=None, at=LATER) -> ReportQuestion:
    return questions.ask(version=version, place=place, text=text, by=by or iso_staff(), at=at)


def answered(question: ReportQuestion, *, by, text="Savannakhet.", shown=False, at=LATER) -> ReportQuestion:
    return questions.answer(question=question, text=text, shown=shown, by=by, at=at, revision=question.revision)


def begun(by, *, iso3="LAO", kind=ReportKind.ANNUAL, year=2024, source=SOURCE, remarks="", at=LATER, **more):
    told = {"language": "en", "channel": Channel.PAPER, "received_on": date(2025, 5, 2)} | more
    return papers.begin(state=state(iso3), kind=kind, year=year, source=source, remarks=remarks, by=by, at=at, **told)


def entered(by, *, key="e" * 32, at=LATER, **how) -> ReportPaper:
    """A paper of Lao PDR for 2024, received two days late, with one table in it."""
    paper = begun(by, at=at, **how)
    add_row(paper.report, "contamination_clearance", "released", {"province": "Saravane", "cleared": "7 ha"}, by=by)
    papers.enter(report=paper.report, note="", by=by, at=at, filing_key=key)
    return ReportPaper.objects.select_related("report__state").get(pk=paper.pk)
