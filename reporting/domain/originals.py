"""Where an unchanged section was last said in full."""

from django.utils.translation import gettext as _

from reporting.domain import contents
from reporting.enums import ReportStatus, Standing
from reporting.models import Report, ReportVersion, SectionDraft


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
        found = exactly(version.report.state_id, {**pointer, "filed_on": None}) if pointer else None
        if found is None:
            break
        version = found
    raise CannotStayUnchanged(
        _("The portal holds no report that says this section in full. Choose “changed” and check what it says.")
    )


def exactly(state_id: int, pointer: dict[str, str | None]) -> ReportVersion | None:
    """The very version that a pointer names by slug and day; where it names no day, the one in force. None if that
    report was recalled."""
    versions = (
        ReportVersion.objects.filter(
            report__state=state_id, report__slug=pointer["slug"], report__status=ReportStatus.FILED
        )
        .select_related("report__state")
        .order_by("-number")
    )
    day = pointer["filed_on"]
    return next((v for v in versions if day is None or v.filed_at.date().isoformat() == day), None)


def point_on(report: Report, version: ReportVersion | None) -> None:
    """Drafts that say "unchanged since" this report say it of ``version``, where that says the section in full;
    elsewhere somebody has to look. What that keeps for States Parties, they keep too. Whoever has read such a draft
    reads it again before filing."""
    pointing = SectionDraft.objects.select_for_update().filter(
        unchanged_since__report=report, report__status=ReportStatus.DRAFT
    )
    for draft in pointing.exclude(unchanged_since=version):
        said = version.full_document["sections"].get(draft.key, {}) if version else {}
        stands = said.get("standing") == Standing.CHANGED
        draft.standing = Standing.UNCHANGED if stands else Standing.UNDECIDED
        draft.unchanged_since = version if stands else None
        if version and stands:
            draft.withheld = contents.kept_with(version, draft.key, *draft.withheld)
        draft.version += 1
        draft.save(update_fields=["standing", "unchanged_since", "withheld", "version"])
