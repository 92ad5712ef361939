"""Who may do what with a report. Each object rule has its queryset beside it."""

from datetime import date

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from ccm_portal.core.enums import APPROVING_ROLES
from ccm_portal.core.models import Membership, State, User
from ccm_portal.core.models.states import StateQuerySet
from ccm_portal.core.permissions import (
    acts_for_state,
    approves_for_state,
    drafts_for_state,
    is_iso_staff,
    may,
)
from reporting.enums import PUBLIC_STATUSES, ReportStatus, WorkbookStatus
from reporting.models import (
    WRITE_LENT,
    DraftComment,
    LoanOffer,
    Report,
    ReportQuerySet,
    ReportVersion,
    SectionDraft,
    SectionLoan,
    Transmission,
    WorkbookUpload,
)

Person = User | AnonymousUser


@rules.predicate
def is_open(user: Person, report: Report) -> bool:
    """A draft, or a correction being written: as private as a draft."""
    return report.is_open


@rules.predicate
def is_shown_to_iso(user: Person, report: Report) -> bool:
    return report.shown_to_iso_at is not None


@rules.predicate
def is_public(user: Person, report: Report) -> bool:
    return report.status in PUBLIC_STATUSES


@rules.predicate
def its_report_is_open(user: Person, section: SectionDraft) -> bool:
    return section.report.is_open


@rules.predicate
def drafts_for_its_state(user: Person, section: SectionDraft) -> bool:
    return drafts_for_state(user, section.report)


@rules.predicate
def holds_loan(user: Person, section: SectionDraft) -> bool:
    """Somebody to whom this one section is lent. Only the row of the loan counts: no model-level permission."""
    return isinstance(user, User) and user.is_active and _loans_of(user).filter(content_object=section).exists()


# About a State
rules.add_perm("reporting.view_state_desk", acts_for_state)
rules.add_perm("reporting.start_draft", drafts_for_state)

# About a report
rules.add_perm("reporting.view_draft", is_open & (acts_for_state | (is_iso_staff & is_shown_to_iso)))
rules.add_perm("reporting.edit_draft", drafts_for_state)
rules.add_perm("reporting.file_report", approves_for_state)
rules.add_perm("reporting.ask_to_file", drafts_for_state)
rules.add_perm("reporting.show_draft_to_iso", approves_for_state)
rules.add_perm("reporting.correct_report", drafts_for_state)
rules.add_perm("reporting.recall_report", approves_for_state)
rules.add_perm("reporting.view_own_report", acts_for_state)
rules.add_perm("reporting.view_report", is_public)
rules.add_perm("reporting.acknowledge", is_iso_staff)
rules.add_perm("reporting.track_transmissions", is_iso_staff)

# About a section
rules.add_perm("reporting.edit_section", its_report_is_open & (drafts_for_its_state | holds_loan))
rules.add_perm("reporting.lend_section", its_report_is_open & drafts_for_its_state)


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
        visible |= Q(shown_to_iso_at__isnull=False)
    return drafts.filter(visible)


def own_drafts(user: Person) -> ReportQuerySet:
    """The drafts and open corrections of the States this person acts for: to be written in."""
    return own_reports(user).open()


def own_reports(user: Person) -> ReportQuerySet:
    """The set form of ``reporting.view_own_report``: drafts and filed reports of one's States."""
    reports = Report.objects.with_state()
    return reports.filter(state__in=user.state_ids) if user.is_authenticated else reports.none()


def own_sections(user: Person) -> QuerySet[SectionDraft]:
    """The sections of ``own_reports``, each with its report."""
    sections = SectionDraft.objects.select_related("report")
    return sections.filter(report__state__in=user.state_ids) if user.is_authenticated else sections.none()


def _loans_of(user: User) -> QuerySet[SectionLoan]:
    return SectionLoan.objects.filter(user=user, permission__codename=WRITE_LENT)


OPEN = Q(report__status=ReportStatus.DRAFT) | Q(report__correction_opened_at__isnull=False)


def visible_sections(user: Person) -> QuerySet[SectionDraft]:
    """The sections of ``own_reports``, and those lent to this person: what a section's page is found in."""
    sections = SectionDraft.objects.select_related("report")
    if not isinstance(user, User) or not user.is_active:
        return sections.none()
    lent = Exists(_loans_of(user).filter(content_object=OuterRef("pk")))
    return sections.filter(Q(report__state__in=user.state_ids) | (OPEN & Q(lent)))


def sections_to_write(user: Person) -> QuerySet[SectionDraft]:
    """The set form of ``reporting.edit_section``."""
    return visible_sections(user).filter(OPEN)


def lent_sections(user: Person) -> QuerySet[SectionDraft]:
    """The sections that other people's States have lent to this person."""
    sections = sections_to_write(user).select_related("report__state")
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


def visible_reports(user: Person) -> ReportQuerySet:
    """The set form of ``reporting.view_report``: the same for everybody."""
    return published_reports()


def published_reports() -> ReportQuerySet:
    return Report.objects.with_state().filter(status__in=PUBLIC_STATUSES)


def recalled_reports() -> ReportQuerySet:
    """Those of which the public learns that, when and why they were recalled, and nothing more."""
    return Report.objects.with_state().filter(status=ReportStatus.RECALLED)


def published_versions() -> QuerySet[ReportVersion]:
    return ReportVersion.objects.select_related("report__state").filter(report__status__in=PUBLIC_STATUSES)


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
    serving = Membership.objects.in_force(on).filter(state=state, role__in=APPROVING_ROLES)
    return User.objects.filter(pk__in=serving.values("user")).order_by("name", "pk")
