"""Bring facts about States to what the file in ``sponsorship/reference`` says. Safe to run any time."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from ccm_portal.core.domain.reference import ReferenceRefused, Row, read
from ccm_portal.core.models import State
from sponsorship.enums import FactKind
from sponsorship.models import StateFact

FOLDER = Path(__file__).parents[1] / "reference"
FIELDS = ("since", "until", "source", "confidence")


def load_facts(at: datetime, *, folder: Path = FOLDER) -> list[str]:
    """Add, correct and take away what came with the portal; what an officer has noted since stays.

    :raises ReferenceRefused: if a row names no State, no kind or no source.
    """
    wanted = {}
    for row in read(folder / "state_facts.csv"):
        if row["kind"] not in FactKind.values or not row["source"]:
            raise ReferenceRefused(f"{row['iso3']} {row['kind']}: no such kind, or no source.")
        wanted[row["iso3"], row["kind"]] = _fields(row)
    there = {(fact.state.iso3, fact.kind): fact for fact in StateFact.objects.select_related("state")}

    new = _made({key: fields for key, fields in wanted.items() if key not in there})
    told = [f"fact about a State: {len(new)} added"] if new else []
    ours = {key: fact for key, fact in there.items() if fact.noted_at is None}
    gone = [fact.pk for key, fact in ours.items() if key not in wanted]
    if gone:
        StateFact.objects.filter(pk__in=gone).delete()
        told.append(f"fact about a State: {len(gone)} taken away")
    changed = [fact for key, fact in ours.items() if key in wanted and _correct(fact, wanted[key])]
    told += [f"fact about a State {fact.state.iso3} {fact.kind}: corrected" for fact in changed]
    StateFact.objects.bulk_create(new)
    StateFact.objects.bulk_update(changed, FIELDS)
    return told


def _made(wanted: dict[tuple[str, str], dict[str, Any]]) -> list[StateFact]:
    if not wanted:
        return []
    states = {state.iso3: state for state in State.objects.only("iso3")}
    if missing := sorted({iso3 for iso3, _kind in wanted} - states.keys()):
        raise ReferenceRefused(f"{', '.join(missing)}: no such State.")
    return [StateFact(state=states[iso3], kind=kind, **fields) for (iso3, kind), fields in wanted.items()]


def came_with(*, folder: Path = FOLDER) -> frozenset[tuple[str, str]]:
    """The facts that the file has, by State and kind."""
    return frozenset((row["iso3"], row["kind"]) for row in read(folder / "state_facts.csv"))


def _fields(row: Row) -> dict[str, Any]:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("since", "until")}
    return days | {"source": row["source"], "confidence": row["confidence"]}


def _correct(fact: StateFact, fields: dict[str, Any]) -> bool:
    differs = any(getattr(fact, name) != value for name, value in fields.items())
    for name, value in fields.items():
        setattr(fact, name, value)
    return differs
