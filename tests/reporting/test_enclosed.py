"""Photographs and documents of a report as everybody meets them: on its page, in the preview, in the PDF."""

import io
import re

import page as validator
import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from reporting.domain import documents
from reporting.enums import Audience
from tests.reporting.pictures import PDF, picture
from tests.reporting.support import add_row, attach, complete, draft_of, file, person, start, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db

TYPES = "technical_characteristics"


@pytest.fixture
def by():
    return person()


@pytest.fixture
def report(by):
    """A report with two photographs, one of them with the State's own words, and a law."""
    report = start(by)
    first = add_row(report, TYPES, "owned", {"type": "BL755"}, by=by)
    second = add_row(report, TYPES, "owned", {"type": "Type Y"}, by=by)
    attach(report, TYPES, f"owned.{first}.photographs", picture(), "side.jpg", by=by)
    attach(report, TYPES, f"owned.{second}.photographs", picture((40, 40), "PNG"), "top.png", by=by)
    write(report, TYPES, {f"owned.{second}.photographs": "Seen from above, 2012."}, by=by)
    attach(report, "other_matters", "matters.attachments", PDF, "law & order.pdf", by=by)
    return complete(report, by=by)


def images(page) -> list[tuple[str, str]]:
    return re.findall(r'<img src="([^"]+)" alt="([^"]+)"', page.content.decode())


def test_a_filed_report_shows_its_photographs_and_offers_its_documents(by, report):
    version = file(report, by=by)
    page = Client().get(report.get_absolute_url())
    drawn = images(page)

    assert [words for _address, words in drawn] == ["Photograph of BL755", "Seen from above, 2012."]
    assert [Client().get(address)["Content-Type"] for address, _words in drawn] == ["image/jpeg", "image/png"]
    [law] = re.findall(r'href="([^"]+law[^"]*)"', page.content.decode())
    assert (law.split("/")[3:6], Client().get(law)["Content-Type"]) == (["lao-pdr", "2025", "v1"], "application/pdf")
    assert version.number == 1


def test_the_preview_shows_them_from_the_draft(by, report):
    client = sign_in(Client(), by)
    drawn = images(client.get(reverse("reporting:draft-preview", args=["lao-pdr", "2025"])))

    assert [client.get(address).status_code for address, _words in drawn] == [200, 200]
    assert {Client().get(address).status_code for address, _words in drawn} == {302}


def words_in(pdf: pikepdf.Pdf) -> list[str]:
    return sorted(str(thing.Alt) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing)


def test_the_pdf_holds_the_photographs_with_words_for_who_cannot_see_them(by, report):
    version = file(report, by=by)
    with pikepdf.open(io.BytesIO(documents.pdf(version, Audience.PUBLIC))) as pdf:
        drawn = [
            thing
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == pikepdf.Name.Image
        ]

        assert words_in(pdf) == ["Photograph of BL755", "Seen from above, 2012."]
        assert len(drawn) == 2


def test_the_public_pdf_holds_nothing_of_a_part_for_states_parties_and_the_full_one_all(by, report):
    draft = draft_of(report, TYPES)
    draft.withheld = ["owned"]
    draft.save()
    version = file(report, by=by)

    def held(audience):
        with pikepdf.open(io.BytesIO(documents.pdf(version, audience))) as pdf:
            return words_in(pdf)

    assert (held(Audience.PUBLIC), len(held(Audience.FULL))) == ([], 2)
    assert images(Client().get(report.get_absolute_url())) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_with_photographs_it_passes_as_an_archive_file_and_as_accessible(by, language, tmp_path):
    """With a clear picture, files that are named alone, and a table that adds up."""
    report = start(by, language=language)
    for name, drawn in (("BL755", picture((640, 480))), ("Type Y", clear())):
        row = add_row(report, TYPES, "owned", {"type": name}, by=by)
        attach(report, TYPES, f"owned.{row}.photographs", drawn, "type.png", by=by)
        add_row(report, "stockpiles", "stocks", {"munition_type": name, "munitions": "1200"}, by=by)
    attach(report, "other_matters", "matters.attachments", PDF, "law.pdf", by=by)
    path = tmp_path / "report.pdf"
    path.write_bytes(documents.pdf(file(complete(report, by=by), by=by), Audience.PUBLIC))

    with pikepdf.open(path) as pdf:
        assert len(words_in(pdf)) == 2
    for profile in (validator.ValidationProfile.PDF_A_3A, validator.ValidationProfile.PDF_UA_1):
        result = str(validator.validate_pdf(str(path), profile=profile))
        assert "Result: no failures in implemented checks" in result, result


def clear() -> bytes:
    """A picture that is clear in places: on white paper an archive file shows it without what lies under it."""
    out = io.BytesIO()
    Image.new("RGBA", (300, 200), (20, 80, 200, 90)).save(out, "PNG")
    return out.getvalue()
