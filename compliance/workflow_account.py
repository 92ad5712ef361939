"""The life of the President's report to a meeting, and of each passage of it, on one screen.

draft ──send──▶ second look ──agree──▶ agreed ──issue──▶ issued
  ▲ ◀──send back──┘                      │
  └──────────────── take up again ───────┘

proposed ──redact──▶ redacted ──agree──▶ agreed;  left out from each of them, and taken in again by redacting it

Acts on a passage stand on the chain of its case, acts on the report on a chain of its own, until it is issued.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from compliance.enums import AccountStatus as S
from compliance.enums import PassageStatus as P

LEAD = "compliance.lead_account"

SEND = Transition(
    name="send", label=_("Send it to a second reader"), sources=frozenset({S.DRAFT}), target=S.SECOND_LOOK, perm=LEAD
)
SEND_BACK = Transition(
    name="send_back",
    label=_("Send it back"),
    sources=frozenset({S.SECOND_LOOK}),
    target=S.DRAFT,
    perm="compliance.second_account",
)
AGREE = Transition(
    name="agree",
    label=_("Agree to it"),
    sources=frozenset({S.SECOND_LOOK}),
    target=S.AGREED,
    perm="compliance.second_account",
)
TAKE_UP = Transition(
    name="take_up",
    label=_("Take it up again"),
    sources=frozenset({S.SECOND_LOOK, S.AGREED}),
    target=S.DRAFT,
    perm=LEAD,
)
ISSUE = Transition(
    name="issue", label=_("Issue it as a paper"), sources=frozenset({S.AGREED}), target=S.ISSUED, perm=LEAD
)

REDACT = Transition(
    name="redact",
    label=pgettext_lazy("passage", "Change the words"),
    sources=frozenset(P.values),
    target=P.REDACTED,
    perm=LEAD,
)
AGREE_PASSAGE = Transition(
    name="agree",
    label=pgettext_lazy("passage", "Agree to these words"),
    sources=frozenset({P.PROPOSED, P.REDACTED}),
    target=P.AGREED,
    perm=LEAD,
)
LEAVE_OUT = Transition(
    name="leave_out",
    label=pgettext_lazy("passage", "Leave it out"),
    sources=frozenset({P.PROPOSED, P.REDACTED, P.AGREED}),
    target=P.LEFT_OUT,
    perm=LEAD,
)
