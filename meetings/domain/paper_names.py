"""Which paper a file is, and in which language, by its name. Pure functions."""

import re
from collections.abc import Iterable

# As people write them: our codes, the letters of the United Nations, names.
LANGUAGES = {
    "ar": ("ar", "a", "arabic", "arabe", "ara"),
    "zh-hans": ("zh", "c", "cn", "chinese", "chinois", "hans", "chi"),
    "en": ("en", "e", "english", "anglais", "eng"),
    "fr": ("fr", "f", "french", "francais", "français", "fra", "fre"),
    "ru": ("ru", "r", "russian", "russe", "rus"),
    "es": ("es", "s", "spanish", "espagnol", "espanol", "español", "spa"),
}
_BY_WORD = {word: code for code, words in LANGUAGES.items() for word in words}
_ENDING = re.compile(r"\.(?:pdf|docx?|odt|xlsx?|ods)$", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s_\-./()\[\]]+")


def language_of(name: str) -> str | None:
    """The language that a file's name says last: CCM-MSP-2027-WP.1-F.pdf -> fr."""
    for word in reversed(_words(name)):
        if word in _BY_WORD:
            return _BY_WORD[word]
    return None


def symbol_of(name: str, symbols: Iterable[str]) -> str | None:
    """Which of these symbols a file's name begins with or holds; the longest one, so that a revision is not taken for
    what it revises."""
    words = _words(name)
    found = [symbol for symbol in symbols if symbol and _holds(words, _words(symbol))]
    return max(found, key=lambda symbol: len(_words(symbol)), default=None)


def _words(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(_ENDING.sub("", text).casefold()) if word]


def _holds(words: list[str], wanted: list[str]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
