"""What a form is made of: editions, sections, parts and fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import TypeVar

from reporting.form.common import StrOrPromise
from reporting.form.need import Need
from reporting.form.values import Kind


class UnknownPlace(KeyError):
    """The form has no such section, part, row or field."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Field:
    """One question: a box on a page, or a column of a table.

    ``names_row`` marks the column that says what a row is about: a row without it cannot be understood.
    ``product_of`` names the columns whose product this one should be, ``sum_of`` those that add up to it, and
    ``part_of`` the one that it cannot exceed. ``not_before`` names the date that comes first.
    ``happened`` says of a date that it cannot lie ahead.

    ``measure`` is what statistics call the number in this box; a name in braces stands for what the row answers
    there: "casualties_{harm}_girls". ``of_period`` says that the number is of the period alone, so that a section
    that stands unchanged does not say it again.
    """

    key: str
    kind: Kind
    label: StrOrPromise
    need: Need
    guidance: StrOrPromise = ""
    names_row: bool = False
    product_of: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()
    part_of: str = ""
    not_before: str = ""
    happened: bool = False
    measure: str = ""
    of_period: bool = False


@dataclass(frozen=True)
class Fields:
    """Questions that are answered once."""

    key: str
    title: StrOrPromise
    fields: tuple[Field, ...]
    guidance: StrOrPromise = ""

    is_table = False

    def field(self, key: str) -> Field:
        return _find(self.fields, key)

    @property
    def need(self) -> Need:
        return _strongest(self.fields)


@dataclass(frozen=True)
class Table:
    """Questions that are answered once for each row; "nothing to report" is an answer of its own."""

    key: str
    title: StrOrPromise
    columns: tuple[Field, ...]
    none_sentence: StrOrPromise
    guidance: StrOrPromise = ""
    own_need: Need | None = None
    of_period: Mapping[str, str] | bool = False  # rows speak of the period: all, or those with this choice

    is_table = True

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.columns

    def field(self, key: str) -> Field:
        return _find(self.columns, key)

    @property
    def need(self) -> Need:
        return self.own_need or _strongest(self.columns)

    @property
    def naming_columns(self) -> tuple[Field, ...]:
        return tuple(column for column in self.columns if column.names_row)


Part = Fields | Table


@dataclass(frozen=True)
class Section:
    """One form of the report, keyed by what it is about and never by its letter."""

    key: str
    title: StrOrPromise
    paragraphs: tuple[str, ...]
    parts: tuple[Part, ...]
    guidance: StrOrPromise = ""
    may_be_not_applicable: bool = True

    def part(self, key: str) -> Part:
        return _find(self.parts, key)


@dataclass(frozen=True)
class Edition:
    """One template of the report. Frozen once a report has been filed on it."""

    key: str
    title: StrOrPromise
    sections: tuple[Section, ...]
    header: Section
    letters: Mapping[str, str]
    letters_by_language: Mapping[str, Mapping[str, str]] = default(default_factory=dict)

    @property
    def all_sections(self) -> tuple[Section, ...]:
        """The header, then the sections."""
        return (self.header, *self.sections)

    def section(self, key: str) -> Section:
        return _find(self.all_sections, key)

    def letter(self, key: str, *, language: str = "en") -> str:
        """The letter of a section in the template of that language; "" for the header."""
        return self.letters_by_language.get(language, self.letters).get(key, "")

    def named(self, section: Section, *, language: str = "en") -> str:
        """A section as people speak of it, "B. Stockpiles and destruction": lettered as in that language, in the
        reader's words."""
        letter = self.letter(section.key, language=language)
        return f"{letter}. {section.title}" if letter else str(section.title)

    def same_letters(self, one: str, other: str) -> bool:
        """Whether the templates of two languages give each section the same letter."""
        return self.letters_by_language.get(one, self.letters) == self.letters_by_language.get(other, self.letters)

    def in_order(self, *, language: str = "en") -> tuple[Section, ...]:
        """The header, then the sections in the order of their letters in that language's template."""
        ordered = sorted(self.sections, key=lambda section: self.letter(section.key, language=language))
        return (self.header, *ordered)

    def fields(self) -> Iterator[tuple[Section, Part, Field]]:
        for section in self.all_sections:
            for part in section.parts:
                for field in part.fields:
                    yield section, part, field


T = TypeVar("T", "Field", "Part", "Section")


def _find(things: tuple[T, ...], key: str) -> T:
    for thing in things:
        if thing.key == key:
            return thing
    raise UnknownPlace(f"There is nothing called “{key}” here.")


def _strongest(fields: tuple[Field, ...]) -> Need:
    """Need of a part: that of its most binding field."""
    order = list(Need)
    return min((field.need for field in fields), key=order.index)
