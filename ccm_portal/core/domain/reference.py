"""Bring the reference tables to what the files in ``ccm_portal/core/reference`` say. Safe to run any time.

The files are the source for names, the Depositary's dates and what is known of a State. What the portal itself
decides is left alone: an extension granted later than the file knows, an override of a deadline, a mission's address.
"""

import csv
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import models, transaction

from ccm_portal.core import register
from ccm_portal.core.clock_sentences import is_pending, without_pending
from ccm_portal.core.enums import Clock
from ccm_portal.core.models import Organisation, RegionGroup, State, StateClock, User
from ccm_portal.treaty.clocks import clearance_deadline, entry_into_force, initial_report_due, stockpile_deadline
from ccm_portal.treaty.status import treaty_status

FOLDER = Path(__file__).parents[1] / "reference"
ARABIC_ARTICLE = "ال"  # before letters lose their hamza: the first two of ألمانيا are no article
NAME_LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")

Row = dict[str, str]
Fields = dict[str, Any]


# What apps above keep in files of their own: each brings its tables into line and says what changed.
Loader = Callable[[datetime], list[str]]
_further: list[Loader] = []


def register_loader(loader: Loader) -> Loader:
    """Called by an app's ``ready()``. Apps load from the bottom up."""
    if loader not in _further:
        _further.append(loader)
    return loader


class ReferenceRefused(Exception):
    """A file contradicts itself or leaves out what it must say. The message says where."""


@transaction.atomic
def load_reference_data(*, by: User | None, at: datetime, folder: Path = FOLDER) -> list[str]:
    """Load every file and return one line for each thing that changed.

    Recorded in the register when it changes what was there; the first filling of an empty portal changes nothing.

    :raises ReferenceRefused: if a file cannot be right; then nothing is changed.
    """
    empty = not State.objects.exists()
    changes = bring(RegionGroup, by_key(folder / "region_groups.csv", _region_group))
    changes += bring(Organisation, by_key(folder / "organisations.csv", _organisation))

    groups = {group.key: group.pk for group in RegionGroup.objects.all()}
    rows = read(folder / "states.csv")
    states = {row["iso3"]: _state(row, groups=groups, on=at.date()) for row in rows}
    changes += bring(State, states, key="iso3")

    saved = {state.iso3: state for state in State.objects.all()}
    clocks = list(chain.from_iterable(_clocks(row, saved[row["iso3"]]) for row in rows))
    changes += _bring_clocks(clocks)

    for load_further in _further:
        changes += load_further(at)

    if changes and not empty:
        register.append(action="core.reference.load", by=by, at=at, data={"changes": changes})
    return changes


def read(path: Path) -> list[Row]:
    """The rows of a file, each value stripped."""
    with path.open(encoding="utf-8", newline="") as file:
        return [{column: value.strip() for column, value in row.items()} for row in csv.DictReader(file)]


def sort_key(name: str, language: str) -> str:
    """What a name sorts by: letters and figures, without case, accents or the Arabic article.

    Chinese names sort by their code points.
    """
    if language == "zh":
        return name
    if language == "ar":
        name = name.removeprefix(ARABIC_ARTICLE)
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()


def by_key(path: Path, build: Callable[[Row], Fields]) -> dict[str, Fields]:
    return {row["key"]: build(row) for row in read(path)}


def names(row: Row) -> Fields:
    missing = [language for language in NAME_LANGUAGES if not row[f"name_{language}"]]
    if missing:
        raise ReferenceRefused(f"{row.get('iso3') or row['key']}: no name in {', '.join(missing)}.")
    names = {f"name_{language}": row[f"name_{language}"] for language in NAME_LANGUAGES}
    return names | {f"sort_{language}": sort_key(names[f"name_{language}"], language) for language in NAME_LANGUAGES}


def _region_group(row: Row) -> Fields:
    return names(row)


def _organisation(row: Row) -> Fields:
    return names(row) | {column: row[column] for column in ("kind", "observer", "website")}


def _state(row: Row, *, groups: dict[str, int], on: date) -> Fields:
    signed, deposited, withdrawn = _day(row, "signed"), _day(row, "deposited"), _day(row, "withdrawn_effective")
    override = _published_override(row, deposited=deposited)
    in_force = override or (deposited and entry_into_force(deposited=deposited).day)
    if row["region_group"] not in groups:
        raise ReferenceRefused(f"{row['iso3']}: there is no regional group {row['region_group']!r}.")
    return names(row) | {
        "slug": row["slug"],
        "region_group_id": groups[row["region_group"]],
        "treaty_status": treaty_status(
            on=on,
            signed=signed,
            deposited=deposited,
            entry_into_force=in_force,
            withdrawn_effective=withdrawn,
        ).value,
        "signed": signed,
        "deposited": deposited,
        "instrument_kind": row["instrument_kind"],
        "entry_into_force": in_force,
        "entry_into_force_override": override,
        "override_source": row["entry_into_force_source"] if override else "",
        "withdrawn_effective": withdrawn,
        "provisional_application": row["provisional_application"] == "yes",
        "affected": row["affected"],
        "stockpile_declared": row["stockpile_declared"],
        "retains": row["retains"],
        "tile_col": int(row["tile_col"]) if row["tile_col"] else None,
        "tile_row": int(row["tile_row"]) if row["tile_row"] else None,
        "notes": row["notes"],
        "confidence": row["confidence"],
    }


