"""Looking for words in published reports, in the language of each and in Chinese."""

from datetime import UTC, datetime

import pytest
from django.core.cache import caches

from reporting.domain.words import text_of, write_missing_words
from reporting.enums import ReportStatus
from reporting.models import ReportWords
from reporting.search import find_reports
from tests.reporting.published import draft, publish

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh():
    caches["pages"].clear()


def published(text, iso3="LAO", year=2025, **fields):
    version = publish(iso3, year, {"other_matters/matters.text": text}, **fields)
    write_missing_words(at=AT)
    return version


def found(words):
    return [hit.url for hit in find_reports(words, 20)]


@pytest.mark.parametrize(
    "language, text, words",
    [
        ("en", "Two depots were destroyed.", "depot destroying"),
        ("fr", "Les dépôts ont été détruits.", "dépôt détruit"),
        ("es", "Se destruyeron los depósitos.", "depósito"),
        ("ru", "Склады были уничтожены.", "склад"),
        ("ar", "تم تدمير المستودعات.", "المستودعات"),
        ("zh-hans", "两个弹药库已被销毁。", "弹药库"),
    ],
)
def test_words_are_found_in_the_forms_of_their_language(language, text, words):
    published(text, language=language)
    assert found(words) == ["/reports/lao-pdr/2025/"]


def test_what_matched_is_shown_and_all_else_is_text(client):
    published("A <b>depot</b> & more <script>alert(1)</script>.")
    hit = next(iter(find_reports("depot", 20)))
    assert "<mark>depot</mark>" in hit.snippet
    assert "<b>" not in hit.snippet
    page = client.get("/search/?q=depot").content.decode()
    assert "<mark>depot</mark>" in page
    assert "<script>alert" not in page


def test_a_chinese_word_is_shown_in_its_place():
    published("两个弹药库已被销毁。", language="zh-hans")
    assert "<mark>弹药库</mark>" in next(iter(find_reports("弹药库", 20))).snippet


@pytest.mark.parametrize(
    "language, first, second, words, shown",
    [
        ("fr", "Convention", "Loi nationale,\nadoptée", "loi", "Convention · <mark>Loi</mark> nationale, adoptée"),
        ("ar", "الاتفاقية", "تم تدمير\nالمستودعات", "المستودعات", "الاتفاقية · تم تدمير <mark>المستودعات</mark>"),
        ("zh-hans", "公约", "两个弹药库\n已被销毁", "弹药库", "公约 · 两个<mark>弹药库</mark> 已被销毁"),
    ],
)
def test_the_answers_of_what_is_shown_stand_apart(language, first, second, words, shown):
    publish(
        "LAO", 2025, {"stockpiles/programme.status": first, "other_matters/matters.text": second}, language=language
    )
    write_missing_words(at=AT)

    assert [hit.snippet for hit in find_reports(words, 20)] == [shown]


def test_drafts_and_recalled_reports_are_not_found():
    draft(year=2024)
    version = published("A depot.")
    assert found("depot") == ["/reports/lao-pdr/2025/"]
    type(version.report).objects.filter(pk=version.report_id).update(
        status=ReportStatus.RECALLED, recalled_at=version.filed_at
    )
    assert found("depot") == []


def test_the_version_in_force_is_searched():
    version = published("A depot.")
    publish(report=version.report, said={"other_matters/matters.text": "A bridge."}, number=2)
    assert write_missing_words(at=AT) == 1
    assert (found("depot"), found("bridge")) == ([], ["/reports/lao-pdr/2025/"])
    assert write_missing_words(at=AT) == 0
    assert ReportWords.objects.count() == 1


def test_what_is_withheld_is_not_searched():
    version = publish(said={"other_matters/matters.text": "A depot."}, withheld=["other_matters/matters"])
    write_missing_words(at=AT)
    assert text_of(version.public_export, language="en") == ""
    assert found("depot") == []


def test_the_words_of_the_form_itself_find_nothing():
    published("A depot.")
    assert found("given typed") == []


def test_the_list_of_reports_is_filtered_by_words(client):
    published("A depot.")
    published("A bridge.", "DEU")
    page = client.get("/reports/?text=depots").content.decode()
    assert ("/reports/lao-pdr/2025/" in page, "/reports/germany/2025/" in page) == (True, False)


@pytest.mark.parametrize("words", ["", " ", "\x00", "((&|", "'; --", "\\", "-", '"', "x" * 4000, "%", "的"])
def test_nothing_that_is_typed_breaks_the_search(client, words):
    published("A depot.")
    assert client.get("/reports/", {"text": words}).status_code == 200
    assert client.get("/search/", {"q": words}).status_code == 200
