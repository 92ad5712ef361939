"""Files through the pages: sent in with a section, with script and without, and given out to who may have them."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from reporting.domain import colleagues, drafts, imports
from reporting.enums import StartFrom
from reporting.views import report_files
from tests import factories
from tests.core.signing_in import with_phone
from tests.reporting.pictures import PDF, picture
from tests.reporting.support import IN_TIME, add_row, attach, complete, draft_of, file, person, stand, start, write
from tests.reporting.views.test_sections import address, shown
from tests.support import sign_in

pytestmark = pytest.mark.django_db

KEY, PATH = "other_matters", "matters.attachments"
HERE = {"headers": {"origin": "http://testserver"}}
LOCKED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pytest.fixture
def by():
    return person(Role.APPROVER)


@pytest.fixture
def client(by):
    return sign_in(Client(), by)


def sent(name="law.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def names(report):
    cell = draft_of(report, KEY).answers["parts"]["matters"]["values"].get("attachments")
    return [one["name"] for one in cell["files"]] if cell else []


def text(report):
    return draft_of(report, KEY).answers["parts"]["matters"]["values"]["text"]["text"]


def posted(client, report, **more):
    page = client.get(address(report, key=KEY))
    return client.post(address(report, key=KEY), shown(page) | more, **HERE)


def test_without_script_several_files_come_in_with_the_texts(client, report):
    answer = posted(
        client,
        report,
        **{"cell:matters.text": "As follows.", f"file:{PATH}": [sent(), sent("b.txt", b"B")], "do": f"attach:{PATH}:"},
    )

    assert (answer.status_code, answer.url) == (302, f"{address(report, key=KEY)}#f-matters-attachments")
    assert (text(report), names(report)) == ("As follows.", ["law.pdf", "b.txt"])


def test_a_file_that_is_refused_takes_no_word_and_no_other_file_with_it(client, report):
    answer = posted(
        client,
        report,
        **{"cell:matters.text": "As follows.", f"file:{PATH}": [sent("a.svg", b"<svg/>"), sent()], "do": "next"},
    )

    assert answer.status_code == 422
    assert answer.context["problem"] == (
        "a.svg: Only PDF, pictures (JPEG, PNG, GIF, WebP), plain text, Word, Excel and OpenDocument files can be taken."
    )
    assert (text(report), names(report)) == ("As follows.", ["law.pdf"])


def test_a_button_takes_a_file_out_and_the_words_stay(client, by, report):
    sha256 = attach(report, KEY, PATH, PDF, "law.pdf", by=by)
    answer = posted(client, report, **{f"cell:{PATH}": "In French.", "do": f"detach:{PATH}:{sha256}"})

    assert (answer.status_code, names(report)) == (302, [])
    cell = draft_of(report, KEY).answers["parts"]["matters"]["values"]["attachments"]
    assert cell == {"is": "given", "files": [], "words": "In French.", "from": "typed"}


def test_too_much_at_once_is_told_before_it_is_read(client, report, monkeypatch):
    monkeypatch.setattr(report_files, "LARGEST_POST", 10)

    assert client.post(address(report, key=KEY), {"a": "b" * 100}, **HERE).status_code == 413


def test_the_script_sends_one_file_and_gets_its_box_back(client, report):
    to = address(report, "section-files", KEY)
    answer = client.post(to, {"path": PATH, "version": 1, "page": "here", "file": sent()}, **HERE)
    refused = client.post(to, {"path": PATH, "version": 1, "page": "here", "file": sent("x", b"MZ\x90\x00")}, **HERE)
    elsewhere = client.post(to, {"path": "matters.text", "file": sent()}, **HERE)
    nothing = client.post(to, {"path": PATH}, **HERE)

    assert (answer.status_code, answer.json()["version"], "law.pdf" in answer.json()["box"]) == (200, 2, True)
    assert [one.status_code for one in (refused, elsewhere, nothing)] == [422, 400, 400]
    assert names(report) == ["law.pdf"]


def test_the_page_shows_what_is_there_and_the_box_holds_the_words_alone(client, by, report):
    attach(report, KEY, PATH, picture(), "plan.jpg", by=by)
    page = client.get(address(report, key=KEY))
    [box] = [box for box in page.context["page"].boxes if box.files]

    assert (box.text, [(one.name, one.is_picture) for one in box.files.files]) == ("", [("plan.jpg", True)])
    assert b'enctype="multipart/form-data"' in page.content
    assert b"sha256" not in page.content


def draft_file(report, sha256):
    return reverse("reporting:draft-attachment", args=[report.state.slug, report.slug, sha256])


def public_file(version, sha256, name="x"):
    return reverse(
        "files:report-attachment", args=[version.report.state.slug, version.report.slug, version.number, sha256, name]
    )


def test_a_picture_is_shown_and_a_document_is_saved_and_neither_can_run_anything(client, by, report):
    photo = attach(report, KEY, PATH, picture(), "a “photo”.jpg", by=by)
    law = attach(report, KEY, PATH, PDF, "law.pdf", by=by)
    shown_, saved = client.get(draft_file(report, photo)), client.get(draft_file(report, law))

    def said(answer):
        return [answer[h] for h in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")]

    assert [said(shown_), said(saved)] == [
        ["image/jpeg", "nosniff", LOCKED],
        ["application/pdf", "nosniff", LOCKED],
    ]
    assert shown_["Content-Disposition"].startswith("inline; ")
    assert saved["Content-Disposition"] == 'attachment; filename="law.pdf"'
    assert b"".join(saved.streaming_content) == PDF
    again = client.get(draft_file(report, law), headers={"if-none-match": saved["ETag"]})
    assert (again.status_code, again["Content-Security-Policy"]) == (304, LOCKED)


def test_only_who_may_read_the_draft_gets_its_files(by, report):
    sha256 = attach(report, KEY, PATH, PDF, "law.pdf", by=by)
    iso, stranger = factories.person(Role.ISO_STAFF), person(Role.HEAD_OF_DELEGATION, "LBN")

    def status(user):
        return sign_in(Client(), user).get(draft_file(report, sha256)).status_code

    before = [status(user) for user in (by, iso, stranger)]
    drafts.show_to_iso(report=report, shown=True, by=by, at=IN_TIME)

    assert (before, [status(user) for user in (by, iso, stranger)]) == ([200, 404, 404], [200, 200, 404])
    assert Client().get(draft_file(report, sha256)).status_code == 302


def test_a_file_is_public_only_where_a_part_that_is_public_names_it(by, report, client):
    public = attach(report, KEY, PATH, PDF, "law.pdf", by=by)
    row = add_row(report, "technical_characteristics", "owned", {"type": "BL755"}, by=by)
    kept = attach(report, "technical_characteristics", f"owned.{row}.photographs", picture(), "type.jpg", by=by)
    posted_ = client.get(address(report, key="technical_characteristics"))
    client.post(
        address(report, key="technical_characteristics"),
        shown(posted_) | {"withheld": "owned", "withheld-shown": "owned", "do": "save"},
        **HERE,
    )
    unnamed = attach(report, KEY, PATH, b"Taken out.", "b.txt", by=by)
    posted(client, report, do=f"detach:{PATH}:{unnamed}")
    version = file(complete(report, by=by), by=by)
    anyone = Client()

    def status(sha256):
        return anyone.get(public_file(version, sha256)).status_code

    assert version.public_document["sections"]["technical_characteristics"]["parts"] == {}
    assert [status(one) for one in (public, kept, unnamed, "0" * 64, "x")] == [200, 404, 404, 404, 404]
    assert [client.get(draft_file(report, one)).status_code for one in (public, kept)] == [200, 200]
    report.refresh_from_db()
    type(report).objects.filter(pk=report.pk).update(status="recalled", recalled_at=IN_TIME)
    assert status(public) == 404


def test_who_was_lent_a_section_gets_its_files_and_no_other(by, report):
    lent = attach(report, KEY, PATH, PDF, "law.pdf", by=by)
    row = add_row(report, "technical_characteristics", "owned", {"type": "BL755"}, by=by)
    other = attach(report, "technical_characteristics", f"owned.{row}.photographs", picture(), "type.jpg", by=by)
    borrower = with_phone(factories.person()).user

    def status():
        return [sign_in(Client(), borrower).get(draft_file(report, one)).status_code for one in (lent, other)]

    before = status()
    colleagues.lend(
        section=draft_of(report, KEY), email=borrower.email, name="", language="en", message="", by=by, at=clock.now()
    )
    page = sign_in(Client(), borrower).get(address(report, key=KEY))

    assert (before, status()) == ([404, 404], [200, 404])
    assert draft_file(report, lent) in page.content.decode()
    assert other not in page.content.decode()


def year_after(by, *, named):
    """Next year's report, begun from one that names a file and says ``named`` about it."""
    first = start(by)
    attach(first, KEY, PATH, PDF, "law.pdf", by=by)
    write(first, KEY, {PATH: named}, by=by)
    stand(first, KEY, "changed", by=by)
    version = file(complete(first, by=by), by=by)
    return start(by, year=2024, how=StartFrom.SOME_CHANGED, base=version, changed=[KEY])


