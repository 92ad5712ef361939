"""Which words of two texts differ: each text whole, in pieces, so that it reads as one in any direction of writing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Beyond this the two texts stand beside each other whole: comparing words takes time with the square of their number.
MOST_WORDS = 400
FEWEST_WORDS = 4
ALIKE = 0.4

_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and whether the other text does not have them there."""

    text: str
    marked: bool


Pieces = tuple[Piece, ...]


def apart(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Both texts in pieces. Short, long or wholly different ones are one marked piece each."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    if min(len(before), len(after)) < FEWEST_WORDS * 2 or max(len(before), len(after)) > MOST_WORDS * 2:
        return _whole(old), _whole(new)
    found = SequenceMatcher(None, before, after, autojunk=False)
    if found.ratio() < ALIKE:
        return _whole(old), _whole(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for same, i, j, k, m in ((code == "equal", i, j, k, m) for code, i, j, k, m in found.get_opcodes()):
        left += _pieces("".join(before[i:j]), marked=not same)
        right += _pieces("".join(after[k:m]), marked=not same)
    return tuple(left), tuple(right)


def _pieces(text: str, *, marked: bool) -> Pieces:
    """Words are marked, the space around them is not."""
    words = text.strip()
    if not marked or not words:
        return _whole(text, marked=False)
    before, after = text[: text.index(words)], text[text.index(words) + len(words) :]
    return (*_whole(before, marked=False), Piece(words, True), *_whole(after, marked=False))


def _whole(text: str, *, marked: bool = True) -> Pieces:
    return (Piece(text, marked),) if text else ()
