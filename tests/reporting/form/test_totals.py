"""The line of totals under a table: only where it is true."""

import pytest

from reporting.form.sentences import presented
from tests.reporting.form.sample import FORM, changed, report


def line(section, part, *rows, language="en"):
    """The line under a table of these rows, by column; empty where there is none."""
    filled = report(**{section: changed(section, {}, rows={part: list(rows)})})["sections"][section]
    block = next(one for one in presented(FORM.section(section), filled, language).blocks if one.key == part)
    return {column.key: text for column, text in zip(block.columns, block.totals, strict=False) if text}


def of_stocks(*munitions, types=("BL755", "MK20", "RBK-250")):
    rows = [{"munition_type": kind, "munitions": text} for kind, text in zip(types, munitions, strict=False)]
    return line("stockpiles", "stocks", *rows).get("munitions", "")


def of_land(*sizes, language="en"):
    rows = [{"area_id": f"A-{number}", "size": size} for number, size in enumerate(sizes)]
    return line("contamination_clearance", "known_areas", *rows, language=language).get("size", "")


def of_money(*amounts, language="en"):
    rows = [{"destination": f"Project {number}", "amount": amount} for number, amount in enumerate(amounts)]
    return line("resources_cooperation", "assistance_given", *rows, language=language).get("amount", "")


@pytest.mark.parametrize(
    ("munitions", "total"),
    [
        pytest.param(("1200", "300"), "1,500", id="exact"),
        pytest.param(("1200", "none"), "1,200", id="none is nothing"),
        pytest.param(("none", "none"), "0", id="nothing at all"),
        pytest.param(("1200", "300", "not applicable"), "1,500", id="what does not apply adds nothing"),
        pytest.param(("about 1200", "300"), "about 1,500", id="about"),
        pytest.param(("at least 1200", "300"), "at least 1,500", id="at least"),
        pytest.param(("at most 1200", "300"), "at most 1,500", id="at most"),
        pytest.param(("1200", "300", "unknown"), "at least 1,500", id="unknown may be more"),
        pytest.param(("1200", "300", ""), "at least 1,500", id="blank may be more"),
        pytest.param(("at least 1200", "300", "unknown"), "at least 1,500", id="at least, and unknown"),
        pytest.param(("about 1200", "300", "unknown"), "", id="about, and unknown"),
        pytest.param(("about 1200", "at least 300"), "", id="about, and at least"),
        pytest.param(("at most 1200", "300", "unknown"), "", id="at most, and unknown"),
        pytest.param(("at most 1200", "at least 300"), "", id="at most, and at least"),
        pytest.param(("1200", "many"), "", id="what cannot be read"),
        pytest.param(("1200", "unknown"), "", id="one number is no sum"),
        pytest.param(("unknown", "unknown"), "", id="no number"),
        pytest.param(("1200",), "", id="one row"),
    ],
)
def test_a_total_is_as_exact_as_its_rows(munitions, total):
    assert of_stocks(*munitions) == total


@pytest.mark.parametrize(
    ("sizes", "total"),
    [
        (("1.2 km2", "30 ha", "5000 m2"), "1,505,000 m²"),
        (("1.2 km2", "2 km2"), "3.2 km² (3,200,000 m²)"),
        (("5000 m2", "2500 m2"), "7,500 m²"),
        (("about 1.2 km2", "30 ha"), "about 1,500,000 m²"),
        (("1.2 km2", "3 km2", "unknown"), "at least 4.2 km² (4,200,000 m²)"),
        (("none", "30 ha", "20 ha"), "50 ha (500,000 m²)"),
        (("none", "none"), "0 m²"),
        (("2 acres", "3 acres"), "5 acres (20,234 m²)"),
    ],
)
def test_land_is_added_up_in_square_metres_and_in_its_unit_if_it_has_one(sizes, total):
    assert of_land(*sizes) == total


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        (("5000 USD", "2500 USD"), "7,500 USD"),
        (("5000 USD", "2500 EUR", "1000 USD"), "6,000 USD\n2,500 EUR"),
        (("5000 USD", "about 2500 EUR", "1000 EUR"), "5,000 USD\nabout 3,500 EUR"),
        (("5000 USD", "2500 EUR"), ""),
        (("5000 USD", "1000 USD", "unknown"), "at least 6,000 USD"),
        (("about 5000 USD", "1000 USD", "1 EUR", "unknown"), ""),
        (("5000 USD", "1000 USD", "none"), "6,000 USD"),
    ],
)
def test_money_is_added_up_in_each_currency_and_never_across(amounts, total):
    assert of_money(*amounts) == total


