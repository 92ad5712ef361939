"""Counts and amounts, as people in six languages type them."""

import pytest
from django.utils.translation import override

from reporting.form.values import Area, Length, Mass, Money, Number, Quantity, Unreadable


def given(number, precision="exact"):
    return {"is": "given", "number": number, "precision": precision}


def refusal(kind, text, language="en"):
    with override("en"), pytest.raises(Unreadable) as refused:
        kind.parse(text, language=language)
    return refused.value.sentence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", given(0)),
        ("1200", given(1200)),
        ("1 200", given(1200)),
        ("1\u00a0200", given(1200)),
        ("1\u202f200\u200b", given(1200)),
        ("1,200", given(1200)),
        ("1'200", given(1200)),
        ("1’200", given(1200)),
        ("1.234.567", given(1234567)),
        ("12,34,567", given(1234567)),
        ("12.0", given(12)),
        ("12.", given(12)),
        ("١٢٠٠", given(1200)),
        ("١٬٢٠٠", given(1200)),
        ("۱۲۰۰", given(1200)),
        ("１２００", given(1200)),
        ("about 1,200", given(1200, "about")),
        ("approx. 1200", given(1200, "about")),
        ("c. 500", given(500, "about")),
        ("~500", given(500, "about")),
        ("500 approximately", given(500, "about")),
        ("At least 500", given(500, "at_least")),
        ("500+", given(500, "at_least")),
        ("≥ 500", given(500, "at_least")),
        ("up to 500", given(500, "at_most")),
        ("environ 1 200", given(1200, "about")),
        ("1 200 environ", given(1200, "about")),
        ("à peu près 50", given(50, "about")),
        ("au moins 5", given(5, "at_least")),
        ("jusqu’à 5", given(5, "at_most")),
        ("unos 1200", given(1200, "about")),
        ("al menos 5", given(5, "at_least")),
        ("como máximo 5", given(5, "at_most")),
        ("около 1 200", given(1200, "about")),
        ("не менее 5", given(5, "at_least")),
        ("до 500", given(500, "at_most")),
        ("حوالي ١٢٠٠", given(1200, "about")),
        ("تقريباً ١٢٠٠", given(1200, "about")),
        ("ما لا يقل عن ٥", given(5, "at_least")),
        ("约1200", given(1200, "about")),
        ("1200左右", given(1200, "about")),
        ("至少 5", given(5, "at_least")),
        ("unknown", {"is": "unknown"}),
        ("Inconnu", {"is": "unknown"}),
        ("se desconoce", {"is": "unknown"}),
        ("неизвестно", {"is": "unknown"}),
        ("غير معروف", {"is": "unknown"}),
        ("不详", {"is": "unknown"}),
        ("None.", {"is": "none"}),
        ("néant", {"is": "none"}),
        ("нет", {"is": "none"}),
        ("لا يوجد", {"is": "none"}),
        ("N/A", {"is": "not_applicable"}),
        ("sans objet", {"is": "not_applicable"}),
        ("", None),
        (" \u00a0\u200b\n", None),
    ],
)
def test_a_count_is_understood(text, value):
    assert Quantity().parse(text) == value


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        ("12 or so", "en", "“12 or so” is not a number. Write 12, about 12, at least 12, or unknown."),
        ("-5", "en", "“-5” is not a number. Write 12, about 12, at least 12, or unknown."),
        ("12-15", "en", "“12-15” is not a number. Write 12, about 12, at least 12, or unknown."),
        ("1200²", "en", "“1200²” is not a number. Write 12, about 12, at least 12, or unknown."),
        ("=1+1", "en", "“=1+1” is not a number. Write 12, about 12, at least 12, or unknown."),
        ("1,20,0", "en", "“1,20,0” is not a number. Write 12, about 12, at least 12, or unknown."),
        ("12,5", "en", "“12,5” is not a whole number. Write it without a fraction."),
        ("1.234", "en", "“1.234” can be read as a fraction. Write 1234 if that is what you mean."),
        ("12.000", "en", "“12.000” can be read as two different numbers. Write 12000 or 12."),
        ("1,234", "fr", "“1,234” can be read as a fraction. Write 1234 if that is what you mean."),
        ("9999999999999999", "en", "“9999999999999999” has too many digits. Check the number."),
        (
            "-",
            "en",
            "“-” can mean several things. Write none, unknown or not applicable, or leave the box empty.",
        ),
    ],
)
def test_a_count_that_cannot_be_read_is_answered_with_what_to_write(text, language, sentence):
    assert refusal(Quantity(), text, language) == sentence


def test_a_point_groups_thousands_where_it_is_no_decimal_sign():
    assert [Quantity().parse("1.234", language=language) for language in ("fr", "es", "ru")] == [given(1234)] * 3


def test_a_count_is_shown_in_the_readers_language_and_edited_without_signs():
    value = given(178318, "at_least")

    assert [Quantity().show(value, language=language) for language in ("en", "fr", "es", "ru", "ar", "zh-hans")] == [
        "at least 178,318",
        "au moins 178\u202f318",
        "al menos 178.318",
        "не менее 178\u00a0318",
        "ما لا يقل عن 178,318",
        "至少 178,318",
    ]
    assert Quantity().text(value, language="fr") == "au moins 178318"


