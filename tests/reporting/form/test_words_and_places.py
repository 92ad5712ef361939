"""Words, choices, States, places and files."""

import pytest
from django.utils.translation import override

from reporting.form.editions.e2010.options import DESTRUCTION_METHOD
from reporting.form.values import Attachments, Country, Email, Geo, LongText, Text, Unreadable, YesNo


def refusal(kind, text):
    with override("en"), pytest.raises(Unreadable) as refused:
        kind.parse(text)
    return refused.value.sentence


def test_text_from_word_is_cleaned_and_keeps_its_words():
    pasted = "\ufeffRBK\u00a0500\u200b — “smart”\u00ad quotes\u202e\x07 and\ttabs\x00"

    assert Text().parse(pasted) == {"is": "given", "text": "RBK 500 — “smart” quotes and tabs"}


def test_letters_are_composed_even_when_a_hidden_sign_parted_them():
    assert Text().parse("Bogota\u200b\u0301") == {"is": "given", "text": "Bogotá"}


def test_a_lot_number_stays_as_it_is():
    assert [Text().parse(lot)["text"] for lot in ("2-76", "007", "1/2014", "1e5", "=A1")] == [
        "2-76",
        "007",
        "1/2014",
        "1e5",
        "=A1",
    ]


def test_paragraphs_keep_their_lines():
    pasted = "First.  \r\nSecond.\x0b\uf0b7 point\r\n\r\n\r\n\r\nLast."

    assert LongText().parse(pasted) == {"is": "given", "text": "First.\nSecond.\n• point\n\nLast."}


def test_a_text_that_is_too_long_says_how_long_it_may_be():
    assert refusal(Text(), "x" * 1001) == "This text has 1001 characters; there is room for 1000. Shorten it."


def test_several_mailboxes_fit_into_one_box():
    assert Email().parse("<a@mod.example>; b@mfa.example") == {
        "is": "given",
        "addresses": ["a@mod.example", "b@mfa.example"],
    }
    assert refusal(Email(), "at the ministry") == ("“at” is not an e-mail address. Write it like office@example.org.")


def test_a_choice_is_told_by_its_key_or_its_label():
    assert [DESTRUCTION_METHOD.parse(text) for text in ("open_burning", "Open burning ", "OPEN BURNING")] == [
        {"is": "given", "choice": "open_burning"}
    ] * 3
    assert refusal(DESTRUCTION_METHOD, "burn").startswith(
        "“burn” is not one of the answers. Choose one of: Open detonation; Open burning;"
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [("yes", "yes"), ("Oui", "yes"), ("sí", "yes"), ("да", "yes"), ("نعم", "yes"), ("是", "yes"), ("No.", "no")]
    + [("non", "no"), ("нет", "no"), ("لا", "no"), ("否", "no")],
)
def test_yes_and_no_in_six_languages(text, answer):
    assert YesNo().parse(text) == {"is": "given", "answer": answer}


def test_yes_or_no_may_be_unknown_but_not_none():
    assert YesNo().parse("unknown") == {"is": "unknown"}
    assert refusal(YesNo(), "none") == "“none” is neither yes nor no. Write yes, no or unknown."


def test_a_state_is_told_by_its_letters_or_any_of_its_names():
    names = ("LAO", "lao", "Laos", "République démocratique populaire lao", "老挝", "Лаос")

    assert [Country().parse(text) for text in names] == [{"is": "given", "iso3": "LAO"}] * len(names)
    assert [Country().show({"is": "given", "iso3": "LAO"}, language=language) for language in ("en", "fr")] == [
        "Lao People's Democratic Republic",
        "République démocratique populaire lao",
    ]


def test_a_state_without_a_name_is_shown_by_its_letters():
    assert Country().show({"is": "given", "iso3": "XYZ"}, language="en") == "XYZ"


