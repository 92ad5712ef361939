"""A report in words."""

import pytest

from reporting.form import content
from reporting.form.answers import blank
from reporting.form.sentences import (
    Block,
    Column,
    CoverLine,
    Entry,
    Presented,
    Row,
    cover,
    period_words,
    presented,
    presented_report,
    standing_sentence,
)
from tests.reporting.form.sample import FORM, changed, report, unchanged

STOCKPILES = FORM.section("stockpiles")


def stockpiles(*args, **kwargs):
    return report(stockpiles=changed("stockpiles", *args, **kwargs))["sections"]["stockpiles"]


def test_nothing_is_said_in_a_definite_sentence():
    said = presented(
        STOCKPILES,
        stockpiles({}, none=["stocks", "loose_submunitions", "destruction_sites", "destroyed", "found_later"]),
        "en",
        letter="B",
    )

    assert said == Presented(
        key="stockpiles",
        letter="B",
        title="Stockpiles and destruction",
        paragraphs=("7.1(b)", "7.1(e)", "7.1(f)", "7.1(g)"),
        standing="changed",
        sentence="",
        blocks=(
            Block("stocks", "Cluster munitions held", sentence="No cluster munitions are held."),
            Block(
                "loose_submunitions",
                "Submunitions held outside a munition",
                sentence="No submunitions are held outside a munition.",
            ),
            Block("programme", "Destruction programme", sentence="No answer is given.", answered=False),
            Block("destruction_sites", "Destruction sites", sentence="There are no destruction sites."),
            Block(
                "destroyed", "Destroyed in the period", sentence="No cluster munitions were destroyed in the period."
            ),
            Block(
                "found_later",
                "Found after destruction was complete",
                sentence="No further cluster munitions were found after destruction was complete.",
            ),
        ),
    )


def test_a_table_shows_its_rows_without_empty_columns_and_numbers_as_the_reader_writes_them():
    rows = [
        {"munition_type": "BL755", "munitions": "about 1200", "lot_numbers": "2-76"},
        {"munition_type": "RBK-500", "munitions": "unknown"},
    ]

    said = {block.key: block for block in presented(STOCKPILES, stockpiles({}, rows={"stocks": rows}), "en").blocks}

    assert said["stocks"] == Block(
        "stocks",
        "Cluster munitions held",
        columns=(
            Column("munition_type", "Type of munition", False),
            Column("munitions", "Munitions", True),
            Column("lot_numbers", "Lot numbers", False),
        ),
        rows=(Row("r1", ("BL755", "about 1,200", "2-76")), Row("r2", ("RBK-500", "Unknown", ""))),
    )


def test_answers_are_shown_with_their_questions():
    typed = {"programme.status": "Under way.\nTwo sites.", "programme.ends": "May 2027", "programme.cost": "5000 USD"}

    said = {block.key: block for block in presented(STOCKPILES, stockpiles(typed), "fr").blocks}
    entries = said["programme"].entries

    assert [(entry.key, entry.text) for entry in entries] == [
        ("status", "Under way.\nTwo sites."),
        ("ends", "mai 2027"),
        ("cost", "5\u202f000 USD"),
    ]
    assert entries[0] == Entry("status", entries[0].label, "Under way.\nTwo sites.")
    assert entries[0].paragraphs == ("Under way.", "Two sites.")


def test_a_part_for_states_parties_only_says_so_and_shows_nothing():
    section = stockpiles({}, rows={"destruction_sites": [{"site": "Secret Valley"}]})

    said = {block.key: block for block in presented(STOCKPILES, section, "en", withheld=["destruction_sites"]).blocks}

    assert said["destruction_sites"] == Block(
        "destruction_sites", "Destruction sites", sentence="This part is for States Parties only."
    )
    assert "Secret Valley" not in str(said)


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        (
            {"standing": "unchanged", "unchanged_since": {"slug": "2019", "filed_on": "2020-04-12"}},
            "Unchanged since the report for 2019, filed on 12 April 2020.",
        ),
        (
            {"standing": "unchanged", "unchanged_since": {"slug": "2017-2", "filed_on": "2018-04-12"}},
            "Unchanged since the report for 2017, filed on 12 April 2018.",
        ),
        (
            {"standing": "unchanged", "unchanged_since": {"slug": "initial", "filed_on": "2011-10-27"}},
            "Unchanged since the initial report, filed on 27 October 2011.",
        ),
        (
            {"standing": "unchanged", "unchanged_since": {"slug": "2019", "filed_on": None}},
            "Unchanged since the report for 2019.",
        ),
        ({"standing": "unchanged", "unchanged_since": None}, "Unchanged since an earlier report."),
        (
            {
                "standing": "unchanged",
                "unchanged_since": {"slug": "2019", "filed_on": "2020-04-12", "standing": "not_applicable"},
            },
            "Unchanged since the report for 2019, filed on 12 April 2020. "
            "The State reports that this section does not apply.",
        ),
        ({"standing": "not_applicable"}, "The State reports that this section does not apply."),
        ({"standing": "changed"}, ""),
    ],
)
def test_a_standing_is_a_sentence(section, sentence):
    assert standing_sentence(section, "en") == sentence


