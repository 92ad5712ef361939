"""Whatever stands in a report, the pages that show it have the same build as for plain words, and show it as text."""

import pytest
import tinyhtml5
from django.core.cache import caches

from ccm_portal.core.enums import Role
from reporting.form.parts import Table
from reporting.form.values.base import tidy
from tests.factories import person
from tests.reporting import published, support
from tests.reporting.hostile.corpus import CORPUS, chunks
from tests.reporting.hostile.pages import FORM, build_of, drawn_twice, fetched, said
from tests.support import sign_in

pytestmark = pytest.mark.django_db

VERBATIM = ("{{7*7}}", "{x.__class__.__init__.__globals__}", "%(x)s %s %d %n", "<script>alert(1)</script>")


def words_of(page: str) -> str:
    return " ".join("".join(tinyhtml5.parse(page).itertext()).split())


def read(written, client) -> str:
    published.publish(said=said(written))
    return fetched(client, "/reports/lao-pdr/2025/")


def searched(written, client) -> str:
    by = person(Role.APPROVER, "LAO")
    report = support.start(by)
    support.write(
        report, "other_matters", {"matters.text": f"needle {said(written)['other_matters/matters.text']}"}, by=by
    )
    support.file(support.complete(report, by=by), by=by)
    return fetched(client, "/search/", q="needle")


def drafted(written, client, page: str) -> str:
    """A draft with the corpus in every box, also in those that ask for a number or a date."""
    by = person(Role.APPROVER, "LAO")
    report = support.start(by)
    shares = [written(tidy(share)) for share in chunks()]
    for section in FORM.all_sections:
        texts = {}
        for part in section.parts:
            places = [part.key]
            if isinstance(part, Table):
                places = [f"{part.key}.{support.add_row(report, section.key, part.key, {}, by=by)}"]
            texts |= {
                f"{place}.{field.key}": shares[number % len(shares)]
                for place in places
                for number, field in enumerate(part.fields)
                if field.kind.name not in ("attachments",)
            }
        support.write(report, section.key, texts, by=by)
    sign_in(client, by)
    return fetched(client, f"/my/lao-pdr/reports/2025/{page}")


SURFACES = {
    "reader": read,
    "search": searched,
    "preview": lambda written, client: drafted(written, client, "preview/"),
    "task list": lambda written, client: drafted(written, client, ""),
    **{
        section.key: (lambda written, client, key=section.key: drafted(written, client, f"sections/{key}/"))
        for section in FORM.all_sections
    },
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")
    caches["pages"].clear()


def test_the_corpus_is_large_and_reaches_every_box_of_words():
    assert len(set(CORPUS)) >= 60
    assert len(said(str)) > 150


@pytest.mark.parametrize("surface", SURFACES)
def test_hostile_text_builds_the_page_that_plain_text_builds(surface, client):
    hostile, harmless = map(build_of, drawn_twice(SURFACES[surface], client))
    assert hostile == harmless
    assert "evil.example" not in str(hostile)


def test_it_is_shown_letter_by_letter(client):
    page = words_of(read(str, client))

    assert [text for text in VERBATIM if text not in page] == []


def test_the_comparison_can_fail():
    assert build_of("<p>&lt;b></p>") != build_of("<p><b></p>")
    assert build_of("<a href='/x'>") != build_of("<a href='//evil.example'>")
