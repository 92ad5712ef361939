"""Terms are held by States: given, corrected, ended; what does not fit is refused in words."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from committees.domain.seats import warnings_for
from committees.domain.terms import TermChanged, TermRefused, change_term, end_term, give_term
from committees.models import Body, Term, TermPerson
from tests.committees import factories
from tests.factories import person, state

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
FROM, TO = date(2025, 9, 20), date(2027, 9, 20)


def give(key="clearance", iso3="LAO", starts=FROM, ends=TO, **said):
    return give_term(body=factories.body(key), state=state(iso3), starts=starts, ends=ends, by=None, at=AT, **said)


def test_a_term_is_given_with_its_basis_and_the_register_tells_it():
    term = give(basis=" 13MSP, final report ")

    assert (term.body.key, term.state.iso3, term.starts, term.ends, term.basis) == (
        "clearance",
        "LAO",
        FROM,
        TO,
        "13MSP, final report",
    )
    entry = RegisterEntry.objects.latest("number")
    assert (entry.action, entry.state.iso3) == ("committees.term.give", "LAO")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"starts": date(2027, 1, 1), "ends": date(2028, 1, 1)},
            "Lao People's Democratic Republic leads this body already from 20 September 2025 to 19 September 2027."
            " One State has one chair in a body at a time.",
        ),
        ({"iso3": "LBN", "ends": FROM}, "The term would end before it begins. Its last day must be after its first."),
        ({"iso3": "USA"}, "The Convention is not in force for United States of America on 20 September 2025."),
        (
            {"iso3": "VUT"},
            "The Convention is not in force for Vanuatu on 20 September 2025.",
        ),
        (
            {"iso3": "LTU", "starts": date(2024, 1, 1)},
            "The withdrawal of Lithuania takes effect on 6 March 2025. The term can run until then.",
        ),
        (
            {"key": "coordination"},
            "The coordination body is led by the President. Nobody holds a term in it.",
        ),
        (
            {"iso3": "PER"},
            "Clearance has 2 seats, taken on 20 September 2025 by Lao People's Democratic Republic, Norway."
            " End a term first.",
        ),
    ],
)
def test_a_term_that_does_not_fit_is_refused_in_words(said, sentence):
    give()
    give(iso3="NOR")

    with pytest.raises(TermRefused) as refusal:
        give(**said)

    assert str(refusal.value) == sentence
    assert Term.objects.count() == 2


def test_a_seat_that_is_taken_later_in_the_term_is_refused_with_that_day():
    give(starts=date(2026, 6, 1), ends=date(2028, 6, 1))
    give(iso3="NOR")

    with pytest.raises(TermRefused, match="taken on 1 June 2026 by Norway, Lao People's"):
        give(iso3="PER", starts=date(2025, 1, 1), ends=date(2027, 1, 1))


def test_terms_follow_one_another_without_a_day_between():
    give()

    assert give(starts=TO, ends=date(2029, 9, 20)).starts == TO


def test_a_body_that_ends_holds_its_terms_within_its_mandate():
    Body.objects.filter(key="article-7-facilitation").update(starts=date(2025, 1, 1), ends=date(2026, 12, 31))

    with pytest.raises(TermRefused, match="The mandate of Facilitation of Article 7 reporting ends on 31 December"):
        give("article-7-facilitation")
    with pytest.raises(TermRefused, match="begins on 1 January 2025"):
        give("article-7-facilitation", starts=date(2024, 1, 1), ends=date(2025, 6, 1))


def test_a_correction_over_a_newer_one_is_refused_with_what_stands_now():
    term, office = give(), person(Role.ISO_STAFF)
    change_term(term=term, starts=FROM, ends=date(2027, 1, 1), basis="13MSP", version=1, by=office, at=AT)

    with pytest.raises(TermChanged) as refusal:
        change_term(term=term, starts=FROM, ends=TO, basis="", version=1, by=office, at=AT)

    assert str(refusal.value) == (
        "This term was changed after you opened the page: it now runs from 20 September 2025 to 31 December 2026."
        " What you typed is kept."
    )


def test_the_persons_of_a_term_that_ends_end_with_it():
    term, office = give(), person(Role.ISO_STAFF)
    under = TermPerson.objects.create(term=term, name="Delegate, Lao PDR", starts=FROM, ends=TO)
    later = TermPerson.objects.create(term=term, name="Another delegate, Lao PDR", starts=date(2027, 1, 1), ends=TO)

    end_term(term=term, on=date(2026, 11, 24), version=1, by=office, at=AT)

    under.refresh_from_db()
    later.refresh_from_db()
    assert (under.ends, later.starts, later.ends) == (date(2026, 11, 24),) * 1 + (date(2026, 11, 24),) * 2


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (FROM, "The term has not begun by that day. Correct its dates instead."),
        (date(2028, 1, 1), "The term has ended already: it ran from 20 September 2025 to 19 September 2027."),
    ],
)
def test_a_term_cannot_end_before_it_begins_or_after_it_ended(on, sentence):
    with pytest.raises(TermRefused) as refusal:
        end_term(term=give(), on=on, version=1, by=person(Role.ISO_STAFF), at=AT)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ([], ["2 seats are vacant."]),
        ([("LAO", TO)], ["1 seat is vacant."]),
        ([("LAO", TO), ("NOR", date(2026, 12, 31))], []),
        ([("LAO", None), ("NOR", None)], []),
        (
            [("LAO", TO), ("NOR", TO)],
            ["All terms end on the same day, 19 September 2027: nobody would stay to hand over."],
        ),
        (
            [("NLD", TO), ("NOR", date(2026, 12, 31))],
            [
                "None of the States that lead it is listed as affected.",
                "All States that lead it are of one regional group: Western European and other States.",
            ],
        ),
        (
            [("LAO", TO), ("LAO", date(2026, 12, 31))],
            ["One State holds two chairs: Lao People's Democratic Republic."],
        ),
        (
            [("LAO", TO), ("NOR", date(2026, 12, 31)), ("PER", date(2028, 1, 1))],
            ["More States lead it than it has seats: 2."],
        ),
    ],
)
def test_what_is_to_be_thought_over_is_said_in_words(terms, told):
    """Also of rows that no operation made."""
    body = factories.body("clearance")
    rows = [factories.term("clearance", iso3, starts=FROM, ends=ends) for iso3, ends in terms]

    assert [warning.text for warning in warnings_for(body, rows, on=date(2026, 11, 24))] == told
