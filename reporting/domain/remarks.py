"""What the checks say of a draft: what blocks its filing, and what is worth a second look."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ccm_portal.core.models import State
from reporting.form import checks
from reporting.form import content as documents
from reporting.form.checks import Problem, ReportFacts
from reporting.form.editions import edition as edition_of
from reporting.models import Report, SectionDraft


def problems_of(report: Report, document: dict[str, Any], drafts: Iterable[SectionDraft], *, on: date) -> list[Problem]:
    """Everything the checks find, what blocks first."""
    states = {d.key: documents.SectionState(standing=d.standing, answers=d.answers) for d in drafts}
    facts = ReportFacts(kind=report.kind, is_state_party=_Parties(), left_out=documents.left_out(states), today=on)
    return checks.problems(edition_of(report.edition), document, facts=facts)


def blocking(report: Report, document: dict[str, Any], drafts: Iterable[SectionDraft], *, on: date) -> list[Problem]:
    return checks.blocking(problems_of(report, document, drafts, on=on))


class _Parties:
    """Whether a State was a State Party on a day. Asks the database once, and only if a check wants to know."""

    _states: dict[str, State] | None = None

    def __call__(self, iso3: str, day: date) -> bool:
        if self._states is None:
            self._states = {state.iso3: state for state in State.objects.all()}
        return iso3 in self._states and self._states[iso3].is_party_on(day)
