"""The life of a changed bank account: proposed by one person, confirmed or refused by another.

proposed ──confirm──▶ confirmed
   └──refuse, take back──▶ refused
"""

from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from sponsorship.enums import BankChangeStatus

CONFIRM_CHANGE = Transition(
    name="confirm_change",
    label=pgettext_lazy("change of a bank account", "Confirm"),
    sources=frozenset({BankChangeStatus.PROPOSED}),
    target=BankChangeStatus.CONFIRMED,
    perm="sponsorship.settle_bank_change",
)
REFUSE_CHANGE = Transition(
    name="refuse_change",
    label=pgettext_lazy("change of a bank account", "Refuse"),
    sources=frozenset({BankChangeStatus.PROPOSED}),
    target=BankChangeStatus.REFUSED,
    perm="sponsorship.settle_bank_change",
)
TAKE_BACK_CHANGE = Transition(
    name="take_back_change",
    label=pgettext_lazy("change of a bank account", "Take back"),
    sources=frozenset({BankChangeStatus.PROPOSED}),
    target=BankChangeStatus.REFUSED,
    perm="sponsorship.take_back_bank_change",
)
