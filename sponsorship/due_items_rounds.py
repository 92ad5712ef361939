"""Until when affected States can apply: on desks, State pages and in calendars.

Due items are public, so this one says nothing that is not: it stands for every affected State alike where the rules of
the round let affected States qualify, whether it has applied or not, and whatever else is found of it.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.due_items import CLIMB, DueItem, Rung
from ccm_portal.core.enums import Known
from ccm_portal.core.models import State
from ccm_portal.core.writing import instant_text
from sponsorship.enums import RuleEffect, RuleKey
from sponsorship.models import Round

LADDER = (Rung(-7, CLIMB[:2]),)  # nobody has to apply: one word, a week before


def calls_closing(on: date, states: QuerySet[State] | None = None) -> Iterator[DueItem]:
    """The calls that are open as of ``on``: opened by then, and not closed yet."""
    rounds = Round.objects.filter(
        opened_at__date__lte=on,
        closes_at__date__gte=on,
        policy__rules__key=RuleKey.AFFECTED,
        policy__rules__effect=RuleEffect.QUALIFIES,
    ).select_related("meeting")
    found = list(rounds.order_by("closes_at", "pk"))
    if not found:
        return
    asked = State.objects.all() if states is None else states
    for state in asked.filter(affected=Known.YES):
        yield from (_item(round, state) for round in found)


def _item(round: Round, state: State) -> DueItem:
    due = round.closes_at.date()
    return DueItem(
        key=f"sponsorship:{state.iso3}:{round.key}:{due.isoformat()}",
        title=_("Sponsorship for the %(meeting)s: call") % {"meeting": round.meeting.short_name},
        state=state,
        due=due,
        source=_("Sponsorship"),
        basis=_("The call closes on %(moment)s.") % {"moment": instant_text(round.closes_at)},
        url=reverse("sponsorship:round-detail", args=[round.key]),
        ladder=LADDER,
        what_now=_("Who wants to apply nominates people in the portal. Nobody has to."),
    )
