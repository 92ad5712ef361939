"""Dates as far as they are known, and spans of time."""

import time

import pytest
from django.utils.translation import override

from reporting.form.values import DateRange, PartialDate, Unreadable


def test_a_day_that_is_not_there_is_repeated_as_it_was_typed():
    sentence = "There is no day “31 June 2016”. Check day and month."
    assert refusal(DateRange(), "5 May 2014 to 31 June 2016") == sentence
    assert refusal(DateRange(), "31 June 2016") == sentence


def refusal(kind, text):
    with override("en"), pytest.raises(Unreadable) as refused:
        kind.parse(text)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2014", "2014"),
        ("2014-05", "2014-05"),
        ("2014-05-05", "2014-05-05"),
        ("2014/5/5", "2014-05-05"),
        ("05/2014", "2014-05"),
        ("05/05/2014", "2014-05-05"),
        ("25/12/2014", "2014-12-25"),
        ("12/25/2014", "2014-12-25"),
        ("03.04.2014", "2014-04-03"),
        ("5 May 2014", "2014-05-05"),
        ("5th of May, 2014", "2014-05-05"),
        ("JAN 01, 2013", "2013-01-01"),
        ("May 2014", "2014-05"),
        ("Sept. 2014", "2014-09"),
        ("1er mai 2014", "2014-05-01"),
        ("5 de mayo de 2014", "2014-05-05"),
        ("5 мая 2014 г.", "2014-05-05"),
        ("май 2014", "2014-05"),
        ("٥ مايو ٢٠١٤", "2014-05-05"),
        ("1 أيار 2014", "2014-05-01"),
        ("2014年5月5日", "2014-05-05"),
        ("2014年", "2014"),
        ("29 February 2016", "2016-02-29"),
    ],
)
def test_a_date_is_kept_as_far_as_it_is_known(text, date):
    assert PartialDate().parse(text) == {"is": "given", "date": date}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "03/04/2014",
            "“03/04/2014” can be two different days. Write 2014-04-03 or 2014-03-04, or write the month as a word.",
        ),
        ("31/02/2014", "There is no day “31/02/2014”. Check day and month."),
        ("29 February 2015", "There is no day “29 February 2015”. Check day and month."),
        ("5 May 14", "“5 May 14” is not a date. Write 5 May 2014, May 2014, 2014 or unknown."),
        ("2-76", "“2-76” is not a date. Write 5 May 2014, May 2014, 2014 or unknown."),
        ("INITIAL REPORT", "“INITIAL REPORT” is not a date. Write 5 May 2014, May 2014, 2014 or unknown."),
        ("0014-05-05", "“0014-05-05” is not a date. Write 5 May 2014, May 2014, 2014 or unknown."),
    ],
)
def test_a_date_that_is_none_or_two_is_asked_about(text, sentence):
    assert refusal(PartialDate(), text) == sentence


def test_a_date_is_written_out_for_readers():
    value = {"is": "given", "date": "2014-05-05"}

    assert [PartialDate().show(value, language=language) for language in ("en", "fr", "es", "ru", "zh-hans")] == [
        "5 May 2014",
        "5 mai 2014",
        "5 de mayo de 2014",
        "5 мая 2014\u202fг.",
        "2014年5月5日",
    ]
    assert PartialDate().show({"is": "given", "date": "2014-05"}, language="en") == "May 2014"


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("2014", "2014", "2014"),
        ("1964-1973", "1964", "1973"),
        ("1964–73", "1964", "1973"),
        ("1964-73", "1964", "1973"),
        ("1964 to 1973", "1964", "1973"),
        ("01/01/2016 to 31/12/2016", "2016-01-01", "2016-12-31"),
        ("JAN 01, 2013 to DEC 31, 2013", "2013-01-01", "2013-12-31"),
        ("1 March 2015-31 October 2017", "2015-03-01", "2017-10-31"),
        ("May 2014 – June 2016", "2014-05", "2016-06"),
        ("2016-01-01/2016-12-31", "2016-01-01", "2016-12-31"),
        ("between 1964 and 1973", "1964", "1973"),
        ("since 2014", "2014", None),
        ("2014 -", "2014", None),
        ("until 2016", None, "2016"),
        ("du 1er janvier 2016 au 31 décembre 2016", "2016-01-01", "2016-12-31"),
        ("de 2014 a 2016", "2014", "2016"),
        ("с 2014 по 2016", "2014", "2016"),
        ("من ٢٠١٤ إلى ٢٠١٦", "2014", "2016"),
        ("2014年至2016年", "2014", "2016"),
    ],
)
def test_a_span_of_time_has_two_ends(text, starts, ends):
    assert DateRange().parse(text) == {"is": "given", "starts": starts, "ends": ends}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2015 to 2012", "“2015 to 2012” ends before it starts. Check the two dates."),
        (
            "1970s",
            "“1970s” is not a date or a span of time. Write 2014, or 5 May 2014 to 30 June 2016, or unknown.",
        ),
        (
            "03/04/2014 to 05/05/2014",
            "“03/04/2014” can be two different days. Write 2014-04-03 or 2014-03-04, or write the month as a word.",
        ),
    ],
)
def test_a_span_that_cannot_be_is_asked_about(text, sentence):
    assert refusal(DateRange(), text) == sentence


def test_a_span_is_shown_with_both_ends():
    value = {"is": "given", "starts": "2014-05", "ends": "2016-06"}

    assert DateRange().show(value, language="fr") == "mai 2014 – juin 2016"


@pytest.mark.parametrize("text", ["-" * 50_000, "2024-01-01 to " * 3_500])
def test_a_span_of_tens_of_thousands_of_signs_is_refused_at_once(text):
    begun = time.process_time()

    with pytest.raises(Unreadable):
        DateRange().parse(text, language="en")

    assert time.process_time() - begun < 1
