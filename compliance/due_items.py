"""What falls due beside reports: the ends of time limits, requests to be lodged, declarations, benchmarks.

The key holds the day, so that a day that moves starts its ladder anew. What fell due before the portal's record begins
is not listed, and nobody is written to about a time limit that is over: that is for the meeting.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.due_items import CLIMB, DueItem, Rung
from ccm_portal.core.models import State
from compliance.domain.obligation_rows import Obligation
from compliance.domain.obligations import obligations
from compliance.enums import ObligationKind, Standing

# 24, 18 and 12 months before the end of a time limit; three months and one month before a lodging date, the day after.
CLOCK_LADDER = (Rung(-730, CLIMB[:2]), Rung(-548, CLIMB[:2]), Rung(-365, CLIMB[:3]))
LODGING_LADDER = (Rung(-91, CLIMB[:2]), Rung(-30, CLIMB[:3]), Rung(1, CLIMB))
DECLARATION_LADDER = (Rung(-30, CLIMB[:2]), Rung(1, CLIMB[:3]))
BENCHMARK_LADDER = (Rung(-91, CLIMB[:1]), Rung(-30, CLIMB[:2]), Rung(1, CLIMB[:3]))
LADDERS = {
    ObligationKind.STOCKPILE: CLOCK_LADDER,
    ObligationKind.CLEARANCE: CLOCK_LADDER,
    ObligationKind.NEW_CLEARANCE: CLOCK_LADDER,
    ObligationKind.LODGING: LODGING_LADDER,
    ObligationKind.DECLARATION: DECLARATION_LADDER,
    ObligationKind.BENCHMARK: BENCHMARK_LADDER,
}
AHEAD = timedelta(days=3660)  # ten years, as long as the longest time limit: calendars show the day that counts
CHASED = timedelta(days=60)  # how long after its day somebody is still written to


def obligations_due(on: date, states: QuerySet[State] | None = None) -> Iterator[DueItem]:
    """What is open as of ``on``."""
    return _items(on, states, as_it_was=False)


def obligations_due_then(on: date, states: QuerySet[State] | None = None) -> Iterator[DueItem]:
    """The same for a day that is over: with what was settled after it."""
    return _items(on, states, as_it_was=True)


def _items(on: date, states: QuerySet[State] | None, *, as_it_was: bool) -> Iterator[DueItem]:
    asked = State.objects.all() if states is None else states
    bound = asked.exclude(entry_into_force=None)
    for row in obligations(bound, on=on, years=(), kinds=LADDERS, as_it_was=as_it_was):
        if _is_listed(row, on):
            yield _item(row, on)


def _is_listed(row: Obligation, on: date) -> bool:
    if row.standing not in (Standing.RUNNING, Standing.LAPSED):
        return False
    return settings.RECORD_BEGINS <= row.due <= on + AHEAD


def _item(row: Obligation, on: date) -> DueItem:
    ends = row.due if row.is_clock else row.due + CHASED
    return DueItem(
        key=f"compliance:{row.state.iso3}:{row.key}:{row.due.isoformat()}",
        title=row.title,
        state=row.state,
        due=row.due,
        source=_("Article %(article)s") % {"article": row.granted_article if row.granted else row.article},
        basis=row.sentence,
        url=reverse("compliance:state-obligations", args=[row.state.slug]),
        ladder=LADDERS[row.kind] if on <= ends else (),
        what_now=_what_now(row),
    )


def _what_now(row: Obligation) -> str:
    if row.kind == ObligationKind.LODGING:
        return _("If the time limit cannot be kept, a request for more is lodged in the portal. Late is possible too.")
    if row.kind == ObligationKind.DECLARATION:
        return _("Completion is declared to the meeting; tell the ISO, so that it stands here.")
    if row.kind == ObligationKind.BENCHMARK:
        return _("The decision on the extension set this. The next report can say how far it is reached.")
    return _("What is left and the yearly rate stand on the page. More time has to be asked for early.")
