"""Finding the page of an address among hundreds, without trying each of them."""

from typing import Any

from django.urls import URLPattern, URLResolver, include
from django.urls.resolvers import RoutePattern
from django.utils.functional import cached_property


class _FirstWords(RoutePattern):
    """No prefix of its own: it lets an address pass to the pages below if one of them begins with the same word."""

    def __init__(self) -> None:
        super().__init__("")
        self.below: URLResolver | None = None

    @cached_property
    def words(self) -> frozenset[str] | None:
        """The words with which the pages below begin; ``None`` where one of them begins with anything."""
        assert self.below is not None
        return first_words(self.below.url_patterns)

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
        if self.words is None or path.partition("/")[0] in self.words:
            return path, (), {}
        return None


def first_words(patterns: list[URLPattern | URLResolver]) -> frozenset[str] | None:
    """What stands before the first stroke of each address; ``None`` where that is not a fixed word."""
    found: set[str] = set()
    for entry in patterns:
        if isinstance(entry.pattern, _FirstWords):
            words = entry.pattern.words
            if words is None:
                return None
            found |= words
            continue
        word, stroke, _rest = str(entry.pattern).partition("/")
        whole = isinstance(entry, URLPattern) or bool(stroke)
        if "<" in word or not whole or not isinstance(entry.pattern, RoutePattern):
            return None
        found.add(word)
    return frozenset(found)


def pages_of(module: str) -> URLResolver:
    """The addresses of a module, as ``path("", include(module))``; asked only where one of them can be meant."""
    urlconf, app_name, namespace = include(module)
    pattern = _FirstWords()
    resolver = URLResolver(pattern, urlconf, app_name=app_name, namespace=namespace)
    pattern.below = resolver
    return resolver
