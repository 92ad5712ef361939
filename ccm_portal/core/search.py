"""Search over everything public: each app registers what of its own can be found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Hit:
    """One thing found: its title, where it is, and the words that matched."""

    title: str
    url: str
    snippet: str = ""
    detail: str = ""


@dataclass(frozen=True)
class SearchProvider:
    """One kind of thing. ``find`` takes the words and a limit, and sees published matter only."""

    name: str
    label: str | Promise
    find: Callable[[str, int], Iterable[Hit]]


_providers: dict[str, SearchProvider] = {}


def register(provider: SearchProvider) -> SearchProvider:
    """Called by an app's ``ready()``."""
    _providers[provider.name] = provider
    return provider


def search(words: str, *, limit: int = 20) -> list[tuple[SearchProvider, list[Hit]]]:
    """What is found, by kind; kinds with nothing are left out."""
    words = " ".join(words.split())[:100]
    if not words:
        return []
    found = [(provider, list(provider.find(words, limit))) for provider in _providers.values()]
    return [(provider, hits) for provider, hits in found if hits]
