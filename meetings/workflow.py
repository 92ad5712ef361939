"""The life of a meeting, and of a proposal to hold it somewhere, on one screen.

    draft ──announce──▶ planned ──cancel──▶ cancelled
                           ▲────reinstate───────┘

A draft is seen by the office and by who leads the bodies that convene it. Whether a meeting is over follows from its
days, and no status says so.

    proposed ──choose──▶ chosen      proposed ──decline──▶ not chosen      proposed ──withdraw──▶ withdrawn
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from meetings.enums import MeetingStatus as M
from meetings.enums import ProposalStatus as P

MANAGE = "meetings.manage_meeting"

ANNOUNCE = Transition(
    name="announce", label=_("Announce the meeting"), sources=frozenset({M.DRAFT}), target=M.PLANNED, perm=MANAGE
)
CANCEL = Transition(
    name="cancel", label=_("Call the meeting off"), sources=frozenset({M.PLANNED}), target=M.CANCELLED, perm=MANAGE
)
REINSTATE = Transition(
    name="reinstate",
    label=_("Hold the meeting after all"),
    sources=frozenset({M.CANCELLED}),
    target=M.PLANNED,
    perm=MANAGE,
)
MEETING_TRANSITIONS = (ANNOUNCE, CANCEL, REINSTATE)

CHOOSE = Transition(
    name="choose",
    label=pgettext_lazy("venue proposal", "Choose"),
    sources=frozenset({P.PROPOSED, P.NOT_CHOSEN}),
    target=P.CHOSEN,
    perm=MANAGE,
)
DECLINE = Transition(
    name="decline",
    label=pgettext_lazy("venue proposal", "Do not choose"),
    sources=frozenset({P.PROPOSED, P.CHOSEN}),
    target=P.NOT_CHOSEN,
    perm=MANAGE,
)
WITHDRAW = Transition(
    name="withdraw",
    label=pgettext_lazy("venue proposal", "Withdraw"),
    sources=frozenset({P.PROPOSED}),
    target=P.WITHDRAWN,
    perm="meetings.withdraw_venue",
)
