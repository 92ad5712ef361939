"""The account of the stocks: what was held, and what came and went, against what is held now.

Stocks and retained munitions count together, so that what moves from one to the other neither comes nor goes. Types
are the same if their names are, whatever their accents, spaces and dashes. Where the names differ from last year's,
the types that do so are counted as one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.form.checks import spans
from reporting.form.checks.rules import (
    BALANCE,
    WARNS,
    Found,
    ReportFacts,
    begins_where_the_last_ended,
    check,
    number_text,
    section_state,
)
from reporting.form.checks.spans import NOTHING, UNKNOWN, Span
from reporting.form.common import Json
from reporting.form.content import NOT_APPLICABLE, UNCHANGED
from reporting.form.parts import Edition
from reporting.form.values.base import quoted
from reporting.form.values.dates import first_day, last_day
from reporting.form.values.vocabulary import fold

STOCKPILES, RETAINED = "stockpiles", "retained_transferred"
MUNITIONS, SUBMUNITIONS = "munitions", "submunitions"


@lru_cache(maxsize=20_000)  # the same names come again and again, in both reports and in every table
def folded(name: str) -> str:
    """The name of a type as it is compared."""
    return re.sub(r"[\W_]+", "", fold(name))


def type_of(row: Json, column: str = "munition_type") -> str:
    cell = row["cells"].get(column)
    return str(cell["text"]) if cell and cell["is"] == "given" else ""


@dataclass
class _Account:
    """One type, or several that cannot be told apart."""

    before: Span = NOTHING
    came: Span = NOTHING
    went: Span = NOTHING
    now: Span = NOTHING
    retains: bool = False
    was_held: bool = False
    is_held: bool = False
    name: str = ""
    row: str = ""
    types: list[str] = field(default_factory=list)

    @property
    def should_be(self) -> Span:
        return self.before + self.came - self.went

    def with_(self, other: _Account) -> _Account:
        return _Account(
            before=self.before + other.before,
            came=self.came + other.came,
            went=self.went + other.went,
            now=self.now + other.now,
            retains=self.retains or other.retains,
            types=self.types + other.types,
            row=self.row or other.row,
            name=self.name,
        )

    @property
    def title(self) -> str:
        if len(self.types) > 1:
            return _("Types whose names differ from the last report, together")
        return _("“%(type)s”") % {"type": quoted(self.name)} if self.name else _("All types together")


@check(
    "more_gone_than_held",
    WARNS,
    gettext_lazy("No more is destroyed, transferred or used up than was held, found and received."),
    group=BALANCE,
    sections=(STOCKPILES, RETAINED),
    paragraphs=("7.1(b)", "7.1(f)"),
    across=True,
)
def _more_gone_than_held(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for account, column in _accounts(content, facts):
        held = account.before + account.came
        if account.went.is_above(held):
            yield (
                STOCKPILES,
                _place(account, column),
                _(
                    "%(type)s: %(gone)s are reported as destroyed, transferred or used up, but no more than %(held)s "
                    "were held, found or received. Check the figure, or say in the notes why."
                )
                % {"type": account.title, "gone": _text(account.went), "held": _text(held)},
            )


@check(
    "stocks_do_not_balance",
    WARNS,
    gettext_lazy(
        "What the last report held, with what was found and received, without what was destroyed, transferred and "
        "used up, is what this report holds; for each type, stocks and retained munitions together."
    ),
    group=BALANCE,
    sections=(STOCKPILES, RETAINED),
    paragraphs=("7.1(b)", "7.1(f)", "7.1(g)", "3.8"),
    across=True,
)
def _stocks_do_not_balance(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    for account, column in _accounts(content, facts):
        should_be = account.should_be
        if account.went.is_above(account.before + account.came):
            continue
        if account.now.is_above(should_be) or should_be.is_above(account.now):
            sentence = _(
                "%(type)s: the last report held %(before)s; with %(came)s found or received and %(went)s destroyed, "
                "transferred or used up, %(left)s are left. This report holds %(now)s. "
                "Check the figure, or say in the notes why."
            )
            if account.retains:
                sentence = _(
                    "%(type)s, with those retained: the last report held %(before)s; with %(came)s found or received "
                    "and %(went)s destroyed, transferred or used up, %(left)s are left. This report holds %(now)s. "
                    "Check the figure, or say in the notes why."
                )
            yield (
                STOCKPILES,
                _place(account, column),
                sentence
                % {
                    "type": account.title,
                    "before": _text(account.before),
                    "came": _text(account.came),
                    "went": _text(account.went),
                    "left": _text(should_be),
                    "now": _text(account.now),
                },
            )


def _text(span: Span) -> str:
    return number_text(max(int(span.said), 0), span.precision)


def _place(account: _Account, column: str) -> str:
    return f"stocks.{account.row}.{column}" if account.row else "stocks"


def _accounts(content: Json, facts: ReportFacts) -> Iterator[tuple[_Account, str]]:
    """The account of every type: of the munitions, and of the submunitions where the munitions agree."""
    previous = facts.previous
    if previous is None or not begins_where_the_last_ended(content, previous):
        return
    agree = True
    for account in _of_column(content, previous, MUNITIONS):
        should_be = account.should_be
        agree &= not (account.now.is_above(should_be) or should_be.is_above(account.now))
        yield account, MUNITIONS
    if agree and not _has_loose(content) and not _has_loose(previous):
        for account in _of_column(content, previous, SUBMUNITIONS):
            yield account, SUBMUNITIONS


def _has_loose(content: Json) -> bool:
    """Whether submunitions outside a munition may be among those that were destroyed."""
    table = section_state(content, STOCKPILES)["parts"].get("loose_submunitions")
    return table is None or bool(table["rows"])


def _of_column(content: Json, previous: Json, column: str) -> list[_Account]:
    held_now, held_before = _table(content, STOCKPILES, "stocks"), _table(previous, STOCKPILES, "stocks")
    if held_now is None or held_before is None:
        return []
    found: dict[str, _Account] = {}

    def account(row: Json) -> _Account:
        name = type_of(row)
        key = folded(name)
        if key not in found:
            found[key] = _Account(name=name, types=[key])
        return found[key]

    for row in held_before:
        one = account(row)
        one.before, one.was_held = one.before + spans.of_cell(row["cells"].get(column)), True
    for row in held_now:
        one = account(row)
        one.now, one.is_held = one.now + spans.of_cell(row["cells"].get(column)), True
        one.row = one.row or row["id"]
    unsure = _retention(content, previous, column, account)
    came, went = _flows(content, column, account)
    return [_plus(one, came, went, unsure) for one in _grouped(found)]


def _retention(content: Json, previous: Json, column: str, account: Callable[[Json], _Account]) -> Span:
    """Add what is retained to both ends. Returns what may be retained of any type without being told."""
    now, before = _table(content, RETAINED, "retained"), _table(previous, RETAINED, "retained")
    if now is None and before is None:
        return NOTHING
    if now is None or before is None:
        return UNKNOWN
    for row in before:
        one, number = account(row), spans.of_cell(row["cells"].get(column))
        one.before, one.was_held, one.retains = one.before + number, True, True
        if column == MUNITIONS:
            one.went += spans.up_to(number)
    for row in now:
        one = account(row)
        one.now = one.now + spans.of_cell(row["cells"].get(column))
        one.is_held = one.retains = True
        if column == SUBMUNITIONS and not _is_said_again(content, RETAINED):
            one.went += spans.of_cell(row["cells"].get("consumed"))
    return NOTHING


def _flows(content: Json, column: str, account: Callable[[Json], _Account]) -> tuple[Span, Span]:
    """Add what came and went to each type. Returns what may have done so without being told."""
    unsure = {"came": NOTHING, "went": NOTHING}
    for section, part, way in (
        (STOCKPILES, "found_later", "came"),
        (RETAINED, "acquired", "came"),
        (STOCKPILES, "destroyed", "went"),
        (RETAINED, "transferred", "went"),
    ):
        if _is_said_again(content, section):
            continue
        rows = _table(content, section, part)
        if rows is None:
            unsure[way] = UNKNOWN
            continue
        for row in rows:
            number = spans.of_cell(row["cells"].get(column))
            if part == "found_later":
                number = _found_in_period(content, row, number)
            one = account(row)
            if part == "acquired":
                used = spans.up_to(number) if column == MUNITIONS else spans.of_cell(row["cells"].get("consumed"))
                one.went += used
            if way == "came":
                one.came += number
            else:
                one.went += number
    return unsure["came"], unsure["went"]


def _found_in_period(content: Json, row: Json, number: Span) -> Span:
    """What was found earlier is in the last report already; what bears no date may be."""
    begins, when = content["period"]["from"], row["cells"].get("found_on")
    if when is None or when["is"] != "given" or begins is None:
        return Span(NOTHING.low, number.high, number.said, number.precision)
    if last_day(when["date"]) < first_day(begins):
        return NOTHING
    return number if first_day(when["date"]) >= first_day(begins) else spans.up_to(number)


def _plus(one: _Account, came: Span, went: Span, unsure: Span) -> _Account:
    one.came, one.went = one.came + came, one.went + went
    one.now, one.before = one.now + unsure, one.before + unsure
    return one


def _grouped(found: dict[str, _Account]) -> list[_Account]:
    """Each type by itself; those that only one of the reports names together, for they may be the same."""
    if "" in found:
        together = _Account()
        for one in found.values():
            together = together.with_(one)
        together.types, together.name = [""], ""
        return [together]
    same = [one for one in found.values() if one.was_held and one.is_held]
    others = [one for one in found.values() if not (one.was_held and one.is_held)]
    if any(one.was_held for one in others) and any(not one.was_held for one in others):
        together = others[0]
        for one in others[1:]:
            together = together.with_(one)
        others = [together]
    return [*same, *others]


def _table(content: Json, section: str, part: str) -> list[Json] | None:
    """The rows of a table; ``None`` if nobody answered it."""
    state = section_state(content, section)
    if section == RETAINED and state["standing"] == NOT_APPLICABLE:
        return []
    table = state["parts"].get(part)
    return None if table is None else list(table["rows"])


def _is_said_again(content: Json, section: str) -> bool:
    """Whether a section stands unchanged: what came and went in it belongs to an earlier period."""
    return bool(section_state(content, section)["standing"] == UNCHANGED)
