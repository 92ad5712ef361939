"""The life of a report, on one screen.

    draft ──file──▶ filed ──recall──▶ recalled
                    │  ▲  ◀─reinstate──
                    └──┘ correct

Filing publishes at once: nobody approves what a State reports. What was filed stays; a correction
is the report's next version, and a recalled report is out of every list until its State reinstates it.
"""

from django.utils.translation import gettext_lazy as _

from ccm_portal.core.workflow import Transition
from reporting.enums import ReportStatus as S

FILE = Transition(
    name="file",
    label=_("File the report"),
    sources=frozenset({S.DRAFT}),
    target=S.FILED,
    perm="reporting.file_report",
)
CORRECT = Transition(
    name="correct",
    label=_("Correct the report"),
    sources=frozenset({S.FILED}),
    target=S.FILED,
    perm="reporting.file_report",
)
RECALL = Transition(
    name="recall",
    label=_("Recall the report"),
    sources=frozenset({S.FILED}),
    target=S.RECALLED,
    perm="reporting.recall_report",
)
REINSTATE = Transition(
    name="reinstate",
    label=_("Reinstate the report"),
    sources=frozenset({S.RECALLED}),
    target=S.FILED,
    perm="reporting.recall_report",
)

REPORT_TRANSITIONS = (FILE, CORRECT, RECALL, REINSTATE)
