"""Photographs and documents beside an answer: kept, named, carried on, and never lost to a colleague's words."""

import hashlib
import io

import pytest
from PIL import Image

from ccm_portal.core import files
from ccm_portal.core.models import StoredFile
from reporting.domain import report_files, sections
from reporting.domain.section_edits import EditRefused, UnknownPlace
from reporting.domain.sections import DraftClosed, Seen, StaleSection
from reporting.enums import Standing, StartFrom
from reporting.models import ReportFile
from tests.reporting.pictures import PDF, photograph, picture
from tests.reporting.support import IN_TIME, add_row, attach, complete, draft_of, file, person, start, write

pytestmark = pytest.mark.django_db

KEY, PATH = "other_matters", "matters.attachments"


@pytest.fixture
def by():
    return person()


def answer(report, key=KEY, part="matters", field="attachments"):
    return draft_of(report, key).answers["parts"][part]["values"].get(field)


def take_out(report, sha256, *, by, page="here"):
    draft = draft_of(report, KEY)
    seen = Seen(version=draft.version, page=page)
    report_files.remove_file(section=draft, path=PATH, sha256=sha256, seen=seen, by=by, at=IN_TIME)


def named(content: bytes, name: str, kind: str):
    return {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "type": kind, "size": len(content)}


def test_a_document_is_kept_as_it_came_and_named_in_the_answer(by, report):
    attach(report, KEY, PATH, PDF, "C:\\Users\\a\\Décret 12.PDF", by=by)
    attach(report, KEY, PATH, b"A note.", "note\n(sha256:x)", by=by)

    assert answer(report) == {
        "is": "given",
        "files": [
            named(PDF, "Décret 12.PDF", "application/pdf"),
            named(b"A note.", "note (sha256:x).txt", "text/plain"),
        ],
        "words": "",
        "from": "typed",
    }
    assert [files.read(one.stored) for one in report.files.order_by("pk")] == [PDF, b"A note."]


def test_a_photograph_is_named_by_the_bytes_that_are_kept_and_those_hold_no_place(by, report):
    row = add_row(report, "technical_characteristics", "owned", {"type": "BL755"}, by=by)
    sha256 = attach(report, "technical_characteristics", f"owned.{row}.photographs", photograph(), "IMG 1.jpeg", by=by)
    kept = files.read(report.files.get().stored)
    [cells] = [r["cells"] for r in draft_of(report, "technical_characteristics").answers["parts"]["owned"]["rows"]]

    assert cells["photographs"]["files"] == [named(kept, "IMG 1.jpeg", "image/jpeg")]
    assert sha256 == hashlib.sha256(kept).hexdigest()
    assert dict(Image.open(io.BytesIO(kept)).getexif()) == {}


def test_words_and_files_of_two_colleagues_meet_without_a_conflict(by, report):
    colleague = person()
    draft = draft_of(report, KEY)
    seen_by_both = draft.version
    attach(report, KEY, PATH, PDF, "law.pdf", by=colleague, page="theirs")
    sections.save_cells(
        draft=draft,
        seen=Seen(version=seen_by_both, page="mine"),
        texts={PATH: "The law as adopted."},
        by=by,
        at=IN_TIME,
    )
    attach(report, KEY, PATH, b"A second file.", "b.txt", by=colleague, page="old")

    assert (answer(report)["words"], [one["name"] for one in answer(report)["files"]]) == (
        "The law as adopted.",
        ["law.pdf", "b.txt"],
    )


def test_words_typed_beside_files_leave_the_files_and_two_texts_still_conflict(by, report):
    attach(report, KEY, PATH, PDF, "law.pdf", by=by)
    first = draft_of(report, KEY).version
    write(report, KEY, {PATH: "none"}, by=by)
    with pytest.raises(StaleSection) as stale:
        sections.save_cells(
            draft=draft_of(report, KEY),
            seen=Seen(version=first, page="another"),
            texts={PATH: "All of it"},
            by=person(),
            at=IN_TIME,
        )

    assert [(one.mine, one.theirs) for one in stale.value.conflicts] == [("All of it", "none")]
    assert (answer(report)["words"], len(answer(report)["files"])) == ("none", 1)
    write(report, KEY, {PATH: ""}, by=by)
    assert (answer(report)["words"], len(answer(report)["files"])) == ("", 1)


