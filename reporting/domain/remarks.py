"""What the checks say of a draft: what blocks its filing, and what is worth a second look."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from ccm_portal.core.models import State
from reporting.domain.queries import filed_versions_of
from reporting.enums import ReportKind
from reporting.form import checks
from reporting.form import content as documents
from reporting.form.checks import BLOCKS, Problem, ReportFacts
from reporting.form.editions import edition as edition_of
from reporting.models import Report, SectionDraft


def problems_of(
    report: Report, document: dict[str, Any], drafts: Iterable[SectionDraft], *, on: date, whole: bool = True
) -> list[Problem]:
    """Everything the checks find, what blocks first. Without ``whole`` the document holds one section alone.

    For those who act for the State: the sentences name figures, also those it keeps for States Parties.
    """
    facts = replace(_facts(report, drafts, on=on), previous=previous_of(report), whole=whole)
    return checks.problems(edition_of(report.edition), document, facts=facts)


def problems_for_others(
    report: Report, document: dict[str, Any], drafts: list[SectionDraft], *, on: date
) -> list[Problem]:
    """The same for a reader from outside, by the State's leave: no sentence that may name what is kept for States
    Parties, in this report or in an earlier one."""
    facts = replace(_facts(report, drafts, on=on), whole=False)
    kept = {draft.key for draft in drafts if draft.withheld}
    found = checks.problems(edition_of(report.edition), document, facts=facts)
    return [problem for problem in found if problem.section not in kept]


def blocking(report: Report, document: dict[str, Any], drafts: Iterable[SectionDraft], *, on: date) -> list[Problem]:
    """What stops the filing. No figure of an earlier report ever does."""
    facts = _facts(report, drafts, on=on)
    return checks.problems(edition_of(report.edition), document, facts=facts, only=BLOCKS)


def previous_of(report: Report) -> dict[str, Any] | None:
    """The report in force for the time before, whole: only those see it who write or file for the State."""
    if report.kind == ReportKind.INITIAL:
        return None
    earlier = filed_versions_of(report.state).exclude(report=report.pk)
    if report.year is not None:
        earlier = earlier.filter(Q(report__year__lt=report.year) | Q(report__kind=ReportKind.INITIAL))
    version = earlier.defer("public_content", "salts", "receipt").first()
    return version.full_document if version else None


def _facts(report: Report, drafts: Iterable[SectionDraft], *, on: date) -> ReportFacts:
    states = {d.key: documents.SectionState(standing=d.standing, answers=d.answers) for d in drafts}
    return ReportFacts(kind=report.kind, is_state_party=_Parties(), left_out=documents.left_out(states), today=on)


class _Parties:
    """Whether a State was a State Party on a day. Asks the database once, and only if a check wants to know."""

    _states: dict[str, State] | None = None

    def __call__(self, iso3: str, day: date) -> bool:
        if self._states is None:
            self._states = {state.iso3: state for state in State.objects.all()}
        return iso3 in self._states and self._states[iso3].is_party_on(day)
