"""A delegation at work: reports begun, filled and filed through the operations themselves."""

from datetime import UTC, datetime

from ccm_portal.core.enums import Role
from reporting.domain import drafts, filing, report_files, sections
from reporting.domain.sections import Saved, Seen
from reporting.enums import ReportKind, Standing, StartFrom
from reporting.form.editions import edition as edition_of
from reporting.models import Report, ReportVersion, SectionDraft
from tests import factories

IN_TIME = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def person(role: Role = Role.APPROVER, iso3: str = "LAO", **fields):
    return factories.person(role, iso3, **fields)


def start(by, *, iso3="LAO", kind=ReportKind.ANNUAL, year=2025, how=StartFrom.SCRATCH, base=None, at=IN_TIME, **more):
    return drafts.start_report(
        state=factories.state(iso3), kind=kind, year=year, how=how, base=base, by=by, at=at, **more
    )


def draft_of(report: Report, key: str) -> SectionDraft:
    return SectionDraft.objects.select_related("report__state").get(report=report, key=key)


def write(report: Report, key: str, texts: dict[str, str], *, by, at=IN_TIME, page="here") -> SectionDraft:
    """Type into a section as it now is."""
    draft = draft_of(report, key)
    seen = Seen(version=draft.version, page=page)
    return sections.save_cells(draft=draft, seen=seen, texts=texts, by=by, at=at).draft


def page(draft: SectionDraft, *, by, at=IN_TIME, seen=None, **posted) -> Saved:
    """Send a section's page, in which only what is ``posted`` was touched."""
    untouched = {"texts": {}, "nones": {}, "withheld": {}, "standing": None, "act": "", "place": ""}
    seen = seen or Seen(version=draft.version)
    return sections.save_page(draft=draft, seen=seen, by=by, at=at, **(untouched | posted))


def add_row(report: Report, key: str, part: str, texts: dict[str, str], *, by, at=IN_TIME) -> str:
    """Add a row and type into it. Returns its id."""
    draft = draft_of(report, key)
    row = page(draft, act="add", place=part, by=by, at=at).new_row
    write(report, key, {f"{part}.{row}.{column}": text for column, text in texts.items()}, by=by, at=at)
    return row


def attach(report: Report, key: str, path: str, content: bytes, name: str, *, by, at=IN_TIME, page="here") -> str:
    """Add a file to an answer. Returns its fingerprint."""
    draft = draft_of(report, key)
    seen = Seen(version=draft.version, page=page)
    report_files.add_file(section=draft, path=path, content=content, name=name, seen=seen, by=by, at=at)
    return report.files.latest("pk").sha256


def stand(report: Report, key: str, standing: str, *, by, at=IN_TIME) -> SectionDraft:
    return page(draft_of(report, key), standing=standing, by=by, at=at).draft


def complete(report: Report, *, by, at=IN_TIME) -> Report:
    """Fill what would stop the filing: a contact, and a standing for every section without one."""
    if not draft_of(report, "header").answers["parts"]["contacts"]["rows"]:
        add_row(
            report, "header", "contacts", {"organisation": "National Regulatory Authority", "role": "reports"}, by=by
        )
    for section in edition_of(report.edition).sections:
        if draft_of(report, section.key).standing == Standing.UNDECIDED:
            may_not_apply = section.may_be_not_applicable
            stand(report, section.key, Standing.NOT_APPLICABLE if may_not_apply else Standing.CHANGED, by=by, at=at)
    return report


def file(report: Report, *, by, at=IN_TIME, key="f" * 32) -> ReportVersion:
    return filing.file_report(report=report, by=by, at=at, filing_key=key)


def filed(by, *, at=IN_TIME, texts: dict[str, dict[str, str]] | None = None, **how) -> ReportVersion:
    """A report filed at ``at``, with ``texts`` typed into its sections."""
    report = start(by, at=at, **how)
    for key, typed in (texts or {}).items():
        write(report, key, typed, by=by, at=at)
    complete(report, by=by, at=at)
    return file(report, by=by, at=at, key=f"{ReportVersion.objects.count():032x}")
