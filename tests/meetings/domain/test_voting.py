"""Who may vote on a day, whether enough are there, and what a majority is."""

from datetime import date

import pytest

from meetings.domain import voting
from meetings.domain.voting import Quorum, Tally
from meetings.enums import Ballot, Majority
from tests import factories

pytestmark = pytest.mark.django_db

THIRTEENTH_MSP = date(2025, 9, 16)


def test_vanuatu_had_acceded_and_had_no_vote_at_the_13msp():
    found = voting.standing(factories.state("VUT"), on=THIRTEENTH_MSP)

    assert not found.may_vote
    assert found.why == (
        "Vanuatu has deposited its instrument; the Convention enters into force for it on 1 March 2026."
    )
    with pytest.raises(voting.MayNotVote, match=r"1 March 2026\. It has no vote on 16 September 2025\."):
        voting.require_vote(factories.state("VUT"), on=THIRTEENTH_MSP)


def test_vanuatu_votes_from_the_day_of_entry_into_force():
    assert [voting.standing(factories.state("VUT"), on=date(2026, *day)).may_vote for day in [(2, 28), (3, 1)]] == [
        False,
        True,
    ]
    voting.require_vote(factories.state("VUT"), on=date(2026, 3, 1))


@pytest.mark.parametrize(
    "iso3, why",
    [
        ("LTU", "Lithuania has withdrawn; the Convention ceased to be in force for it on 6 March 2025."),
        ("HTI", "Haiti has signed the Convention and has not deposited an instrument."),
        ("BRA", "Brazil is not a party to the Convention."),
    ],
)
def test_who_is_not_a_party_is_told_why(iso3, why):
    assert voting.standing(factories.state(iso3), on=THIRTEENTH_MSP).why == why


def test_a_state_that_withdraws_votes_until_the_withdrawal_takes_effect():
    lithuania = factories.state("LTU")
    assert voting.voters([lithuania], on=date(2025, 3, 5)) == [lithuania]
    assert voting.voters([lithuania], on=date(2025, 3, 6)) == []


def test_a_quorum_is_more_than_half_of_the_states_parties_that_participate():
    taking_part = [factories.state(iso3) for iso3 in ("NOR", "LAO", "LBN", "AFG", "VUT", "BRA")]

    found = voting.quorum(participating=taking_part, present=taking_part[:2], all_parties=111, on=THIRTEENTH_MSP)

    assert found == Quorum(base=4, needed=3, present=2)
    assert (found.is_met, found.lacking) == (False, 1)


def test_who_has_no_vote_does_not_make_a_quorum():
    norway, vanuatu = factories.state("NOR"), factories.state("VUT")
    found = voting.quorum(
        participating=[norway, factories.state("LAO"), vanuatu],
        present=[norway, vanuatu],
        all_parties=111,
        on=THIRTEENTH_MSP,
    )
    assert (found.present, found.is_met) == (1, False)


def test_an_empty_meeting_has_no_quorum():
    found = voting.quorum(participating=[], present=[], all_parties=111, on=THIRTEENTH_MSP)
    assert (found, found.is_met) == (Quorum(0, 0, 0), False)


def test_a_quorum_may_be_asked_of_all_states_parties(settings):
    settings.QUORUM_OF = voting.ALL
    norway = factories.state("NOR")
    found = voting.quorum(participating=[norway], present=[norway], all_parties=111, on=THIRTEENTH_MSP)
    assert (found, found.lacking) == (Quorum(base=111, needed=56, present=1), 55)


def test_the_rule_is_an_assumption_until_its_source_is_named(settings):
    assert not voting.quorum_rule().is_confirmed
    settings.QUORUM_SOURCE = "CCM/MSP/2010/3"
    assert voting.quorum_rule().is_confirmed


def test_abstentions_do_not_count_towards_a_majority():
    votes = voting.tally([Ballot.YES] * 2 + [Ballot.NO] + [Ballot.ABSTAIN] * 40)
    assert votes == Tally(2, 1, 40)
    assert votes.voting == 3
    assert voting.is_carried(Majority.TWO_THIRDS, votes)


@pytest.mark.parametrize(
    "majority, yes, no, carried",
    [
        (Majority.SIMPLE, 5, 5, False),
        (Majority.SIMPLE, 6, 5, True),
        (Majority.EXTENSION, 30, 30, False),
        (Majority.EXTENSION, 31, 30, True),
        (Majority.TWO_THIRDS, 6, 4, False),
        (Majority.TWO_THIRDS, 7, 4, False),
        (Majority.TWO_THIRDS, 8, 4, True),
        (Majority.AMENDMENT, 66, 34, False),
        (Majority.AMENDMENT, 67, 33, True),
        (Majority.SIMPLE, 0, 0, False),
        (Majority.TWO_THIRDS, 0, 0, False),
    ],
)
def test_what_each_majority_asks(majority, yes, no, carried):
    assert voting.is_carried(majority, Tally(yes, no)) is carried


@pytest.mark.parametrize("voting_number, simple, two_thirds", [(1, 1, 1), (2, 2, 2), (3, 2, 2), (10, 6, 7), (11, 6, 8)])
def test_how_many_votes_are_needed(voting_number, simple, two_thirds):
    assert voting.needed(Majority.SIMPLE, voting_number) == simple
    assert voting.needed(Majority.TWO_THIRDS, voting_number) == two_thirds
