"""Loads the demonstration reports: by the operations people use, at the time they would have used them."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from ccm_portal.core import clock
from ccm_portal.core.models import State, User
from ccm_portal.demonstration.pictures import enclose
from ccm_portal.demonstration.profiles import Report as TypedReport
from ccm_portal.demonstration.profiles import Typed, affected, lao, quiet
from ccm_portal.demonstration.workbooks import bring_workbook
from reporting.domain.colleagues import lend
from reporting.domain.comments import comment
from reporting.domain.drafts import start_report
from reporting.domain.filing import file_report
from reporting.domain.imports import import_paper, read_file
from reporting.domain.queries import latest_filed
from reporting.enums import Channel, Provenance, ReportKind, Standing, StartFrom
from reporting.form import answers as form_answers
from reporting.form.editions import edition
from reporting.form.parts import Section
from reporting.form.receipts import canonical
from reporting.models import Report, SectionDraft

DATA = Path(__file__).parent / "data"
# Sections that a State with a running programme rewrites every year; the rest stands.
LIVELY = frozenset(
    {
        "header",
        "retained_transferred",
        "contamination_clearance",
        "risk_education",
        "victim_assistance",
        "resources_cooperation",
    }
)


def noon(day: str | date) -> datetime:
    """Noon UTC of a day."""
    return datetime.combine(date.fromisoformat(str(day)), time(12), tzinfo=UTC)


def load_invented(*, by: User) -> int:
    """The invented reports of the schedule, oldest first.

    :returns: how many were filed; none where they are there already.
    """
    schedule = json.loads((DATA / "schedule.json").read_text())["reports"]
    words = json.loads((DATA / "words.json").read_text())
    filed = 0
    for iso3, plan in schedule.items():
        state = State.objects.get(iso3=iso3)
        for year, day in plan["filed"].items():
            if Report.objects.filter(state=state, kind=ReportKind.ANNUAL, year=int(year)).exists():
                continue
            typed = _profile(plan, int(year), words.get(iso3) or words[plan["language"]])
            _file(state, int(year), plan["language"], typed, by=by, at=noon(day))
            filed += 1
    return filed


def _profile(plan: dict[str, Any], year: int, words: dict[str, Any]) -> TypedReport:
    if plan["profile"] == "lao":
        return lao(year)
    return affected(year, words) if plan["profile"] == "affected" else quiet(year, words)


def _file(state: State, year: int, language: str, typed: TypedReport, *, by: User, at: datetime) -> None:
    base = latest_filed(state)
    if base and base.provenance != Provenance.DEMONSTRATION:
        base = None  # a real paper is not carried into invented reports
    report = start_report(
        state=state,
        kind=ReportKind.ANNUAL,
        year=year,
        how=StartFrom.SOME_CHANGED if base else StartFrom.SCRATCH,
        base=base,
        changed=LIVELY if base else (),
        by=by,
        at=at,
        language=language,
    )
    fill(report, {key: said for key, said in typed.items() if base is None or key in LIVELY}, origin="demonstration")
    if base is None and "technical_characteristics" in typed and typed["technical_characteristics"].rows:
        enclose(report, by=by, at=at)  # carried from year to year from then on
    file_report(report=report, by=by, at=at, filing_key=f"demonstration-{state.iso3}-{year}")


def fill(report: Report, typed: TypedReport, *, origin: str) -> None:
    """Put typed answers into a draft's sections."""
    form = edition(report.edition)
    for key, said in typed.items():
        section = form.section(key)
        SectionDraft.objects.filter(report=report, key=key).update(
            answers=answered(section, said, origin=origin, language=report.language),
            standing=Standing.NOT_APPLICABLE if said.not_applicable else Standing.CHANGED,
            unchanged_since=None,
        )


def answered(section: Section, said: Typed, *, origin: str, language: str) -> dict[str, Any]:
    """The answers of a section from what is typed."""
    answers = form_answers.blank(section)
    for part in said.none:
        answers = form_answers.set_none(section, answers, part, True)
    for path, text in said.values.items():
        answers = form_answers.set_cell(section, answers, path, text, origin=origin, language=language)
    for part, rows in said.rows.items():
        for row in rows:
            answers = form_answers.add_row(section, answers, part)
            row_id = form_answers.last_row_id(answers, part)
            for column, text in row.items():
                path = f"{part}.{row_id}.{column}"
                answers = form_answers.set_cell(section, answers, path, text, origin=origin, language=language)
    return answers


# A sum that does not add up and a date of another year: what the checks ask a second look at.
SLIPPED = Typed(
    rows={
        "activities": [
            {
                "activity": "Demonstration: lessons in schools",
                "girls": "400",
                "boys": "380",
                "women": "210",
                "men": "190",
                "total": "1800",
                "dates": "May 2019",
            }
        ]
    }
)


def load_drafts(*, at: datetime) -> int:
    """Drafts that somebody has begun; their text holds a canary, so that a leak would be seen."""
    plans = json.loads((DATA / "schedule.json").read_text())["drafts"]
    begun = 0
    for iso3, plan in plans.items():
        state = State.objects.get(iso3=iso3)
        kind = ReportKind.INITIAL if plan.get("initial") else ReportKind.ANNUAL
        year = plan.get("year")
        if Report.objects.filter(state=state, kind=kind, year=year).exists():
            continue
        by = User.objects.get(email=plan["by"])
        base = latest_filed(state) if kind == ReportKind.ANNUAL else None
        report = start_report(
            state=state,
            kind=kind,
            year=year,
            how=StartFrom.SOME_CHANGED if base else StartFrom.SCRATCH,
            base=base,
            changed={"other_matters", "risk_education"} if base else (),
            by=by,
            at=at,
            language=by.language,
        )
        said = Typed(values={"matters.text": f"CANARY-A1-{iso3.lower()}: demonstration text of an unfinished draft."})
        fill(report, {"other_matters": said, **({"risk_education": SLIPPED} if base else {})}, origin="demonstration")
        _together(report, plan, by=by, at=at)
        begun += 1
    return begun


def _together(report: Report, plan: dict[str, Any], *, by: User, at: datetime) -> None:
    """What the drafter does with others in it: a section lent, comments between colleagues."""
    sections = {section.key: section for section in report.sections.all()}
    if lent := plan.get("lent"):
        colleague = User.objects.get(email=lent["to"])
        lend(
            section=sections[lent["section"]],
            email=colleague.email,
            name=colleague.name,
            language=colleague.language,
            message=lent["message"],
            by=by,
            at=at,
        )
    if told := plan.get("workbook"):
        bring_workbook(sections[told["section"]], told["table"], told["row"], by=by, at=at)
    for said in plan.get("comments", ()):
        comment(
            section=sections[said["section"]],
            path=said["path"],
            text=said["text"],
            by=User.objects.get(email=said["by"]),
            at=at,
        )


def load_real(*, by: User) -> int:
    """The three real reports, from public excerpts, entered from files as the office would enter a paper."""
    entered = 0
    for path in sorted((DATA / "real").glob("*.json")):
        told = json.loads(path.read_text())
        said = told["report"]
        if Report.objects.filter(state__iso3=said["state"], kind=said["kind"], year=said["year"]).exists():
            continue
        import_paper(
            told=read_file(data=canonical(said), name=path.name),
            received_on=date.fromisoformat(told["submitted_on"]) if told["submitted_on"] else None,
            channel=Channel.PUBLISHED,
            note="Entered from public excerpts: " + ", ".join(told["sources"]),
            by=by,
            at=clock.now(),
        )
        entered += 1
    return entered
