"""The words of published reports, to be searched. Derived from what was filed; made again wherever they are missing."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from operator import add, or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value

from reporting.form.content import all_cells
from reporting.form.editions import edition
from reporting.models import Report, ReportVersion, ReportWords
from reporting.rules import published_reports

LONGEST_QUERY = 100
LONGEST_TEXT = 300_000
BATCH = 200
# The text search configurations of PostgreSQL. Chinese has none and is searched by substring.
CONFIGURATIONS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
PLAIN = "simple"
UNSEGMENTED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def text_of(export: dict[str, Any], *, language: str) -> str:
    """What a report says, an answer a line, as a reader of its language sees it."""
    content = export.get("report")
    if content is None:
        return ""
    return "\n".join(_said(content, language))[:LONGEST_TEXT]


def _said(content: dict[str, Any], language: str) -> Iterator[str]:
    for _section, _path, field, cell in all_cells(edition(content["edition"]), content):
        if cell and cell["is"] == "given":
            yield " ".join(field.kind.show(cell, language=language).split())


def write_words(version: ReportVersion) -> ReportWords:
    """Keep the words of the version in force."""
    language = version.report.language
    text = text_of(version.public_export, language=language)
    configurations = [PLAIN, *([CONFIGURATIONS[language]] if language in CONFIGURATIONS else [])]
    vector = reduce(add, (SearchVector(Value(text), config=name) for name in configurations))
    return ReportWords.objects.update_or_create(
        report=version.report,
        defaults={"version": version, "text": text, "vector": vector, "unsegmented": is_unsegmented(text)},
    )[0]


def write_missing_words(*, at: datetime) -> int:
    """The sweep: reports whose newest version has no words yet. Some at a time."""
    newest = ReportVersion.objects.filter(report=OuterRef("pk")).order_by("-number").values("pk")[:1]
    behind = (
        published_reports()
        .annotate(newest=Subquery(newest))
        .exclude(words__version=F("newest"))
        .values_list("newest", flat=True)[:BATCH]
    )
    versions = ReportVersion.objects.select_related("report").filter(pk__in=list(behind))
    return len([write_words(version) for version in versions])


def is_unsegmented(text: str) -> bool:
    """Whether there is writing in it that puts no space between words."""
    return UNSEGMENTED.search(text) is not None


def query_for(words: str) -> SearchQuery:
    """The words as written, or in the forms of any of the languages. Never an error, whatever was typed."""
    queries = [SearchQuery(words, config=name, search_type="websearch") for name in (PLAIN, *CONFIGURATIONS.values())]
    return reduce(or_, queries)


def reports_with(words: str, *, among: QuerySet[Report]) -> QuerySet[Report]:
    """The reports of ``among`` that say these words."""
    words = words.replace("\x00", " ").strip()[:LONGEST_QUERY]
    if not words:
        return among
    return among.filter(pk__in=ReportWords.objects.filter(said(words)).values("report"))


def said(words: str) -> Q:
    if is_unsegmented(words):
        return Q(unsegmented=True, text__icontains=words)
    return Q(vector=query_for(words))
