"""Full text in many languages: how words are kept to be searched, asked for, and shown where they were found."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import add, or_
from typing import Any

from django.contrib.postgres.search import CombinedSearchVector, SearchHeadline, SearchQuery, SearchVector
from django.db.models import Q, QuerySet, Value
from django.utils.html import escape
from django.utils.safestring import SafeString

# The text search configurations of PostgreSQL. Chinese has none and is searched by substring.
CONFIGURATIONS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "ru": "russian",
}
PLAIN = "simple"
LONGEST_QUERY = 100
UNSEGMENTED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# Signs that no text holds: they mark what was found until the text around is made safe.
BEGINS, ENDS = "\x02", "\x03"
AROUND = 60


def is_unsegmented(text: str) -> bool:
    """Whether there is writing in it that puts no space between words."""
    return UNSEGMENTED.search(text) is not None


def vector_of(text: str, language: str) -> SearchVector | CombinedSearchVector:
    """What the text is searched by: its words as written, and in the forms of its language."""
    names = [PLAIN, *([CONFIGURATIONS[language]] if language in CONFIGURATIONS else [])]
    return reduce(add, (SearchVector(Value(text), config=name) for name in names))


def query_for(words: str, languages: Iterable[str]) -> SearchQuery:
    """The words as written, or in the forms of any of the languages. Never an error, whatever was typed."""
    names = (PLAIN, *(CONFIGURATIONS[language] for language in languages if language in CONFIGURATIONS))
    return reduce(or_, (SearchQuery(words, config=name, search_type="websearch") for name in names))


def said(words: str, languages: Iterable[str]) -> Q:
    """The rows that say these words, by their columns ``text``, ``vector`` and ``unsegmented``."""
    words = asked(words)
    if is_unsegmented(words):
        return Q(unsegmented=True, text__icontains=words)
    return Q(vector=query_for(words, languages))


def asked(words: str) -> str:
    """What somebody typed, as far as it is looked for."""
    return words.replace("\x00", " ").strip()[:LONGEST_QUERY]


def found_in(
    rows: QuerySet[Any], words: str, languages: Iterable[str], *, limit: int, between: str = " "
) -> list[tuple[Any, SafeString]]:
    """The first of these rows, each with a piece of its text in which the words are marked. ``between`` stands where
    the text begins another line."""
    if is_unsegmented(words):
        return [(row, marked(_around(row.text, words), between=between)) for row in rows.defer("vector")[:limit]]
    headline = SearchHeadline(
        "text", query_for(words, languages), start_sel=BEGINS, stop_sel=ENDS, max_fragments=2, max_words=20, min_words=8
    )
    pieces = rows.annotate(headline=headline).defer("text", "vector")[:limit]
    return [(row, marked(row.headline, between=between)) for row in pieces]


def _around(text: str, words: str) -> str:
    at = text.casefold().find(words.casefold())
    if at < 0:
        return ""
    end = at + len(words)
    return f"{text[max(at - AROUND, 0) : at]}{BEGINS}{text[at:end]}{ENDS}{text[end : end + AROUND]}"


def marked(piece: str, *, between: str = " ") -> SafeString:
    """A piece of a text with what was found in it marked; all else in it is text."""
    lines = between.join(" ".join(line.split()) for line in piece.strip().splitlines() if line.strip())
    return SafeString(escape(lines).replace(BEGINS, "<mark>").replace(ENDS, "</mark>"))
