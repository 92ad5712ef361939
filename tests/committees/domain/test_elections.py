"""A nomination from the State's word to the meeting's."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation, RegisterEntry
from committees.domain.elections import ElectionRefused, elect, not_elected
from committees.domain.nominations import Case, NominationRefused, endorse, nominate, proposed_period, withdraw
from committees.domain.terms import give_term
from committees.enums import NominationStatus
from committees.models import Term, TermPerson
from tests.committees import factories
from tests.factories import person, state

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
ON = date(2026, 11, 24)
FROM, TO = date(2027, 9, 18), date(2029, 9, 18)
CASE = Case(
    experience="Clears its own land since 1996.",
    capacity="Two people in Geneva.",
    record="Presided over the First Meeting; reports every year.",
    person_name="Delegate, Lao PDR",
    person_gender="woman",
    note_reference="NV 12/2026",
)


def put_forward(key="clearance", iso3="LAO", starts=FROM, ends=TO, case=CASE):
    return nominate(
        body=factories.body(key),
        state=state(iso3),
        starts=starts,
        ends=ends,
        case=case,
        by=person(Role.APPROVER, iso3),
        at=AT,
    )


def test_an_election_makes_the_term_that_was_nominated_for_with_its_person():
    nomination = put_forward()

    term = elect(nomination=nomination, on=ON, basis="14MSP, paragraph 40", by=person(Role.ISO_STAFF), at=AT)

    nomination.refresh_from_db()
    assert (nomination.status, nomination.settled_on, nomination.basis) == ("elected", ON, "14MSP, paragraph 40")
    assert (term.state.iso3, term.starts, term.ends, term.basis, term.nomination) == (
        "LAO",
        FROM,
        TO,
        "14MSP, paragraph 40",
        nomination,
    )
    under = TermPerson.objects.get(term=term)
    assert (under.name, under.gender, under.user, under.starts, under.ends) == (
        "Delegate, Lao PDR",
        "woman",
        None,
        FROM,
        TO,
    )
    assert list(RegisterEntry.objects.order_by("number").values_list("action", flat=True)) == [
        "committees.nomination.nominate",
        "committees.nomination.elect",
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"basis": " "}, "Say at which meeting it was decided, and where that stands."),
        ({"on": date(2026, 11, 25)}, "This day lies in the future."),
        ({"on": date(2026, 11, 23)}, "The State was nominated after this day."),
    ],
)
def test_an_election_that_cannot_be_is_refused_in_words(said, sentence):
    nomination = put_forward()

    with pytest.raises(ElectionRefused) as refusal:
        elect(**{"nomination": nomination, "on": ON, "basis": "14MSP", "by": person(Role.ISO_STAFF), "at": AT} | said)

    nomination.refresh_from_db()
    assert (str(refusal.value), nomination.status) == (sentence, NominationStatus.NOMINATED)


def test_an_election_over_a_term_of_the_same_state_or_without_a_seat_is_refused():
    nomination = put_forward()
    ours = give_term(
        body=factories.body("clearance"), state=state("LAO"), starts=FROM, ends=TO, basis="", by=None, at=AT
    )
    with pytest.raises(ElectionRefused, match="One State has one chair in a body at a time"):
        elect(nomination=nomination, on=ON, basis="14MSP", by=person(Role.ISO_STAFF), at=AT)
    ours.delete()
    for iso3 in ("NOR", "PER"):
        factories.term("clearance", iso3)
    with pytest.raises(ElectionRefused, match="Clearance has 2 seats"):
        elect(nomination=nomination, on=ON, basis="14MSP", by=person(Role.ISO_STAFF), at=AT)
    assert Term.objects.filter(state__iso3="LAO").count() == 0


def test_a_state_that_has_left_the_convention_cannot_be_elected():
    nomination = put_forward()
    nomination.state.withdrawn_effective = date(2026, 11, 1)
    nomination.state.save()

    with pytest.raises(
        ElectionRefused, match="not in force for Lao People's Democratic Republic on the day of the decision"
    ):
        elect(nomination=nomination, on=ON, basis="14MSP", by=person(Role.ISO_STAFF), at=AT)


@pytest.mark.parametrize("settle", ["elect", "not_elected", "withdraw"])
def test_what_is_settled_stays_settled(settle):
    nomination, office = put_forward(), person(Role.ISO_STAFF)
    if settle == "elect":
        elect(nomination=nomination, on=ON, basis="14MSP", by=office, at=AT)
    elif settle == "not_elected":
        not_elected(nomination=nomination, on=ON, basis="14MSP", by=office, at=AT)
    else:
        withdraw(nomination=nomination, by=office, at=AT)

    with pytest.raises(ElectionRefused):
        elect(nomination=nomination, on=ON, basis="14MSP", by=office, at=AT)
    with pytest.raises(ElectionRefused):
        not_elected(nomination=nomination, on=ON, basis="14MSP", by=office, at=AT)
    with pytest.raises(NominationRefused):
        withdraw(nomination=nomination, by=office, at=AT)
    with pytest.raises(NominationRefused):
        endorse(nomination=nomination, party=state("NOR"), by=office, at=AT)


def test_states_and_partners_endorse_once_each_and_never_themselves():
    nomination, by = put_forward(), person(Role.COMMITTEE_LEADER, "NOR")
    cmc = Organisation.objects.get(key="cmc")
    for party in (state("NOR"), cmc):
        endorse(nomination=nomination, party=party, by=by, at=AT)

    refusals = []
    for party in (state("NOR"), cmc, state("LAO")):
        with pytest.raises(NominationRefused) as refusal:
            endorse(nomination=nomination, party=party, by=by, at=AT)
        refusals.append(str(refusal.value))

    nomination.refresh_from_db()
    assert nomination.status == NominationStatus.ENDORSED
    assert nomination.endorsements.count() == 2
    assert refusals == [
        "Norway has endorsed this nomination already.",
        "Cluster Munition Coalition has endorsed this nomination already.",
        "A State does not endorse its own nomination.",
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"case": Case(experience="Much.", capacity=" ", record="Good.")}, "Answer each of the three criteria."),
        ({"iso3": "FIN"}, "The Convention is not in force for Finland on 18 September 2027."),
        (
            {"starts": date(2028, 1, 1), "ends": date(2030, 1, 1)},
            "Your State is nominated for this body already, from 18 September 2027 to 17 September 2029."
            " Withdraw that nomination first.",
        ),
        ({"key": "coordination"}, "The coordination body is led by the President. Nobody holds a term in it."),
    ],
)
def test_a_nomination_that_cannot_be_is_refused_in_words(said, sentence):
    put_forward()

    with pytest.raises(NominationRefused) as refusal:
        put_forward(**said)

    assert str(refusal.value) == sentence


def test_the_period_is_proposed_from_the_vacancy_and_as_long_as_terms_last():
    body = factories.body("clearance")
    assert proposed_period(body, on=ON) == (ON, date(2028, 11, 24))
    factories.term("clearance", "NOR", ends=date(2028, 2, 29))
    factories.term("clearance", "LAO", ends=date(2029, 1, 1))

    assert proposed_period(body, on=ON) == (date(2028, 2, 29), date(2030, 3, 1))
