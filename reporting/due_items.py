"""The reports that are due, State by State: one source for desk, reminders, calendar and mail."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.clock_sentences import explain, explain_current
from ccm_portal.core.due_items import REPORT_RUNGS, DueItem
from ccm_portal.core.enums import STATE_ROLES
from ccm_portal.core.models import State
from reporting.domain.obligations import Owed
from reporting.domain.queries import outstanding


def reports_due(on: date, states: QuerySet[State] | None = None) -> Iterator[DueItem]:
    """Initial and annual reports not yet filed, whether or not a draft was begun."""
    for owed, _draft in outstanding(State.objects.all() if states is None else states, on=on):
        yield _item(owed)


def _item(owed: Owed) -> DueItem:
    return DueItem(
        key=f"reporting:{owed.state.iso3}:{owed.year or owed.kind}",
        title=owed.title,
        state=owed.state,
        due=owed.due,
        source=_("Article %(article)s") % {"article": owed.reason.article},
        basis=basis_of(owed),
        url=reverse("reporting:my-state", args=[owed.state.slug]),
        audience=tuple(sorted(STATE_ROLES)),
        to_mission=True,
        rungs=REPORT_RUNGS,
    )


def basis_of(owed: Owed) -> str:
    if owed.clock:
        return explain_current(owed.clock, state=owed.state)
    return explain(owed.reason)
