"""The words of statements, to be searched: kept beside each text when it is written."""

import re
from functools import reduce
from operator import add, or_

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, Value

from meetings.models import StatementText

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


def is_unsegmented(text: str) -> bool:
    """Whether there is writing in it that puts no space between words."""
    return UNSEGMENTED.search(text) is not None


def index(text: StatementText) -> None:
    """Set what it is searched by, on a text that is about to be saved."""
    names = [PLAIN, *([CONFIGURATIONS[text.language]] if text.language in CONFIGURATIONS else [])]
    text.vector = reduce(add, (SearchVector(Value(text.text), config=name) for name in names))
    text.unsegmented = is_unsegmented(text.text)


def query_for(words: str) -> SearchQuery:
    """The words as written, or in the forms of any of the languages. Never an error, whatever was typed."""
    queries = [SearchQuery(words, config=name, search_type="websearch") for name in (PLAIN, *CONFIGURATIONS.values())]
    return reduce(or_, queries)


def said(words: str) -> Q:
    """The texts that say these words."""
    words = words.replace("\x00", " ").strip()[:LONGEST_QUERY]
    if is_unsegmented(words):
        return Q(unsegmented=True, text__icontains=words)
    return Q(vector=query_for(words))
