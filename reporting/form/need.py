"""How binding a question is."""

from __future__ import annotations

from enum import Enum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reporting.form.common import StrOrPromise


class Need(Enum):
    """Who asks for the answer: the Convention, or more politely somebody else."""

    TREATY = "treaty"
    IF_POSSIBLE = "if_possible"
    VOLUNTARY = "voluntary"
    ACTION_PLAN = "action_plan"

    @property
    def label(self) -> StrOrPromise:
        return _LABELS[self]

    @property
    def explanation(self) -> StrOrPromise:
        return _EXPLANATIONS[self]


_LABELS: dict[Need, StrOrPromise] = {
    Need.TREATY: pgettext_lazy("need of an answer", "Required by the Convention"),
    Need.IF_POSSIBLE: pgettext_lazy("need of an answer", "If possible"),
    Need.VOLUNTARY: pgettext_lazy("need of an answer", "Voluntary"),
    Need.ACTION_PLAN: pgettext_lazy("need of an answer", "Action plan"),
}

_EXPLANATIONS: dict[Need, StrOrPromise] = {
    Need.TREATY: _("Article 7 of the Convention asks every State Party for this."),
    Need.IF_POSSIBLE: _("Article 7 of the Convention asks for this as far as it is known or possible."),
    Need.VOLUNTARY: _("The Convention does not ask for this. An answer helps others to understand."),
    Need.ACTION_PLAN: _("States Parties asked each other for this in their action plan. It is a promise, not law."),
}

TREATY = Need.TREATY
IF_POSSIBLE = Need.IF_POSSIBLE
VOLUNTARY = Need.VOLUNTARY
ACTION_PLAN = Need.ACTION_PLAN
