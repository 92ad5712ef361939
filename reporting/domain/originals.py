"""Where an unchanged section was last said in full."""

from django.utils.translation import gettext as _

from reporting.enums import ReportStatus, Standing
from reporting.models import ReportVersion


class CannotStayUnchanged(Exception):
    """No report in the portal says this section in full. The message is fit to show the user."""


def original_of(version: ReportVersion, key: str) -> ReportVersion:
    """The dated report that "unchanged since" points to: never one that itself only points on.

    :raises CannotStayUnchanged: if the section was not reported, did not apply, or points to a
        report that the portal does not hold.
    """
    met = set()
    while version.pk not in met:
        met.add(version.pk)
        section = version.full_document["sections"].get(key, {})
        standing = section.get("standing")
        if standing == Standing.CHANGED:
            return version
        if standing == Standing.NOT_APPLICABLE:
            raise CannotStayUnchanged(
                _("In the earlier report this section did not apply. Choose “not applicable”, or say what is new.")
            )
        pointer = section.get("unchanged_since") if standing == Standing.UNCHANGED else None
        found = _pointed_at(version, pointer) if pointer else None
        if found is None:
            break
        version = found
    raise CannotStayUnchanged(
        _("The portal holds no report that says this section in full. Choose “changed” and check what it says.")
    )


def exactly(state_id: int, pointer: dict[str, str | None]) -> ReportVersion | None:
    """The very version that a pointer names by slug and day; where it names no day, the one in force."""
    versions = (
        ReportVersion.objects.filter(
            report__state=state_id, report__slug=pointer["slug"], report__status=ReportStatus.FILED
        )
        .select_related("report__state")
        .order_by("-number")
    )
    day = pointer["filed_on"]
    return next((v for v in versions if day is None or v.filed_at.date().isoformat() == day), None)


def _pointed_at(version: ReportVersion, pointer: dict[str, str]) -> ReportVersion | None:
    """The version in force of the report that the pointer names; none if that was recalled."""
    return (
        ReportVersion.objects.filter(
            report__state=version.report.state_id, report__slug=pointer["slug"], report__status=ReportStatus.FILED
        )
        .select_related("report__state")
        .order_by("-number")
        .first()
    )
