"""The JSON Schema of a report: one with the form, one with what is filed."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from reporting.form import content
from reporting.form.editions import EDITIONS
from reporting.form.schema import report_schema, schema_text, validator
from tests.reporting.form import anything, sample
from tests.reporting.form.sample import FORM, changed

DOCS = Path(__file__).parents[3] / "docs"
MAKE_IT = "Make it anew: manage.py report_schema > docs/report-schema-2010.json"


def errors(of):
    return [error.json_path for error in validator("2010").iter_errors(of)]


@pytest.mark.parametrize("key", EDITIONS)
def test_the_file_and_the_form_say_the_same(key):
    schema = report_schema(EDITIONS[key])
    written = (DOCS / f"report-schema-{key}.json").read_text(encoding="utf-8")

    Draft202012Validator.check_schema(schema)
    assert json.loads(written) == schema, MAKE_IT
    assert written == schema_text(EDITIONS[key]), MAKE_IT


def test_a_report_fits():
    assert errors(sample.report()) == []
    assert errors(sample.report(stockpiles=sample.unchanged())) == []
    assert errors({**sample.report(), "provisional": True}) == []


@settings(max_examples=15, deadline=None)
@given(sections=anything.sections())
def test_whatever_the_form_holds_fits(sections):
    made = content.build(FORM, sections, state="LAO", kind="annual", slug="2025", language="en", year=2025)

    assert errors(made) == []


def broken():
    """One report for each way to break it: a name, and where the schema must see it."""
    yield "format", "ccm-article7/2", "$.format"
    yield "state", "Laos", "$.state"
    yield "year", "2025", "$.year"
    yield "remarks", "none", "$"
    header = "sections.header.parts"
    yield f"{header}.contacts.rows.0.id", "Row one", f"$.{header}.contacts.rows[0].id"
    yield f"{header}.contacts.rows.0.cells.organisation", "a text", f"$.{header}.contacts.rows[0].cells.organisation"
    yield f"{header}.contacts.none", True, f"$.{header}.contacts.rows"
    yield f"{header}.period.values.starts.date", "1.1.2025", f"$.{header}.period.values.starts.date"
    yield f"{header}.period.values.starts.is", "unknown", f"$.{header}.period.values.starts"
    yield f"{header}.period.values.starts.from", "hearsay", f"$.{header}.period.values.starts.from"
    yield f"{header}.stocks", {}, f"$.{header}"
    yield "sections.stockpiles.standing", "unchanged", "$.sections.stockpiles.unchanged_since"
    yield "sections.header.standing", "not_applicable", "$.sections.header.standing"
    stocks = "sections.stockpiles.parts.stocks.rows.0.cells"
    yield f"{stocks}.munitions.number", 1.5, f"$.{stocks.replace('.0', '[0]')}.munitions.number"
    yield f"{stocks}.munitions.precision", "nearly", f"$.{stocks.replace('.0', '[0]')}.munitions.precision"


@pytest.mark.parametrize(("place", "value", "seen"), list(broken()), ids=lambda value: str(value)[-40:])
def test_a_broken_one_does_not(place, value, seen):
    stocks = {"stocks": [{"munition_type": "BL-755", "munitions": "about 6"}]}
    report = copy.deepcopy(sample.report(stockpiles=changed("stockpiles", {}, rows=stocks)))
    assert errors(report) == []

    *way, last = place.split(".")
    there = report
    for step in way:
        there = there[int(step) if step.isdigit() else step]
    there[last] = value

    assert seen in errors(report)
