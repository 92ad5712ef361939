"""What a box shows can be read back as the same answer, whatever was typed and in whatever language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.form import countries
from reporting.form.common import LANGUAGES
from reporting.form.editions import EDITIONS
from reporting.form.values import Country, PartialDate, Quantity, Unreadable, YesNo
from reporting.form.values.vocabulary import PRECISION, SPECIAL, YES_NO

KINDS = list(
    {
        field.kind.name: field.kind for edition in EDITIONS.values() for _section, _part, field in edition.fields()
    }.values()
)

WORDS = [
    word for group in (SPECIAL, PRECISION, YES_NO) for by in group.values() for words in by.values() for word in words
]
PIECES = st.one_of(
    st.sampled_from([*WORDS, *"0123456789.,'’ -–/°;@\n", "٣", "٫", "٬", "年", "km2", "ha", "m2", "kg", "USD", "€"]),
    st.sampled_from(
        ["million", "May", "2014", "1999", "to", "mai", "مايو", "18.2", "103.9", "N", "E", "FRA", "a@b.example"]
    ),
    st.integers(0, 10**7).map(str),
    st.decimals(0, 10**6, places=3).map(str),
    st.dates().map(str),
    st.text(max_size=5),
)
TYPED = st.lists(PIECES, max_size=6).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@settings(max_examples=100, deadline=None)
@given(typed=TYPED, language=st.sampled_from(LANGUAGES), other=st.sampled_from(LANGUAGES))
def test_an_answer_is_read_back_as_it_was_written(kind, typed, language, other):
    try:
        value = kind.parse(typed, language=language)
    except Unreadable as refused:
        assert refused.sentence
        return
    if value is None:
        return
    assert not {"from", "raw", "problem"} & set(value)  # these belong to the cell
    assert kind.parse(kind.text(value, language=other), language=other) == value
    assert kind.show(value, language=other)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("special", SPECIAL)
def test_special_answers_are_read_back_in_every_language(special, language):
    kinds = [kind for kind in KINDS if special in kind.special]

    assert [kind.parse(kind.text({"is": special}, language=language), language=language) for kind in kinds] == [
        {"is": special}
    ] * len(kinds)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_precision_is_read_back_in_every_language(language):
    values = [{"is": "given", "number": 1200, "precision": precision} for precision in ("exact", *PRECISION)]

    assert [
        Quantity().parse(Quantity().text(value, language=language), language=language) for value in values
    ] == values


@pytest.mark.parametrize("language", LANGUAGES)
def test_yes_and_no_are_read_back_in_every_language(language):
    values = [{"is": "given", "answer": answer} for answer in ("yes", "no")]

    assert [YesNo().parse(YesNo().text(value, language=language), language=language) for value in values] == values


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_read_back_from_its_name_in_every_language(language):
    values = [{"is": "given", "iso3": iso3} for iso3 in countries._states()]

    assert len(values) == 197
    assert [Country().parse(Country().text(value, language=language), language=language) for value in values] == values


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_is_read_back_from_how_it_is_shown(language):
    values = [{"is": "given", "date": f"2014-{month:02d}-05"} for month in range(1, 13)]
    values += [{"is": "given", "date": f"2014-{month:02d}"} for month in range(1, 13)]

    assert [PartialDate().parse(PartialDate().show(value, language=language)) for value in values] == values