def test_an_unknown_state_is_asked_about():
    assert refusal(Country(), "Nowhere") == (
        "“Nowhere” is not the name of a State that we know. Write its name in full, or its three letters."
    )


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("18.2035, 103.8950", [["18.2035", "103.895"]]),
        ("-18.2 103.9", [["-18.2", "103.9"]]),
        ("18.2, 103.9; 18.3, 103.9; 18.3, 104", [["18.2", "103.9"], ["18.3", "103.9"], ["18.3", "104"]]),
        ("18°12'13\"N 103°53'42\"E", [["18.2036111", "103.895"]]),
        ("18° 12′ 13″ S, 103° 53′ 42″ W", [["-18.2036111", "-103.895"]]),
        ("103.9E 18.2N", [["18.2", "103.9"]]),
        ("48QVE1234567890", []),
    ],
)
def test_a_place_is_read_and_kept_as_written(text, points):
    assert Geo().parse(text) == {"is": "given", "points": points, "written": Text().parse(text)["text"]}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "near the river",
            "“near the river” cannot be read as a place. Write latitude and longitude like 18.2035, 103.8950.",
        ),
        (
            "95, 20",
            "“95, 20” lies outside the globe. Latitude goes from -90 to 90, longitude from -180 to 180.",
        ),
    ],
)
def test_a_place_that_cannot_be_is_asked_about(text, sentence):
    assert refusal(Geo(), text) == sentence


@pytest.mark.parametrize("language", ["fr", "es", "ru"])
@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("21,35 ; 17,00", [["21.35", "17"]]),
        ("21,35 17,00", [["21.35", "17"]]),
        ("21,35, 17,00", [["21.35", "17"]]),
        ("-21,35 ; -17,00", [["-21.35", "-17"]]),
        ("21,35 ; 17,00 ; 21,4 ; 17,25", [["21.35", "17"], ["21.4", "17.25"]]),
        ("21,35 17,00 ; 21,4 17,25", [["21.35", "17"], ["21.4", "17.25"]]),
        ("18°12'30,6\"N 103°53'42\"E", [["18.2085", "103.895"]]),
        ("18.2035,103.8950", [["18.2035", "103.895"]]),
        ("21, 35; 17, 40", [["21", "35"], ["17", "40"]]),
        ("21.5,17; 18,20", [["21.5", "17"], ["18", "20"]]),
    ],
)
def test_where_decimals_are_written_with_a_comma_it_is_a_decimal_sign(language, text, points):
    value = Geo().parse(text, language=language)

    assert value["points"] == points
    for other in ("en", "fr", "es", "ru", "ar", "zh-hans"):
        assert Geo().parse(Geo().text(value, language=other), language=other) == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "21,35 ; 17,00"),
        ("en", "21,35 17,00"),
        ("ar", "21,35؛ 17,00"),
        ("zh-hans", "21,35；17,00"),
        ("fr", "21,35"),
        ("fr", "21,35 ; 17,00 ; 21,40"),
    ],
)
def test_coordinates_that_can_be_read_in_two_ways_are_asked_about(language, text):
    with override("en"), pytest.raises(Unreadable) as refused:
        Geo().parse(text, language=language)

    assert refused.value.sentence == (
        f"“{text}” can be read as different places. Write decimals with a point,"
        " and a comma and a space between latitude and longitude: 21.35, 17.00."
    )


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("18.2035, 103.895", "en", "18.2035, 103.895"),
        ("18.2, 103.9; 18.3, 104", "en", "18.2, 103.9; 18.3, 104 (2 points)"),
        ("103.9E 18.2N", "en", "103.9E 18.2N (1 point: 18.2, 103.9)"),
        ("21,35 ; 17,00 ; 21,4 ; 17,25", "fr", "21.35, 17; 21.4, 17.25 (2 points)"),
        ("48QVE1234567890", "en", "48QVE1234567890"),
        ("unknown", "en", "Unknown"),
    ],
)
def test_a_reader_is_told_what_was_read_of_a_place(text, language, told):
    with override("en"):
        assert Geo().spell_out(Geo().parse(text, language=language)) == told


def test_files_are_named_with_their_fingerprint_and_may_come_with_words():
    print_ = "0" * 64
    value = {
        "is": "given",
        "files": [{"name": "BL755 (side).jpg", "sha256": print_}],
        "words": "Others were sent with the report for 2012.",
    }

    assert Attachments().text(value) == (
        f"BL755 (side).jpg (sha256:{print_})\nOthers were sent with the report for 2012."
    )
    assert Attachments().parse(Attachments().text(value)) == value
    assert Attachments().show(value) == "BL755 (side).jpg\nOthers were sent with the report for 2012."
