"""For every check a small report that passes and one that does not: what the public page shows, and what is tested.

Nothing here is a State's: the figures are made up to show a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import override

from reporting.form import content as documents
from reporting.form.answers import read_cell
from reporting.form.checks import CHECKS, ReportFacts
from reporting.form.common import Json
from reporting.form.content import CHANGED, NOT_APPLICABLE, UNCHANGED, SectionState
from reporting.form.editions import LATEST
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Part, Section, Table

Told = Mapping[str, Any]  # part → rows (a list of answers by column), answers by field, or None: nothing to report

FACTS = ReportFacts(kind="annual", today=date(2026, 3, 1))
CARRIED = "carried:2024"


@dataclass(frozen=True)
class Case:
    """A report, and what is known beside it."""

    content: Json
    facts: ReportFacts = FACTS


@dataclass(frozen=True)
class Example:
    """A report that a check passes, and one that it does not."""

    passes: Case
    fails: Case


def sentence_of(key: str) -> str:
    """What a check says of its failing report, in the active language."""
    case = EXAMPLES[key].fails
    edition = edition_of(LATEST)
    return next((sentence for _section, _path, sentence in CHECKS[key].find(edition, case.content, case.facts)), "")


def report(
    told: Mapping[str, Told] | None = None,
    *,
    year: int = 2025,
    period: tuple[str, str] | None = None,
    standings: Mapping[str, str] | None = None,
    since: str = "",
    kind: str = "annual",
    origin: str = "typed",
) -> Json:
    """A report that says ``told``; its other sections do not apply."""
    edition = edition_of(LATEST)
    starts, ends = period or (f"{year}-01-01", f"{year}-12-31")
    said: dict[str, Told] = {"header": {"period": {"starts": starts, "ends": ends}}, **(told or {})}
    states = {}
    for section in edition.all_sections:
        standing = (standings or {}).get(section.key, CHANGED if section.key in said else NOT_APPLICABLE)
        pointer = {"slug": since, "filed_on": None} if since else None
        answers = _answers(section, said.get(section.key, {}), origin)
        states[section.key] = SectionState(standing, answers, pointer)
    return documents.build(edition, states, state="LAO", kind=kind, slug=str(year), language="en", year=year)


def _answers(section: Section, told: Told, origin: str) -> Json:
    parts: Json = {}
    for key, answers in told.items():
        part = section.part(key)
        if isinstance(part, Table):
            rows = [
                {"id": f"r{number}", "cells": _cells(part, row, origin)} for number, row in enumerate(answers or [], 1)
            ]
            parts[key] = {"none": answers is None, "rows": rows}
        else:
            parts[key] = {"values": _cells(part, answers, origin)}
    return {"parts": parts}


def _cells(part: Part, texts: Mapping[str, str], origin: str) -> Json:
    with override("en"):
        read = {name: read_cell(part.field(name), text, origin=origin) for name, text in texts.items()}
    return {name: cell for name, cell in read.items() if cell}


def _stocks(*rows: Told, **more: Any) -> dict[str, Told]:
    return {"stockpiles": {"stocks": list(rows) or None, **more}}


def _held(munitions: str, **more: str) -> Told:
    return {"munition_type": "BL755", "munitions": munitions, **more}


def _retained(*rows: Told, **more: Any) -> dict[str, Told]:
    return {"retained_transferred": {"retained": list(rows), **more}}


def _kept(submunitions: str, **more: str) -> Told:
    return {"munition_type": "BL755", "submunitions": submunitions, **more}


def _land(size: str, **more: Any) -> dict[str, Told]:
    return {
        "contamination_clearance": {"known_areas": [{"area_id": "N-12", "size": size}], "suspected_areas": None, **more}
    }


def _victims(part: str, **row: str) -> dict[str, Told]:
    return {"victim_assistance": {part: [row]}}


def _plain(told: Mapping[str, Told] | None = None, **fields: Any) -> Case:
    return Case(report(told, **fields))


def _after(before: Mapping[str, Told], now: Mapping[str, Told] | None = None, **fields: Any) -> Case:
    """A report after another one, that of the year before."""
    return Case(report(now, **fields), replace(FACTS, previous=report(before, year=2024)))


_SOLD = {"munition_type": "BL755", "receiver": "France", "transferred_on": "May 2009"}
_NORTH = {"area_id": "N-12", "cleared": "30 ha"}
_LAW = {"measures": [{"measure": "Law 12", "adopted": "2012", "effective": "2013"}]}


def _transfer(*, party: bool) -> Case:
    return Case(
        report({"retained_transferred": {"transferred": [_SOLD]}}),
        replace(FACTS, is_state_party=lambda iso3, day: party),
    )


def _standing(standing: str, section: str = "conversion", *, since: str = "2019", kind: str = "annual") -> Case:
    content = report({"national_measures": _LAW}, standings={section: standing}, since=since, kind=kind)
    return Case(content, replace(FACTS, kind=kind))


def _education(**row: str) -> Case:
    return _plain({"risk_education": {"activities": [{"activity": "Lessons", **row}]}})


EXAMPLES: dict[str, Example] = {
    "unreadable": Example(_plain(_stocks(_held("12"))), _plain(_stocks(_held("many")))),
    "no_standing": Example(_standing(NOT_APPLICABLE), _standing("")),
    "initial_unchanged": Example(_standing(UNCHANGED), _standing(UNCHANGED, kind="initial")),
    "unchanged_since_nothing": Example(_standing(UNCHANGED), _standing(UNCHANGED, since="")),
    "always_applies": Example(_standing(CHANGED, "national_measures"), _standing(NOT_APPLICABLE, "national_measures")),
    "no_contact": Example(_plain({"header": {"contacts": [{"organisation": "Ministry"}]}}), _plain()),
    "row_without_key": Example(_plain(_stocks(_held("12"))), _plain(_stocks({"munitions": "12"}))),
    "row_without_name": Example(
        _plain(_land("3 ha")), _plain({"contamination_clearance": {"known_areas": [{"size": "3 ha"}]}})
    ),
    "row_incomplete": Example(
        _plain(_stocks(_held("unknown", submunition_type="Mk 1", submunitions_each="147", submunitions="1764"))),
        _plain(_stocks(_held("12", submunition_type="Mk 1"))),
    ),
    "not_answered": Example(_plain({"conversion": {"facilities": None}}), _plain({"conversion": {}})),
    "answers_left_out": Example(_plain(), Case(report(), replace(FACTS, left_out=frozenset({"conversion"})))),
    "product_differs": Example(
        _plain(_stocks(_held("12", submunitions_each="147", submunitions="1764"))),
        _plain(_stocks(_held("12", submunitions_each="147", submunitions="1746"))),
    ),
    "sum_differs": Example(
        _education(girls="40", boys="60", women="about 50", men="unknown", total="210"),
        _education(girls="40", boys="60", women="50", men="50", total="150"),
    ),
    "part_exceeds": Example(
        _plain(_victims("services", service="Medical care", total="80", with_disability="30")),
        _plain(_victims("services", service="Medical care", total="80", with_disability="300")),
    ),
    "row_twice": Example(
        _plain(_stocks(_held("12", lot_numbers="A-1"), _held("12", lot_numbers="A-2"))),
        _plain(_stocks(_held("12", lot_numbers="A-1"), _held("12", lot_numbers="A-1"))),
    ),
    "remaining_differs": Example(
        _plain(_land("30 ha", programme={"remaining": "0.3 km2"})),
        _plain(_land("30 ha", programme={"remaining": "3 km2"})),
    ),
    "more_gone_than_held": Example(
        _after(_stocks(_held("100")), _stocks(destroyed=[_held("100")], found_later=None)),
        _after(_stocks(_held("100")), _stocks(destroyed=[_held("1000")], found_later=None)),
    ),
    "stocks_do_not_balance": Example(
        _after(_stocks(_held("100")), _stocks(_held("70"), destroyed=[_held("30")], found_later=None)),
        _after(_stocks(_held("100")), _stocks(_held("90"), destroyed=[_held("30")], found_later=None)),
    ),
    "areas_do_not_balance": Example(
        _after(_land("120 ha"), _land("90 ha", released=[_NORTH])),
        _after(_land("120 ha"), _land("50 ha", released=[_NORTH])),
    ),
    "unit_perhaps": Example(_after(_land("3 km2"), _land("280 ha")), _after(_land("3 km2"), _land("3 ha"))),
    "figure_jumps": Example(
        _after(_land("3 km2", released=[_NORTH]), _land("3 km2", released=[{"area_id": "N-12", "cleared": "90 ha"}])),
        _after(_land("3 km2", released=[_NORTH]), _land("3 km2", released=[{"area_id": "N-12", "cleared": "30 km2"}])),
    ),
    "total_falls": Example(
        _after(
            _victims("casualties", counted="All so far", harm="Killed", total="29"),
            _victims("casualties", counted="All so far", harm="Killed", total="31"),
        ),
        _after(
            _victims("casualties", counted="All so far", harm="Killed", total="29"),
            _victims("casualties", counted="All so far", harm="Killed", total="19"),
        ),
    ),
    "retention_unchanged": Example(
        _standing(CHANGED, "retained_transferred"), _standing(UNCHANGED, "retained_transferred")
    ),
    "retention_owed": Example(
        _after(_retained(_kept("200")), _retained(_kept("180"))), _after(_retained(_kept("200")))
    ),
    "retained_not_fallen": Example(
        _after(_retained(_kept("200")), _retained(_kept("180", consumed="20"), acquired=None)),
        _after(_retained(_kept("200")), _retained(_kept("200", consumed="20"), acquired=None)),
    ),
    "receiver_not_party": Example(_transfer(party=True), _transfer(party=False)),
    "period_missing": Example(
        _plain({"header": {"period": {"as_written": "INITIAL REPORT"}}}), _plain({"header": {"contacts": None}})
    ),
    "period_reversed": Example(_plain(), _plain(period=("2025-12-31", "2025-01-01"))),
    "period_to_come": Example(_plain(), _plain(period=("2026-01-01", "2026-12-31"))),
    "period_overlaps": Example(_after({}), _after({}, period=("2024-07-01", "2025-12-31"))),
    "period_gap": Example(_after({}), _after({}, period=("2025-04-01", "2025-12-31"))),
    "period_carried": Example(
        _plain(_land("3 km2", released=[_NORTH])), _plain(_land("3 km2", released=[_NORTH]), origin=CARRIED)
    ),
    "ends_before_start": Example(
        _plain({"national_measures": _LAW}),
        _plain({"national_measures": {"measures": [{"measure": "Law 12", "adopted": "2013", "effective": "2012"}]}}),
    ),
    "date_ahead": Example(
        _plain(_stocks(found_later=[_held("4", found_on="May 2025")])),
        _plain(_stocks(found_later=[_held("4", found_on="May 2052")])),
    ),
    "date_outside_period": Example(
        _plain(_stocks(destroyed=[_held("4", dates="May 2025")])),
        _plain(_stocks(destroyed=[_held("4", dates="May 2023")])),
    ),
    "programme_over": Example(
        _plain(_stocks(_held("12"), programme={"ends": "2027"})),
        _plain(_stocks(_held("12"), programme={"ends": "2024"})),
    ),
}
