"""What a check is, what it is told, and what the checks share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy

from ccm_portal.core.writing import listed
from reporting.form.common import Json, StrOrPromise
from reporting.form.content import NOT_APPLICABLE, UNCHANGED
from reporting.form.parts import Edition, Field, Section, Table
from reporting.form.values import Area, Quantity
from reporting.form.values.dates import first_day, last_day, show_date
from reporting.form.values.numbers import plain

BLOCKS, WARNS = "blocks", "warns"


@dataclass(frozen=True)
class Group:
    """Checks that belong together on the public page."""

    key: str
    title: StrOrPromise


REQUIRED = Group("required", gettext_lazy("What is answered"))
ARITHMETIC = Group("arithmetic", gettext_lazy("Sums inside the report"))
BALANCE = Group("balance", gettext_lazy("Stocks and land from one report to the next"))
LAST_YEAR = Group("last_year", gettext_lazy("Figures beside those of the last report"))
RETENTION = Group("retention", gettext_lazy("Retained and transferred munitions"))
TIME = Group("time", gettext_lazy("Dates and the time that is covered"))
GROUPS = (REQUIRED, ARITHMETIC, BALANCE, LAST_YEAR, RETENTION, TIME)


@dataclass(frozen=True)
class ReportFacts:
    """What the checks need to know beside the report itself.

    ``previous`` is the whole report in force for the time before. ``whole`` is false where only one section is at
    hand: checks that hold sections against each other are then left out.
    """

    kind: str
    is_state_party: Callable[[str, date], bool] | None = None
    left_out: frozenset[str] = frozenset()
    today: date | None = None
    previous: Json | None = None
    whole: bool = True


@dataclass(frozen=True)
class Problem:
    """One thing to mend. ``path`` is "" for a whole section, "part", "part.row", "part.field" or "part.row.column"."""

    check: str
    severity: str
    sentence: str
    section: str
    path: str = ""


Found = Iterator[tuple[str, str, str]]  # section, path, sentence
Finder = Callable[[Edition, Json, ReportFacts], Found]


@dataclass(frozen=True)
class Check:
    """A rule that every report is held against.

    ``sections`` are those it looks at, none for all; ``paragraphs`` the articles behind it. ``across`` says that it
    holds sections against each other.
    """

    key: str
    severity: str
    sentence: StrOrPromise
    find: Finder
    group: Group
    sections: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    across: bool = False


CHECKS: dict[str, Check] = {}


def check(
    key: str,
    severity: str,
    sentence: StrOrPromise,
    *,
    group: Group,
    sections: tuple[str, ...] = (),
    paragraphs: tuple[str, ...] = (),
    across: bool = False,
) -> Callable[[Finder], Finder]:
    """Make a function a check. It yields the section, the place and the sentence of each thing it finds."""

    def register(find: Finder) -> Finder:
        CHECKS[key] = Check(key, severity, sentence, find, group, sections, paragraphs, across)
        return find

    return register


def problems(edition: Edition, content: Json, *, facts: ReportFacts, only: str = "") -> list[Problem]:
    """Everything that is wrong: what blocks first, then in the order of the form. ``only`` asks for one severity."""
    order = [section.key for section in edition.all_sections]
    asked = [rule for rule in CHECKS.values() if only in ("", rule.severity) and (facts.whole or not rule.across)]
    found = [
        Problem(rule.key, rule.severity, sentence, section, path)
        for rule in asked
        for section, path, sentence in rule.find(edition, content, facts)
    ]
    return sorted(found, key=lambda problem: (problem.severity != BLOCKS, order.index(problem.section)))


def blocking(found: list[Problem]) -> list[Problem]:
    return [problem for problem in found if problem.severity == BLOCKS]


def state_of(content: Json, section: Section) -> Json:
    return section_state(content, section.key)


def section_state(content: Json, key: str) -> Json:
    state: Json = content["sections"].get(key, {"standing": "", "parts": {}})
    return state


def changed(edition: Edition, content: Json) -> Iterator[tuple[Section, Json]]:
    """The sections that say something new, with their parts."""
    for section in edition.all_sections:
        state = state_of(content, section)
        if state["standing"] not in (UNCHANGED, NOT_APPLICABLE):
            yield section, state["parts"]


def rows(edition: Edition, content: Json) -> Iterator[tuple[Section, Table, Json]]:
    """The rows of the sections that say something new."""
    for section, parts in changed(edition, content):
        for part in section.parts:
            if isinstance(part, Table):
                for row in parts.get(part.key, {}).get("rows", []):
                    yield section, part, row


def row_name(table: Table, row: Json) -> str:
    """What a row is called: the answer that names it, else the first one in it."""
    for column in (*table.naming_columns, *table.columns):
        if column.key in row["cells"]:
            return column.kind.show(row["cells"][column.key], language=language())
    return str(row["id"])


def labels(fields: Iterable[Field]) -> str:
    return listed((field.label for field in fields), strong=True)


def language() -> str:
    return get_language() or "en"


def number_text(number: int | Decimal, precision: str = "exact") -> str:
    """about 1,200"""
    return Quantity().show({"is": "given", "number": number, "precision": precision}, language=language())


def area_text(square_metres: Decimal, precision: str = "exact") -> str:
    """about 1,200 m²"""
    cell = {"is": "given", "amount": plain(square_metres), "unit": "m2", "precision": precision}
    return Area().show(cell, language=language())


def date_words(iso: str) -> str:
    return show_date(iso, language())


def begins_where_the_last_ended(content: Json, previous: Json) -> bool:
    """Whether nothing lies between the two reports and nothing in both, so that what one ends with the other
    begins with. Where a date is missing, the years must tell."""
    ended, begins = previous["period"]["to"], content["period"]["from"]
    if ended and begins:
        return last_day(ended) < first_day(begins) <= last_day(ended) + timedelta(days=31)
    return bool(previous["year"] and content["year"] and previous["year"] + 1 == content["year"])
