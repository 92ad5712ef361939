"""Whether the time is enough, and when each item begins."""

import pytest

from meetings.domain import agenda_budget, agenda_reading, outline_edits, outline_starts
from meetings.domain.agenda_clock import programme
from meetings.domain.outline_edits import Seen
from meetings.enums import ItemKind, MeetingKind
from tests.meetings.factories import A_MOMENT, agenda, item, meeting, sittings

pytestmark = pytest.mark.django_db


def looked_at(of):
    items, sits = agenda_reading.desk_items(of), agenda_reading.sittings_of(of)
    return agenda_budget.budget(of.kind, items, sits, agenda(of).minutes_per_speaker, of.time_zone)


def warnings(of):
    return [one.text for one in looked_at(of).warnings]


def times(of):
    planned = programme(agenda_reading.desk_items(of), agenda_reading.sittings_of(of))
    return [
        (slot.item.title, f"{slot.starts_at:%d %H:%M}", f"{slot.ends_at:%H:%M}", slot.continued)
        for load in planned.loads
        for slot in load.slots
    ]


def from_template(kind, key):
    of = meeting(kind=kind)
    sittings(of)
    outline_starts.from_template(Seen(of, agenda(of).version, None, A_MOMENT), key=key)
    return of


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (MeetingKind.MSP, "msp"),
        (MeetingKind.REVIEW_CONFERENCE, "review-conference"),
        (MeetingKind.INTERSESSIONAL, "intersessional"),
    ],
)
def test_each_template_fits_four_days_without_a_warning(kind, key):
    of = from_template(kind, key)
    found = looked_at(of)

    assert [one.text for one in found.warnings] == []
    assert 0 < found.planned <= found.available == 4 * 360


def test_a_squeezed_compliance_item_is_named_in_words():
    of = from_template(MeetingKind.MSP, "msp")
    compliance = next(one for one in agenda_reading.desk_items(of) if one.kind == ItemKind.COMPLIANCE)

    outline_edits.edit(
        Seen(of, agenda(of).version, None, A_MOMENT), code=compliance.code, fields={"minutes": 20, "speakers": 4}
    )

    assert looked_at(of).short_codes == {compliance.code}
    assert warnings(of) == [
        "Compliance is squeezed: “6(i) Compliance” has 20 min."
        " Below 1 h a matter cannot be put, answered and discussed."
    ]


def test_what_is_short_is_said_item_by_item_and_for_the_whole():
    of = meeting()
    sits = sittings(of)[:2]
    item(of, "Exchange", kind=ItemKind.GENERAL_EXCHANGE, minutes=30, speakers=20, sitting=sits[0])
    item(of, "Budget", kind=ItemKind.OFFICE_FINANCE, minutes=5, sitting=sits[0])
    item(of, "Themes", minutes=1500, sitting=sits[1])

    assert warnings(of) == [
        "The items take 25 h 35 min, the sittings have 24 h: 1 h 35 min too much.",
        "There is no item on compliance.",
        "“2 Budget” is to be decided in 5 min; allow at least 10 min.",
        "Decisions are squeezed: 5 min of 24 h; allow at least 2 h 24 min.",
        "Statements by States are squeezed: 30 min of 24 h; allow at least 4 h 48 min.",
        "“1 Exchange”: 20 speakers × 4 min need 1 h 20 min; it has 30 min.",
    ]


def test_a_sitting_that_is_too_full_names_what_begins_later():
    of = meeting(kind=MeetingKind.INTERSESSIONAL)
    sits = sittings(of)
    item(of, "Long", minutes=400, sitting=sits[0])
    item(of, "Late", minutes=10, sitting=sits[1])
    item(of, "In time", kind=ItemKind.PROGRESS, minutes=150, sitting=sits[2])

    assert warnings(of) == ["Mon 13 Sept, 15:00 is too full: “2 Late” can begin only in a later sitting."]


def test_a_meeting_without_sittings_has_no_shares_to_keep():
    of = meeting(kind=MeetingKind.COORDINATION)
    item(of, "Minutes", kind=ItemKind.OTHER)

    assert warnings(of) == []


def test_items_run_one_after_the_other_and_go_on_in_the_next_sitting():
    of = meeting()
    sits = sittings(of)
    item(of, "Opening", minutes=None, sitting=sits[0])
    above = item(of, "Exchange", minutes=170, sitting=sits[0])
    item(of, "Below", minutes=20, parent=above)
    item(of, "Afternoon", minutes=60, sitting=sits[1])
    item(of, "Nowhere", minutes=60)

    assert times(of) == [
        ("Opening", "13 08:00", "08:00", False),
        ("Exchange", "13 08:00", "10:50", False),
        ("Below", "13 10:50", "11:00", False),
        ("Below", "13 13:00", "13:10", True),
        ("Afternoon", "13 13:10", "14:10", False),
    ]
    planned = looked_at(of).programme
    assert [one.title for one in planned.unplaced] == ["Nowhere"]
    assert [(load.carried, load.planned, load.over, load.free) for load in planned.loads[:2]] == [
        (0, 190, 10, 0),
        (10, 60, 0, 110),
    ]


def test_spreading_puts_each_item_where_it_begins():
    of = meeting()
    sits = sittings(of)
    above = item(of, "A", minutes=100)
    item(of, "A1", minutes=70, parent=above)
    item(of, "B", minutes=15)
    item(of, "C", minutes=200)
    item(of, "D", minutes=10)

    outline_starts.spread_over_sittings(Seen(of, agenda(of).version, None, A_MOMENT))

    found = [(one.title, [s.pk for s in sits].index(one.sitting.pk)) for one in agenda_reading.desk_items(of)]
    assert found == [("A", 0), ("A1", 0), ("B", 1), ("C", 1), ("D", 2)]
