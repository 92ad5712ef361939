"""The life of a report, on one screen.

    draft ──file──▶ filed

Filing publishes at once: nobody approves what a State reports. What was filed stays; a correction
is the report's next version.
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

REPORT_TRANSITIONS = (FILE,)
