"""The life of an extension request, on one screen.

    intent ──begin──▶ draft ──lodge──▶ lodged ──analyse──▶ analysed ──decide──▶ decided
       │                │               │  ▲ ◀──revise──────┘  │
       │                │               └──┘ revise            │
       └────────────────┴───withdraw────┴──────────────────────┴──▶ withdrawn

Lodging publishes at once, late or not. What was lodged stays; a revised request is its next version, and an analysis
that was finished is open again, since it was about another text. A meeting may decide before an analysis is finished.
Where the record of a decision is corrected to a deferral, the request is open again.
"""

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.workflow import Transition
from compliance.enums import RequestStatus as S

BEGIN = Transition(
    name="begin",
    label=_("Begin the draft"),
    sources=frozenset({S.INTENT}),
    target=S.DRAFT,
    perm="compliance.begin_request",
)
LODGE = Transition(
    name="lodge",
    label=_("Lodge the request"),
    sources=frozenset({S.DRAFT}),
    target=S.LODGED,
    perm="compliance.lodge_request",
)
REVISE = Transition(
    name="revise",
    label=_("Lodge the revised request"),
    sources=frozenset({S.LODGED, S.ANALYSED}),
    target=S.LODGED,
    perm="compliance.lodge_request",
)
ANALYSE = Transition(
    name="analyse",
    label=_("Issue the analysis"),
    sources=frozenset({S.LODGED}),
    target=S.ANALYSED,
    perm="compliance.issue_analysis",
)
DECIDE = Transition(
    name="decide",
    label=_("Record the decision"),
    sources=frozenset({S.LODGED, S.ANALYSED}),
    target=S.DECIDED,
    perm="compliance.record_outcome",
)
REOPEN = Transition(
    name="reopen",
    label=_("Open it again"),
    sources=frozenset({S.DECIDED}),
    target=S.ANALYSED,
    perm="compliance.record_outcome",
)
WITHDRAW = Transition(
    name="withdraw",
    label=_("Withdraw the request"),
    sources=frozenset({S.INTENT, S.DRAFT, S.LODGED, S.ANALYSED}),
    target=S.WITHDRAWN,
    perm="compliance.withdraw_request",
)
