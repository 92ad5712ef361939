"""The pages around a filed report: the office's, the State's, and what a reader sees of it."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from ccm_portal.core.enums import Role
from reporting.domain import corrections, papers, questions
from reporting.models import Report, ReportPaper, ReportQuestion, ReportThanks, ReportVersion
from tests.reporting.afterwards import LATER, SOURCE, answered, asked, begun, entered, iso_staff
from tests.reporting.support import filed, person, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db

FILED = ["lao-pdr", "2025"]
PAPER = ["lao-pdr", "2024"]


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", LATER.isoformat())


@pytest.fixture
def approver():
    return person(Role.APPROVER)


@pytest.fixture
def office():
    return sign_in(Client(), iso_staff())


def at(name, *args):
    return reverse(f"reporting:{name}", args=args)


def words(answer):
    return answer.content.decode()


def queries_of(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(1000) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


def test_the_offices_list_costs_the_same_for_one_report_as_for_many(office, approver, django_assert_max_num_queries):
    asked(filed(approver, year=2024))
    client_first = queries_of(office, at("office-reports"), django_assert_max_num_queries)
    for year in (2021, 2022, 2023, 2025):
        answered(asked(filed(approver, year=year)), by=approver)
    entered(iso_staff(), year=2020)

    assert queries_of(office, at("office-reports"), django_assert_max_num_queries) == client_first


@pytest.mark.parametrize("who", ["office", "state"])
def test_ten_questions_cost_what_one_costs(who, approver, office, django_assert_max_num_queries):
    version = filed(approver)
    client = office if who == "office" else sign_in(Client(), approver)
    address = at("office-report" if who == "office" else "draft-filed", *FILED)
    answered(asked(version), by=approver)
    one = queries_of(client, address, django_assert_max_num_queries)
    for _ in range(9):
        answered(asked(version), by=approver)

    assert queries_of(client, address, django_assert_max_num_queries) == one


def test_the_list_is_narrowed_by_its_address(office, approver):
    asked(filed(approver, year=2024))
    answered(asked(filed(approver, year=2025)), by=approver)
    entered(iso_staff(), year=2020)

    def listed(**query):
        page = office.get(at("office-reports"), query).context["page"]
        return {report.slug for report in page}

    assert listed() == {"2024", "2025", "2020"}
    assert listed(show="questions") == {"2024"}
    assert listed(show="answers") == {"2025"}
    assert listed(show="papers") == {"2020"}
    assert listed(show="contested") == set()
    assert listed(show="thanks") == {"2024", "2025", "2020"}
    assert listed(state="lao-pdr", year="2024") == {"2024"}


def test_a_question_asked_of_an_older_version_keeps_its_text_on_the_page(office, approver):
    filed(approver)
    sent = {"version": "7", "place": "report", "text": "Which province?"}

    assert office.post(at("report-ask", *FILED), sent).status_code == 404
    refused = office.post(at("report-ask", *FILED), sent | {"version": "1", "place": "nowhere"})

    assert refused.status_code == 422
    assert "Which province?" in words(refused)
    assert not ReportQuestion.objects.exists()


def test_thanks_are_sent_once_and_stand_beside_the_receipt_of_the_state_alone(office, approver):
    filed(approver)
    sent = {"version": "1", "text": "We thank you warmly."}
    first, second = (office.post(at("report-thank", *FILED), sent) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 422)
    assert "has been thanked" in words(second)
    assert ReportThanks.objects.count() == 1
    assert "We thank you warmly." in words(sign_in(Client(), approver).get(at("draft-filed", *FILED)))
    assert "We thank you warmly." not in words(Client().get(at("report-detail", *FILED)))


def test_a_stale_answer_comes_back_with_its_text_beside_the_one_that_stands_and_can_then_be_sent(approver):
    question = asked(filed(approver))
    answered(question, by=person(Role.DRAFTER), text="The first.")
    client = sign_in(Client(), approver)
    address = at("question-answer", *FILED, question.pk)

    stale = client.post(address, {"revision": "1", "text": "The second."})
    again = client.post(address, {"revision": stale.context["form"]["revision"].value(), "text": "The second."})

    assert stale.status_code == 422
    assert "was changed after you opened the page" in words(stale)
    assert "The first." in words(stale) and "The second." in words(stale)
    assert again.status_code == 302
    assert ReportQuestion.objects.get().answer == "The second."


def test_a_drafter_answers_and_cannot_show_whatever_the_form_says(approver):
    question = asked(filed(approver))
    client = sign_in(Client(), person(Role.DRAFTER))

    client.post(at("question-answer", *FILED, question.pk), {"revision": "1", "text": "Here.", "shown": "on"})
    refused = client.post(at("question-show", *FILED, question.pk), {"revision": "2", "shown": "yes"})

    question = ReportQuestion.objects.get()
    assert (question.answer, question.shown_at, refused.status_code) == ("Here.", None, 403)


def test_a_reader_sees_both_from_the_moment_the_state_agrees_until_it_takes_that_back(approver):
    question = asked(filed(approver), text="Which province is meant?")
    client, reader = sign_in(Client(), approver), Client()
    seen = []

    def look():
        page = words(reader.get(at("report-detail", *FILED)))
        seen.append(["Which province is meant?" in page, "It is Sekong." in page, "Not part of the report" in page])

    look()
    sent = {"revision": "1", "text": "It is Sekong.", "shown": "on"}
    client.post(at("question-answer", *FILED, question.pk), sent)
    look()
    client.post(at("question-show", *FILED, question.pk), {"revision": "2", "shown": "no"})
    look()

    assert seen == [[False] * 3, [True] * 3, [False] * 3]


def test_nothing_unshown_or_shown_is_in_the_reports_own_files(approver):
    version = filed(approver)
    answered(asked(version, text="CANARY question"), by=approver, text="CANARY answer", shown=True)

    for address in ("/files/reports/lao-pdr/2025/v1.json", "/files/reports/lao-pdr/2025/v1.csv", "/api/reports/"):
        assert "CANARY" not in words(Client().get(address, follow=True)), address
    assert "CANARY" not in ReportVersion.objects.get().content


def test_what_is_said_is_text_and_never_markup(office, approver):
    question = asked(filed(approver), text="<script>alert(1)</script>")
    answered(question, by=approver, text="<img src=x onerror=alert(2)>{{ 7 }}", shown=True)

    for page in (Client().get(at("report-detail", *FILED)), office.get(at("office-report", *FILED))):
        assert "<script>alert" not in words(page) and "<img src=x" not in words(page)
        assert "&lt;script&gt;alert(1)" in words(page)


def test_a_paper_without_file_or_reason_comes_back_with_what_was_filled_in(office):
    sent = {
        "state": "lao-pdr",
        "kind": "annual",
        "year": "2024",
        "language": "en",
        "channel": "mail",
        "received_on": "2025-05-02",
        "remarks": "",
    }
    refused = office.post(at("paper-begin"), sent)
    taken = office.post(at("paper-begin"), sent | {"remarks": "Read out over the telephone."})

    assert refused.status_code == 422
    assert "say in the remarks why there is none" in words(refused)
    assert (taken.status_code, taken.url) == (302, at("draft-detail", *PAPER))


def test_the_source_is_given_as_it_came_and_never_opened_in_the_page(approver):
    entered(iso_staff())
    given = sign_in(Client(), approver).get("/files/papers/lao-pdr/2024/")

    assert b"".join(given.streaming_content) == SOURCE[1]
    assert given["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in given["Cache-Control"]


def test_pressing_enter_again_leads_to_the_report(office):
    paper = begun(iso_staff())
    page = office.get(at("paper-enter", *PAPER))
    form = page.context["form"]
    sent = {"filing_key": form["filing_key"].value(), "seen": form["seen"].value(), "compared": "on", "note": ""}
    answers = [office.post(at("paper-enter", *PAPER), sent) for _ in range(2)]

    assert [(one.status_code, one.url) for one in answers] == [(302, at("office-report", *PAPER))] * 2
    assert ReportVersion.objects.filter(report=paper.report).count() == 1


def test_of_two_who_answer_for_the_state_the_second_keeps_their_text(approver):
    paper = entered(iso_staff())
    papers.contest(paper=paper, text="Nine.", by=person(Role.HEAD_OF_DELEGATION), at=LATER, revision=1)
    client = sign_in(Client(), approver)

    stale = client.post(at("paper-confirm", *PAPER), {"do": "contest", "revision": "1", "text": "Eleven."})

    assert stale.status_code == 422
    assert "Nine." in words(stale) and "Eleven." in words(stale)
    assert ReportPaper.objects.get().answer == "Nine."


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (None, "not yet confirmed by the State"),
        ("confirm", "confirmed by the State on"),
        ("contest", "the State says that the entry is not right"),
    ],
)
def test_readers_are_told_what_the_state_says_of_the_entry_and_not_its_words(approver, act, told):
    entered(iso_staff())
    client = sign_in(Client(), approver)
    if act:
        sent = {"do": act, "revision": "1", "text": "Nine, not seven."}
        assert client.post(at("paper-confirm", *PAPER), sent).status_code == 302

    page = words(Client().get(at("report-detail", *PAPER)))

    assert told in page
    assert "Nine, not seven." not in page and "report.pdf" not in page


def test_everybody_finds_on_their_desk_what_waits_for_them(office, approver):
    question = asked(filed(approver))
    answered(asked(filed(approver, year=2023)), by=approver)
    paper = entered(iso_staff())
    begun(iso_staff(), year=2022)
    papers.contest(paper=entered(iso_staff(), year=2021, key="9" * 32), text="No.", by=approver, at=LATER, revision=1)

    for_office = words(office.get("/desk/"))
    for_approver, for_drafter = (
        words(sign_in(Client(), who).get("/desk/")) for who in (approver, person(Role.DRAFTER))
    )

    for line in ("4 reports to thank for", "Answers came in for 1 report", "1 State says", "Go on entering the paper"):
        assert line in for_office
    assert at("question-answer", *FILED, question.pk) in for_approver
    assert at("question-answer", *FILED, question.pk) in for_drafter
    assert at("paper-confirm", *PAPER) in for_approver
    assert at("paper-confirm", *PAPER) not in for_drafter
    assert "Go on with: Report for 2022" not in for_approver
    assert paper.report.slug == "2024"
    assert questions.shown_beside(paper.report) == []


def test_the_office_reads_what_is_lost_before_an_entry_is_given_up(office):
    by = iso_staff()
    report = begun(by).report
    write(report, "other_matters", {"matters.text": "Typed for an hour."}, by=by)
    address = at("paper-drop", *PAPER)

    assert f'href="{address}"' in words(office.get(at("paper-enter", *PAPER)))
    page = office.get(address)
    assert [task.section.key for task in page.context["written"]] == ["other_matters"]
    assert SOURCE[0] in words(page) and Report.objects.filter(pk=report.pk).exists()
    seen = page.context["form"]["seen"].value()
    write(report, "other_matters", {"matters.text": "Typed for two hours."}, by=by)
    for stale in ({}, {"seen": seen}):
        refused = office.post(address, stale)
        assert (refused.status_code, Report.objects.filter(pk=report.pk).exists()) == (422, True)

    answer = office.post(address, {"seen": refused.context["form"]["seen"].value()})

    assert (answer.url, Report.objects.filter(pk=report.pk).exists()) == (at("office-reports"), False)


def test_of_an_entry_no_page_says_more_than_the_office_knows(office, approver):
    by = iso_staff()
    paper = begun(by, received_on=None, remarks="An excerpt.")
    version = papers.enter(report=paper.report, note="", by=by, at=LATER, filing_key="9" * 32)
    state = sign_in(Client(), approver)

    reader = Client().get(version.report.get_absolute_url()).content.decode()
    filed_page = state.get(version.report.get_receipt_url()).content.decode()
    receipt = Client().get(reverse("reporting:receipt-detail", args=[version.receipt_number])).content.decode()
    on_the_way = office.get(reverse("reporting:transmission-list")).content.decode()

    assert "The entry holds nothing for this section." in reader and "Nothing is reported" not in reader
    assert "The report is filed" not in filed_page and "The report is entered" in filed_page
    assert all("the day of filing is not known" in page for page in (reader, filed_page, receipt))
    assert not any(re.search(r"\d\d:\d\d UTC", main(page)) for page in (reader, filed_page, receipt))
    assert "Day not known" in on_the_way


def test_of_a_paper_the_day_of_receipt_is_told_without_a_time_of_day(approver):
    report = entered(iso_staff()).report
    number = report.versions.get().receipt_number
    state = sign_in(Client(), approver)

    pages = [
        Client().get(report.get_absolute_url()).content.decode(),
        Client().get(reverse("reporting:receipt-detail", args=[number])).content.decode(),
        state.get(report.get_receipt_url()).content.decode(),
    ]

    assert all("2 May 2025" in page for page in pages)
    assert not any("12:00" in main(page) for page in pages)


def test_the_offices_page_tells_lateness_by_the_first_version(office, approver):
    late = datetime(2026, 6, 11, 9, tzinfo=UTC)
    version = filed(approver, at=late, texts={"stockpiles": {"programme.status": "Running."}})
    corrections.open_correction(report=version.report, by=approver, at=late)
    write(version.report, "stockpiles", {"programme.status": "Done."}, by=approver)
    corrections.file_correction(
        report=version.report,
        by=approver,
        at=late,
        filing_key="8" * 32,
        seen={one.key: one.version for one in version.report.sections.all()},
        note="It is done.",
        provisional=False,
    )

    page = office.get(reverse("reporting:office-report", args=["lao-pdr", "2025"])).content.decode()

    assert "42 days late" in page


def main(page):
    """What the page says, without its frame."""
    return page.partition("<main")[2].partition("</main>")[0]


def test_an_entry_is_taken_over_as_it_was_read(approver):
    by = iso_staff()
    report = begun(by).report
    client, taking = sign_in(Client(), approver), at("paper-take-over", *PAPER)
    seen = client.get(report.get_draft_url()).context["entry"]["form"]["seen"].value()
    write(report, "other_matters", {"matters.text": "Typed for two hours."}, by=by)

    for stale in ({}, {"seen": seen}):
        refused = client.post(taking, stale, follow=True)
        assert "The ISO typed more after you opened this page." in words(refused)
        assert Report.objects.get().is_entry
    client.post(taking, {"seen": refused.context["entry"]["form"]["seen"].value()})

    assert not Report.objects.get().is_entry
