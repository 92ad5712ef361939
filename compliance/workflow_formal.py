"""The life of a Request for Clarification (Article 8(2) to 8(5)), on one screen.

lodged ──transmit──▶ transmitted ──receive──▶ received ──reply──▶ replied ──settle──▶ settled
                                               │  ▲ (28 days)        │
                                               └── silence ──▶ silent │
                                                                │     │
            considered, not considered ◀── the meeting ── submitted ◀─┘

A day of receipt may be corrected, and a reply may still come after the 28 days. Each act is recorded with
``case_acts.noted``, on the chain of the case.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ccm_portal.core.workflow import Transition
from compliance.enums import FormalStatus as S

LEAD = "compliance.lead_case"

TRANSMIT = Transition(
    name="transmit", label=_("Record the transmission"), sources=frozenset({S.LODGED}), target=S.TRANSMITTED, perm=LEAD
)
RECEIVE = Transition(
    name="receive",
    label=_("Record the receipt"),
    sources=frozenset({S.LODGED, S.TRANSMITTED, S.RECEIVED, S.SILENT}),
    target=S.RECEIVED,
    perm=LEAD,
)
# Of the President, and of those named for the State concerned.
REPLY = Transition(
    name="reply",
    label=_("Record the reply"),
    sources=frozenset({S.TRANSMITTED, S.RECEIVED, S.SILENT, S.REPLIED}),
    target=S.REPLIED,
    perm="compliance.read_case",
)
SILENCE = Transition(
    name="silence",
    label=_("Record that no reply came"),
    sources=frozenset({S.RECEIVED}),
    target=S.SILENT,
    perm=LEAD,
)
SUBMIT = Transition(
    name="submit",
    label=_("Submit it to the next meeting"),
    sources=frozenset({S.REPLIED, S.SILENT}),
    target=S.SUBMITTED,
    perm=LEAD,
)
CONSIDER = Transition(
    name="consider",
    label=pgettext_lazy("meeting of States Parties", "It was considered"),
    sources=frozenset({S.SUBMITTED, S.CONSIDERED}),
    target=S.CONSIDERED,
    perm=LEAD,
)
NOT_CONSIDER = Transition(
    name="not_consider",
    label=pgettext_lazy("meeting of States Parties", "It was not considered"),
    sources=frozenset({S.SUBMITTED}),
    target=S.NOT_CONSIDERED,
    perm=LEAD,
)
SETTLE = Transition(
    name="settle",
    label=_("Settle it"),
    sources=frozenset({S.REPLIED, S.CONSIDERED, S.NOT_CONSIDERED}),
    target=S.SETTLED,
    perm=LEAD,
)
