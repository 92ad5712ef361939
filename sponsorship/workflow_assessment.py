"""How a round is decided and told, and what is chosen for each person.

    round:   closed ──decide──▶ decided ──announce──▶ announced
                ▲──take back──────┘
    person:  endorsed ⇄ selected ⇄ waiting ⇄ not selected     (quiet until the round is announced)
                                      waiting ──offer──▶ selected, once a place comes free

Before the announcement everything can be changed; after it the waiting list moves by itself.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from sponsorship.enums import NomineeStatus as N
from sponsorship.enums import RoundStatus as R

DECIDE = Transition(
    name="decide",
    label=_("Decide the round"),
    sources=frozenset({R.CLOSED}),
    target=R.DECIDED,
    perm="sponsorship.run_rounds",
)
TAKE_BACK = Transition(
    name="take_back",
    label=_("Take the decision back"),
    sources=frozenset({R.DECIDED}),
    target=R.CLOSED,
    perm="sponsorship.run_rounds",
)
ANNOUNCE = Transition(
    name="announce",
    label=_("Announce to all"),
    sources=frozenset({R.DECIDED}),
    target=R.ANNOUNCED,
    perm="sponsorship.run_rounds",
)
UNDECIDED = frozenset({N.ENDORSED, N.SELECTED, N.WAITING, N.NOT_SELECTED})
CHOICES = {
    N.SELECTED: Transition(
        name="select",
        label=pgettext_lazy("nominated person", "Select"),
        sources=UNDECIDED,
        target=N.SELECTED,
        perm="sponsorship.run_rounds",
    ),
    N.WAITING: Transition(
        name="wait",
        label=pgettext_lazy("nominated person", "Put on the waiting list"),
        sources=UNDECIDED,
        target=N.WAITING,
        perm="sponsorship.run_rounds",
    ),
    N.NOT_SELECTED: Transition(
        name="not_select",
        label=pgettext_lazy("nominated person", "Do not select"),
        sources=UNDECIDED,
        target=N.NOT_SELECTED,
        perm="sponsorship.run_rounds",
    ),
}
