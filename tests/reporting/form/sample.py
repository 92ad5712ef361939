"""A small, complete report to test with, filled by what a person would type."""

from datetime import UTC, date, datetime
from itertools import count

from reporting.form import answers, content, receipts
from reporting.form.editions import edition

FORM = edition("2010")


def fill(section_key, typed, *, rows=None, none=()):
    """Answers of a section: ``typed`` by path, ``rows`` by table (a list of dicts), ``none`` tables."""
    section = FORM.section(section_key)
    filled = answers.blank(section)
    for part, table in (rows or {}).items():
        for row in table:
            filled = answers.add_row(section, filled, part)
            row_id = answers.last_row_id(filled, part)
            for column, text in row.items():
                filled = answers.set_cell(section, filled, f"{part}.{row_id}.{column}", text)
    for path, text in typed.items():
        filled = answers.set_cell(section, filled, path, text)
    for part in none:
        filled = answers.set_none(section, filled, part, True)
    return filled


CONTACT = {
    "organisation": "Ministry of Foreign Affairs",
    "role": "Reports",
    "phone": "+000 1",
    "email": "a@mfa.example",
}
PERIOD = {"period.starts": "1 January 2025", "period.ends": "31 December 2025"}
MEASURE = {
    "measure": "Law 12",
    "content": "Bans cluster munitions.",
    "penal_sanctions": "yes",
    "maximum_penalty": "ten years of imprisonment",
}


def sections(**changes):
    """A report in which all is well: contacts, one law, everything else not applicable."""
    built = {
        section.key: content.SectionState(standing="not_applicable")
        for section in FORM.sections
        if section.may_be_not_applicable
    }
    built["header"] = content.SectionState(answers=fill("header", PERIOD, rows={"contacts": [CONTACT]}))
    built["national_measures"] = changed("national_measures", {}, rows={"measures": [MEASURE]})
    return {**built, **changes}


def changed(section_key, typed, **more):
    return content.SectionState(standing="changed", answers=fill(section_key, typed, **more))


def unchanged(slug="2019", filed_on="2020-04-12"):
    return content.SectionState(standing="unchanged", unchanged_since={"slug": slug, "filed_on": filed_on})


def report(kind="annual", slug="2025", year=2025, **changes):
    return content.build(
        FORM, sections(**changes), state="LAO", kind=kind, slug=slug, language="en", year=year, provenance="demo"
    )


def salts(of):
    numbers = count()
    return receipts.make_salts(of, token=lambda: f"{next(numbers):064x}")


def receipt(of):
    return receipts.make_receipt(
        of,
        salts(of),
        number="CCM-2026-0001",
        version=1,
        filed_at=datetime(2026, 4, 29, 22, 2, tzinfo=UTC),
        due=date(2026, 4, 30),
        days_late=0,
    )
