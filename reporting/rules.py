"""Who may do what with a report. Each object rule has its queryset beside it."""

from collections.abc import Collection
from datetime import date

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from ccm_portal.core import clock
from ccm_portal.core.enums import APPROVING_ROLES, STATE_ROLES, Role
from ccm_portal.core.models import Membership, State, User
from ccm_portal.core.models.states import StateQuerySet
from ccm_portal.core.permissions import (
    acts_for_state,
    approves_for_state,
    drafts_for_state,
    is_iso_staff,
    may,
)
from reporting.enums import PUBLIC_STATUSES, Confirmation, Provenance, ReportStatus, WorkbookStatus
from reporting.models import (
    HEAVY,
    WRITE_LENT,
    DraftComment,
    LoanOffer,
    Report,
    ReportFile,
    ReportPaper,
    ReportQuerySet,
    ReportQuestion,
    ReportVersion,
    SectionDraft,
    SectionLoan,
    Transmission,
    WorkbookUpload,
)

Person = User | AnonymousUser

# What ``Report.is_entry`` says of one report.
ENTRY = Q(status=ReportStatus.DRAFT, provenance=Provenance.ISO)


@rules.predicate
def is_open(user: Person, report: Report) -> bool:
    """A draft, or a correction being written: as private as a draft."""
    return report.is_open


@rules.predicate
def is_shown_to_iso(user: Person, report: Report) -> bool:
    return report.shown_to_iso_at is not None


@rules.predicate
def is_entry(user: Person, report: Report) -> bool:
    """The ISO is entering it from the State's paper."""
    return report.is_entry


@rules.predicate
def is_filed(user: Person, report: Report) -> bool:
    return report.status == ReportStatus.FILED


@rules.predicate
def is_public(user: Person, report: Report) -> bool:
    return report.status in PUBLIC_STATUSES


@rules.predicate
def acts_for_a_state_party(user: Person, obj: object = None) -> bool:
    """A delegate, in any role, of a State for which the Convention is in force today."""
    return isinstance(user, User) and State.objects.parties_on(clock.today()).filter(pk__in=user.state_ids).exists()


@rules.predicate
def its_report_is_open(user: Person, section: SectionDraft) -> bool:
    return section.report.is_open


@rules.predicate
def drafts_for_its_state(user: Person, section: SectionDraft) -> bool:
    return drafts_for_state(user, section.report)


@rules.predicate
def its_report_is_entry(user: Person, section: SectionDraft) -> bool:
    return section.report.is_entry


@rules.predicate
def writes_its_report(user: Person, section: SectionDraft) -> bool:
    return may(user, "reporting.edit_draft", section.report)


@rules.predicate
def holds_loan(user: Person, section: SectionDraft) -> bool:
    """Somebody to whom this one section is lent. Only the row of the loan counts: no model-level permission."""
    return isinstance(user, User) and user.is_active and _loans_of(user).filter(content_object=section).exists()


# About a State
rules.add_perm("reporting.view_state_desk", acts_for_state)
rules.add_perm("reporting.start_draft", drafts_for_state)

# About a report
rules.add_perm("reporting.view_draft", is_open & (acts_for_state | (is_iso_staff & (is_shown_to_iso | is_entry))))
rules.add_perm("reporting.edit_draft", (drafts_for_state & ~is_entry) | (is_iso_staff & is_entry))
rules.add_perm("reporting.file_report", approves_for_state & ~is_entry)
rules.add_perm("reporting.ask_to_file", drafts_for_state & ~is_entry)
rules.add_perm("reporting.show_draft_to_iso", approves_for_state & ~is_entry)
rules.add_perm("reporting.correct_report", drafts_for_state)
rules.add_perm("reporting.recall_report", approves_for_state)
rules.add_perm("reporting.view_own_report", acts_for_state)
rules.add_perm("reporting.view_report", is_public)
rules.add_perm("reporting.read_full_copy", is_filed & (acts_for_state | is_iso_staff | acts_for_a_state_party))
rules.add_perm("reporting.acknowledge", is_iso_staff)
rules.add_perm("reporting.track_transmissions", is_iso_staff)

# About a section
rules.add_perm("reporting.edit_section", its_report_is_open & (writes_its_report | holds_loan))
rules.add_perm("reporting.lend_section", its_report_is_open & drafts_for_its_state & ~its_report_is_entry)

# What happens beside a report: the ISO thanks, asks and enters papers; the State answers and confirms
rules.add_perm("reporting.look_after_reports", is_iso_staff)
rules.add_perm("reporting.thank_and_ask", is_iso_staff & is_filed)
rules.add_perm("reporting.enter_paper", is_iso_staff & is_entry)
rules.add_perm("reporting.take_over_entry", approves_for_state & is_entry)
rules.add_perm("reporting.answer_question", drafts_for_state & is_filed)
rules.add_perm("reporting.show_answer", approves_for_state & is_filed)
rules.add_perm("reporting.confirm_entry", approves_for_state & is_filed)


