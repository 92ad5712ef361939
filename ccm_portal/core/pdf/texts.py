"""Somebody's words on paper: without what no font can draw, each paragraph running its own way."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

FIRST_PICTURE = "\U0001f000"
_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction_of(text: str) -> str:
    """Which way a text runs, by its first letter. Without letters: numbers run as they are written, so that a
    telephone keeps its "+" in front; a span of numbers runs as the page does."""
    for sign in text:
        if found := _STRONG.get(unicodedata.bidirectional(sign)):
            return found
    return "ltr" if any(sign.isdigit() for sign in text) and "–" not in text else ""


def printable(text: str) -> str:
    """Without what no font can draw and no PDF may carry: control characters go, pictures become their names."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_printable, text))


def _printable(sign: str) -> str:
    if sign == "\n":
        return sign
    category = unicodedata.category(sign)
    if category in ("Cc", "Cs", "Cn", "Co"):
        return ""
    if sign >= FIRST_PICTURE and category == "So":
        return f"[{unicodedata.name(sign, 'picture').lower()}]"
    return sign


@dataclass(frozen=True)
class Paragraph:
    text: str
    direction: str


@dataclass(frozen=True)
class Text:
    """Somebody's words, kept apart from the words around them whichever way either runs."""

    text: str

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        lines = [line.strip() for line in printable(self.text.replace("\r\n", "\n").replace("\t", " ")).split("\n")]
        return tuple(Paragraph(line, direction_of(line)) for line in lines if line)

    def __len__(self) -> int:
        return len(self.text)


class Cell:
    """An answer in a table: its lines, and which way they run."""

    __slots__ = ("direction", "is_number", "lines")

    def __init__(self, text: Text, is_number: bool) -> None:
        self.lines = [paragraph.text for paragraph in text.paragraphs]
        self.direction = next((p.direction for p in text.paragraphs if p.direction), "ltr" if is_number else "")
        self.is_number = is_number
