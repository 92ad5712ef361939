"""The scene of the access tests: what exists, so that every address leads to something.

Lao PDR has a report filed for 2025 and a draft for 2026; its people and objects are those that the
policy calls "own". Every private text holds a canary.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ccm_portal.core import clock, health, invitations
from ccm_portal.core.enums import MessageStatus, Role
from ccm_portal.core.models import Invitation, Membership, OutgoingMessage, PeriodicRun, ReminderPause, User
from reporting.domain import colleagues, comments, corrections, filing, papers, questions, workbooks
from reporting.enums import Channel, ReportKind
from reporting.models import Report, ReportPaper, ReportQuestion, ReportVersion, WorkbookUpload
from tests.committees import scene as committees_scene
from tests.compliance import scene as compliance_scene
from tests.factories import LENT_SECTION, person, state
from tests.meetings import scene as meetings_scene
from tests.reporting import support
from tests.sponsorship import scene as sponsorship_scene

CANARY = "CANARY-A1-7f3a"
# What only the State and the ISO may read: questions, answers, papers and what is said of them.
BETWEEN = "CANARY-B2-44de"
LENT_CANARY = "CANARY-LENT-91c2"  # in the section that is lent to a colleague
AT = datetime(2026, 4, 20, 9, tzinfo=UTC)
LENT_PLACE = "warning.measures"


@dataclass
class Scene:
    """Everything the addresses name."""

    draft: Report
    filed: ReportVersion
    member: Membership
    invitation: Invitation
    message: OutgoingMessage
    former: User
    names: dict[str, Any] = field(default_factory=dict)

    def kwargs(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row's arguments, with ``@name`` replaced by what the scene calls so."""
        return {name: self.named(value) for name, value in row.get("kwargs", {}).items()}

    def body(self, row: dict[str, Any]) -> dict[str, Any]:
        return {name: self.named(value) for name, value in row.get("body", {}).items()}

    def named(self, value: Any) -> Any:
        return self.names[value[1:]] if isinstance(value, str) and value.startswith("@") else value


def build() -> Scene:
    """Make the scene by the operations people use."""
    approver = person(Role.APPROVER, "LAO")
    report = support.complete(support.start(approver, year=2025, at=AT), by=approver, at=AT)
    published = support.attach(report, "other_matters", "matters.attachments", b"The law.", "law.txt", by=approver)
    version = filing.file_report(report=report, by=approver, at=AT, filing_key="a" * 32)
    draft = support.complete(
        support.start(approver, year=2026, base=version, how="some", changed=["other_matters"], at=AT), by=approver
    )
    support.write(draft, "other_matters", {"matters.text": f"{CANARY} unfinished"}, by=approver)
    support.write(draft, LENT_SECTION, {LENT_PLACE: f"{LENT_CANARY} lent"}, by=approver)
    kept = support.attach(
        draft, "other_matters", "matters.attachments", f"{CANARY} file".encode(), f"{CANARY}.txt", by=approver
    )
    elsewhere, lent = draft.sections.get(key="other_matters"), draft.sections.get(key=LENT_SECTION)
    for section, words in ((elsewhere, f"{CANARY} said"), (lent, f"{LENT_CANARY} said")):
        comments.comment(section=section, path="", text=words, by=approver, at=AT)
    loan = colleagues.lend(
        section=elsewhere,
        email="borrower@example.org",
        name=f"{CANARY} borrower",
        language="en",
        message=f"{CANARY} asked",
        by=approver,
        at=clock.now(),
    ).offer
    corrected = support.complete(support.start(approver, year=2023, at=AT), by=approver, at=AT)
    filing.file_report(report=corrected, by=approver, at=AT, filing_key="7" * 32)
    corrections.open_correction(report=corrected, by=approver, at=AT)
    support.write(corrected, "other_matters", {"matters.text": f"{CANARY} mended"}, by=approver)
    corrections.write_note(report=corrected, note=f"{CANARY} why", was="", by=approver, at=AT)
    member = person(Role.DRAFTER, "LAO", starts=date(2024, 1, 1)).memberships.get()
    member.user.name = f"{CANARY} colleague"
    member.user.save()
    scene = Scene(
        draft=draft,
        filed=version,
        member=member,
        invitation=_invitation(approver),
        message=OutgoingMessage.objects.create(
            kind="core.reminder",
            key="scene",
            address="mission@example.org",
            status=MessageStatus.UNCLEAR,
            owed_at=AT,
            not_before=AT,
            settled_at=AT,
        ),
        former=person(Role.DRAFTER, "LAO", ends=date(2025, 1, 1)),
    )
    asked, answered, entered = _beside(version, approver)
    for name in health.PERIODS:
        PeriodicRun.objects.create(name=name, succeeded_at=clock.now())
    scene.names = {
        "receipt": version.receipt_number.lower(),
        "member": member.pk,
        "member_version": member.version,
        "invitation": scene.invitation.pk,
        "token": invitations.token(scene.invitation),
        "message": scene.message.pk,
        "pause": ReminderPause.objects.create(
            state=state("LAO"),
            starts=clock.today(),
            until=clock.today(),
            reason="An election: nobody is in office.",
            begun_by=approver,
            begun_at=clock.now(),
        ).pk,
        "former": scene.former.pk,
        "transmission": version.transmission.pk,
        "question": asked.pk,
        "answered": answered.pk,
        "answered_revision": answered.revision,
        "paper_revision": entered.revision,
        "section_version": elsewhere.version,
        "lent_version": lent.version,
        "loan": f"offer:{loan.pk}",
        "workbook": _workbook(draft, approver).pk,
        **committees_scene.build(),
        **meetings_scene.build(),
        **compliance_scene.build(),
        **sponsorship_scene.build(),
        "published_file": published,
        "draft_file": kept,
    }
    return scene


