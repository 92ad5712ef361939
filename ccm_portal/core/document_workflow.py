"""The life of a paper, on one screen.

    proposed ──accept──▶ accepted ──publish──▶ published ──take_back──▶ withdrawn
        │ └──refuse──▶ refused                  │    ▲
        └──withdraw──▶ withdrawn                └────┘ publish (another language, another day)
    accepted ──withdraw──▶ withdrawn

A paper is published with its first text. A revision is a paper of its own.
"""

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.enums import DocumentStatus as S
from ccm_portal.core.workflow import Transition

ACCEPT = Transition(
    name="accept",
    label=_("Accept the paper"),
    sources=frozenset({S.PROPOSED}),
    target=S.ACCEPTED,
    perm="core.manage_document",
)
REFUSE = Transition(
    name="refuse",
    label=_("Do not accept the paper"),
    sources=frozenset({S.PROPOSED}),
    target=S.REFUSED,
    perm="core.manage_document",
)
WITHDRAW = Transition(
    name="withdraw",
    label=_("Withdraw the paper"),
    sources=frozenset({S.PROPOSED, S.ACCEPTED}),
    target=S.WITHDRAWN,
    perm="core.withdraw_document",
)
PUBLISH = Transition(
    name="publish",
    label=_("Publish the paper"),
    sources=frozenset({S.ACCEPTED, S.PUBLISHED}),
    target=S.PUBLISHED,
    perm="core.manage_document",
)
TAKE_BACK = Transition(
    name="take_back",
    label=_("Take the published paper back"),
    sources=frozenset({S.PUBLISHED}),
    target=S.WITHDRAWN,
    perm="core.manage_document",
)

DOCUMENT_TRANSITIONS = (ACCEPT, REFUSE, WITHDRAW, PUBLISH, TAKE_BACK)
