"""One report in each of the six languages, through its whole way: written, read in another, on paper, found."""

import html
import re
import subprocess

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import translation

from reporting.domain import documents, exports
from reporting.enums import Audience
from reporting.search import find_reports
from tests.reporting.support import add_row, complete, file, person, start, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db

# language: (words of the report, a word to look for, how a State writes 1.2 square kilometres "about", read by, how
# that reader sees it). The same report each time.
WRITTEN = {
    "en": ("Two depots were emptied.", "depots", "about 1.2 sq km", "fr", "environ 1,2 km² (1\u202f200\u202f000 m²)"),
    "fr": ("Deux dépôts ont été vidés.", "dépôts", "environ 1,2 km²", "en", "about 1.2 km² (1,200,000 m²)"),
    "es": ("Se vaciaron dos depósitos.", "depósitos", "aproximadamente 1,2 km2", "en", "about 1.2 km² (1,200,000 m²)"),
    "ru": ("Два склада были освобождены.", "склада", "около 1,2 км2", "en", "about 1.2 km² (1,200,000 m²)"),
    "ar": ("أُخلي مستودعان للذخائر.", "مستودعان", "حوالي 1.2 كم2", "en", "about 1.2 km² (1,200,000 m²)"),
    "zh-hans": ("两个弹药库已被清空。", "弹药库", "约1.2平方公里", "en", "about 1.2 km² (1,200,000 m²)"),
}
SET_IN_FULL = "ru"  # the others are read in the document before it is set


@pytest.fixture(autouse=True)
def fresh():
    caches["pages"].clear()


@pytest.fixture
def by():
    return person()


def filed(by, language):
    """The report, typed by somebody who has the page in the language that is written."""
    words, _word, size, *_rest = WRITTEN[language]
    with translation.override(language):
        report = start(by, language=language)
        write(report, "other_matters", {"matters.text": words}, by=by)
        for area in ("A-1", "A-2"):
            add_row(report, "contamination_clearance", "known_areas", {"area_id": area, "size": size}, by=by)
        return file(complete(report, by=by), by=by)


def text_of(page) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page.content.decode()))


def on_paper(version) -> str:
    """The text of the public document: of one language as it is read out of the PDF, of the others before it is set."""
    if version.report.language == SET_IN_FULL:
        pdf = documents.pdf(version, Audience.PUBLIC)
        said = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
        return " ".join(said.split())
    data = exports.export_text(version, Audience.PUBLIC)
    return str(documents.composed_document(version, data=data, audience=Audience.PUBLIC))


@pytest.mark.parametrize("language", WRITTEN)
def test_a_report_goes_its_whole_way_in_each_language(by, language):
    words, word, _size, reader, size_read = WRITTEN[language]
    version = filed(by, language)
    with translation.override(reader):
        page = Client().get(version.report.get_absolute_url())
    [areas] = [
        part["rows"]
        for key, part in version.public_document["sections"]["contamination_clearance"]["parts"].items()
        if key == "known_areas"
    ]

    assert version.public_document["language"] == language
    assert [(a["cells"]["size"]["square_metres"], a["cells"]["size"]["precision"]) for a in areas] == [
        ("1200000", "about")
    ] * 2
    assert f'<html lang="{reader}"' in page.content.decode()
    assert f'lang="{language}"' in page.content.decode()
    assert words in text_of(page)
    assert size_read in text_of(page)
    assert words in on_paper(version)
    assert [hit.url for hit in find_reports(word, 5)] == [version.report.get_absolute_url()]
    assert word in text_of(Client().get("/search/", {"q": word}))


@pytest.mark.parametrize("language", WRITTEN)
def test_the_preview_is_in_the_language_of_the_page_and_the_words_in_their_own(by, language):
    words, *_rest = WRITTEN[language]
    report = start(by, language=language)
    write(report, "other_matters", {"matters.text": words}, by=by)
    with translation.override("es"):
        address = reverse("reporting:draft-preview", args=["lao-pdr", "2025"])
    page = sign_in(Client(), by).get(address)

    assert words in text_of(page)
    assert re.search(rf'<dd lang="{language}">.*?{re.escape(words)}', page.content.decode(), re.DOTALL)
