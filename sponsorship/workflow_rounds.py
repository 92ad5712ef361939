"""The life of a round until its applications are in, on one screen.

    planned ──open──▶ open ──close──▶ closed ──▶ decided, announced, settled (assessment, settlement)
                       ▲                │
                       └────reopen──────┘

A sweep closes the call when its time is over. What follows a closed call is in ``workflow_assessment`` and
``workflow_settlement``.
"""

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.workflow import Transition
from sponsorship.enums import RoundStatus as S

OPEN = Transition(
    name="open",
    label=_("Open the call"),
    sources=frozenset({S.PLANNED}),
    target=S.OPEN,
    perm="sponsorship.run_rounds",
)
CLOSE = Transition(
    name="close",
    label=_("Close the call"),
    sources=frozenset({S.OPEN}),
    target=S.CLOSED,
    perm="sponsorship.run_rounds",
)
REOPEN = Transition(
    name="reopen",
    label=_("Open the call again"),
    sources=frozenset({S.CLOSED}),
    target=S.OPEN,
    perm="sponsorship.run_rounds",
)