def test_special_answers_are_shown_as_words():
    shown = [Quantity().show({"is": word}, language="en") for word in ("unknown", "none", "not_applicable")]

    assert shown == ["Unknown", "None", "Not applicable"]


def area(amount, unit, square_metres, precision="exact"):
    return {"is": "given", "amount": amount, "unit": unit, "square_metres": square_metres, "precision": precision}


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("1.2 km2", "en", area("1.2", "km2", "1200000")),
        ("1,2 km²", "en", area("1.2", "km2", "1200000")),
        ("3 ha", "en", area("3", "ha", "30000")),
        ("12 500 m²", "en", area("12500", "m2", "12500")),
        ("12 500 m 2", "en", area("12500", "m2", "12500")),
        ("0", "en", area("0", "m2", "0")),
        ("0.250 ha", "en", area("0.25", "ha", "2500")),
        ("1.2340 km2", "en", area("1.234", "km2", "1234000")),
        ("1,234.567 ha", "en", area("1234.567", "ha", "12345670")),
        ("1 234,567 ha", "en", area("1234.567", "ha", "12345670")),
        ("1,234 ha", "en", area("1234", "ha", "12340000")),
        ("about 2.5 sq. km", "en", area("2.5", "km2", "2500000", "about")),
        ("1 sq mi", "en", area("1", "mi2", "2589988.110336")),
        ("au moins 3 hectares", "fr", area("3", "ha", "30000", "at_least")),
        ("2,5 kilomètres carrés", "fr", area("2.5", "km2", "2500000")),
        ("3 кв. км", "ru", area("3", "km2", "3000000")),
        ("٣٫٥ هكتار", "ar", area("3.5", "ha", "35000")),
        ("5公顷左右", "zh-hans", area("5", "ha", "50000", "about")),
        ("unknown", "en", {"is": "unknown"}),
    ],
)
def test_an_area_keeps_its_unit_beside_square_metres(text, language, value):
    assert Area().parse(text, language=language) == value


@pytest.mark.parametrize(
    ("text", "language", "sentence"),
    [
        (
            "1.234 km2",
            "en",
            "“1.234 km2” can be read as two different numbers. Write 1234 km2 or 1.2340 km2.",
        ),
        (
            "1,234 km2",
            "fr",
            "“1,234 km2” can be read as two different numbers. Write 1234 km2 or 1,2340 km2.",
        ),
        ("1200", "en", "“1200” does not say the unit. Write for instance 1200 m2, 1200 ha, 1200 km2."),
        (
            "5 dunum",
            "en",
            "“5 dunum” has a unit that is not known here. Write for instance 12 m2, 12 ha, 12 km2.",
        ),
        ("5 kg", "en", "“5 kg” has a unit that is not known here. Write for instance 12 m2, 12 ha, 12 km2."),
        ("large", "en", "“large” is not an amount. Write for instance 12 m2, 12 ha, 12 km2, or unknown."),
    ],
)
def test_an_area_with_two_readings_or_no_unit_is_asked_about(text, language, sentence):
    assert refusal(Area(), text, language) == sentence


def test_lengths_and_masses_have_a_unit_of_their_own_accord():
    assert [Length().parse("155"), Length().parse("1.2 m"), Mass().parse("30"), Mass().parse("1,5 kg")] == [
        {"is": "given", "amount": "155", "unit": "mm", "millimetres": "155", "precision": "exact"},
        {"is": "given", "amount": "1.2", "unit": "m", "millimetres": "1200", "precision": "exact"},
        {"is": "given", "amount": "30", "unit": "g", "grams": "30", "precision": "exact"},
        {"is": "given", "amount": "1.5", "unit": "kg", "grams": "1500", "precision": "exact"},
    ]


def money(amount, currency, precision="exact"):
    return {"is": "given", "amount": amount, "currency": currency, "precision": precision}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5000 USD", money("5000", "USD")),
        ("USD 5,000.00", money("5000", "USD")),
        ("usd 5 000", money("5000", "USD")),
        ("US$ 12.50", money("12.5", "USD")),
        ("€5 000", money("5000", "EUR")),
        ("about 3 millions d’euros", money("3000000", "EUR", "about")),
        ("1.2 million USD", money("1200000", "USD")),
        ("2 млн USD", money("2000000", "USD")),
        ("100万 CNY", money("1000000", "CNY")),
        ("none", {"is": "none"}),
    ],
)
def test_money_has_a_currency(text, value):
    assert Money().parse(text) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "$5000",
            "“$5000” does not say which currency. Write its three letters, like 5000 USD, 5000 EUR, 5000 CHF.",
        ),
        (
            "5000",
            "“5000” does not say which currency. Write its three letters, like 5000 USD, 5000 EUR, 5000 CHF.",
        ),
        ("a lot", "“a lot” is not a sum of money. Write for instance 5000 USD, about 5000 EUR, or unknown."),
        ("1.234 USD", "“1.234 USD” can be read as two different numbers. Write 1234 or 1.2340."),
    ],
)
def test_money_without_a_clear_currency_or_amount_is_asked_about(text, sentence):
    assert refusal(Money(), text) == sentence


def test_a_number_may_have_decimals():
    assert [Number().parse("12,5"), Number().parse("about 3")] == [given("12.5"), given("3", "about")]
    assert Number().show(given("1234.5"), language="fr") == "1\u202f234,5"
