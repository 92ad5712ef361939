"""A report as one document: what a draft would say if it were filed now."""

from collections.abc import Iterable
from typing import Any

from reporting.enums import ReportStatus, Standing
from reporting.form import answers as forms
from reporting.form import content as documents
from reporting.form.carry import carry_into
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Section
from reporting.models import Report, ReportVersion, SectionDraft

HEADER = "header"
PORTAL = "portal"

Json = dict[str, Any]


def base_of(report: Report) -> ReportVersion | None:
    """The report that this one was carried forward from, in the version in force; none if it was recalled."""
    return version_in_force(report.carried_from_id) if report.carried_from_id else None


def version_in_force(report: int) -> ReportVersion | None:
    """The newest version of a report that stands; ``report`` is its number in the database."""
    return (
        ReportVersion.objects.filter(report=report, report__status=ReportStatus.FILED)
        .select_related("report__state")
        .order_by("-number")
        .first()
    )


def beside(report: Report) -> ReportVersion | None:
    """The version whose answers stand beside the fields: of a correction what was filed, else the earlier report."""
    return version_in_force(report.pk) if report.is_correcting else base_of(report)


def answers_beside(section: Section, version: ReportVersion, report: Report) -> Json:
    """The answers of ``version`` to take over: in a correction as they were filed, else as carried from it."""
    if version.report_id != report.pk:
        return carried(section, version)
    answers = forms.blank(section)
    for key, part in section_of(version, section.key)["parts"].items():
        answers["parts"][key] = {**answers["parts"].get(key, {}), **part}
    return answers


def section_of(version: ReportVersion, key: str) -> Json:
    """One section as it was filed; without parts if that report has none."""
    section: Json = version.full_document["sections"].get(key) or {"standing": "", "parts": {}}
    return section


def carried(section: Section, version: ReportVersion) -> Json:
    """What ``version`` says in a section, as answers for a new draft, each marked as carried from it."""
    answers, _homeless = carry_into(section, section_of(version, section.key), slug=version.report.slug)
    return answers


def opening_header(section: Section, answers: Json, report: Report) -> Json:
    """The header with this report's own period, and nothing of an earlier one's."""
    fresh = forms.blank(section)["parts"]
    answers = {"parts": {**answers["parts"], "period": fresh["period"], "submission": fresh["submission"]}}
    if report.period_starts and report.period_ends:
        for path, day in (("period.starts", report.period_starts), ("period.ends", report.period_ends)):
            answers = forms.set_cell(section, answers, path, day.isoformat(), origin=PORTAL)
    return answers


def document_of(report: Report, drafts: Iterable[SectionDraft], *, provenance: str = "") -> Json:
    """The whole report as data. An unchanged section says in full what its dated original says.

    ``provenance`` is that of the version to be filed, where it is not that of the report.
    """
    by_key = {draft.key: draft for draft in drafts}
    originals = ReportVersion.objects.select_related("report").in_bulk(
        {draft.unchanged_since_id for draft in by_key.values() if draft.unchanged_since_id}
    )
    edition = edition_of(report.edition)
    states = {section.key: _state(section, by_key[section.key], originals) for section in edition.all_sections}
    content = documents.build(
        edition,
        states,
        state=report.state.iso3,
        kind=report.kind,
        slug=report.slug,
        language=report.language,
        year=report.year,
        provenance=provenance or str(report.provenance),
        provisional=report.provisional,
    )
    for key, draft in by_key.items():
        if draft.standing == Standing.UNCHANGED:
            content["sections"][key]["parts"] = _said(states[key].answers)
    return content


def _state(section: Section, draft: SectionDraft, originals: dict[int, ReportVersion]) -> documents.SectionState:
    if draft.unchanged_since_id is None:
        return documents.SectionState(standing=draft.standing, answers=draft.answers)
    original = originals[draft.unchanged_since_id]
    return documents.SectionState(
        standing=draft.standing,
        answers=carried(section, original),
        unchanged_since={
            "slug": original.report.slug,
            "filed_on": original.filed_at.date().isoformat(),
            "standing": str(Standing.CHANGED),
        },
    )


def _said(answers: Json) -> Json:
    """The parts that say something."""
    return {
        key: {name: value for name, value in part.items() if name != "next"}
        for key, part in answers["parts"].items()
        if part.get("values") or part.get("rows") or part.get("none")
    }


def withheld_parts(document: Json, drafts: Iterable[SectionDraft]) -> list[str]:
    """The parts that the State keeps for States Parties, as they are named in a receipt."""
    marked = set(marked_parts(drafts))
    said = {f"{key}/{part}" for key, section in document["sections"].items() for part in section["parts"]}
    return sorted(marked & said)


def marked_parts(drafts: Iterable[SectionDraft]) -> list[str]:
    """The parts that are marked for States Parties, whether they say anything or not."""
    return sorted(f"{draft.key}/{part}" for draft in drafts for part in draft.withheld)


def marked_in(version: ReportVersion, key: str) -> list[str]:
    """The parts of a section that were marked when ``version`` was filed or that a later one keeps: a new report and
    a correction begin with the same choice, where a part has no answer too."""
    return [name.partition("/")[2] for name in version.marked if name.startswith(f"{key}/")]


def withheld_in(version: ReportVersion, key: str) -> list[str]:
    """The parts of a section that were kept for States Parties."""
    names = (name.partition("/") for name in version.withheld)
    return [part for section, _slash, part in names if section == key]


def kept_with(original: ReportVersion, key: str, *also: str) -> list[str]:
    """The parts that a section keeps which stands unchanged since ``original``: ``also``, and what the State keeps
    there in that version or a later one."""
    return sorted({*also, *marked_in(original, key)})
