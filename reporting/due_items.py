"""The reports that are due, State by State: one source for desk, reminders, calendar and mail."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.clock_sentences import explain, explain_current
from ccm_portal.core.due_items import REPORT_LADDER, DueItem
from ccm_portal.core.models import State
from reporting.domain.obligations import Owed
from reporting.domain.queries import outstanding_in_words
from reporting.models import Report


def reports_due(on: date, states: QuerySet[State] | None = None) -> Iterator[DueItem]:
    """Initial and annual reports not yet filed, whether or not a draft was begun."""
    return _items(on, states, as_it_was=False)


def reports_due_then(on: date, states: QuerySet[State] | None = None) -> Iterator[DueItem]:
    """The same for a day that is over: with reports that were filed after it."""
    return _items(on, states, as_it_was=True)


def _items(on: date, states: QuerySet[State] | None, *, as_it_was: bool) -> Iterator[DueItem]:
    asked = State.objects.all() if states is None else states
    for owed, draft, language in outstanding_in_words(asked, on=on, as_it_was=as_it_was):
        yield _item(owed, draft, language)


def _item(owed: Owed, draft: Report | None, language: str) -> DueItem:
    return DueItem(
        key=f"reporting:{owed.state.iso3}:{owed.year or owed.kind}",
        title=owed.title,
        state=owed.state,
        due=owed.due,
        source=_("Article %(article)s") % {"article": owed.reason.article},
        basis=basis_of(owed),
        url=reverse("reporting:my-state", args=[owed.state.slug]),
        ladder=REPORT_LADDER,
        begun=draft is not None,
        held_by=draft.created_by_id if draft else None,
        language=language,
    )


def basis_of(owed: Owed) -> str:
    if owed.clock:
        return explain_current(owed.clock, state=owed.state)
    return explain(owed.reason)
