"""The declaration of the form itself."""

import re

import pytest
from django.utils.translation import override

from reporting.form.editions import EDITIONS, LATEST, edition
from reporting.form.need import Need
from reporting.form.parts import Fields, UnknownPlace

SECTIONS = [
    "national_measures",
    "stockpiles",
    "technical_characteristics",
    "retained_transferred",
    "conversion",
    "contamination_clearance",
    "risk_education",
    "victim_assistance",
    "resources_cooperation",
    "other_matters",
]
every_edition = pytest.mark.parametrize("form", EDITIONS.values(), ids=lambda form: form.key)


def test_editions_are_found_by_their_files():
    assert (list(EDITIONS), LATEST, edition("2010").key) == (["2010"], "2010", "2010")


def test_the_2010_form_has_its_header_and_ten_sections():
    form = edition("2010")

    assert [section.key for section in form.all_sections] == ["header", *SECTIONS]


def test_every_paragraph_of_article_7_has_its_section():
    asked = {paragraph for section in edition("2010").all_sections for paragraph in section.paragraphs}

    assert asked == {f"7.1({letter})" for letter in "abcdefghijklmn"} | {"3.6", "3.7", "3.8"}


@pytest.mark.parametrize(
    ("language", "technical", "retained"),
    [("en", "C", "D"), ("fr", "D", "C"), ("es", "D", "C"), ("ru", "D", "C"), ("ar", "D", "C"), ("zh-hans", "D", "C")],
)
def test_letters_belong_to_the_layout_and_c_and_d_swap(language, technical, retained):
    form = edition("2010")

    assert form.letter("technical_characteristics", language=language) == technical
    assert form.letter("retained_transferred", language=language) == retained
    assert [form.letter(s.key, language=language) for s in form.in_order(language=language)] == ["", *"ABCDEFGHIJ"]


def test_only_national_measures_and_the_header_always_apply():
    always = [s.key for s in edition("2010").all_sections if not s.may_be_not_applicable]

    assert always == ["header", "national_measures"]


@every_edition
def test_keys_are_plain_and_not_given_twice(form):
    for section in form.all_sections:
        groups = [[part.key for part in section.parts], *([f.key for f in part.fields] for part in section.parts)]
        for keys in groups:
            assert len(set(keys)) == len(keys)
            assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in keys)


@every_edition
def test_every_table_says_what_its_rows_are_about_and_what_nothing_means(form):
    tables = [part for section in form.all_sections for part in section.parts if part.is_table]

    with override("en"):
        assert [table.key for table in tables if not table.naming_columns] == []
        assert [table.key for table in tables if not str(table.none_sentence).endswith(".")] == []


@every_edition
def test_guidance_is_short_and_in_sentences(form):
    with override("en"):
        texts = [str(field.guidance) for _s, _p, field in form.fields() if field.guidance]
        texts += [str(part.guidance) for section in form.all_sections for part in section.parts if part.guidance]
        texts += [str(section.guidance) for section in form.all_sections]

    assert [text for text in texts if not text.endswith(".") or len(text) > 220] == []


@every_edition
def test_products_point_at_columns_of_the_same_table(form):
    for _section, part, field in form.fields():
        assert set(field.product_of) <= {column.key for column in part.fields}


def test_a_part_is_as_binding_as_its_most_binding_field():
    stockpiles, other = edition("2010").section("stockpiles"), edition("2010").section("other_matters")

    assert (stockpiles.part("stocks").need, other.part("matters").need) == (Need.TREATY, Need.VOLUNTARY)
    assert isinstance(stockpiles.part("programme"), Fields)


def test_every_need_has_a_label_and_an_explanation():
    with override("en"):
        assert {need.value: str(need.label) for need in Need} == {
            "treaty": "Required by the Convention",
            "if_possible": "If possible",
            "voluntary": "Voluntary",
            "action_plan": "Action plan",
        }
        assert all(str(need.explanation).endswith(".") for need in Need)


def test_what_the_form_does_not_have_is_said():
    with pytest.raises(UnknownPlace, match="There is nothing called “nowhere” here."):
        edition("2010").section("nowhere")
