"""The life of an application and of the people in it, on one screen.

    application   draft ──endorse──▶ endorsed ──withdraw──▶ withdrawn
                    ▲ ◀──take back──────┘                       │
                    └──────────────────reopen───────────────────┘

    person        named ──send──▶ endorsed ──(assessment)──▶ selected, waiting, not selected
                    ▲ ◀─take back────┘  └───────withdraw──────────┴──▶ withdrawn

Endorsing sends, late or not; nothing is taken back or sent once the round is decided, and withdrawing is possible at
any time. A draft that is withdrawn was never sent.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from sponsorship.enums import ApplicationStatus as A
from sponsorship.enums import NomineeStatus as N

ENDORSE = Transition(
    name="endorse",
    label=_("Endorse and send"),
    sources=frozenset({A.DRAFT}),
    target=A.ENDORSED,
    perm="sponsorship.endorse_application",
)
ENTER = Transition(
    name="enter",
    label=_("Enter as sent"),
    sources=frozenset({A.DRAFT}),
    target=A.ENDORSED,
    perm="sponsorship.enter_application",
)
TAKE_BACK = Transition(
    name="take_back",
    label=_("Take it back"),
    sources=frozenset({A.ENDORSED}),
    target=A.DRAFT,
    perm="sponsorship.withdraw_application",
)
WITHDRAW = Transition(
    name="withdraw",
    label=_("Withdraw the application"),
    sources=frozenset({A.DRAFT, A.ENDORSED}),
    target=A.WITHDRAWN,
    perm="sponsorship.withdraw_application",
)
REOPEN = Transition(
    name="reopen",
    label=_("Open it again"),
    sources=frozenset({A.WITHDRAWN}),
    target=A.DRAFT,
    perm="sponsorship.write_application",
)
SEND_PERSON = Transition(
    name="send",
    label=_("Send"),
    sources=frozenset({N.NAMED}),
    target=N.ENDORSED,
    perm="sponsorship.endorse_application",
)
UNSEND_PERSON = Transition(
    name="unsend",
    label=_("Take it back"),
    sources=frozenset({N.ENDORSED, N.SELECTED, N.WAITING, N.NOT_SELECTED}),
    target=N.NAMED,
    perm="sponsorship.withdraw_application",
)
WITHDRAW_PERSON = Transition(
    name="withdraw",
    label=pgettext_lazy("nominated person", "Withdraw"),
    sources=frozenset({N.ENDORSED, N.SELECTED, N.WAITING, N.NOT_SELECTED}),
    target=N.WITHDRAWN,
    perm="sponsorship.withdraw_application",
)