@pytest.mark.parametrize("words", ["", "In French."])
def test_what_the_last_report_enclosed_can_be_kept_where_the_files_alone_differ(by, client, words):
    report = year_after(by, named=words)

    def offered():
        [box] = [box for box in client.get(address(report, key=KEY)).context["page"].boxes if box.path == PATH]
        return box.may_keep, box.lacks_files

    as_begun = offered()
    [enclosed] = draft_of(report, KEY).answers["parts"]["matters"]["values"]["attachments"]["files"]
    posted(client, report, do=f"detach:{PATH}:{enclosed['sha256']}")
    taken_out = offered()
    more = attach(report, KEY, PATH, b"A note.", "note.txt", by=by)
    posted(client, report, do=f"keep:{PATH}")

    assert (as_begun, taken_out, offered()) == ((False, False), (True, True), (False, False))
    assert names(report) == ["note.txt", "law.pdf"]
    assert client.get(draft_file(report, enclosed["sha256"])).status_code == 200
    assert client.get(draft_file(report, more)).status_code == 200


MISSING = {"name": "plan.pdf", "sha256": "ab" * 32, "type": "application/pdf", "size": 1200}
PICTURE = {"name": "side.jpg", "sha256": "cd" * 32, "type": "image/jpeg", "size": 900}
NOT_HERE = "The file itself is not in the portal."


