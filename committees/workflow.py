"""The life of a nomination, on one screen.

    nominated ──endorse──▶ endorsed ──elect──▶ elected
        │                   │    ▲
        │                   └────┘ endorse (each further one)
        └── elect, do not elect, withdraw: from both

A meeting may elect a State that nobody has endorsed: endorsement helps the choice and is no condition of it.
"""

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.workflow import Transition
from committees.enums import NominationStatus as S

OPEN = frozenset({S.NOMINATED, S.ENDORSED})

ENDORSE = Transition(
    name="endorse", label=_("Endorse"), sources=OPEN, target=S.ENDORSED, perm="committees.endorse_nomination"
)
ELECT = Transition(
    name="elect", label=_("Record the election"), sources=OPEN, target=S.ELECTED, perm="committees.manage_bodies"
)
NOT_ELECT = Transition(
    name="not_elect",
    label=_("Record that it was not elected"),
    sources=OPEN,
    target=S.NOT_ELECTED,
    perm="committees.manage_bodies",
)
WITHDRAW = Transition(
    name="withdraw", label=_("Withdraw"), sources=OPEN, target=S.WITHDRAWN, perm="committees.nominate_state"
)
