"""Reports in and out by the command line."""

import json

import pytest
from django.core.management import CommandError, call_command

from ccm_portal.core.enums import Role
from reporting import receipt_check
from reporting.form.schema import schema_text
from reporting.models import Report, SectionDraft
from tests.reporting.form.sample import FORM
from tests.reporting.support import add_row, complete, file, filed, person, start

pytestmark = pytest.mark.django_db

WRITTEN = {
    "format": "ccm-article7/1",
    "state": "LAO",
    "kind": "annual",
    "year": 2025,
    "language": "en",
    "sections": {"other_matters": {"parts": {"matters": {"values": {"text": "All is well."}}}}},
}


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-03-01T10:00:00")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "report.json").write_text(json.dumps(WRITTEN))
    return tmp_path


def run(capsys, *arguments):
    call_command(*map(str, arguments))
    told = capsys.readouterr()
    return told.out, told.err


def test_a_report_goes_out_as_it_is_downloaded_and_its_receipt_verifies(capsys, tmp_path):
    version = filed(person())

    printed, _said = run(capsys, "report_export", "LAO", "2025")
    _printed, said = run(capsys, "report_export", "lao-pdr", "2025", "--version", 1, "--out", tmp_path / "out.json")

    assert printed.strip() == version.public_content
    assert receipt_check.check((tmp_path / "out.json").read_bytes(), version.content_hash) == []
    assert said == f"CCM-2025-LAO-1 is in {tmp_path / 'out.json'}.\n"


def test_the_whole_report_goes_out_only_if_that_is_asked_for(capsys):
    by = person()
    report = start(by)
    add_row(report, "header", "contacts", {"organisation": "CANARY-office"}, by=by)
    SectionDraft.objects.filter(report=report, key="header").update(withheld=["contacts"])
    file(complete(report, by=by), by=by)

    public, said_of_public = run(capsys, "report_export", "LAO", "2025")
    whole, said_of_whole = run(capsys, "report_export", "LAO", "2025", "--full")

    assert ("CANARY-office" in public, "CANARY-office" in whole) == (False, True)
    assert said_of_public == "Not in this file: header/contacts.\n"
    assert said_of_whole == "In this file, and for States Parties only: header/contacts.\n"


@pytest.mark.parametrize("more", [[], ["--version", "2"]])
def test_what_is_not_filed_does_not_go_out(more):
    start(person())

    with pytest.raises(CommandError, match="LAO has filed no such report: 2025"):
        call_command("report_export", "LAO", "2025", *more)


def test_a_file_comes_in_as_a_draft_once(capsys, folder):
    by = person(Role.DRAFTER)
    order = ["report_import", folder / "report.json", "--state", "lao", "--by", by.email]

    rehearsed, _said = run(capsys, *order, "--dry-run")
    assert Report.objects.count() == 0
    read, _said = run(capsys, *order)
    again, _said = run(capsys, *order)

    counted = "LAO 2025: 1 answers in 1 sections and 0 rows.\n"
    assert rehearsed.startswith(counted) and rehearsed.endswith("Nothing was stored: this was a dry run.\n")
    assert read.startswith(counted) and read.endswith("A draft, which nobody else sees.\n")
    assert "Nothing is said of: National implementation measures, " in read
    assert again == "LAO 2025 is there already and says the same. Nothing was changed.\n"
    assert Report.objects.get().status == "draft"


def test_a_paper_comes_in_with_its_day(capsys, folder):
    by = person(Role.ISO_STAFF)

    said, _err = run(
        capsys,
        "report_import",
        folder / "report.json",
        "--as",
        "paper",
        "--received-on",
        "2026-02-15",
        "--by",
        by.email,
    )

    assert said.endswith("Entered as CCM-2025-LAO-1.\n")
    assert str(Report.objects.get().versions.get().filed_at.date()) == "2026-02-15"
    assert Report.objects.get().paper.channel == "mail"


def test_every_problem_is_printed_with_its_place(capsys, folder):
    broken = {**WRITTEN, "year": "2025", "sections": {"conversion": {"standing": "so so"}}}
    (folder / "report.json").write_text(json.dumps(broken))

    with pytest.raises(CommandError, match="Nothing was read in"):
        call_command("report_import", folder / "report.json", "--by", person().email)

    lines = capsys.readouterr().err.splitlines()
    assert sorted(lines) == [
        '/sections/conversion/standing Conversion of production facilities: "so so" cannot stand here. '
        'Write one of: "", "changed", "unchanged", "not_applicable".',
        '/year: "2025" cannot stand here. Write a whole number / null.',
    ]
    assert Report.objects.count() == 0


def test_a_command_that_cannot_be_carried_out_says_why(folder):
    by = person().email
    for wrong, sentence in (
        ([], "Say on whose behalf: --by EMAIL."),
        (["--by", "nobody@example.org"], "There is no account nobody@example.org."),
        (["--by", by, "--state", "QQQ"], "There is no State QQQ."),
    ):
        with pytest.raises(CommandError) as refusal:
            call_command("report_import", str(folder / "report.json"), *wrong)
        assert str(refusal.value) == sentence
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("report_import", str(folder / "none.json"), "--by", by)


def test_the_schema_is_printed(capsys):
    assert run(capsys, "report_schema") == (schema_text(FORM), "")