def own_states(user: Person) -> StateQuerySet:
    """The set form of ``reporting.view_state_desk``."""
    if not user.is_authenticated:
        return State.objects.none()
    return State.objects.filter(pk__in=user.state_ids)


def visible_drafts(user: Person) -> ReportQuerySet:
    """The set form of ``reporting.view_draft``: the drafts and open corrections of one's own States,
    and for the ISO those that a State lets it read."""
    drafts = Report.objects.with_state().open()
    if not user.is_authenticated:
        return drafts.none()
    visible = Q(state__in=user.state_ids)
    if is_iso_staff(user):
        visible |= Q(shown_to_iso_at__isnull=False) | ENTRY
    return drafts.filter(visible)


def own_drafts(user: Person) -> ReportQuerySet:
    """The drafts and open corrections of the States this person acts for: to be written in. What the ISO enters
    from a paper is not among them."""
    return own_reports(user).open().exclude(ENTRY)


def entries(user: Person) -> ReportQuerySet:
    """The set form of ``reporting.enter_paper``: what the ISO is entering from a paper."""
    drafts = Report.objects.with_state().filter(ENTRY)
    return drafts if is_iso_staff(user) else drafts.none()


def own_reports(user: Person) -> ReportQuerySet:
    """The set form of ``reporting.view_own_report``: drafts and filed reports of one's States."""
    reports = Report.objects.with_state()
    return reports.filter(state__in=user.state_ids) if user.is_authenticated else reports.none()


def own_sections(user: Person) -> QuerySet[SectionDraft]:
    """The sections of ``own_reports``, each with its report."""
    sections = SectionDraft.objects.select_related("report")
    return sections.filter(report__state__in=user.state_ids) if user.is_authenticated else sections.none()


def _loans_of(user: User) -> QuerySet[SectionLoan]:
    """Nothing is lent to a delegate or to the ISO; so a loan gives nothing to whoever becomes one."""
    loans = SectionLoan.objects.filter(user=user, permission__codename=WRITE_LENT)
    return loans.none() if user.state_ids or is_iso_staff(user) else loans


ITS_ENTRY = Q(report__status=ReportStatus.DRAFT, report__provenance=Provenance.ISO)
OPEN = Q(report__status=ReportStatus.DRAFT) | Q(report__correction_opened_at__isnull=False)


def visible_sections(user: Person) -> QuerySet[SectionDraft]:
    """The sections of ``own_reports``, those lent to this person and, for the ISO, those of ``entries``: what a
    section's page is found in."""
    sections = SectionDraft.objects.select_related("report")
    if not isinstance(user, User) or not user.is_active:
        return sections.none()
    lent = Exists(_loans_of(user).filter(content_object=OuterRef("pk")))
    visible = Q(report__state__in=user.state_ids) | (OPEN & Q(lent))
    if is_iso_staff(user):
        visible |= ITS_ENTRY
    return sections.filter(visible)


def sections_to_write(user: Person) -> QuerySet[SectionDraft]:
    """The set form of ``reporting.edit_section``."""
    sections = visible_sections(user).filter(OPEN)
    return sections if is_iso_staff(user) else sections.exclude(ITS_ENTRY)


def lent_sections(user: Person) -> QuerySet[SectionDraft]:
    """The sections that other people's States have lent to this person."""
    sections = sections_to_write(user).select_related("report__state")
    sections = sections.exclude(ITS_ENTRY)
    return sections.exclude(report__state__in=user.state_ids) if isinstance(user, User) else sections


def visible_loans(user: Person) -> QuerySet[SectionLoan]:
    """To whom one's own State has lent sections: to be taken back."""
    return SectionLoan.objects.select_related("content_object__report").filter(content_object__in=own_sections(user))


def visible_offers(user: Person) -> QuerySet[LoanOffer]:
    """The same of those who have not accepted yet."""
    return LoanOffer.objects.select_related("section__report", "invitation").filter(section__in=own_sections(user))


def visible_comments(user: Person) -> QuerySet[DraftComment]:
    """What colleagues say to each other: seen by whoever may write in the section, the ISO never among them."""
    return DraftComment.objects.select_related("section__report__state", "written_by", "settled_by").filter(
        section__in=sections_to_write(user)
    )


def own_workbooks(user: Person) -> QuerySet[WorkbookUpload]:
    """Workbooks that were read and wait to be accepted, in ``sections_to_write``: whoever writes there may accept."""
    waiting = WorkbookUpload.objects.select_related("section__report__state", "uploaded_by")
    return waiting.filter(status=WorkbookStatus.READ, section__in=sections_to_write(user).order_by().values("pk"))


