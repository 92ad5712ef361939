"""How an offer is settled, and then its round, on one screen.

settlement:  open ──settle──▶ settled ──reopen──▶ open
round:       announced ──settle──▶ settled ──reopen──▶ announced
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from sponsorship.enums import RoundStatus, SettlementStatus

SETTLES = "sponsorship.settle"

SETTLE = Transition(
    name="settle",
    label=_("Close the settlement"),
    sources=frozenset({SettlementStatus.OPEN}),
    target=SettlementStatus.SETTLED,
    perm=SETTLES,
    field="settlement",
)
REOPEN = Transition(
    name="reopen_settlement",
    label=pgettext_lazy("settlement", "Open again"),
    sources=frozenset({SettlementStatus.SETTLED}),
    target=SettlementStatus.OPEN,
    perm=SETTLES,
    field="settlement",
)
SETTLE_ROUND = Transition(
    name="settle",
    label=_("Close the round"),
    sources=frozenset({RoundStatus.ANNOUNCED}),
    target=RoundStatus.SETTLED,
    perm=SETTLES,
)
REOPEN_ROUND = Transition(
    name="reopen",
    label=pgettext_lazy("sponsorship round", "Open again"),
    sources=frozenset({RoundStatus.SETTLED}),
    target=RoundStatus.ANNOUNCED,
    perm=SETTLES,
)