def test_a_file_that_is_taken_out_is_named_no_more_and_its_bytes_stay(by, report):
    sha256 = attach(report, KEY, PATH, PDF, "law.pdf", by=by)
    take_out(report, sha256, by=by)
    take_out(report, sha256, by=by)

    assert (answer(report), report.files.count()) == (None, 1)
    attach(report, KEY, PATH, PDF, "again.pdf", by=by)
    assert ([one["name"] for one in answer(report)["files"]], StoredFile.objects.count()) == (["again.pdf"], 1)


def test_what_does_not_belong_is_refused_with_a_sentence_and_nothing_is_kept(by, report, monkeypatch):
    row = add_row(report, "technical_characteristics", "owned", {"type": "BL755"}, by=by)
    photographs = ("technical_characteristics", f"owned.{row}.photographs")
    monkeypatch.setattr(report_files, "MOST_FILES", 1)
    attach(report, KEY, PATH, b"The first.", "a.txt", by=by)

    def refused(key, path, content):
        with pytest.raises(files.FileRefused) as refusal:
            attach(report, key, path, content, "x", by=by)
        return str(refusal.value)

    assert [
        refused(*photographs, PDF),
        refused(KEY, PATH, b"<svg/>"),
        refused(KEY, PATH, b"x" * (25 * 1024 * 1024 + 1)),
        refused(KEY, PATH, b"The second."),
    ] == [
        "Only pictures can be taken here: JPEG, PNG, GIF or WebP. This file is something else.",
        "Only PDF, pictures (JPEG, PNG, GIF, WebP), plain text, Word, Excel and OpenDocument files can be taken.",
        "A file may have at most 25 MB.",
        "A report has room for 1 file, and it is there. Put several texts into one PDF.",
    ]
    monkeypatch.setattr(report_files, "MOST_FILES", 9)
    monkeypatch.setattr(report_files, "MOST_MEGABYTES", 0)
    assert refused(KEY, PATH, b"2") == "All files of a report together may have 0 MB. This one does not fit in."
    monkeypatch.setattr(report_files, "MOST_MEGABYTES", 1)
    with pytest.raises(UnknownPlace):
        attach(report, KEY, "matters.text", b"2", "x", by=by)
    with pytest.raises(EditRefused):
        attach(report, photographs[0], "owned.r99.photographs", picture(), "x", by=by)
    assert [one.stored.name for one in report.files.all()] == ["a.txt"]


def test_a_filed_report_takes_no_file(by, report):
    draft = draft_of(complete(report, by=by), KEY)
    file(report, by=by)
    with pytest.raises(DraftClosed):
        report_files.add_file(
            section=draft, path=PATH, content=b"late", name="x", seen=Seen(version=1), by=by, at=IN_TIME
        )

    assert ReportFile.objects.count() == 0


def test_a_report_that_is_carried_forward_has_the_files_of_what_it_says(by, report):
    kept = attach(report, KEY, PATH, PDF, "law.pdf", by=by)
    gone = attach(report, KEY, PATH, b"Taken out.", "b.txt", by=by)
    take_out(report, gone, by=by)
    version = file(complete(report, by=by), by=by)
    unchanged = start(by, year=2026, how=StartFrom.NOTHING_CHANGED, base=version)

    assert draft_of(unchanged, KEY).standing == Standing.UNCHANGED
    assert [(one.sha256, one.stored) for one in unchanged.files.all()] == [(kept, report.files.get(sha256=kept).stored)]
    again = file(complete(unchanged, by=by), by=by, key="e" * 32)
    assert report_files.public_file(again, kept).report == unchanged
