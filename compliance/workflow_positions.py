"""The life of a position, on one screen.

    proposed ──take in──▶ published ──withdraw──▶ withdrawn
        │                  ▲   │
        └──refuse──▶ refused  ◀┘ take out
                           note, state

What the office notes from a public source, and what a State says of itself, is published at once. A position that
another took the place of stays published, as replaced.
"""

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.workflow import Transition
from compliance.enums import PositionStatus as S

NOTE = Transition(
    name="note",
    label=_("Note a position"),
    sources=frozenset({S.PROPOSED}),
    target=S.PUBLISHED,
    perm="compliance.keep_positions",
)
STATE = Transition(
    name="state",
    label=_("State a position"),
    sources=frozenset({S.PROPOSED}),
    target=S.PUBLISHED,
    perm="compliance.state_position",
)
TAKE_IN = Transition(
    name="take_in",
    label=_("Take it in"),
    sources=frozenset({S.PROPOSED}),
    target=S.PUBLISHED,
    perm="compliance.keep_positions",
)
REFUSE = Transition(
    name="refuse",
    label=_("Do not take it in"),
    sources=frozenset({S.PROPOSED}),
    target=S.REFUSED,
    perm="compliance.keep_positions",
)
TAKE_OUT = Transition(
    name="take_out",
    label=_("Take it out"),
    sources=frozenset({S.PUBLISHED}),
    target=S.REFUSED,
    perm="compliance.keep_positions",
)
WITHDRAW = Transition(
    name="withdraw",
    label=_("Withdraw"),
    sources=frozenset({S.PUBLISHED}),
    target=S.WITHDRAWN,
    perm="compliance.state_position",
)
