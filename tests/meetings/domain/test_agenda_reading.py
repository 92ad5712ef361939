"""What others read of an agenda: the desk's outline, and what was published."""

import pytest
from django.utils import translation

from meetings.domain import agenda_publishing, agenda_reading
from meetings.domain.agenda_numbers import letter, roman
from meetings.enums import ItemKind
from tests import factories
from tests.committees.factories import body
from tests.meetings.factories import A_MOMENT, agenda, item, meeting, sittings

pytestmark = pytest.mark.django_db


def outline():
    """Opening act; 1; 2 with (a), (b) and (b)(i)."""
    of = meeting()
    sits = sittings(of)
    item(of, "Opening", is_numbered=False, kind=ItemKind.CEREMONIAL, sitting=sits[0])
    item(of, "Adoption of the agenda", kind=ItemKind.DECISION, sitting=sits[0], minutes=10)
    above = item(
        of,
        "Thematic items",
        sitting=sits[1],
        words={"en": {"title": "Thematic items", "text": "By theme."}, "fr": {"title": "Points thématiques"}},
    )
    item(of, "Clearance", parent=above, lead_body=body("clearance"), lead_state=factories.state("NOR"), speakers=12)
    below = item(of, "Victim assistance", parent=above)
    item(of, "Data", parent=below, about_state=factories.state("LAO"), sitting=sits[2])
    return of


def told(items):
    return [
        (one.number, one.title, one.depth, one.sitting and one.sitting.starts_at.isoformat()[:13], one.lead)
        for one in items
    ]


EXPECTED = [
    ("", "Opening", 0, "2027-09-13T08", ""),
    ("1", "Adoption of the agenda", 0, "2027-09-13T08", ""),
    ("2", "Thematic items", 0, "2027-09-13T13", ""),
    ("2(a)", "Clearance", 1, "2027-09-13T13", "Clearance · Norway"),
    ("2(b)", "Victim assistance", 1, "2027-09-13T13", ""),
    ("2(b)(i)", "Data", 2, "2027-09-14T08", ""),
]


def test_the_desk_and_the_published_agenda_give_the_same_items():
    of = outline()
    agenda_publishing.publish(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)

    on_desk, published = agenda_reading.desk_items(of), agenda_reading.public_items(of)

    assert told(on_desk) == EXPECTED
    assert published == on_desk
    assert agenda_reading.public_item(of, 6).about_state.iso3 == "LAO"
    assert agenda_reading.public_item(of, 7) is None


def test_before_the_first_revision_nothing_is_published():
    of = outline()

    assert agenda_reading.public_items(of) == []


def test_words_fall_back_to_the_first_language_of_the_meeting_and_say_so():
    of = outline()

    with translation.override("fr"):
        third = agenda_reading.desk_items(of)[2]
        fourth = agenda_reading.desk_items(of)[3]

    assert (third.title, third.language, third.text, third.text_language) == (
        "Points thématiques",
        "",
        "By theme.",
        "en",
    )
    assert (fourth.title, fourth.language) == ("Clearance", "en")


def test_words_fall_back_to_english_before_the_first_language_of_the_meeting():
    words = {"ar": {"title": "افتتاح"}, "en": {"title": "Opening"}, "fr": {"title": "Ouverture"}}

    with translation.override("zh-hans"):
        told = agenda_reading.spoken(words, "title", ["ar", "en", "fr"])
        without = agenda_reading.spoken({key: words[key] for key in ("fr", "ar")}, "title", ["ar", "en", "fr"])

    assert (told, without) == (("Opening", "en"), ("افتتاح", "ar"))


def test_the_price_does_not_grow_with_the_items(django_assert_num_queries):
    of = outline()
    for number in range(150):
        item(of, f"Item {number}", lead_body=body("clearance"), about_state=factories.state("LAO"))
    agenda_publishing.publish(meeting=of, version=agenda(of).version, by=None, at=A_MOMENT)

    with django_assert_num_queries(1):
        assert len(agenda_reading.desk_items(of)) == 156
    with django_assert_num_queries(3):
        assert len(agenda_reading.public_items(of)) == 156


def test_letters_and_small_roman_numbers():
    assert [letter(n) for n in (1, 2, 26, 27, 52, 53)] == ["a", "b", "z", "aa", "az", "ba"]
    assert [roman(n) for n in (1, 4, 9, 19, 40)] == ["i", "iv", "ix", "xix", "xl"]
