"""Bring bodies and action plans to what the files in ``committees/reference`` say. Safe to run any time."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from ccm_portal.core.domain.reference import NAME_LANGUAGES, ReferenceRefused, Row, bring, names, read
from committees.models import ActionPlan, Body, BodyKind, PlanAction

FOLDER = Path(__file__).parents[1] / "reference"
V = TypeVar("V")


def load_bodies(at: datetime) -> list[str]:
    """Kinds, bodies with their place in the tree and the committees they are mapped onto, action plans.

    The newest file wins over what stands in the tables; terms and nominations are no part of it.

    :raises ReferenceRefused: if a row names a kind or a body that is not there.
    """
    changes = bring(BodyKind, {row["key"]: names(row) | {"nature": row["nature"]} for row in _rows("body_kinds.csv")})
    rows = _rows("bodies.csv")
    kinds = dict(BodyKind.objects.values_list("key", "pk"))
    changes += bring(Body, {row["key"]: _body(row, kinds) for row in rows})
    saved = {body.key: body for body in Body.objects.prefetch_related("committees")}
    changes += _bring_places(rows, saved)
    changes += bring(ActionPlan, {row["key"]: _plan(row) for row in _rows("action_plans.csv")})
    return changes + _bring_actions(saved)


def _rows(file: str) -> list[Row]:
    return read(FOLDER / file)


def _body(row: Row, kinds: dict[str, int]) -> dict[str, Any]:
    subjects = {f"subject_{language}": row[f"subject_{language}"] for language in NAME_LANGUAGES if language != "en"}
    return (
        names(row)
        | subjects
        | {
            "subject": row["subject_en"],
            "kind_id": _known(kinds, row["kind"], row),
            "position": int(row["position"]),
            "seats": int(row["seats"]),
            "term_years": int(row["term_years"]),
            "starts": _day(row["starts"]),
            "ends": _day(row["ends"]),
            "mandate": row["mandate"],
            "mandate_source": row["mandate_source"],
        }
    )


def _bring_places(rows: list[Row], saved: dict[str, Body]) -> list[str]:
    """The place of each body in the tree, and the committees of a theme."""
    told = []
    for row in rows:
        body = saved[row["key"]]
        parent = _known(saved, row["parent"], row).pk if row["parent"] else None
        if body.parent_id != parent:
            body.parent_id = parent
            body.save(update_fields=["parent"])
            told.append(f"body {body.key}: parent → {row['parent'] or 'none'}")
        wanted = {_known(saved, key, row).pk for key in row["committees"].split()}
        if {one.pk for one in body.committees.all()} != wanted:
            body.committees.set(wanted)
            told.append(f"body {body.key}: committees → {row['committees'] or 'none'}")
    return told


def _plan(row: Row) -> dict[str, Any]:
    return names(row) | {
        "starts": date.fromisoformat(row["starts"]),
        "ends": date.fromisoformat(row["ends"]),
        "source": row["source"],
    }


def _bring_actions(bodies: dict[str, Body]) -> list[str]:
    """Every number of a plan; its theme where a file says which."""
    plans = {plan.key: plan for plan in ActionPlan.objects.all()}
    themes: dict[tuple[str, int], int] = {}
    for row in _rows("plan_themes.csv"):
        body = _known(bodies, row["body"], row | {"key": row["plan"]})
        themes |= {(row["plan"], number): body.pk for number in range(int(row["first"]), int(row["last"]) + 1)}
    told = []
    there = {(action.plan_id, action.number): action for action in PlanAction.objects.all()}
    for row in _rows("action_plans.csv"):
        plan, new = plans[row["key"]], []
        for number in range(1, int(row["actions"]) + 1):
            action, theme = there.get((plan.pk, number)), themes.get((plan.key, number))
            if action is None:
                new.append(PlanAction(plan=plan, number=number, body_id=theme))
            elif action.body_id != theme:
                action.body_id = theme
                action.save(update_fields=["body"])
                told.append(f"action {number} of {plan.key}: theme changed")
        PlanAction.objects.bulk_create(new)
        told += [f"actions of {plan.key}: {len(new)} added"] if new else []
    return told


def _known(known: dict[str, V], key: str, row: Row) -> V:
    if key not in known:
        raise ReferenceRefused(f"{row['key']}: there is no {key!r}.")
    return known[key]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
