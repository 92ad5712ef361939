"""Photographs and documents of a report as everybody meets them: on its page, in the preview, in the PDF."""

import io
import re

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

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
