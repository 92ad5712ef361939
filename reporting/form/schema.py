"""The format of a report as a JSON Schema (2020-12), made from the form's declaration.

What is filed and exported fits it to the letter. What people write more loosely is made to fit by ``intake``.
"""

from __future__ import annotations

import json
from functools import cache

from django.utils.translation import override
from jsonschema import Draft202012Validator

from reporting.form.answers import ROW_ID
from reporting.form.common import LANGUAGES, Json
from reporting.form.content import CHANGED, FORMAT, NOT_APPLICABLE, STANDINGS, UNCHANGED
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Edition, Field, Part, Section, Table
from reporting.form.values import Kind
from reporting.form.values.dates import DATE_SCHEMA

_SLUG = "^[a-z0-9][a-z0-9-]*$"
_FROM = f"^(typed|portal|iso|demonstration|carried:{_SLUG[1:-1]}|imported:.+)$"
_DATE_OR_NULL: Json = {**DATE_SCHEMA, "type": ["string", "null"]}


def report_schema(edition: Edition) -> Json:
    """The schema of a report on that edition, with English titles."""
    with override("en"):
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"Article 7 report, {edition.title}",
            **_object(
                {
                    "format": {"const": FORMAT},
                    "edition": {"const": edition.key},
                    "state": {"type": "string", "pattern": "^[A-Z]{3}$"},
                    "kind": {"enum": ["initial", "annual", "voluntary"]},
                    "slug": {"type": "string", "pattern": _SLUG},
                    "year": {"type": ["integer", "null"], "minimum": 2008, "maximum": 2199},
                    "language": {"enum": list(LANGUAGES)},
                    "provenance": {"enum": ["portal", "iso", "demo"]},
                    "period": _period(),
                    "sections": _object({section.key: _section(section) for section in edition.all_sections}),
                },
                optional={"provisional": {"const": True}},
            ),
            "$defs": {"from": {"type": "string", "pattern": _FROM}, **_shared(edition)},
        }


def schema_text(edition: Edition) -> str:
    """The schema as it is written into a file."""
    return json.dumps(report_schema(edition), ensure_ascii=False, indent=1) + "\n"


@cache
def validator(edition_key: str) -> Draft202012Validator:
    """What holds a report of that edition against its schema.

    :raises KeyError: if there is no such edition.
    """
    return Draft202012Validator(report_schema(edition_of(edition_key)))


def _object(properties: Json, *, optional: Json | None = None) -> Json:
    """An object of exactly these names."""
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": list(properties),
        "additionalProperties": False,
    }


def _open(properties: Json, **more: object) -> Json:
    """An object of some of these names."""
    return {"type": "object", "properties": properties, "additionalProperties": False, **more}


def _period() -> Json:
    return _object({"from": _DATE_OR_NULL, "to": _DATE_OR_NULL, "as_written": {"type": ["string", "null"]}})


def _section(section: Section) -> Json:
    standings = ["", *STANDINGS] if section.may_be_not_applicable else ["", CHANGED, UNCHANGED]
    pointer = _object(
        {"slug": {"type": "string", "pattern": _SLUG}, "filed_on": _DATE_OR_NULL},
        optional={"standing": {"enum": ["", *STANDINGS]}},
    )
    return {
        "title": str(section.title),
        **_object(
            {
                "standing": {"const": CHANGED} if section.key == "header" else {"enum": standings},
                "unchanged_since": {**pointer, "type": ["object", "null"]},
                "parts": _open({part.key: _part(part) for part in section.parts}),
            }
        ),
        "allOf": [
            {
                "if": {"properties": {"standing": {"const": UNCHANGED}}},
                "then": {"properties": {"unchanged_since": {"type": "object"}}},
                "else": {"properties": {"unchanged_since": {"type": "null"}}},
            },
            {
                "if": {"properties": {"standing": {"const": NOT_APPLICABLE}}},
                "then": {"properties": {"parts": {"maxProperties": 0}}},
            },
        ],
    }


def _part(part: Part) -> Json:
    cells = _open({field.key: _field(field) for field in part.fields}, minProperties=1)
    title = {"title": str(part.title)}
    if not isinstance(part, Table):
        return {**title, **_object({"values": cells})}
    row = _object({"id": {"type": "string", "pattern": f"^{ROW_ID}$"}, "cells": cells})
    return {
        **title,
        **_object({"none": {"type": "boolean"}, "rows": {"type": "array", "items": row}}),
        "if": {"properties": {"none": {"const": True}}},
        "then": {"properties": {"rows": {"maxItems": 0}}},
        "else": {"properties": {"rows": {"minItems": 1}}},
    }


def _field(field: Field) -> Json:
    kind = field.kind
    return {"title": str(field.label), **({"$ref": f"#/$defs/{kind.name}"} if _is_plain(kind) else _cell(kind))}


def _is_plain(kind: Kind) -> bool:
    """Whether nothing was declared of it beyond its kind, as far as the file shows."""
    return kind.schema() == type(kind)().schema()


def _shared(edition: Edition) -> Json:
    plain = {field.kind.name: field.kind for _section, _part, field in edition.fields() if _is_plain(field.kind)}
    return {name: _cell(plain[name]) for name in sorted(plain)}


def _cell(kind: Kind) -> Json:
    """An answer: a given one with all its names, or a special one with no more."""
    names = kind.schema()
    of_all: Json = {"is": {"enum": ["given", *sorted(kind.special)]}, "from": {"$ref": "#/$defs/from"}}
    return {
        **_open({**of_all, **names}, required=list(of_all)),
        "if": {"properties": {"is": {"const": "given"}}},
        "then": {"required": list(names)},
        "else": {"maxProperties": len(of_all)},
    }