@pytest.fixture
def imported(by):
    """A report from a file of JSON that names two files which did not come with it."""
    written = {
        "format": "ccm-article7/1",
        "state": "LAO",
        "kind": "annual",
        "year": 2025,
        "language": "en",
        "sections": {
            KEY: {
                "parts": {
                    "matters": {
                        "values": {"attachments": {"is": "given", "files": [MISSING], "words": "See the plan."}}
                    }
                }
            },
            "technical_characteristics": {
                "parts": {
                    "owned": {
                        "rows": [{"type": "BL755", "photographs": {"is": "given", "files": [PICTURE], "words": ""}}]
                    }
                }
            },
        },
    }
    told = imports.read_file(data=json.dumps(written).encode(), name="report.json", state=factories.state("LAO"))
    return imports.import_draft(told=told, by=by, at=IN_TIME).report


def links_of(page):
    return [
        link
        for link in re.findall(r'(?:href|src)="([^"]+)"', page.content.decode())
        if "ab" * 32 in link or "cd" * 32 in link
    ]


def test_a_file_that_is_named_and_not_here_is_told_as_such_and_never_linked(by, client, imported):
    drafted = [client.get(address(imported, key=key)) for key in (KEY, "technical_characteristics")]
    preview = client.get(reverse("reporting:draft-preview", args=["lao-pdr", imported.slug]))
    file(complete(imported, by=by), by=by)
    page = Client().get(imported.get_absolute_url())

    for shown_ in (*drafted, preview, page):
        assert NOT_HERE in shown_.content.decode()
        assert links_of(shown_) == []
    for name, sha256 in (("plan.pdf", "ab" * 32), ("side.jpg", "cd" * 32)):
        assert name in page.content.decode()
        assert f"sha256 {sha256}" in page.content.decode()
    assert page.content.decode().count(NOT_HERE) == 2