def _published_override(row: Row, *, deposited: date | None) -> date | None:
    """The published date of entry into force where it is not the one the rule gives."""
    published = _day(row, "entry_into_force")
    ruled = deposited and entry_into_force(deposited=deposited).day
    if published is None or published == ruled:
        return None
    if not row["entry_into_force_source"]:
        raise ReferenceRefused(
            f"{row['iso3']}: entry into force is given as {published}, but the rule gives {ruled or 'none'};"
            " say in entry_into_force_source where it was published."
        )
    return published


def _day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row[column] else None
    except ValueError as error:
        raise ReferenceRefused(f"{row['iso3']}: {column} is {row[column]!r}; write it as 2010-08-01.") from error


def _clocks(row: Row, state: State) -> list[StateClock]:
    """The three clocks of a State that has joined, as the file knows them."""
    in_force = state.entry_into_force
    if in_force is None:
        return []
    bases = {
        Clock.INITIAL_REPORT: initial_report_due(entry_into_force=in_force).day,
        Clock.ART3: stockpile_deadline(entry_into_force=in_force).day,
        Clock.ART4: clearance_deadline(entry_into_force=in_force).day,
    }
    clocks = [StateClock(state=state, clock=clock, base=base) for clock, base in bases.items()]
    for clock in clocks:
        if clock.clock == Clock.INITIAL_REPORT:
            continue
        deadline = _day(row, f"{clock.clock}_deadline")
        clock.granted_until = deadline if deadline and deadline > clock.base else None
        clock.notes = row[f"{clock.clock}_note"]
    return clocks


def bring(model: type[models.Model], wanted: dict[str, Fields], *, key: str = "key") -> list[str]:
    """Add what is missing and correct what differs, in one query each."""
    there = {getattr(row, key): row for row in model._default_manager.all()}
    label = str(model._meta.verbose_name)
    new = [model(**{key: name}, **fields) for name, fields in wanted.items() if name not in there]
    changed, told = [], [f"{label}: {len(new)} added"] if new else []
    for name, row in there.items():
        lines = _correct(row, wanted.get(name, {}))
        if lines:
            changed.append(row)
            told += [f"{label} {name}: {line}" for line in lines]
    model._default_manager.bulk_create(new)
    if changed:
        model._default_manager.bulk_update(changed, list(next(iter(wanted.values()))))
    return told


def _bring_clocks(wanted: list[StateClock]) -> list[str]:
    there = {(clock.state_id, clock.clock): clock for clock in StateClock.objects.filter(key="")}
    new = [clock for clock in wanted if (clock.state_id, clock.clock) not in there]
    changed, told = [], [f"clock: {len(new)} added"] if new else []
    for clock in wanted:
        mine = there.get((clock.state_id, clock.clock))
        if mine is None:
            continue
        lines = _correct(mine, {"base": clock.base} | _granted(clock, mine))
        if lines:
            changed.append(mine)
            told += [f"clock {clock.state.iso3} {clock.clock}: {line}" for line in lines]
    StateClock.objects.bulk_create(new)
    if changed:
        StateClock.objects.bulk_update(changed, ["base", "granted_until", "notes"])
    return told


def _granted(wanted: StateClock, mine: StateClock) -> Fields:
    """What still counts of the file's, beside decisions that the portal has recorded."""
    notes = wanted.notes if mine.version == 1 or is_pending(mine) else without_pending(wanted.notes)
    if mine.granted_basis:
        return {"notes": notes}
    return {
        "granted_until": max(filter(None, (wanted.granted_until, mine.granted_until)), default=None),
        "notes": notes,
    }


def _correct(row: models.Model, fields: Fields) -> list[str]:
    """Set the fields that differ, and say which, from what and to what."""
    lines = []
    for field, value in fields.items():
        before = getattr(row, field)
        if before != value:
            setattr(row, field, value)
            lines.append(f"{field} {_shown(before)} → {_shown(value)}")
    return lines


def _shown(value: object) -> str:
    return "none" if value in (None, "") else str(value)
