"""Symbols of papers: every pattern of practice is read, every wrong one is told in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccm_portal.core.symbols import CHANGES, KINDS, Symbol, SymbolRefused, next_free, parse, sort_key

PRACTICE = [
    "CCM/77",
    "CCM/78",
    "CCM/MSP/2010/PM/10",
    "CCM/CONF/2015/PM.1/2",
    "CCM/MSP/2025/1",
    "CCM/MSP/2025/2",
    "CCM/MSP/2024/2/Rev.1",
    "CCM/MSP/2024/WP.1",
    "CCM/MSP/2011/WP.3/Rev.1/Amend.1",
    "CCM/CONF/2020/1",
    "CCM/CONF/2020/WP.2",
    "CCM/MSP/2025/3/Add.1",
    "CCM/MSP/2025/3/Corr.2",
    "CCM/MSP/2025/INF.1",
    "CCM/MSP/2025/CRP.12",
    "CCM/MSP/2025/L.4",
]

changes = st.lists(
    st.tuples(st.sampled_from(CHANGES), st.integers(1, 9999)), max_size=3, unique_by=lambda change: change[0]
).map(tuple)
symbols = st.one_of(
    st.builds(Symbol, st.just(""), st.none(), st.none(), st.sampled_from(KINDS), st.integers(1, 9999), changes),
    st.builds(
        Symbol,
        st.sampled_from(["MSP", "CONF"]),
        st.integers(2008, 2100),
        st.one_of(st.none(), st.integers(0, 20)),
        st.sampled_from(KINDS),
        st.integers(1, 9999),
        changes,
    ),
)


@pytest.mark.parametrize("text", PRACTICE)
def test_every_pattern_of_practice_is_read_and_written_again(text):
    assert str(parse(text)) == text


@given(symbols)
def test_whatever_can_be_written_is_read_as_it_was(symbol):
    text = str(symbol)
    if len(text) <= 60:
        assert parse(text) == symbol
        assert parse(f" {text.lower()} ") == symbol


@given(st.text(max_size=80))
def test_anything_else_is_refused_in_a_sentence_and_never_breaks(text):
    try:
        assert str(parse(str(parse(text)))) == str(parse(text))
    except SymbolRefused as refusal:
        assert str(refusal).endswith(".")


@given(symbols, symbols)
def test_the_order_is_total_and_equal_only_for_the_same(one, other):
    assert (one.key == other.key) == (one == other)
    assert (one.key < other.key) == (other.key > one.key)


def test_papers_stand_in_the_order_of_their_numbers():
    mixed = [
        "Non-paper",
        "CCM/MSP/2025/WP.1",
        "CCM/MSP/2025/10",
        "CCM/MSP/2025/2/Rev.1",
        "CCM/CONF/2020/1",
        "CCM/MSP/2025/2",
        "CCM/MSP/2010/PM/10",
        "CCM/MSP/2025/WP.1/Rev.10",
        "CCM/MSP/2025/WP.1/Rev.2",
        "CCM/77",
    ]
    assert sorted(mixed, key=sort_key) == [
        "CCM/77",
        "CCM/MSP/2010/PM/10",
        "CCM/MSP/2025/2",
        "CCM/MSP/2025/2/Rev.1",
        "CCM/MSP/2025/10",
        "CCM/MSP/2025/WP.1",
        "CCM/MSP/2025/WP.1/Rev.2",
        "CCM/MSP/2025/WP.1/Rev.10",
        "CCM/CONF/2020/1",
        "Non-paper",
    ]


@pytest.mark.parametrize(
    ("text", "changed", "is_revision"),
    [
        ("CCM/MSP/2025/2", "None", False),
        ("CCM/MSP/2025/2/Rev.1", "CCM/MSP/2025/2", True),
        ("CCM/MSP/2025/2/Rev.3", "CCM/MSP/2025/2/Rev.2", True),
        ("CCM/MSP/2011/WP.3/Rev.1/Amend.1", "CCM/MSP/2011/WP.3/Rev.1", False),
        ("CCM/MSP/2025/2/Add.2", "CCM/MSP/2025/2", False),
    ],
)
def test_a_symbol_says_what_it_changes(text, changed, is_revision):
    symbol = parse(text)
    assert (str(symbol.changed), symbol.is_revision) == (changed, is_revision)


@given(symbols)
def test_the_next_revision_revises_it(symbol):
    assert symbol.next_revision.changed == symbol
    assert symbol.next_revision.is_revision


def test_the_next_free_number_follows_the_last_one_and_fills_no_gap():
    taken = ["CCM/MSP/2027/1", "CCM/MSP/2027/4/Rev.1", "CCM/MSP/2027/WP.2", "CCM/MSP/2026/9", "a non-paper"]
    assert [str(next_free("CCM/MSP/2027", kind, taken)) for kind in KINDS] == [
        "CCM/MSP/2027/5",
        "CCM/MSP/2027/WP.3",
        "CCM/MSP/2027/INF.1",
        "CCM/MSP/2027/CRP.1",
        "CCM/MSP/2027/L.1",
    ]
    assert str(next_free("CCM/CONF/2015/PM.1", "", ["CCM/CONF/2015/PM.1/2"])) == "CCM/CONF/2015/PM.1/3"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write a symbol, such as CCM/MSP/2027/WP.1."),
        ("CCM/" + "1" * 70, "A symbol has at most 60 signs."),
        ("CCM/MSP/2027/WP-1", "A symbol holds only Latin letters, digits, full stops and slashes."),
        ("ССМ/MSP/2027/1", "A symbol holds only Latin letters, digits, full stops and slashes."),
        ("CCM/MSP/2027//1", "In “CCM/MSP/2027//1” nothing stands beside one of the slashes."),
        ("APLC/MSP/2027/1", "A symbol begins with “CCM/”."),
        ("CCM", "After “CCM/” comes MSP or CONF, then the year."),
        (
            "CCM/RC/2027/1",
            "After “CCM/” comes MSP (Meetings of States Parties) or CONF (Review Conferences), not “RC”.",
        ),
        ("CCM/MSP/WP.1", "After “CCM/MSP/” comes the year in four digits."),
        ("CCM/MSP/27/1", "After “CCM/MSP/” comes the year in four digits."),
        ("CCM/MSP/1999/1", "1999 is no year of the Convention."),
        ("CCM/MSP/2027", "The number of the paper is missing at the end of “CCM/MSP/2027”."),
        ("CCM/MSP/2027/PM.1", "The number of the paper is missing at the end of “CCM/MSP/2027/PM.1”."),
        ("CCM/MSP/2027/PM.0/1", "In “PM.0” a number follows “PM.”: it begins at 1, with no zero before it."),
        ("CCM/MSP/2027/WP", "In “WP” a number follows “WP.”: it begins at 1, with no zero before it."),
        ("CCM/MSP/2027/WP.01", "In “WP.01” a number follows “WP.”: it begins at 1, with no zero before it."),
        ("CCM/MSP/2027/0", "“0” is no number of a paper: they begin at 1, with no zero before them."),
        (
            "CCM/MSP/2027/XP.1",
            "“XP.1” is unknown. A paper has a number, or WP., INF., CRP. or L. with a number.",
        ),
        ("CCM/MSP/2027/Rev.1", "“Rev.1” changes a paper: the number of that paper comes first."),
        (
            "CCM/MSP/2027/1/WP.1",
            "After the number of the paper come only Rev., Add., Corr. or Amend., not “WP.1”.",
        ),
        ("CCM/MSP/2027/1/Rev.1/Rev.2", "“Rev.” stands twice: one number says which it is."),
    ],
)
def test_each_way_in_which_a_symbol_is_wrong_has_its_sentence(text, sentence):
    with pytest.raises(SymbolRefused) as refused:
        parse(text)
    assert str(refused.value) == sentence
