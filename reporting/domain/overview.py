"""A draft on one page: its sections with their standing, who is on them, and what the checks say."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from reporting.domain import contents, remarks
from reporting.enums import ReportKind, Standing
from reporting.form.checks import BLOCKS, Problem
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Section
from reporting.form.sentences import presented
from reporting.models import Report, SectionDraft


@dataclass(frozen=True, kw_only=True)
class Task:
    """One section as a thing to do."""

    section: Section
    draft: SectionDraft
    letter: str
    blocks: int
    remarks: int
    said: str
    here: str
    kept: tuple[str, ...] = ()  # the titles of its parts that say something and are for States Parties only

    @property
    def title(self) -> str:
        return str(self.section.title)

    @property
    def is_done(self) -> bool:
        return self.draft.standing != Standing.UNDECIDED and not self.blocks

    @property
    def status(self) -> str:
        """How the badge is coloured; its words are ``label``."""
        if self.is_done:
            return self.draft.standing if self.section.key != contents.HEADER else "done"
        return "problem" if self.blocks and self.draft.standing else "yours"

    @property
    def label(self) -> str:
        if self.blocks and self.draft.standing != Standing.UNDECIDED:
            return _("Needs you")
        if self.section.key == contents.HEADER:
            return _("Done")
        return str(Standing(self.draft.standing).label)


@dataclass(frozen=True, kw_only=True)
class Overview:
    report: Report
    document: dict[str, Any]
    drafts: list[SectionDraft]
    tasks: list[Task]
    blocking: list[Problem]
    warnings: list[Problem]
    saved_at: datetime

    @property
    def left(self) -> int:
        return sum(not task.is_done for task in self.tasks)

    @property
    def kept(self) -> list[Task]:
        """The sections of which something is kept for States Parties."""
        return [task for task in self.tasks if task.kept]


def of_draft(report: Report, *, for_person: User, since: datetime, on: date) -> Overview:
    """Everything the task list shows. ``since`` tells who still counts as being on a section.

    What is worth a second look waits until somebody has said how the section stands.
    """
    drafts = list(report.sections.select_related("updated_by"))
    document = contents.document_of(report, drafts)
    by_key = {draft.key: draft for draft in drafts}
    acts = report.state_id in for_person.state_ids
    ask = remarks.problems_of if acts else remarks.problems_for_others
    found = [
        problem
        for problem in ask(report, document, drafts, on=on)
        if problem.severity == BLOCKS or by_key[problem.section].standing != Standing.UNDECIDED
    ]
    language = get_language() or "en"
    edition = edition_of(report.edition)
    kept = contents.withheld_parts(document, drafts)
    return Overview(
        report=report,
        document=document,
        drafts=drafts,
        tasks=[
            _task(
                report,
                section,
                by_key[section.key],
                document["sections"][section.key],
                [problem for problem in found if problem.section == section.key],
                letter=edition.letter(section.key, language=report.language),
                language=language,
                for_person=for_person,
                since=since,
                kept=tuple(str(part.title) for part in section.parts if f"{section.key}/{part.key}" in kept),
            )
            for section in edition.in_order(language=report.language)
        ],
        blocking=[problem for problem in found if problem.severity == BLOCKS],
        warnings=[problem for problem in found if problem.severity != BLOCKS],
        saved_at=max(draft.updated_at for draft in drafts),
    )


def _task(
    report: Report,
    section: Section,
    draft: SectionDraft,
    said: dict[str, Any],
    found: list[Problem],
    *,
    letter: str,
    language: str,
    for_person: User,
    since: datetime,
    kept: tuple[str, ...],
) -> Task:
    somebody = draft.updated_by
    # Whoever reads it by the State's leave reads what States Parties keep among themselves as the public does.
    withheld = () if report.state_id in for_person.state_ids else draft.withheld
    is_here = somebody is not None and somebody != for_person and draft.updated_at >= since and draft.version > 1
    return Task(
        section=section,
        draft=draft,
        letter=letter,
        blocks=sum(problem.severity == BLOCKS for problem in found),
        remarks=sum(problem.severity != BLOCKS for problem in found),
        said=_first_words(section, said, language, withheld) if draft.standing else "",
        here=str(somebody) if is_here else "",
        kept=kept,
    )


def _first_words(section: Section, said: dict[str, Any], language: str, withheld: Collection[str]) -> str:
    """What to recognise the section by: how it stands, its definite sentences, the titles of what it answers."""
    words = presented(section, said, language, withheld=withheld)
    blocks = [block.sentence or block.title for block in words.blocks if block.answered]
    return " · ".join([sentence for sentence in (words.sentence, *blocks) if sentence][:3])


def may_stand_unchanged(report: Report) -> bool:
    return report.kind != ReportKind.INITIAL and report.carried_from_id is not None