def _workbook(report: Report, by: User) -> WorkbookUpload:
    """A file that was read for the draft and waits to be accepted."""
    section = support.draft_of(report, "other_matters")
    content = workbooks.given_out_csv(section, "draft", workbooks.section_of(section).parts[0], language="en")
    return workbooks.read_workbook(
        section=section,
        content=content.replace("unfinished", "filled in").encode(),
        name=f"{CANARY}.csv",
        language="en",
        by=by,
        at=AT,
    )


def _beside(version: ReportVersion, approver: User) -> tuple[ReportQuestion, ReportQuestion, ReportPaper]:
    """What the ISO does around reports: two questions, one answered and not shown; a report entered from paper for
    2024, to which the State objects; another, voluntary, that is still being entered."""
    office = person(Role.ISO_STAFF, "iso")
    asked = questions.ask(version=version, place="", text=f"{BETWEEN} asked", by=office, at=AT)
    answered = questions.ask(
        version=version, place="other_matters", text=f"{BETWEEN} asked of a section", by=office, at=AT
    )
    answered = questions.answer(
        question=answered, text=f"{BETWEEN} answered", shown=False, by=approver, at=AT, revision=1
    )
    paper = _paper(ReportKind.ANNUAL, 2024, office)
    papers.enter(report=paper.report, note="", by=office, at=AT, filing_key="b" * 32)
    entered = papers.contest(paper=paper, text=f"{BETWEEN} is wrong", by=approver, at=AT, revision=1)
    entering = _paper(ReportKind.VOLUNTARY, 2022, office)
    support.write(entering.report, "other_matters", {"matters.text": f"{BETWEEN} unfinished"}, by=office)
    return asked, answered, entered


def _paper(kind: str, year: int, by: User) -> ReportPaper:
    return papers.begin(
        state=state("LAO"),
        kind=kind,
        year=year,
        language="en",
        channel=Channel.PAPER,
        received_on=date(2025, 4, 2),
        source=(f"{BETWEEN}.pdf", f"%PDF-1.7 {BETWEEN}".encode()),
        remarks=f"{BETWEEN} remarks",
        by=by,
        at=AT,
    )


def _invitation(by: User) -> Invitation:
    invitation = Invitation.objects.create(
        email="invited@example.org",
        name=f"{CANARY} invited",
        role=Role.DRAFTER,
        state=state("LAO"),
        starts=clock.today(),
        token_hash="",
        code_hash=invitations.code_hash("ABCDEFGH"),
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=14),
        given_by=by,
    )
    invitation.token_hash = invitations.token_hash(invitations.token(invitation))
    invitation.save()
    return invitation
