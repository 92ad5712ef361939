"""The whole report as JSON, and starting from an earlier one."""

import pytest

from reporting.form import carry, content
from reporting.form.answers import add_row, set_cell
from tests.reporting.form.sample import FORM, MEASURE, changed, fill, report, sections, unchanged


def test_a_report_holds_its_frame_and_the_answers_of_changed_sections():
    built = report(stockpiles=unchanged())

    assert {key: value for key, value in built.items() if key != "sections"} == {
        "format": "ccm-article7/1",
        "edition": "2010",
        "state": "LAO",
        "kind": "annual",
        "slug": "2025",
        "year": 2025,
        "language": "en",
        "provenance": "demo",
        "period": {"from": "2025-01-01", "to": "2025-12-31", "as_written": None},
    }
    assert list(built["sections"]) == [section.key for section in FORM.all_sections]
    assert built["sections"]["stockpiles"] == {
        "standing": "unchanged",
        "unchanged_since": {"slug": "2019", "filed_on": "2020-04-12"},
        "parts": {},
    }
    assert built["sections"]["conversion"] == {"standing": "not_applicable", "unchanged_since": None, "parts": {}}
    assert built["sections"]["national_measures"] == {
        "standing": "changed",
        "unchanged_since": None,
        "parts": {
            "measures": {
                "none": False,
                "rows": [
                    {
                        "id": "r1",
                        "cells": {
                            "measure": {"is": "given", "text": "Law 12", "from": "typed"},
                            "content": {"is": "given", "text": "Bans cluster munitions.", "from": "typed"},
                            "penal_sanctions": {"is": "given", "answer": "yes", "from": "typed"},
                            "maximum_penalty": {"is": "given", "text": "ten years of imprisonment", "from": "typed"},
                        },
                    }
                ],
            }
        },
    }


def test_blank_rows_and_blank_parts_are_not_filed():
    section = FORM.section("stockpiles")
    answers = add_row(section, fill("stockpiles", {}, none=["loose_submunitions"]), "stocks")

    built = report(stockpiles=content.SectionState(standing="changed", answers=answers))

    assert built["sections"]["stockpiles"]["parts"] == {"loose_submunitions": {"none": True, "rows": []}}


def test_a_period_may_be_words_only():
    header = content.SectionState(answers=fill("header", {"period.as_written": "INITIAL REPORT"}))

    assert report(header=header)["period"] == {"from": None, "to": None, "as_written": "INITIAL REPORT"}


def test_a_report_with_an_answer_that_cannot_be_read_is_not_frozen():
    built = report(stockpiles=changed("stockpiles", {}, rows={"stocks": [{"munition_type": "A", "munitions": "many"}]}))

    with pytest.raises(content.Unfinished, match="stockpiles.stocks.r1.munitions"):
        content.frozen(FORM, built)
    assert content.frozen(FORM, report()) == report()


def test_fresh_answers_in_a_section_that_is_not_filed_are_named():
    measures = FORM.section("national_measures")
    carried = carry.carry_section(report()["sections"]["national_measures"], slug="2024")
    typed = set_cell(measures, carried, "measures.r1.measure", "Law 13")

    quiet = sections(national_measures=content.SectionState("unchanged", carried))
    fresh = sections(national_measures=content.SectionState("unchanged", typed))

    assert (content.left_out(quiet), content.left_out(fresh)) == (frozenset(), frozenset({"national_measures"}))


def test_a_section_is_carried_forward_with_its_origin():
    earlier = report(slug="2023", year=2023)["sections"]["national_measures"]

    answers = carry.carry_section(earlier, slug="2023")

    assert answers["parts"]["measures"]["rows"] == [
        {
            "id": "r1",
            "cells": {
                key: {**cell, "from": "carried:2023"}
                for key, cell in earlier["parts"]["measures"]["rows"][0]["cells"].items()
            },
        }
    ]
    assert list(answers["parts"]["measures"]["rows"][0]["cells"]) == list(MEASURE)


def test_a_report_carried_and_filed_again_says_the_same():
    earlier = report(slug="2023")
    states = {
        key: content.SectionState(
            standing=section["standing"],
            answers=carry.carry_section(section, slug="2023"),
            unchanged_since=section["unchanged_since"],
        )
        for key, section in earlier["sections"].items()
    }

    again = content.build(FORM, states, state="LAO", kind="annual", slug="2025", language="en", year=2025)

    assert [
        (section.key, path, {**cell, "from": ""}) for section, path, _f, cell in content.all_cells(FORM, again) if cell
    ] == [
        (section.key, path, {**cell, "from": ""})
        for section, path, _f, cell in content.all_cells(FORM, earlier)
        if cell
    ]


def test_what_another_edition_asked_and_this_one_does_not_is_named_not_lost_silently():
    earlier = report()["sections"]["national_measures"]
    earlier["parts"]["measures"]["rows"][0]["cells"]["gazette"] = {"is": "given", "text": "No. 5", "from": "typed"}
    earlier["parts"]["decrees"] = {"none": True, "rows": []}

    answers, homeless = carry.carry_into(FORM.section("national_measures"), earlier, slug="2025")

    assert homeless == ["measures.gazette", "decrees"]
    assert list(answers["parts"]["measures"]["rows"][0]["cells"]) == list(MEASURE)


def test_a_row_added_after_carrying_gets_a_name_of_its_own():
    section = FORM.section("national_measures")
    answers, _homeless = carry.carry_into(section, report()["sections"]["national_measures"], slug="2025")

    answers = add_row(section, answers, "measures")

    assert [row["id"] for row in answers["parts"]["measures"]["rows"]] == ["r1", "r2"]
