"""How a report begins."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import locked
from reporting.domain import contents, report_files
from reporting.domain.obligations import annual_owed, initial_owed
from reporting.domain.originals import CannotStayUnchanged, original_of
from reporting.enums import Provenance, ReportKind, ReportStatus, Standing, StartFrom
from reporting.form import answers as forms
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Section
from reporting.models import Report, ReportVersion, SectionDraft
from reporting.workflow import FILE

CURRENT_EDITION = "2010"
FIRST_YEAR = 2008


class StartRefused(Exception):
    """The report cannot be started like this. The message is fit to show the user."""


class AlreadyBegun(StartRefused):
    """There is a draft, or a filed report, of that kind and year: ``report``."""

    def __init__(self, report: Report) -> None:
        if report.status == ReportStatus.DRAFT:
            message = _("A draft of this report already exists. You are taken to it.")
        else:
            message = _("This report is already filed. What was filed stays as it is.")
        super().__init__(message)
        self.report = report


@transaction.atomic
def start_report(
    *,
    state: State,
    kind: str,
    year: int | None,
    how: str,
    base: ReportVersion | None,
    by: User,
    at: datetime,
    language: str = "en",
    changed: Collection[str] = (),
    provenance: str = "",
) -> Report:
    """Begin the report of ``state``, carried forward from ``base``: any earlier report it filed.

    With *nothing has changed* every section stands unchanged since its dated original. With
    *some* the sections in ``changed`` stand changed, filled with the earlier answers, and the rest
    stands. An initial report never stands on an earlier one: its sections are all open.

    :raises AlreadyBegun: if that report is in draft or filed.
    :raises StartRefused: if the State owes no such report or ``base`` does not fit.
    """
    state = State.objects.select_for_update(no_key=True).get(pk=state.pk)
    year = None if kind == ReportKind.INITIAL else year
    due = _due_or_refuse(state, kind, year, at=at)
    _refuse_second(state, kind, year)
    _refuse_base(state, kind, how, base)

    report = Report.objects.create(
        state=state,
        kind=kind,
        year=year,
        slug=_free_slug(state, kind, year),
        edition=CURRENT_EDITION,
        language=language,
        period_starts=date(year, 1, 1) if year else None,
        period_ends=date(year, 12, 31) if year else None,
        due=due,
        provenance=provenance or (Provenance.DEMONSTRATION if by.is_demonstration else Provenance.PORTAL),
        carried_from=base.report if base else None,
        created_by=by,
        created_at=at,
    )
    SectionDraft.objects.bulk_create(
        _opening(report, section, base, how=how, changed=changed, by=by, at=at)
        for section in edition_of(report.edition).all_sections
    )
    if base:
        report_files.carry(report, base, at=at)
    return report


@transaction.atomic
def show_to_iso(*, report: Report, shown: bool, by: User, at: datetime) -> Report:
    """Let the ISO read the draft, or end that; both hold from the next request on.

    :raises TransitionRefused: if it is no draft any more, nor being corrected.
    """
    report = locked(report)
    if not report.is_correcting:
        FILE.check(report)
    if shown == (report.shown_to_iso_at is not None):
        return report
    report.shown_to_iso_at = at if shown else None
    report.save(update_fields=["shown_to_iso_at"])
    register.append(
        action="reporting.report.show_to_iso" if shown else "reporting.report.hide_from_iso",
        by=by,
        at=at,
        state=report.state,
        obj=report,
    )
    return report


def year_refused(year: int | None, *, on: date) -> str:
    """Why no report of that year can be started; "" if one can."""
    if year is not None and FIRST_YEAR <= year <= on.year:
        return ""
    return _("Choose a year between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": on.year}


def _due_or_refuse(state: State, kind: str, year: int | None, *, at: datetime) -> date | None:
    if kind == ReportKind.INITIAL:
        if owed := initial_owed(state):
            return owed.due
        raise StartRefused(
            _("%(state)s is not bound by the Convention and owes no initial report. Start a voluntary report instead.")
            % {"state": state.name}
        )
    if year is None or year_refused(year, on=at.date()):
        raise StartRefused(year_refused(year, on=at.date()))
    if kind == ReportKind.VOLUNTARY:
        return None
    if owed := annual_owed(state, year):
        return owed.due
    raise StartRefused(
        _("%(state)s owes no annual report for %(year)s. Start a voluntary report instead.")
        % {"state": state.name, "year": year}
    )


def _refuse_second(state: State, kind: str, year: int | None) -> None:
    same = Report.objects.with_state().filter(state=state, kind=kind, year=year)
    if draft := same.drafts().first():
        raise AlreadyBegun(draft)
    if kind != ReportKind.VOLUNTARY and (filed := same.filed().first()):
        raise AlreadyBegun(filed)


def _refuse_base(state: State, kind: str, how: str, base: ReportVersion | None) -> None:
    if base and (base.report.state_id != state.pk or base.report.status != ReportStatus.FILED):
        raise StartRefused(_("A report is carried forward only from a filed report of the same State."))
    if how == StartFrom.NOTHING_CHANGED and kind == ReportKind.INITIAL:
        raise StartRefused(
            _("An initial report says everything for the first time. Choose “some sections” or an empty form.")
        )
    if how != StartFrom.SCRATCH and base is None:
        raise StartRefused(_("Choose the earlier report to carry forward, or start from an empty form."))


def _free_slug(state: State, kind: str, year: int | None) -> str:
    stem = str(year) if year else kind
    taken = set(Report.objects.filter(state=state, slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    while (slug := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return slug


def _opening(
    report: Report,
    section: Section,
    base: ReportVersion | None,
    *,
    how: str,
    changed: Collection[str],
    by: User,
    at: datetime,
) -> SectionDraft:
    """One section as the new report begins with it."""
    draft = SectionDraft(report=report, key=section.key, updated_by=by, updated_at=at)
    draft.withheld = contents.marked_in(base, section.key) if base else []
    carries = base is not None and how != StartFrom.SCRATCH
    draft.answers = contents.carried(section, base) if base and carries else forms.blank(section)
    if section.key == contents.HEADER:
        draft.answers = contents.opening_header(section, draft.answers, report)
        draft.standing = Standing.CHANGED
    elif base and carries and section.key in changed:
        draft.standing = Standing.CHANGED
    elif base and carries and report.kind != ReportKind.INITIAL:
        draft.standing, draft.unchanged_since = _standing(section, base)
        if draft.unchanged_since:
            draft.withheld = contents.kept_with(draft.unchanged_since, section.key, *draft.withheld)
    return draft


def _standing(section: Section, base: ReportVersion) -> tuple[Standing, ReportVersion | None]:
    """How a section stands if nothing has changed in it; undecided where that needs a person."""
    earlier = contents.section_of(base, section.key)
    if earlier["standing"] == Standing.NOT_APPLICABLE and section.may_be_not_applicable:
        return Standing.NOT_APPLICABLE, None
    try:
        return Standing.UNCHANGED, original_of(base, section.key)
    except CannotStayUnchanged:
        return Standing.UNDECIDED, None
