"""The life of a case, on one screen.

noted ──begin──▶ clarifying ──go formal──▶ formal
  │                  │  ▲                     │
  ├── take to the meeting (from each) ──▶ meeting
  │                  │  │
  └── clarify, agree, close (from each that is open) ──▶ clarified, agreed, closed ──reopen──▶ clarifying

Each act is recorded with ``case_acts.noted``, on the case's own chain and for no State.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from compliance.enums import OPEN_CASES, CaseStatus

BEGIN = Transition(
    name="begin",
    label=_("Begin to clarify"),
    sources=frozenset({CaseStatus.NOTED}),
    target=CaseStatus.CLARIFYING,
    perm="compliance.write_case",
)
GO_FORMAL = Transition(
    name="go_formal",
    label=_("Record a formal request"),
    sources=frozenset({CaseStatus.NOTED, CaseStatus.CLARIFYING}),
    target=CaseStatus.FORMAL,
    perm="compliance.lead_case",
)
TAKE_TO_MEETING = Transition(
    name="take_to_meeting",
    label=_("Take it to the meeting"),
    sources=frozenset({CaseStatus.NOTED, CaseStatus.CLARIFYING, CaseStatus.FORMAL}),
    target=CaseStatus.MEETING,
    perm="compliance.lead_case",
)
CLARIFY = Transition(
    name="clarify",
    label=_("It is clarified"),
    sources=frozenset(OPEN_CASES),
    target=CaseStatus.CLARIFIED,
    perm="compliance.lead_case",
)
AGREE = Transition(
    name="agree",
    label=_("A response is agreed"),
    sources=frozenset(OPEN_CASES),
    target=CaseStatus.AGREED,
    perm="compliance.lead_case",
)
CLOSE = Transition(
    name="close",
    label=_("Close with reasons"),
    sources=frozenset(OPEN_CASES),
    target=CaseStatus.CLOSED,
    perm="compliance.lead_case",
)
REOPEN = Transition(
    name="reopen",
    label=pgettext_lazy("problem", "Open again"),
    sources=frozenset({CaseStatus.CLARIFIED, CaseStatus.AGREED, CaseStatus.CLOSED}),
    target=CaseStatus.CLARIFYING,
    perm="compliance.lead_case",
)
