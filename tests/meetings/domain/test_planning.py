"""Which week saves most journeys, counted from assumptions that stand on the page."""

from datetime import date

import pytest

from meetings.domain import planning, planning_words
from meetings.domain.planning import Assumptions, Near
from meetings.enums import DatePrecision, Instrument
from meetings.models import NeighbourMeeting
from tests.meetings import factories as made

ASSUMED = Assumptions(states_both=30, delegates=1, sponsored=50, ticket=1000, night=150, allowance=100)


def near(starts, ends, **more):
    given = {"title": "Mine Ban MSP", "instrument": "apmbc", "label": "Mine Ban Convention", "city": "Geneva"}
    return Near(starts=starts, ends=ends, **given | more)


MINES = near(date(2027, 11, 22), date(2027, 11, 26))


def weighed(*nears, weeks, city="Geneva", length=4, assuming=ASSUMED):
    return planning.candidates(weeks, length=length, city=city, nears=nears, assuming=assuming)


def numbers(found):
    return [(one.starts, one.trips, one.days, one.money) for one in found]


def test_a_meeting_in_the_same_city_next_week_saves_a_journey_of_each_delegate_who_attends_both():
    # Thursday 18 November to Monday 22 November: three free days, each with a night and an allowance.
    # 15 of 30 are paid: 15 × (1000 + 2 × 100 − 3 × 250).
    assert numbers(weighed(MINES, weeks=[date(2027, 11, 15)])) == [(date(2027, 11, 15), 30, 30 * (2 - 3), 15 * 450)]


def test_without_a_day_between_two_days_of_travel_and_the_whole_ticket_are_saved():
    [found] = weighed(MINES, weeks=[date(2027, 11, 18)])
    assert (found.chances[0].gap, found.trips, found.days, found.money) == (0, 30, 60, 15 * 1200)


def test_the_same_days_are_counted_against_a_week_in_whichever_city():
    abroad = near(date(2027, 11, 22), date(2027, 11, 26), city="New York")
    for one in (MINES, abroad):
        [found] = weighed(one, weeks=[date(2027, 11, 25)])
        assert (found.clashes[0].gap, found.trips, found.days, found.money) == (2, -30, -60, -15 * 1200)


@pytest.mark.parametrize("first, saves", [(date(2027, 11, 15), True), (date(2027, 11, 14), False)])
def test_three_free_days_are_near_and_four_are_not(first, saves):
    [found] = weighed(MINES, weeks=[first])
    assert bool(found.chances) is saves


def test_another_city_saves_nothing():
    assert numbers(weighed(MINES, weeks=[date(2027, 11, 15)], city="Vientiane")) == [(date(2027, 11, 15), 0, 0, 0)]


def test_the_city_is_compared_without_regard_to_capitals():
    [found] = weighed(MINES, weeks=[date(2027, 11, 15)], city=" geneva ")
    assert found.trips == 30


def test_the_week_that_saves_most_comes_first_and_each_stands_once():
    weeks = [date(2027, 9, 13), date(2027, 11, 22), date(2027, 11, 15), date(2027, 9, 13)]
    assert [one.starts for one in weighed(MINES, weeks=weeks)] == [
        date(2027, 11, 15),
        date(2027, 9, 13),
        date(2027, 11, 22),
    ]


def test_what_somebody_counted_goes_before_what_is_assumed():
    counted = near(date(2027, 11, 22), date(2027, 11, 26), counted=84)
    [found] = weighed(counted, weeks=[date(2027, 11, 18)], assuming=Assumptions(both={"apmbc": 12}))
    assert (found.chances[0].states, found.chances[0].is_counted, found.trips) == (84, True, 84)
    [found] = weighed(MINES, weeks=[date(2027, 11, 18)], assuming=Assumptions(both={"apmbc": 12}, delegates=2))
    assert (found.chances[0].states, found.chances[0].is_counted, found.trips) == (12, False, 24)


def test_a_meeting_of_which_the_month_alone_is_known_is_named_and_not_counted():
    vague = near(date(2027, 11, 1), date(2027, 11, 30), precision=DatePrecision.MONTH)
    assert numbers(weighed(vague, weeks=[date(2027, 11, 15)])) == [(date(2027, 11, 15), 0, 0, 0)]
    assert planning.unknown_days([vague, MINES], [date(2027, 11, 15)]) == [vague]


def test_weeks_are_proposed_on_either_side_of_a_meeting_of_others_in_the_city():
    ours = near(date(2027, 9, 13), date(2027, 9, 16), instrument=planning.OWN)
    found = planning.suggested(2027, length=4, city="Geneva", nears=[ours, MINES], least=date(2027, 1, 1))
    assert found == [date(2027, 11, 15), date(2027, 11, 29)]
    assert planning.suggested(2027, length=4, city="Oslo", nears=[MINES], least=date(2027, 1, 1)) == []


# In words


@pytest.mark.django_db
def test_our_own_meetings_and_those_of_others_are_looked_at_but_for_the_one_that_is_planned():
    made.meeting("14msp")
    made.meeting("2027-intersessional", kind="intersessional", ordinal=None, title="Intersessional meeting")
    NeighbourMeeting.objects.create(
        key="apmbc-22msp",
        instrument=Instrument.APMBC,
        title="22nd Meeting",
        city="Geneva",
        starts=date(2027, 9, 20),
        ends=date(2027, 9, 24),
    )
    found = planning_words.nears(date(2027, 9, 13), date(2027, 9, 13), without="14msp")
    assert [(one.title, one.instrument, one.city) for one in found] == [
        ("22nd Meeting", "apmbc", "Geneva"),
        ("Intersessional meeting", "ccm", "Geneva"),
    ]


def test_the_explanation_says_which_week_why_and_what_it_comes_to():
    found = weighed(MINES, weeks=[date(2027, 9, 13), date(2027, 11, 18)])
    assert planning_words.explanation(found) == (
        "18–21 November 2027 would save most: 30 journeys and 18,000 Swiss francs of sponsored travel, "
        "if what is assumed here holds. "
        "Near it in time and place: Mine Ban MSP."
    )


def test_where_nothing_is_saved_it_says_so():
    found = weighed(MINES, weeks=[date(2027, 9, 13), date(2027, 11, 22)])
    assert planning_words.explanation(found) == (
        "No candidate saves a journey: no meeting of a related instrument lies within three days in the city. "
        "13–16 September 2027 meets least on the days of other meetings."
    )


def test_each_meeting_nearby_is_told_with_what_is_assumed_of_it():
    usual = near(date(2027, 11, 22), date(2027, 11, 26), is_usual=True)
    [chance] = weighed(usual, weeks=[date(2027, 11, 15)])
    [clash] = weighed(near(date(2027, 11, 22), date(2027, 11, 26), counted=84), weeks=[date(2027, 11, 25)])
    assert [line.text for line in (*planning_words.lines(chance), *planning_words.lines(clash))] == [
        "22–26 November 2027, Geneva. 30 States attend both (assumed). 3 free days between: 30 journeys less. "
        "Its days are the usual ones, not announced yet.",
        "22–26 November 2027, Geneva. 84 States attend both (counted). "
        "On 2 days both meet: 84 journeys more, or States that stay away.",
    ]
