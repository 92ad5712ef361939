"""The lives of what stands in a workspace, on one screen.

work plan    draft ──publish──▶ published ──close──▶ closed
               ▲──────unpublish──────┘

problem      open ──put on an agenda──▶ on an agenda ──settle──▶ settled
               │  ▲                                               │
               └──┼── settle ─────────────────────────────────────┤
                  └────────────── open again ─────────────────────┘

withdrawal   running ──take back──▶ taken back
                └──take effect──▶ in effect
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from committees.enums import PlanStatus, ProblemStatus, WithdrawalStatus

PUBLISH_PLAN = Transition(
    name="publish",
    label=_("Publish the work plan"),
    sources=frozenset({PlanStatus.DRAFT}),
    target=PlanStatus.PUBLISHED,
    perm="committees.lead_work",
)
UNPUBLISH_PLAN = Transition(
    name="unpublish",
    label=_("Take the work plan back to a draft"),
    sources=frozenset({PlanStatus.PUBLISHED}),
    target=PlanStatus.DRAFT,
    perm="committees.lead_work",
)
CLOSE_PLAN = Transition(
    name="close",
    label=_("Close the work plan"),
    sources=frozenset({PlanStatus.PUBLISHED}),
    target=PlanStatus.CLOSED,
    perm="committees.lead_work",
)

PUT_ON_AGENDA = Transition(
    name="put_on_agenda",
    label=_("Put on an agenda"),
    sources=frozenset({ProblemStatus.OPEN}),
    target=ProblemStatus.ON_AGENDA,
    perm="committees.write_work",
)
SETTLE = Transition(
    name="settle",
    label=pgettext_lazy("problem", "Settle"),
    sources=frozenset({ProblemStatus.OPEN, ProblemStatus.ON_AGENDA}),
    target=ProblemStatus.SETTLED,
    perm="committees.write_work",
)
REOPEN = Transition(
    name="reopen",
    label=pgettext_lazy("problem", "Open again"),
    sources=frozenset({ProblemStatus.SETTLED, ProblemStatus.ON_AGENDA}),
    target=ProblemStatus.OPEN,
    perm="committees.write_work",
)

TAKE_BACK = Transition(
    name="take_back",
    label=_("Record that it was taken back"),
    sources=frozenset({WithdrawalStatus.RUNNING}),
    target=WithdrawalStatus.REVOKED,
    perm="committees.keep_withdrawals",
)
TAKE_EFFECT = Transition(
    name="take_effect",
    label=_("Record that it took effect"),
    sources=frozenset({WithdrawalStatus.RUNNING}),
    target=WithdrawalStatus.EFFECTIVE,
    perm="committees.keep_withdrawals",
)
