"""A report that was corrected after filing, for the demonstration: by the operations a delegation uses."""

from datetime import datetime, timedelta

from ccm_portal.core.models import State, User
from reporting.domain.corrections import file_correction, open_correction
from reporting.domain.queries import latest_filed
from reporting.domain.sections import Seen, save_cells

CORRECTED = ("BIH", "DEU")
NOTE = "Demonstration: the obstacles to clearance were told too briefly. The figures may still change."
TOLD = "Demonstration: flooded access roads in spring, and two survey teams fewer than planned."
SECTION, PLACE = "contamination_clearance", "programme.obstacles"


def load_corrections(*, by: User, at: datetime) -> int:
    """One correction each of the latest reports of two States; the first of them says that its figures are provisional.

    :returns: how many were filed; none where they are there already.
    """
    filed = 0
    for iso3 in CORRECTED:
        version = latest_filed(State.objects.get(iso3=iso3))
        if version is None or version.number > 1:
            continue
        moment = min(version.filed_at + timedelta(days=20), at)
        report = open_correction(report=version.report, by=by, at=moment)
        draft = report.sections.select_related("report__state").get(key=SECTION)
        save_cells(draft=draft, seen=Seen(version=draft.version), texts={PLACE: TOLD}, by=by, at=moment)
        file_correction(
            report=report,
            by=by,
            at=moment,
            filing_key=f"demonstration-correction-{iso3}",
            note=NOTE,
            provisional=iso3 == CORRECTED[0],
        )
        filed += 1
    return filed
