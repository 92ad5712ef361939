"""A report that came on paper: entered by the ISO, confirmed by the State."""

from datetime import date, timedelta

import pytest
from django.core import mail

from ccm_portal.core import files, outbox
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from ccm_portal.core.permissions import may
from reporting.domain import comments, corrections, filing, papers
from reporting.enums import Confirmation, Provenance, ReportStatus
from reporting.models import DraftComment, Report, ReportPaper, ReportVersion, SectionDraft
from reporting.rules import entries, own_drafts, visible_comments, visible_drafts, visible_sections
from tests.reporting.afterwards import LATER, SOURCE, begun, entered, iso_staff
from tests.reporting.support import complete, draft_of, filed, person, start, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return iso_staff()


@pytest.fixture
def approver():
    return person(Role.APPROVER)


def confirmed(paper, by, *, revision=None):
    return papers.confirm(paper=paper, by=by, at=LATER, revision=revision or paper.revision)


def contested(paper, by, *, text="The area is 9 ha.", revision=None):
    return papers.contest(paper=paper, text=text, by=by, at=LATER, revision=revision or paper.revision)


def test_what_is_entered_is_published_as_of_the_day_it_was_received(by):
    paper = entered(by)

    version = ReportVersion.objects.get()
    assert (version.provenance, version.filed_at.date(), version.days_late) == (Provenance.ISO, date(2025, 5, 2), 2)
    assert (paper.confirmation, paper.asked_at) == (Confirmation.OPEN, LATER)
    assert files.read(paper.source) == SOURCE[1]
    assert list(RegisterEntry.objects.order_by("number").values_list("action", flat=True)) == [
        "reporting.paper.begin",
        "reporting.report.file",
    ]


def test_the_approvers_are_asked_and_nobody_else(by, approver):
    head = person(Role.HEAD_OF_DELEGATION)
    person(Role.DRAFTER)
    entered(by)

    owed = OutgoingMessage.objects.filter(kind="reporting.entered")
    assert {message.user for message in owed} == {approver, head}
    for message in owed:
        assert outbox.deliver(pk=message.pk, at=LATER) == "sent"
    assert all("/my/lao-pdr/reports/2024/paper/" in letter.body for letter in mail.outbox)
    assert not OutgoingMessage.objects.filter(kind="reporting.filed_to_un").exists()


def test_pressing_enter_twice_enters_once(by):
    paper = begun(by)
    both = [papers.enter(report=paper.report, note="", by=by, at=LATER, filing_key="1" * 32) for _ in range(2)]

    assert both[0] == both[1] == ReportVersion.objects.get()
    with pytest.raises(papers.PaperRefused, match="already entered"):
        papers.enter(report=paper.report, note="", by=by, at=LATER, filing_key="2" * 32)


def test_what_a_colleague_typed_after_the_page_was_opened_is_not_entered_unseen(by):
    paper = begun(by)
    seen = {draft.key: draft.version for draft in paper.report.sections.all()}
    write(paper.report, "other_matters", {"matters.text": "Typed by a colleague."}, by=by)

    with pytest.raises(filing.ChangedSinceSeen):
        papers.enter(report=paper.report, note="", by=by, at=LATER, filing_key="1" * 32, seen=seen)
    assert not ReportVersion.objects.exists()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"source": None}, "Attach the source"),
        ({"received_on": date(2999, 1, 1)}, "future"),
        ({"year": 1999}, "Choose a year"),
    ],
)
def test_a_paper_without_its_facts_is_refused(by, told, words):
    with pytest.raises(papers.PaperRefused, match=words):
        begun(by, **told)
    assert not Report.objects.exists()


def test_a_source_of_another_kind_is_refused_whatever_its_name(by):
    with pytest.raises(files.FileRefused):
        begun(by, source=("report.pdf", b"<html><script>"))


def test_a_paper_without_a_file_says_why(by):
    assert begun(by, source=None, remarks="Read out over the telephone.").source is None


def test_where_the_state_is_writing_or_has_filed_no_paper_is_entered(by, approver):
    start(approver, year=2024)
    filed(approver, year=2025)
    begun(by, year=2023)

    for year, words in ((2024, "is writing"), (2025, "already filed"), (2023, "being entered already")):
        with pytest.raises(papers.PaperRefused, match=words):
            begun(by, year=year)


