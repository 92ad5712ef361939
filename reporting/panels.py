"""What reporting adds to the home page and to each State's page."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ccm_portal.core.models import State, User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from reporting.domain.published import latest_published, record, reporting_year
from reporting.domain.queries import FilingStatus, record_of
from reporting.domain.reading import year_strip
from reporting.rules import awaiting_acknowledgement, published_reports

LATEST = 4


def record_of_the_year(at: datetime) -> Panel:
    """For the home page: how many reports are in, who is late, and what was published last."""
    year = reporting_year(at.date())
    told = record(year, at=at)
    here = reverse("reporting:filing-status", args=[year])
    figures = [
        {
            "label": _("Reports in for %(year)s") % {"year": year},
            "value": _("%(filed)s of %(owed)s") % {"filed": len(told.filed), "owed": len(told.rows)},
            "url": here,
        },
        {
            "label": _("Missing for %(year)s") % {"year": year},
            "value": len(told.missing),
            "url": f"{here}?sort=late#rows",
            "yours": bool(told.missing),
        },
        {
            "label": _("Never filed the first one"),
            "value": len(told.never_filed),
            "url": f"{here}#never" if told.never_filed else "",
            "yours": bool(told.never_filed),
        },
    ]
    caveat = _(
        "Counted from what was filed in this portal."
        " A report sent to the Secretary-General in another way may be missing here."
    )
    return Panel(
        "reporting/panels/latest.html",
        {"figures": figures, "caveat": caveat, "versions": latest_published(LATEST)},
    )


def reports_by_year(state: State, at: datetime) -> Panel | None:
    """For a State's page: every report it has owed, and what else it filed."""
    rows = record_of(state, at=at)
    counted = {row.report.pk for row in rows if row.report}
    reports = list(published_reports().filter(state=state).order_by("-filed_at"))
    if not rows and not reports:
        return None
    base = f"{reverse('reporting:report-list')}{state.slug}/"
    return Panel(
        "reporting/panels/by_year.html",
        {
            "strip": year_strip(rows, base=base),
            "rows": list(reversed(rows)),
            "others": [report for report in reports if report.pk not in counted],
            "base": base,
            "missing": sum(row.status == FilingStatus.MISSING for row in rows),
        },
    )


def way_to_the_un(user: User, on: date) -> Panel | None:
    """For the ISO's desk: the reports on their way to the United Nations."""
    if not may(user, "reporting.track_transmissions", None):
        return None
    return Panel("reporting/panels/transmissions.html", {"waiting": awaiting_acknowledgement(user).count()})
