"""Until when an affected State that is eligible can apply: on desks, State pages and in calendars until its application
is sent."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.due_items import CLIMB, DueItem, Rung
from ccm_portal.core.enums import Known
from ccm_portal.core.models import State
from ccm_portal.core.writing import instant_text
from sponsorship.domain.eligibility import findings, judged_on, verdict
from sponsorship.models import Application, Round

# Nobody has to apply: one word a week before, one on the day before.
LADDER = (Rung(-7, CLIMB[:2]), Rung(-1, CLIMB[:2]))


def calls_closing(on: date, states: QuerySet[State] | None = None) -> Iterator[DueItem]:
    """The calls that are open as of ``on``: opened by then, and not closed yet."""
    rounds = Round.objects.filter(opened_at__date__lte=on, closes_at__date__gte=on).select_related("meeting", "policy")
    for round in rounds.order_by("closes_at", "pk"):
        sent = Application.objects.filter(round=round, endorsed_at__date__lte=on).values("state")
        asked = State.objects.all() if states is None else states
        affected = list(asked.filter(affected=Known.YES).exclude(pk__in=sent))
        if not affected:
            continue
        found = findings(round, affected, on=judged_on(round, on=on))
        for state in affected:
            if verdict(found[state.pk]).is_eligible:
                yield _item(round, state)


def _item(round: Round, state: State) -> DueItem:
    due = round.closes_at.date()
    return DueItem(
        key=f"sponsorship:{state.iso3}:{round.key}:{due.isoformat()}",
        title=_("Sponsorship for the %(meeting)s: apply") % {"meeting": round.meeting.short_name},
        state=state,
        due=due,
        source=_("Sponsorship"),
        basis=_("The call closes on %(moment)s.") % {"moment": instant_text(round.closes_at)},
        url=reverse("sponsorship:round-detail", args=[round.key]),
        ladder=LADDER,
        what_now=_("Who wants to apply nominates people in the portal. Nobody has to."),
    )
