"""A delegation corrects, recalls and reinstates what it filed, as it meets it on its pages."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from reporting.domain import corrections, keeping, recalls
from reporting.models import Report, ReportVersion
from tests.reporting.support import IN_TIME, filed, person, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db

STATUS = "programme.status"


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-03-10T10:00:00")


@pytest.fixture
def approver():
    return person(Role.APPROVER)


@pytest.fixture
def version(approver):
    return filed(approver, texts={"stockpiles": {STATUS: "Running."}})


@pytest.fixture
def opened(version, approver):
    return corrections.open_correction(report=version.report, by=approver, at=IN_TIME)


def address(name, *more):
    return reverse(f"reporting:{name}", args=["lao-pdr", "2025", *more])


def words(response):
    return response.content.decode()


def posted(page, **more):
    form = page.context["form"]
    fresh = {"filing_key": form["filing_key"].value(), "seen": form["seen"].value(), "confirmed": "on"}
    return fresh | {"note": form["note"].value() or ""} | more


def reinstating(page):
    """What the button "Reinstate this report" of a page posts."""
    form = words(page).partition(address("report-reinstate"))[2].partition("</form>")[0]
    return dict(re.findall(r'name="(seen)" value="([^"]+)"', form))


def test_a_correction_from_the_receipt_to_the_next_receipt(version, approver):
    client = sign_in(Client(), approver)
    assert "Correct this report" in words(client.get(address("draft-filed")))

    begun = client.post(address("report-correct"), follow=True)
    assert "Correction of the report for 2025: version 2" in words(begun)
    write(version.report, "stockpiles", {STATUS: "Done."}, by=approver)
    client.post(address("correction-note"), {"note": "It is done.", "was": ""})
    page = client.get(address("draft-file"))
    answer = client.post(address("draft-file"), posted(page), follow=True)

    assert "<del>Running.</del>" in words(page) and "<ins>Done.</ins>" in words(page)
    assert "It is done." in words(page)
    assert "marked" not in words(page)
    assert "CCM-2025-LAO-2" in words(answer) and "The correction is filed" in words(answer)
    assert "It is done." in words(answer)
    assert ReportVersion.objects.order_by("-number").first().filed_by == approver


@pytest.mark.parametrize("name", ["draft-detail", "draft-preview", "draft-file"])
def test_every_page_says_which_version_of_which_report_it_is(opened, approver, name):
    page = sign_in(Client(), approver).get(address(name))

    assert "Correction of the report for 2025: version 2" in words(page)


def test_a_section_page_shows_what_was_filed_beside_the_boxes_and_takes_it_back(opened, approver):
    client = sign_in(Client(), approver)
    write(opened, "stockpiles", {STATUS: "Done."}, by=approver)
    page = words(client.get(address("section-edit", "stockpiles")))
    draft = opened.sections.get(key="stockpiles")

    client.post(address("section-edit", "stockpiles"), {"version": draft.version, "page": "p", "do": f"keep:{STATUS}"})

    assert "Filed in version 1" in page and '<bdi class="was">Running.</bdi>' in page
    kept = opened.sections.get(key="stockpiles").answers["parts"]["programme"]["values"]["status"]
    assert (kept["text"], kept["from"]) == ("Running.", "typed")


def test_the_preview_marks_what_is_not_said_in_the_version_in_force(opened, approver):
    write(opened, "stockpiles", {STATUS: "Done."}, by=approver)

    page = words(sign_in(Client(), approver).get(address("draft-preview")))

    assert "What is marked is not said, or said otherwise, in version 1." in page
    assert page.count('<div class="new">') == 1


def test_without_a_note_or_a_change_nothing_is_filed_and_the_page_says_why(opened, approver):
    client = sign_in(Client(), approver)
    page = client.get(address("draft-file"))

    bare = client.post(address("draft-file"), posted(page))
    unchanged = client.post(address("draft-file"), posted(page, note="Why not."))

    assert "Say in a sentence why the report is corrected." in words(bare)
    assert "Nothing differs from version 1" in words(unchanged)
    assert "Why not." in words(unchanged)
    assert ReportVersion.objects.count() == 1


def test_a_drafter_prepares_a_correction_and_only_an_approver_files_it(opened, approver):
    client = sign_in(Client(), person(Role.DRAFTER))

    page = client.get(address("draft-file"))
    refused = client.post(address("draft-file"), {"filing_key": "a" * 32, "seen": "{}", "note": "x", "confirmed": "on"})

    assert page.status_code == 200 and "File the correction" not in words(page)
    assert refused.status_code == 403


def test_two_notes_for_one_correction_are_both_shown(opened, approver):
    corrections.write_note(report=opened, note="Theirs.", was="", by=approver, at=IN_TIME)

    answer = sign_in(Client(), approver).post(address("correction-note"), {"note": "Mine.", "was": ""})

    assert answer.status_code == 409
    assert "It now says: “Theirs.”" in words(answer) and "Mine.</textarea>" in words(answer)


def test_what_is_lost_is_shown_before_a_correction_is_given_up(opened, approver):
    client = sign_in(Client(), approver)
    write(opened, "stockpiles", {STATUS: "Done."}, by=approver)

    page = client.get(address("correction-abandon"))
    stale = client.post(address("correction-abandon"), {"seen": '{"header": 1}'})
    answer = client.post(address("correction-abandon"), {"seen": page.context["form"]["seen"].value()}, follow=True)

    assert stale.status_code == 409 and "A colleague has written in this correction" in words(stale)
    assert "<ins>Done.</ins>" in words(page) and "cannot be undone" in words(page)
    assert "What was filed stands as it was." in words(answer)
    assert not Report.objects.get().is_open


def test_a_report_is_recalled_with_a_reason_and_put_back(version, approver):
    client = sign_in(Client(), approver)
    asked = client.get(address("report-recall"))
    bare = client.post(address("report-recall"), {"seen": "1"})
    assert Report.objects.get().status == "filed"

    recalled = client.post(
        address("report-recall"), {"seen": "1", "reason": "The wrong file.", "confirmed": "on"}, follow=True
    )
    again = client.post(address("report-reinstate"), reinstating(recalled), follow=True)

    assert "correct the report instead" in words(asked)
    assert "Say in a sentence why the report is recalled." in words(bare)
    assert "The report is recalled" in words(recalled) and "The wrong file." in words(recalled)
    assert "Reinstate this report" in words(recalled)
    assert "The report is public again, as it was filed." in words(again)
    assert Report.objects.get().status == "filed"


def test_why_a_report_cannot_be_put_back_is_told(version, approver):
    client = sign_in(Client(), approver)
    page = client.post(
        address("report-recall"), {"seen": "1", "reason": "The wrong file.", "confirmed": "on"}, follow=True
    )
    filed(approver)

    answer = client.post(address("report-reinstate"), reinstating(page), follow=True)

    assert "Report for 2025 is filed already, as another report." in words(answer)


def test_an_old_page_does_not_put_back_what_was_recalled_again(version, approver):
    client = sign_in(Client(), approver)
    first = client.post(address("report-recall"), {"seen": "1", "reason": "First.", "confirmed": "on"}, follow=True)
    client.post(address("report-reinstate"), reinstating(first))
    report = Report.objects.get()
    recalls.recall_report(report=report, reason="Names a person.", seen=1, by=approver, at=clock.now() + timedelta(1))

    for stale in (reinstating(first), {}, {"seen": "yesterday\x00"}, {"seen": "9" * 5000}):
        answer = client.post(address("report-reinstate"), stale, follow=True)

        assert "The report was recalled again after you opened this page." in words(answer)
        assert "Names a person." in words(answer) and Report.objects.get().status == "recalled"
    client.post(address("report-reinstate"), reinstating(answer))
    assert Report.objects.get().status == "filed"


def test_a_provisional_report_says_so_on_its_page_and_in_the_list(approver, client, version):
    draft = corrections.open_correction(report=version.report, by=approver, at=IN_TIME)
    signed_in = sign_in(Client(), approver)
    page = signed_in.get(address("draft-file"))
    signed_in.post(address("draft-file"), posted(page, note="Some counts are still open.", provisional="on"))

    assert Report.objects.get(pk=draft.pk).provisional
    assert "Provisional figures" in words(client.get("/reports/lao-pdr/2025/"))
    assert "provisional figures" in words(client.get("/reports/"))
    assert client.get("/api/v1/reports/lao-pdr/2025/").json()["provisional"] is True


def test_the_desk_names_the_correction_and_how_late_the_report_was(opened, approver):
    page = words(sign_in(Client(), approver).get(reverse("reporting:my-state", args=["lao-pdr"])))

    assert "Correction of: Report for 2025" in page
    assert "on time" in page


# A part that was public until now


def test_the_approver_reads_what_leaves_the_publics_sight_and_where_else_it_is_public(version, approver):
    filed(approver, year=2024, texts={"stockpiles": {STATUS: "Running."}})
    filed(approver, year=2023)
    report = corrections.open_correction(report=version.report, by=approver, at=IN_TIME)
    report.sections.filter(key="stockpiles").update(withheld=["programme"])

    page = words(sign_in(Client(), approver).get(address("draft-file")))
    told = page.partition('id="withdrawn"')[2].partition("</section>")[0]

    assert "Destruction programme" in told
    assert "in this version and in every earlier one" in told
    assert "Copies that somebody has already taken cannot be called back." in told
    assert re.findall(r'href="([^"]+)"', told) == ["/reports/lao-pdr/2024/"]


def test_of_a_part_that_was_never_public_nothing_is_said(opened, approver):
    opened.sections.filter(key="stockpiles").update(withheld=["stocks"])

    assert "withdrawn" not in words(sign_in(Client(), approver).get(address("draft-file")))


def test_a_correction_that_only_takes_a_part_from_an_earlier_version_can_be_filed(version, approver):
    client = sign_in(Client(), approver)
    for withheld, answers, key in ([], {}, "b"), (["programme"], {}, "c"):
        report = corrections.open_correction(report=version.report, by=approver, at=IN_TIME)
        draft = report.sections.get(key="stockpiles")
        draft.answers["parts"]["programme"]["values"], draft.withheld = answers, withheld
        draft.save()
        page = client.get(address("draft-file"))
        client.post(address("draft-file"), posted(page, note="Taken out.", filing_key=key * 32))

    assert "Nothing yet" not in words(page)
    assert "What the public reads no more" in words(page)
    assert ReportVersion.objects.count() == 3


def test_what_leaves_the_publics_sight_costs_two_queries(version, approver, django_assert_num_queries):
    for year in range(2018, 2025):
        filed(approver, year=year, texts={"stockpiles": {STATUS: "Running."}})

    with django_assert_num_queries(2):
        (part,) = keeping.withdrawn(version.report, ["stockpiles/programme"])
        addresses = [one.get_absolute_url() + one.title for one in part.elsewhere]

    assert len(addresses) == 7
