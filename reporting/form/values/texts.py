"""Words, paragraphs and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.form.common import Json, StrOrPromise
from reporting.form.values.base import LONGEST, Kind, Unreadable, Value, quoted, too_long


@dataclass(frozen=True)
class Text(Kind):
    """One line of words. Lot numbers, names and telephone numbers are text too."""

    name: ClassVar[str] = "text"
    longest: int = 1_000

    def schema(self) -> Json:
        return {"text": {"type": "string", "minLength": 1, "maxLength": self.longest}}

    def read(self, text: str, language: str) -> Value:
        if problem := too_long(text, longest=self.longest):
            raise Unreadable(problem)
        return {"text": text}

    def write(self, value: Value, language: str) -> str:
        return str(value["text"])


@dataclass(frozen=True)
class LongText(Text):
    """Paragraphs."""

    name: ClassVar[str] = "long_text"
    multiline: ClassVar[bool] = True
    longest: int = LONGEST


_ADDRESS = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}")


@dataclass(frozen=True)
class Email(Kind):
    """One or several e-mail addresses."""

    name: ClassVar[str] = "email"

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("Separate several addresses by a comma.")

    def schema(self) -> Json:
        return {"addresses": {"type": "array", "minItems": 1, "items": {"type": "string", "minLength": 5}}}

    def read(self, text: str, language: str) -> Value:
        addresses = [part.strip("<>.") for part in re.split(r"[\s,;،؛]+", text) if part.strip("<>.")]
        for address in addresses:
            if not _ADDRESS.fullmatch(address):
                raise Unreadable(
                    _("“%(text)s” is not an e-mail address. Write it like office@example.org.")
                    % {"text": quoted(address)}
                )
        if not addresses or len(text) > 1_000:
            raise Unreadable(
                _("“%(text)s” is not an e-mail address. Write it like office@example.org.") % {"text": quoted(text)}
            )
        return {"addresses": addresses}

    def write(self, value: Value, language: str) -> str:
        return ", ".join(value["addresses"])
