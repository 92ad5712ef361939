"""One answer out of several, yes or no, and countries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ccm_portal.core.writing import listed
from reporting.form import countries
from reporting.form.common import LANGUAGES, Json, StrOrPromise
from reporting.form.values.base import Kind, Unreadable, Value, quoted
from reporting.form.values.vocabulary import YES_NO, fold, meaning, say


@dataclass(frozen=True)
class Option:
    """One of the answers of a ``Choice``."""

    key: str
    label: StrOrPromise


@dataclass(frozen=True)
class Choice(Kind):
    """One answer out of a list, told by its key or by its label in any language."""

    name: ClassVar[str] = "choice"
    options: tuple[Option, ...] = ()

    def schema(self) -> Json:
        return {"choice": {"enum": [option.key for option in self.options]}}

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)

    def choices(self, *, language: str) -> list[tuple[str, str]]:
        """Keys and labels for a list on the page."""
        with override(language):
            return [(option.key, str(option.label)) for option in self.options]

    def read(self, text: str, language: str) -> Value:
        wanted = fold(text)
        for option in self.options:
            if wanted == fold(option.key):
                return {"choice": option.key}
        for spoken in (language, *LANGUAGES):
            with override(spoken):
                for option in self.options:
                    if wanted == fold(str(option.label)):
                        return {"choice": option.key}
        raise Unreadable(
            _("“%(text)s” is not one of the answers. Choose one of: %(options)s.")
            % {"text": quoted(text), "options": listed((option.label for option in self.options), strong=True)}
        )

    def write(self, value: Value, language: str) -> str:
        return str(value["choice"])

    def display(self, value: Value, language: str) -> str:
        option = self.option(value["choice"])
        if option is None:
            return str(value["choice"])
        with override(language):
            return str(option.label)


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes or no. "None" is no answer here."""

    name: ClassVar[str] = "yes_no"
    special: ClassVar[frozenset[str]] = frozenset({"unknown", "not_applicable"})

    def schema(self) -> Json:
        return {"answer": {"enum": list(YES_NO)}}

    def parse(self, text: str, *, language: str = "en") -> Value | None:
        answer = meaning("yes_no", text) if len(text) < 20 else None
        if answer:
            return {"is": "given", "answer": answer}
        return super().parse(text, language=language)

    def read(self, text: str, language: str) -> Value:
        raise Unreadable(_("“%(text)s” is neither yes nor no. Write yes, no or unknown.") % {"text": quoted(text)})

    def write(self, value: Value, language: str) -> str:
        return say(YES_NO, value["answer"], language)

    def display(self, value: Value, language: str) -> str:
        word = say(YES_NO, value["answer"], language)
        return word[:1].upper() + word[1:]


@dataclass(frozen=True)
class Country(Kind):
    """A State, told by its three letters or by its name."""

    name: ClassVar[str] = "country"

    @property
    def hint(self) -> StrOrPromise:
        return gettext_lazy("The name of the State, or its three letters")

    def schema(self) -> Json:
        return {"iso3": {"type": "string", "pattern": "^[A-Z]{3}$"}}

    def read(self, text: str, language: str) -> Value:
        iso3 = countries.find(fold(text))
        if iso3 is None:
            raise Unreadable(
                _("“%(text)s” is not the name of a State that we know. Write its name in full, or its three letters.")
                % {"text": quoted(text)}
            )
        return {"iso3": iso3}

    def write(self, value: Value, language: str) -> str:
        return countries.name(value["iso3"], language)

    def display(self, value: Value, language: str) -> str:
        return countries.name(value["iso3"], language)