def test_the_line_says_what_it_is_in_the_language_of_the_reader():
    assert line(
        "stockpiles",
        "stocks",
        {"munition_type": "BL755", "munitions": "1200", "submunitions_each": "147", "submunitions": "176400"},
        {"munition_type": "MK20", "munitions": "300", "submunitions_each": "247", "submunitions": "74100"},
    ) == {"munition_type": "Total of all rows", "munitions": "1,500", "submunitions": "250,500"}
    assert of_land("1.2 km2", "30 ha", language="ru") == "1\xa0500\xa0000 м²"
    assert of_money("5000.5 USD", "1 USD", language="fr") == "5\u202f001,5 USD"


def test_a_table_whose_first_column_is_counted_names_its_line_there():
    rows = {"munitions": "1200"}, {"munitions": "300"}

    assert line("stockpiles", "stocks", *rows) == {"munitions": "Total of all rows: 1,500"}


@pytest.mark.parametrize(
    "name",
    ["Total", "TOTAL:", "Grand total", "Sub-total", "Subtotal", "Total général", "Total general", "Totaux", "Totales",
     "итого", "Итого:", "Всего", "总计", "合计", "المجموع", "مجموع", "الإجمالي", "Total Savannakhet"],
)  # fmt: skip
def test_a_total_that_the_state_wrote_is_the_only_one(name):
    assert of_stocks("1200", "300", "1500", types=("BL755", "MK20", name)) == ""


@pytest.mark.parametrize("name", ["Totalan", "Munition totalement autre", "Sumy"])
def test_a_name_that_only_begins_like_a_total_is_a_name(name):
    assert of_stocks("1200", "300", types=("MK20", name)) == "1,500"


def test_a_note_that_speaks_of_a_total_names_no_row():
    rows = [
        {"munition_type": "BL755", "munitions": "1200", "notes": "Of a total of 5000."},
        {"munition_type": "MK20", "munitions": "300"},
    ]

    assert line("stockpiles", "stocks", *rows)["munitions"] == "1,500"


def test_years_names_and_what_is_in_each_are_never_added_up():
    rows = [
        {"munition_type": "BL755", "submunitions_each": "147", "lot_numbers": "12"},
        {"munition_type": "MK20", "submunitions_each": "247", "lot_numbers": "13"},
    ]

    assert line("stockpiles", "stocks", *rows) == {}


def test_casualties_are_added_up_only_where_they_are_counted_alike():
    new, all_so_far = "New in the period", "All so far"

    def rows(*said):
        return line(
            "victim_assistance",
            "casualties",
            *({"counted": counted, "harm": harm, "girls": girls} for counted, harm, girls in said),
        )

    assert rows((new, "Killed", "3"), (new, "Injured", "5")) == {}
    assert rows((new, "Killed", "3"), (all_so_far, "Killed", "50")) == {}
    assert rows((new, "Killed", "3"), (new, "Killed", "5"))["girls"] == "8"


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ("1.2 km2", "1.2 km² (1,200,000 m²)"),
        ("about 30 ha", "about 30 ha (300,000 m²)"),
        ("5000 m2", "5,000 m²"),
        ("1 sq mi", "1 sq mi (2,589,988 m²)"),
        ("unknown", "Unknown"),
    ],
)
def test_land_is_shown_as_reported_with_square_metres_beside_it(size, shown):
    rows = {"known_areas": [{"area_id": "A", "size": size}]}
    key = "contamination_clearance"
    filled = report(**{key: changed(key, {}, rows=rows)})["sections"][key]

    assert presented(FORM.section(key), filled, "en").blocks[0].rows[0].cells == ("A", shown)
