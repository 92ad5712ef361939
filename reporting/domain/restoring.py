"""The sections of a filed report as its version in force has them: where a correction begins, and what is left of it
where it is given up."""

from datetime import datetime
from typing import Any

from ccm_portal.core.models import User
from reporting.domain import contents
from reporting.domain.originals import exactly
from reporting.enums import Standing
from reporting.form.editions import edition as edition_of
from reporting.models import Report, ReportVersion, SectionDraft

# What a filed report says of itself beside its sections: it is no matter of theirs.
ASIDE = ("provenance", "provisional")


def holds(report: Report, version: ReportVersion) -> bool:
    """Whether the sections still say what was filed, the choice of what is kept for States Parties included."""
    drafts = list(report.sections.all())
    if {draft.key for draft in drafts} != {section.key for section in edition_of(report.edition).all_sections}:
        return False
    document = contents.document_of(report, drafts)
    kept = {key: contents.marked_in(version, key) for key in (draft.key for draft in drafts)}
    return _without_aside(document) == _without_aside(version.full_document) and all(
        sorted(draft.withheld) == kept[draft.key] for draft in drafts
    )


def put_back(report: Report, version: ReportVersion, *, by: User, at: datetime) -> None:
    """Make every section say what ``version`` says. A save in flight starts again from there."""
    stored = {draft.key: draft for draft in report.sections.select_for_update()}
    for section in edition_of(report.edition).all_sections:
        draft = stored.get(section.key) or SectionDraft(report=report, key=section.key, version=0)
        said = contents.section_of(version, section.key)
        draft.standing, draft.unchanged_since = _standing(version, said)
        draft.answers = contents.answers_beside(section, version, report)
        draft.withheld = contents.marked_in(version, section.key)
        draft.removed, draft.changes = {}, {}
        draft.version += 1
        draft.updated_by, draft.updated_at = by, at
        draft.save()


def _standing(version: ReportVersion, said: dict[str, Any]) -> tuple[str, ReportVersion | None]:
    if said["standing"] != Standing.UNCHANGED:
        return said["standing"], None
    pointer = said["unchanged_since"]
    original = exactly(version.report.state_id, pointer) if pointer else None
    return (Standing.UNCHANGED, original) if original else (Standing.CHANGED, None)


def _without_aside(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in ASIDE}