def test_the_iso_writes_the_entry_and_the_state_reads_it(by, approver):
    report = begun(by).report
    other = person(Role.APPROVER, "LBN")
    asked = ("view_draft", "edit_draft", "file_report", "show_draft_to_iso", "enter_paper", "take_over_entry")

    assert {perm for perm in asked if may(by, f"reporting.{perm}", report)} == {
        "view_draft",
        "edit_draft",
        "enter_paper",
    }
    assert {perm for perm in asked if may(approver, f"reporting.{perm}", report)} == {"view_draft", "take_over_entry"}
    assert {perm for perm in asked if may(other, f"reporting.{perm}", report)} == set()
    assert [list(found(by)) for found in (entries, visible_drafts, own_drafts)] == [[report], [report], []]
    assert [list(found(approver)) for found in (entries, visible_drafts, own_drafts)] == [[], [report], []]
    assert visible_sections(by).count() == report.sections.count()
    [section] = SectionDraft.objects.filter(report=report, key="other_matters").select_related("report")
    assert [may(who, "reporting.edit_section", section) for who in (by, approver, other)] == [True, False, False]


def test_a_state_takes_the_draft_over_and_the_iso_sees_it_no_more(by, approver):
    report = begun(by).report
    write(report, "other_matters", {"matters.text": "As on the paper."}, by=by)

    report = papers.take_over(report=report, by=approver, at=LATER)

    assert report.provenance == Provenance.PORTAL
    assert (list(visible_drafts(by)), list(own_drafts(approver))) == ([], [report])
    with pytest.raises(papers.PaperRefused, match="taken this report over"):
        papers.enter(report=report, note="", by=by, at=LATER, filing_key="1" * 32)
    version = filing.file_report(report=complete(report, by=approver), by=approver, at=LATER, filing_key="2" * 32)
    assert (version.provenance, version.full_document["provenance"]) == ("portal", "portal")


@pytest.mark.parametrize("act", ["take_over", "enter"])
def test_what_the_office_said_to_itself_does_not_outlive_the_entry(by, approver, act):
    report = begun(by).report
    comments.comment(section=draft_of(report, "other_matters"), path="", text="CANARY-office", by=by, at=LATER)
    assert not visible_comments(approver).exists()

    if act == "enter":
        papers.enter(report=report, note="", by=by, at=LATER, filing_key="1" * 32)
        corrections.open_correction(report=Report.objects.with_state().get(), by=approver, at=LATER)
    else:
        papers.take_over(report=report, by=approver, at=LATER)

    assert not DraftComment.objects.exists()


def test_an_entry_is_given_up_without_a_trace_in_public(by):
    report = begun(by).report
    papers.drop(report=report, by=by, at=LATER)

    assert not Report.objects.exists() and not ReportPaper.objects.exists()
    with pytest.raises(Report.DoesNotExist):
        papers.drop(report=report, by=by, at=LATER)


def test_the_state_confirms_once_and_for_all(by, approver):
    paper = confirmed(entered(by), approver)

    assert (paper.confirmation, paper.answered_by) == (Confirmation.CONFIRMED, approver)
    with pytest.raises(papers.PaperRefused, match="has confirmed"):
        contested(paper, approver)


def test_an_objection_goes_to_the_iso_without_its_words_in_the_mail(by, approver):
    paper = contested(entered(by), approver, text="Nine, not seven.")

    [message] = OutgoingMessage.objects.filter(kind="reporting.contested")
    outbox.deliver(pk=message.pk, at=LATER)
    assert mail.outbox[0].to == ["iso@example.org"]
    assert "Nine" not in mail.outbox[0].body
    assert (paper.confirmation, paper.answer) == (Confirmation.CONTESTED, "Nine, not seven.")
    assert confirmed(paper, approver).confirmation == Confirmation.CONFIRMED


def test_of_two_colleagues_the_second_is_told_what_the_first_said(by, approver):
    paper = entered(by)
    contested(paper, approver)

    with pytest.raises(papers.PaperChanged) as refusal:
        confirmed(paper, person(Role.HEAD_OF_DELEGATION), revision=1)
    assert refusal.value.paper.answer == "The area is 9 ha."
    assert ReportPaper.objects.get().confirmation == Confirmation.CONTESTED


def test_nobody_confirms_what_is_not_entered(by, approver):
    paper = begun(by)

    with pytest.raises(papers.PaperRefused, match="no longer the report in force"):
        confirmed(paper, approver)
    assert paper.report.status == ReportStatus.DRAFT


def test_a_paper_of_unknown_day_says_nothing_of_late(by):
    entered(by, received_on=None, at=LATER + timedelta(days=1))

    report = Report.objects.get()
    assert (report.due, report.day_is_known) == (None, False)
