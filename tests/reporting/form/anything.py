"""Whatever the form can hold, for hypothesis: reports made of answers that people could have typed."""

from hypothesis import strategies as st

from reporting.form import answers, content
from reporting.form.editions import edition
from reporting.form.parts import Table
from reporting.form.values import Unreadable

FORM = edition("2010")
NAMED = ("about ", "at least ", "up to ", "")
SPECIAL = ("unknown", "none", "not applicable")

_digits = st.integers(0, 10**12).map(str)
_decimals = st.decimals(0, 10**9, places=2).map(str)
_dates = st.one_of(st.dates().map(str), st.integers(1900, 2100).map(str), st.sampled_from(["2014-05", "May 2014"]))
_coordinate = st.tuples(st.integers(-90, 90), st.integers(-180, 180)).map(lambda pair: f"{pair[0]}.25, {pair[1]}.5")


def _with(amounts, units):
    return st.tuples(st.sampled_from(NAMED), amounts, st.sampled_from(units)).map(lambda told: "{}{} {}".format(*told))


_BY_KIND = {
    "text": st.text(max_size=30),
    "long_text": st.text(max_size=60),
    "email": st.sampled_from(["office@example.org", "a@example.org, b@example.org"]),
    "quantity": st.tuples(st.sampled_from(NAMED), _digits).map("".join),
    "number": st.tuples(st.sampled_from(NAMED), _decimals).map("".join),
    "area": _with(_decimals, ["m2", "ha", "km2", "sq mi", "acres"]),
    "mass": _with(_decimals, ["g", "kg", "t"]),
    "length": _with(_decimals, ["mm", "cm", "m", "in"]),
    "money": _with(_decimals, ["USD", "EUR", "LAK"]),
    "date": _dates,
    "date_range": st.one_of(_dates, st.just("1964 – 1973"), st.just("since 1975"), st.just("until 1990-02")),
    "yes_no": st.sampled_from(["yes", "no"]),
    "country": st.sampled_from(["LAO", "BGR", "Peru"]),
    "geo": st.one_of(_coordinate, st.just("18.2035, 103.895; 18.3, 104"), st.just("48QVE 12345 67890")),
    "attachments": st.one_of(st.text(max_size=30), st.just(f"a photograph.png (sha256:{'a1' * 32})\nTwo views.")),
}


def _typed(kind):
    given = st.sampled_from([option.key for option in kind.options]) if kind.name == "choice" else _BY_KIND[kind.name]
    return st.one_of(given, st.sampled_from(SPECIAL))


@st.composite
def _answers(draw, section, most_rows):
    said = answers.blank(section)
    for part in section.parts:
        fields = st.lists(st.sampled_from(part.fields), max_size=3, unique_by=lambda field: field.key)
        if not isinstance(part, Table):
            said = _filled(draw, section, said, part.key, draw(fields))
            continue
        rows = draw(st.integers(0, most_rows))
        if not rows and draw(st.booleans()):
            said = answers.set_none(section, said, part.key, True)
        for _ in range(rows):
            said = answers.add_row(section, said, part.key)
            said = _filled(draw, section, said, f"{part.key}.{answers.last_row_id(said, part.key)}", draw(fields))
    return said


def _filled(draw, section, said, place, fields):
    for field in fields:
        text = draw(_typed(field.kind))
        try:
            field.kind.parse(text)
        except Unreadable:
            continue
        said = answers.set_cell(section, said, f"{place}.{field.key}", text)
    return said


@st.composite
def sections(draw, *, most_rows=2):
    """The sections of a draft in which every answer can be read."""
    drawn = {}
    for section in FORM.all_sections:
        standings = ["changed", "", "not_applicable"] if section.may_be_not_applicable else ["changed"]
        standing = draw(st.sampled_from(standings))
        drawn[section.key] = content.SectionState(standing, draw(_answers(section, most_rows)))
    return drawn
