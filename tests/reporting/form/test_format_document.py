"""docs/report-format.md says what the code does."""

import json
import re
from pathlib import Path

from reporting import receipt_check
from reporting.form import content, intake
from reporting.form.schema import validator
from reporting.form.values.measures import Area, Length, Mass
from reporting.form.values.vocabulary import PRECISION, SPECIAL
from tests.reporting.form.sample import FORM, receipt, report

DOCS = Path(__file__).parents[3] / "docs"
TEXT = (DOCS / "report-format.md").read_text(encoding="utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", TEXT))
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", TEXT, re.S)]


def test_every_section_kind_and_word_of_the_format_is_described():
    words = {section.key for section in FORM.all_sections}
    words |= {field.kind.name for _section, _part, field in FORM.fields()}
    words |= {*SPECIAL, *PRECISION, "exact", *content.STANDINGS}
    words |= {unit for kind in (Area, Mass, Length) for unit in kind.factors}
    words |= {content.FORMAT, receipt_check.RECEIPT, receipt_check.EXPORT}

    assert words - CODE == set()


def test_the_examples_have_the_names_of_the_real_thing():
    example_report, example_receipt, example_export = EXAMPLES

    assert set(example_report) == set(report())
    assert set(example_receipt) == set(receipt(report()))
    assert set(example_export) == {"format", "report", "withheld", "salts", "receipt"}
    assert set(example_report["sections"]["header"]) == set(report()["sections"]["header"])


def test_the_example_to_begin_from_is_read_in():
    told = json.loads((DOCS / "examples" / "report.json").read_text(encoding="utf-8"))

    taken = intake.take(told, origin="imported:report.json")

    assert taken.problems == []
    assert list(validator("2010").iter_errors(taken.content)) == []
    assert len([cell for *_place, cell in content.all_cells(FORM, taken.content) if cell]) == 21


def test_the_example_of_canonical_json_is_the_recipe():
    of = report()
    written = json.dumps(of, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")

    assert written == receipt_check.canonical(of)


def test_the_example_to_begin_from_is_of_a_year_that_the_demonstration_leaves_free():
    told = json.loads((DOCS / "examples" / "report.json").read_text(encoding="utf-8"))
    data = DOCS.parent / "ccm_portal" / "demonstration" / "data"
    schedule = json.loads((data / "schedule.json").read_text(encoding="utf-8"))
    real = [json.loads(path.read_text(encoding="utf-8"))["report"] for path in (data / "real").glob("*.json")]

    taken = {(iso3, year) for iso3, of in schedule["reports"].items() for year in of["filed"]}
    taken |= {(iso3, str(of.get("year"))) for iso3, of in schedule["drafts"].items()}
    taken |= {(one["state"], str(one["year"])) for one in real}

    assert (told["state"], str(told["year"])) not in taken
    assert str(told["year"]) in told["sections"]["header"]["parts"]["period"]["values"]["starts"]