def test_an_unchanged_section_shows_its_sentence_alone():
    said = presented(STOCKPILES, report(stockpiles=unchanged())["sections"]["stockpiles"], "en")

    assert (said.sentence, said.blocks) == ("Unchanged since the report for 2019, filed on 12 April 2020.", ())


def test_an_unchanged_section_repeats_what_its_original_said_if_the_report_holds_it():
    section = {**stockpiles({}, none=["stocks"]), "standing": "unchanged"}
    section["unchanged_since"] = {"slug": "2019", "filed_on": "2020-04-12"}

    said = presented(STOCKPILES, section, "en")

    assert (said.sentence, said.source, said.blocks[0]) == (
        "Unchanged since the report for 2019, filed on 12 April 2020.",
        "2019",
        Block("stocks", "Cluster munitions held", sentence="No cluster munitions are held."),
    )


def test_a_changed_section_without_answers_says_that_nothing_is_reported():
    section = FORM.section("other_matters")
    built = report(other_matters=content.SectionState("changed", blank(section)))

    said = presented(section, built["sections"]["other_matters"], "en")

    assert (said.sentence, said.blocks) == ("Nothing is reported in this section.", ())


def test_a_report_is_read_in_the_order_of_its_languages_layout():
    """Whoever reads it in which language: one report has one lettering."""
    built = report()

    english = [(said.letter, said.key) for said in presented_report(FORM, built, "fr")]
    french = [(said.letter, said.key) for said in presented_report(FORM, {**built, "language": "fr"}, "en")]

    assert english[:5] == [
        ("", "header"),
        ("A", "national_measures"),
        ("B", "stockpiles"),
        ("C", "technical_characteristics"),
        ("D", "retained_transferred"),
    ]
    assert french[3:5] == [("C", "retained_transferred"), ("D", "technical_characteristics")]


def test_withheld_parts_are_named_as_in_receipts():
    built = report(stockpiles=changed("stockpiles", {}, rows={"destruction_sites": [{"site": "Secret Valley"}]}))

    said = presented_report(FORM, built, "en", withheld=["stockpiles/destruction_sites"])

    assert "Secret Valley" not in str(said)
    assert "This part is for States Parties only." in str(said)


def test_the_cover_page_has_a_line_for_every_section():
    lines = cover(FORM, report(stockpiles=unchanged(), conversion=content.SectionState()), "en")

    assert lines[:2] == (
        CoverLine("national_measures", "A", "National implementation measures", "changed", "Changed", "Changed"),
        CoverLine(
            "stockpiles",
            "B",
            "Stockpiles and destruction",
            "unchanged",
            "Unchanged",
            "Unchanged since the report for 2019, filed on 12 April 2020.",
        ),
    )
    assert [line.standing_label for line in lines if line.key == "conversion"] == ["Not decided yet"]


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (("2025-01-01", "2025-12-31", None), "1 January 2025 to 31 December 2025"),
        (("2015-03-01", "2017-10-31", None), "1 March 2015 to 31 October 2017"),
        (
            ("2013-01-01", "2013-12-31", "JAN 01, 2013 to DEC 31, 2013"),
            "1 January 2013 to 31 December 2013 (“JAN 01, 2013 to DEC 31, 2013”)",
        ),
        ((None, None, "INITIAL REPORT"), "“INITIAL REPORT”"),
        (("2025", None, None), "from 2025"),
        ((None, None, None), "No period is given."),
    ],
)
def test_a_period_is_said_as_it_is(period, words):
    given = dict(zip(("from", "to", "as_written"), period, strict=True))

    assert period_words(given, "en") == words