def visible_files(user: Person) -> QuerySet[ReportFile]:
    """The photographs and documents of the reports of one's States, of the drafts that one may read, and those that a
    section lent to one names. Who reads a filed report gets its files by ``public_file`` and in no other way."""
    files = ReportFile.objects.select_related("stored", "report__state")
    if not isinstance(user, User) or not user.is_active:
        return files.none()
    lent = lent_sections(user).annotate(said=Cast("answers", TextField()))
    named = lent.filter(report=OuterRef("report"), said__contains=OuterRef("sha256"))
    mine = Q(report__state__in=user.state_ids) | Q(report__in=visible_drafts(user).order_by().values("pk"))
    return files.filter(mine | Q(Exists(named)))


def published_reports() -> ReportQuerySet:
    """The set form of ``reporting.view_report``: the same for everybody."""
    return Report.objects.with_state().filter(status__in=PUBLIC_STATUSES)


def recalled_reports() -> ReportQuerySet:
    """Those of which the public learns that, when and why they were recalled, and nothing more."""
    return Report.objects.with_state().filter(status=ReportStatus.RECALLED)


def published_versions() -> QuerySet[ReportVersion]:
    return ReportVersion.objects.select_related("report__state").filter(report__status__in=PUBLIC_STATUSES)


def visible_full_copies(user: Person) -> QuerySet[ReportVersion]:
    """The set form of ``reporting.read_full_copy``: filed versions with the parts that are kept for States Parties."""
    versions = published_versions()
    if not isinstance(user, User):
        return versions.none()
    if is_iso_staff(user) or acts_for_a_state_party(user):
        return versions
    return versions.filter(report__state__in=user.state_ids)


def tracked_transmissions(user: Person) -> QuerySet[Transmission]:
    """The set form of ``reporting.acknowledge``: the ISO follows every filed report on its way."""
    rows = Transmission.objects.select_related("version__report__state", "acknowledged_by").filter(
        version__report__status__in=PUBLIC_STATUSES
    )
    return rows if may(user, "reporting.track_transmissions", None) else rows.none()


def awaiting_acknowledgement(user: Person) -> QuerySet[Transmission]:
    """Sent to the United Nations, and not yet acknowledged."""
    return tracked_transmissions(user).filter(sent_at__isnull=False, acknowledged_at=None)


def approvers_of(state: State, *, on: date) -> QuerySet[User]:
    """The people behind ``reporting.file_report``: whom a drafter asks to file."""
    return _serving(state, APPROVING_ROLES, on=on)


def delegates_of(state: State, *, on: date) -> QuerySet[User]:
    """The people behind ``reporting.answer_question``: everybody who drafts or approves for the State."""
    return _serving(state, STATE_ROLES, on=on)


def _serving(state: State, roles: Collection[Role], *, on: date) -> QuerySet[User]:
    serving = Membership.objects.in_force(on).filter(state=state, role__in=roles)
    return User.objects.filter(pk__in=serving.values("user")).order_by("name", "pk")


def office_reports(user: Person) -> ReportQuerySet:
    """The set form of ``reporting.thank_and_ask``: every filed report, for the ISO."""
    reports = Report.objects.with_state().filed()
    return reports if is_iso_staff(user) else reports.none()


def office_questions(user: Person) -> QuerySet[ReportQuestion]:
    """Every question about a filed report, for the ISO."""
    questions = _questions()
    return questions if is_iso_staff(user) else questions.none()


def own_questions(user: Person) -> QuerySet[ReportQuestion]:
    """The set form of ``reporting.answer_question``: what the ISO asks one's States, and has not withdrawn."""
    questions = _questions().filter(withdrawn_at=None)
    return questions.filter(version__report__state__in=user.state_ids) if user.is_authenticated else questions.none()


def shown_questions() -> QuerySet[ReportQuestion]:
    """Those that the State lets everybody read; ``domain.questions.shown_beside`` leaves out what is kept."""
    return _questions().filter(shown_at__isnull=False, withdrawn_at=None)


def _questions() -> QuerySet[ReportQuestion]:
    return (
        ReportQuestion.objects.select_related("version__report__state", "asked_by", "answered_by")
        .defer(*(f"version__{name}" for name in HEAVY))
        .filter(version__report__status=ReportStatus.FILED)
    )


def papers_to_confirm(user: Person) -> QuerySet[ReportPaper]:
    """The set form of ``reporting.confirm_entry``, as long as the State has not confirmed."""
    papers = ReportPaper.objects.select_related("report__state", "source").filter(report__status=ReportStatus.FILED)
    if not user.is_authenticated:
        return papers.none()
    return papers.filter(report__state__in=user.approving_state_ids, confirmation=Confirmation.OPEN)


def visible_papers(user: Person) -> QuerySet[ReportPaper]:
    """The papers that the ISO entered or enters: for the ISO and for the State itself."""
    papers = ReportPaper.objects.select_related("report__state", "source", "entered_by", "answered_by")
    if not user.is_authenticated:
        return papers.none()
    return papers if is_iso_staff(user) else papers.filter(report__state__in=user.state_ids)
