"""The life of an offer, on one screen.

    offered ──accept──▶ accepted ──withdraw──▶ withdrawn
       │ ╲──decline──▶ declined      (travelled, no-show: see workflow_settlement)
       └──lapse──▶ lapsed, by itself, when the time for the reply is over

The State replies; a sponsorship officer may note its reply, with where it was said.
"""

from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from sponsorship.enums import OfferStatus as S

ACCEPT = Transition(
    name="accept",
    label=pgettext_lazy("offer of sponsorship", "Accept"),
    sources=frozenset({S.OFFERED}),
    target=S.ACCEPTED,
    perm="sponsorship.reply_offer",
)
DECLINE = Transition(
    name="decline",
    label=pgettext_lazy("offer of sponsorship", "Decline"),
    sources=frozenset({S.OFFERED}),
    target=S.DECLINED,
    perm="sponsorship.reply_offer",
)
LAPSE = Transition(
    name="lapse",
    label=pgettext_lazy("offer of sponsorship", "Lapse"),
    sources=frozenset({S.OFFERED}),
    target=S.LAPSED,
    perm="sponsorship.run_rounds",
)
WITHDRAW = Transition(
    name="withdraw",
    label=pgettext_lazy("offer of sponsorship", "Withdraw"),
    sources=frozenset({S.ACCEPTED}),
    target=S.WITHDRAWN,
    perm="sponsorship.reply_offer",
)
