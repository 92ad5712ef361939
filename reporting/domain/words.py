"""The words of published reports, to be searched. Derived from what was filed; made again wherever they are missing."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from ccm_portal.core.words import asked, is_unsegmented, said, vector_of
from reporting.form.content import all_cells
from reporting.form.editions import edition
from reporting.models import Report, ReportVersion, ReportWords
from reporting.rules import published_reports

LONGEST_TEXT = 300_000
BATCH = 200
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh-hans")  # of reports


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
    vector = vector_of(text, language)
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


def reports_with(words: str, *, among: QuerySet[Report]) -> QuerySet[Report]:
    """The reports of ``among`` that say these words."""
    words = asked(words)
    if not words:
        return among
    return among.filter(pk__in=ReportWords.objects.filter(said(words, LANGUAGES)).values("report"))
