"""The account of contaminated land. The form has no column for land that a new survey finds larger, or for new land:
that more is left than last year can therefore never be called wrong, that less is can be."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.form.checks import spans
from reporting.form.checks.rules import (
    ARITHMETIC,
    BALANCE,
    LAST_YEAR,
    WARNS,
    Found,
    ReportFacts,
    area_text,
    begins_where_the_last_ended,
    check,
    section_state,
)
from reporting.form.checks.spans import Span
from reporting.form.checks.stocks import folded, type_of
from reporting.form.common import Json
from reporting.form.content import UNCHANGED
from reporting.form.parts import Edition
from reporting.form.values.base import quoted

CLEARANCE = "contamination_clearance"
TABLES = ("known_areas", "suspected_areas")
STEPS = ("cancelled", "reduced", "cleared")
UNIT_SLIP = 100  # hectares for square kilometres are a hundredfold


@check(
    "areas_do_not_balance",
    WARNS,
    gettext_lazy("No more land disappears from one report to the next than was cancelled, reduced and cleared."),
    group=BALANCE,
    sections=(CLEARANCE,),
    paragraphs=("7.1(h)", "7.1(i)"),
)
def _areas_do_not_balance(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    previous = facts.previous
    if previous is None or not begins_where_the_last_ended(content, previous):
        return
    before, now, released = _sizes(previous), _sizes(content), _released(content)
    if before is None or now is None or released is None:
        return
    anywhere = spans.up_to(released.get("", spans.NOTHING))  # rows that name no area may be about any of them
    told = False
    for key, (size, name, _place_before) in before.items():
        if key not in now or not key or _is_slip(size, now[key][0]):
            continue
        here, _name_now, place = now[key]
        left = size - released.get(key, spans.NOTHING) - anywhere
        if left.is_above(here):
            told = True
            yield CLEARANCE, place, _land_missing(_("Area “%(name)s”") % {"name": quoted(name)}, size, left, here)
    if told or any(_is_slip(before[key][0], now[key][0]) for key in before if key in now):
        return
    total_before = spans.added(size for size, _name, _place in before.values())
    total_now = spans.added(size for size, _name, _place in now.values())
    left = total_before - spans.added(released.values())
    if left.is_above(total_now):
        yield CLEARANCE, "known_areas", _land_missing(_("All areas together"), total_before, left, total_now)


def _land_missing(what: str, before: Span, left: Span, now: Span) -> str:
    return _(
        "%(what)s: the last report had %(before)s. Without what was cancelled, reduced and cleared, %(left)s are left, "
        "but this report has only %(now)s. Check the figure, or say in the notes why."
    ) % {"what": what, "before": _text(before), "left": _text(left), "now": _text(now)}


@check(
    "remaining_differs",
    WARNS,
    gettext_lazy("The area that is left is the areas known and suspected together."),
    group=ARITHMETIC,
    sections=(CLEARANCE,),
    paragraphs=("7.1(h)",),
)
def _remaining_differs(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    state = section_state(content, CLEARANCE)
    cell = state["parts"].get("programme", {}).get("values", {}).get("remaining")
    areas = _sizes(content)
    if state["standing"] == UNCHANGED or cell is None or areas is None or cell["is"] == "unreadable":
        return
    listed, left = spans.added(size for size, _name, _place in areas.values()), spans.of_cell(cell)
    if listed.is_above(left) or left.is_above(listed):
        yield (
            CLEARANCE,
            "programme.remaining",
            _(
                "The areas in the tables add up to %(listed)s, but %(left)s are said to be left. "
                "Check the figure, or say in the notes why."
            )
            % {"listed": _text(listed), "left": _text(left)},
        )


@check(
    "unit_perhaps",
    WARNS,
    gettext_lazy("No area is a hundred times as large, or as small, as in the last report."),
    group=LAST_YEAR,
    sections=(CLEARANCE,),
    paragraphs=("7.1(h)",),
)
def _unit_perhaps(edition: Edition, content: Json, facts: ReportFacts) -> Found:
    before, now = _sizes(facts.previous) if facts.previous else None, _sizes(content)
    for key, (size, name, place) in (now or {}).items():
        if key and before and key in before and _is_slip(before[key][0], size):
            yield (
                CLEARANCE,
                place,
                _("Area “%(name)s” has %(now)s; in the last report it had %(before)s. Check the unit.")
                % {"name": quoted(name), "now": _text(size), "before": _text(before[key][0])},
            )


def _is_slip(before: Span, now: Span) -> bool:
    smaller, larger = sorted((before.said, now.said))
    return smaller > 0 and larger >= smaller * UNIT_SLIP


def _text(span: Span) -> str:
    return area_text(max(span.said, Decimal(0)), span.precision)


def _sizes(content: Json) -> dict[str, tuple[Span, str, str]] | None:
    """The size of every area, known and suspected together, by its folded name; ``None`` if a table is blank."""
    parts = section_state(content, CLEARANCE)["parts"]
    found: dict[str, tuple[Span, str, str]] = {}
    for table in TABLES:
        if table not in parts:
            return None
        for row in parts[table]["rows"]:
            name = _name(row)
            before = found.get(folded(name), (spans.NOTHING, name, f"{table}.{row['id']}.size"))
            found[folded(name)] = (before[0] + spans.of_cell(row["cells"].get("size")), *before[1:])
    return found


def _released(content: Json) -> dict[str, Span] | None:
    """What was given back of every area. A step without an answer is no land, if another step has one."""
    state = section_state(content, CLEARANCE)
    if state["standing"] == UNCHANGED:
        return {}
    if "released" not in state["parts"]:
        return None
    found: dict[str, Span] = {}
    for row in state["parts"]["released"]["rows"]:
        answered = [row["cells"][step] for step in STEPS if step in row["cells"]]
        land = spans.added(spans.of_cell(cell) for cell in answered) if answered else spans.UNKNOWN
        key = folded(_name(row))
        found[key] = found.get(key, spans.NOTHING) + land
    return found


def _name(row: Json) -> str:
    """The area of a row: its name in the register, else its place."""
    return type_of(row, "area_id") or " ".join(
        name for name in (type_of(row, column) for column in ("province", "district", "village")) if name
    )
