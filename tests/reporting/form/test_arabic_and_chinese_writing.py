"""Answers as they are written in Arabic and Chinese documents of the United Nations."""

import pytest

from reporting.form.values import DateRange, Geo, Length, PartialDate


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("1 كانون الأول/ديسمبر 2014", "2014-12-01"),
        ("تشرين الثاني/نوفمبر 2014", "2014-11"),
        ("30 نيسان/أبريل 2027", "2027-04-30"),
        ("كانون الأول 2014", "2014-12"),
    ],
)
def test_a_month_with_both_of_its_arabic_names_is_that_month(typed, date):
    assert PartialDate().parse(typed, language="ar") == {"is": "given", "date": date}


def test_what_the_portal_prints_as_a_date_in_arabic_can_be_typed_again():
    kind = PartialDate()
    for month in range(1, 13):
        value = {"is": "given", "date": f"2014-{month:02d}-07"}

        assert kind.parse(kind.show(value, language="ar"), language="ar") == value


def test_a_span_between_two_months_with_both_names_is_read():
    typed = "أيار/مايو 2014 إلى حزيران/يونيه 2016"

    assert DateRange().parse(typed, language="ar") == {"is": "given", "starts": "2014-05", "ends": "2016-06"}


def test_the_sign_that_is_printed_for_a_metre_can_be_typed():
    kind = Length()
    value = kind.parse("1.5 m", language="en")

    assert kind.parse(kind.text(value, language="ar"), language="ar") == value


@pytest.mark.parametrize("joint", ["; ", "；", "؛ "])
def test_several_places_are_set_apart_by_the_semicolon_of_each_script(joint):
    typed = f"18.2035, 103.8950{joint}18.3, 103.9"

    assert Geo().parse(typed, language="en")["points"] == [["18.2035", "103.895"], ["18.3", "103.9"]]
