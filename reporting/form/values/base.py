"""What every kind of answer has in common."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from reporting.form.common import Json, StrOrPromise
from reporting.form.values.vocabulary import PRECISION, SPECIAL, fold, meaning, say

Value = Json

LOCALES = {"en": "en_GB", "fr": "fr", "es": "es", "ru": "ru", "ar": "ar", "zh-hans": "zh_Hans"}

PRECISION_SCHEMA: Json = {"enum": ["exact", *PRECISION]}
DIGITS_SCHEMA: Json = {"type": "string", "pattern": r"^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$"}

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028]")
_JOINERS_AND_MARKS = "\u200c\u200d\u200e\u200f\u061c"  # joiners and direction marks: they carry meaning in Arabic
_LONGEST_WORDING = 60  # longer texts are no "unknown" or "none"
LONGEST = 50_000  # no box takes more characters, whatever is asked in it
_DASHES = {"-", "--", "---", "–", "—", "/", "."}


class Unreadable(Exception):
    """The text is not an answer of this kind. The sentence says what to write instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def too_long(text: str, *, longest: int = LONGEST) -> str:
    """Why a text is too long to be stored; "" if it is not."""
    if len(text) <= longest:
        return ""
    return _("This text has %(length)s characters; there is room for %(longest)s. Shorten it.") % {
        "length": len(text),
        "longest": longest,
    }


def locale_of(language: str) -> str:
    return LOCALES.get(language, "en_GB")


def tidy(text: str, *, lines: bool = False) -> str:
    """Text as pasted from Word or a web page, made plain: one kind of space, no invisible signs, NFC."""
    text = _BREAKS.sub("\n", text).replace("\u2029", "\n\n").replace("\uf0b7", "•").replace("\uf0a7", "•")
    if not text.isprintable():
        text = "".join(sign for sign in text if _is_kept(sign))
    text = unicodedata.normalize("NFC", text)
    if not lines:
        return " ".join(text.split())
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _is_kept(sign: str) -> bool:
    if sign in "\n\t" or sign in _JOINERS_AND_MARKS:
        return True
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def quoted(text: str) -> str:
    """The text as it is repeated in a sentence: short."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


@dataclass(frozen=True)
class Kind:
    """A kind of answer: reads what people type, writes it back, shows it to readers."""

    name: ClassVar[str] = ""
    numeric: ClassVar[bool] = False
    multiline: ClassVar[bool] = False
    special: ClassVar[frozenset[str]] = frozenset(SPECIAL)

    @property
    def hint(self) -> StrOrPromise:
        """An example of what to type, for the page; "" when none is needed."""
        return ""

    def schema(self) -> Json:
        """What a given answer holds beside ``is`` and ``from``: JSON Schemas by name, each of them required."""
        raise NotImplementedError

    def parse(self, text: str, *, language: str = "en") -> Value | None:
        """Read an answer.

        :returns: ``None`` for a blank answer.
        :raises Unreadable: with a sentence that says what to write.
        """
        text = tidy(text, lines=self.multiline)
        if len(text) > _LONGEST_WORDING:
            return {"is": "given", **self.read(text, language)}
        if not fold(text):
            return None
        if text in _DASHES:
            raise Unreadable(
                _("“%(text)s” can mean several things. Write none, unknown or not applicable, or leave the box empty.")
                % {"text": text}
            )
        word = meaning("special", text)
        if word in self.special:
            return {"is": word}
        return {"is": "given", **self.read(text, language)}

    def text(self, value: Value, *, language: str = "en") -> str:
        """The answer as editable text: reading it gives the same answer again."""
        if value["is"] == "unreadable":
            return str(value["raw"])
        if value["is"] != "given":
            return say(SPECIAL, value["is"], language)
        return self.write(value, language)

    def show(self, value: Value, *, language: str = "en") -> str:
        """The answer for a reader of that language."""
        if value["is"] == "unreadable":
            return str(value["raw"])
        if value["is"] != "given":
            word = say(SPECIAL, value["is"], language)
            return word[:1].upper() + word[1:]
        return self.display(value, language)

    def spell_out(self, value: Value, *, language: str = "en") -> str:
        """The answer in a report that is read, with what helps to compare it."""
        return self.show(value, language=language)

    def read(self, text: str, language: str) -> Value:
        raise NotImplementedError

    def write(self, value: Value, language: str) -> str:
        raise NotImplementedError

    def display(self, value: Value, language: str) -> str:
        return self.write(value, language)
