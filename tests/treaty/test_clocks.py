"""The clocks of the Convention, against a table worked out apart and against published dates."""

import csv
from datetime import date
from pathlib import Path

import pytest

from ccm_portal.treaty.arithmetic import add_months, add_years
from ccm_portal.treaty.clocks import (
    ArmedConflict,
    FirstAnnual,
    Obligation,
    Reasoned,
    amendment_support,
    annual_report_due,
    clarification_reply,
    clearance_deadline,
    completion_declaration,
    deciding_meeting,
    entry_into_force,
    extension_limit,
    extension_lodging,
    first_annual_year,
    initial_report_due,
    new_clearance_deadline,
    next_review_conference,
    retention_report_due,
    stockpile_deadline,
    withdrawal_effective,
)

DAY = date.fromisoformat


def derived_rows() -> list[dict[str, str]]:
    path = Path(__file__).parent / "data" / "states_derived.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = derived_rows()


def dates_from(deposited: date) -> tuple[date, ...]:
    in_force = entry_into_force(deposited=deposited).day
    return (
        in_force,
        initial_report_due(entry_into_force=in_force).day,
        stockpile_deadline(entry_into_force=in_force).day,
        clearance_deadline(entry_into_force=in_force).day,
    )


def test_the_table_holds_every_instrument():
    assert len(ROWS) == len({row["iso3"] for row in ROWS}) == 113


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["iso3"])
def test_a_deposit_gives_the_dates_of_the_table(row):
    columns = (
        "entry_into_force",
        "initial_report_due",
        "art3_base_deadline",
        "art4_base_deadline",
    )

    assert dates_from(DAY(row["deposited"])) == tuple(DAY(row[column]) for column in columns)


@pytest.mark.parametrize(
    ("state", "deposited", "expected"),
    [
        ("Norway", "2008-12-03", "2010-08-01 2011-01-28 2018-08-01 2020-08-01"),
        ("Lao PDR", "2009-03-18", "2010-08-01 2011-01-28 2018-08-01 2020-08-01"),
        ("Burkina Faso", "2010-02-16", "2010-08-01 2011-01-28 2018-08-01 2020-08-01"),
        ("Lebanon", "2010-11-05", "2011-05-01 2011-10-28 2019-05-01 2021-05-01"),
        ("Bulgaria", "2011-04-06", "2011-10-01 2012-03-29 2019-10-01 2021-10-01"),
        ("Mauritania", "2012-02-01", "2012-08-01 2013-01-28 2020-08-01 2022-08-01"),
        ("Peru", "2012-09-26", "2013-03-01 2013-08-28 2021-03-01 2023-03-01"),
        ("Chad", "2013-03-26", "2013-09-01 2014-02-28 2021-09-01 2023-09-01"),
        ("South Africa", "2015-05-28", "2015-11-01 2016-04-29 2023-11-01 2025-11-01"),
        ("Slovakia", "2015-07-24", "2016-01-01 2016-06-29 2024-01-01 2026-01-01"),
        ("Somalia", "2015-09-30", "2016-03-01 2016-08-28 2024-03-01 2026-03-01"),
        ("Mauritius", "2015-10-01", "2016-04-01 2016-09-28 2024-04-01 2026-04-01"),
        ("Madagascar", "2017-05-20", "2017-11-01 2018-04-30 2025-11-01 2027-11-01"),
        ("Sri Lanka", "2018-03-01", "2018-09-01 2019-02-28 2026-09-01 2028-09-01"),
        ("Philippines", "2019-01-03", "2019-07-01 2019-12-28 2027-07-01 2029-07-01"),
        ("Nigeria", "2023-02-28", "2023-08-01 2024-01-28 2031-08-01 2033-08-01"),
        ("South Sudan", "2023-08-03", "2024-02-01 2024-07-30 2032-02-01 2034-02-01"),
        ("Vanuatu", "2025-09-05", "2026-03-01 2026-08-28 2034-03-01 2036-03-01"),
    ],
)
def test_the_worked_examples(state, deposited, expected):
    assert dates_from(DAY(deposited)) == tuple(DAY(day) for day in expected.split())


def test_every_date_carries_its_rule_its_article_and_where_it_starts():
    in_force = date(2011, 5, 1)
    meeting = date(2026, 9, 14)
    given = [
        entry_into_force(deposited=date(2008, 12, 3)),
        entry_into_force(deposited=date(2010, 11, 5)),
        initial_report_due(entry_into_force=in_force),
        annual_report_due(year=2025),
        retention_report_due(year=2025),
        stockpile_deadline(entry_into_force=in_force),
        clearance_deadline(entry_into_force=in_force),
        new_clearance_deadline(hostilities_ended=date(2024, 11, 27)),
        extension_limit(deadline=date(2019, 10, 1), obligation=Obligation.STOCKPILE),
        extension_limit(deadline=date(2021, 5, 1), obligation=Obligation.CLEARANCE),
        extension_lodging(meeting_opens=meeting),
        extension_lodging(meeting_opens=meeting, obligation=Obligation.STOCKPILE),
        extension_lodging(meeting_opens=meeting, obligation=Obligation.CLEARANCE),
        completion_declaration(completed=date(2025, 12, 1), openings=[meeting]),
        clarification_reply(received=date(2026, 2, 10)),
        amendment_support(circulated=date(2026, 1, 1)),
        withdrawal_effective(received=date(2024, 9, 6)),
        next_review_conference(previous=date(2020, 11, 25)),
    ]

    assert given == [
        Reasoned(date(2010, 8, 1), "first-thirty", "17(1)", date(2010, 2, 16)),
        Reasoned(date(2011, 5, 1), "sixth-month", "17(2)", date(2010, 11, 5)),
        Reasoned(date(2011, 10, 28), "initial-report", "7(1)", in_force),
        Reasoned(date(2026, 4, 30), "annual-report", "7(2)", date(2025, 1, 1)),
        Reasoned(date(2026, 4, 30), "retention-report", "3(8)", date(2025, 1, 1)),
        Reasoned(date(2019, 5, 1), "stockpile", "3(2)", in_force),
        Reasoned(date(2021, 5, 1), "clearance", "4(1)(a)", in_force),
        Reasoned(date(2034, 11, 27), "new-clearance", "4(1)(b)", date(2024, 11, 27)),
        Reasoned(date(2023, 10, 1), "stockpile-extension", "3(3)", date(2019, 10, 1)),
        Reasoned(date(2026, 5, 1), "clearance-extension", "4(5)", date(2021, 5, 1)),
        Reasoned(date(2025, 12, 14), "extension-lodging", "3(5) or 4(6)", meeting),
        Reasoned(date(2025, 12, 14), "extension-lodging", "3(5)", meeting),
        Reasoned(date(2025, 12, 14), "extension-lodging", "4(6)", meeting),
        Reasoned(meeting, "completion-declaration", "4(1)(c)", date(2025, 12, 1)),
        Reasoned(date(2026, 3, 10), "clarification-reply", "8(2)", date(2026, 2, 10)),
        Reasoned(date(2026, 4, 1), "amendment-support", "13(1)", date(2026, 1, 1)),
        Reasoned(date(2025, 3, 6), "withdrawal", "20(3)", date(2024, 9, 6)),
        Reasoned(date(2025, 11, 25), "review-conference", "12(1)", date(2020, 11, 25)),
    ]


@pytest.mark.parametrize(
    ("deposited", "in_force", "rule"),
    [
        (date(2010, 2, 15), date(2010, 8, 1), "first-thirty"),
        (date(2010, 2, 16), date(2010, 8, 1), "first-thirty"),
        (date(2010, 2, 17), date(2010, 8, 1), "sixth-month"),
        (date(2010, 3, 1), date(2010, 9, 1), "sixth-month"),
        (date(2015, 6, 30), date(2015, 12, 1), "sixth-month"),
        (date(2015, 7, 1), date(2016, 1, 1), "sixth-month"),
        (date(2015, 8, 31), date(2016, 2, 1), "sixth-month"),
    ],
)
def test_entry_into_force_at_the_edges_of_its_rules(deposited, in_force, rule):
    given = entry_into_force(deposited=deposited)

    assert (given.day, given.rule) == (in_force, rule)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 8, 30), -9, date(2024, 11, 30)),
        (date(2025, 11, 30), -9, date(2025, 2, 28)),
        (date(2024, 11, 30), -9, date(2024, 2, 29)),
        (date(2025, 12, 31), -6, date(2025, 6, 30)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2025, 9, 6), 0, date(2025, 9, 6)),
    ],
)
def test_a_month_without_that_day_gives_its_last_day(day, months, expected):
    assert add_months(day, months) == expected


def test_twenty_ninth_of_february_becomes_the_twenty_eighth_only_where_it_must():
    leap_day = date(2024, 2, 29)

    assert new_clearance_deadline(hostilities_ended=leap_day).day == date(2034, 2, 28)
    assert add_years(leap_day, 4) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("received", "effective"),
    [
        (date(2024, 9, 6), date(2025, 3, 6)),  # Lithuania, as published
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2025, 10, 31), date(2026, 4, 30)),
    ],
)
def test_a_withdrawal_takes_effect_six_months_after_receipt(received, effective):
    given = withdrawal_effective(received=received)

    assert given == Reasoned(effective, "withdrawal", "20(3)", received)


@pytest.mark.parametrize(
    ("conflicts", "expected"),
    [
        ([(date(2024, 1, 1), date(2025, 3, 5))], (date(2025, 3, 6), "withdrawal")),
        ([(date(2025, 3, 7), None)], (date(2025, 3, 6), "withdrawal")),
        ([(date(2025, 1, 1), date(2026, 5, 9))], (date(2026, 5, 9), "withdrawal-after-conflict")),
        (
            [(date(2025, 1, 1), date(2025, 6, 1)), (date(2025, 3, 6), date(2025, 9, 1))],
            (date(2025, 9, 1), "withdrawal-after-conflict"),
        ),
        ([(date(2025, 1, 1), date(2025, 6, 1)), (date(2025, 2, 1), None)], None),
    ],
)
def test_an_armed_conflict_on_that_day_holds_a_withdrawal_until_it_ends(conflicts, expected):
    given = withdrawal_effective(received=date(2024, 9, 6), conflicts=[ArmedConflict(*dates) for dates in conflicts])

    assert (given and (given.day, given.rule)) == expected


MEETINGS = [
    date(2018, 9, 3),
    date(2019, 9, 2),
    date(2020, 11, 25),
    date(2024, 9, 10),
    date(2025, 9, 16),
]


@pytest.mark.parametrize(
    ("state", "deadline", "meeting", "lodging"),
    [
        ("Somalia", date(2026, 3, 1), date(2025, 9, 16), date(2024, 12, 16)),
        ("Bulgaria", date(2019, 10, 1), date(2019, 9, 2), date(2018, 12, 2)),
        ("opens on the deadline itself", date(2025, 9, 16), date(2025, 9, 16), date(2024, 12, 16)),
        ("opens a day too late", date(2025, 9, 15), date(2024, 9, 10), date(2023, 12, 10)),
    ],
)
def test_a_request_is_lodged_nine_months_before_the_meeting_that_decides(state, deadline, meeting, lodging):
    decides = deciding_meeting(deadline=deadline, openings=MEETINGS)

    assert decides == meeting
    assert extension_lodging(meeting_opens=meeting).day == lodging


def test_no_meeting_decides_a_deadline_before_the_first_known_one():
    assert deciding_meeting(deadline=date(2018, 8, 1), openings=MEETINGS) is None


def test_completion_is_declared_to_the_next_meeting_and_to_none_if_none_is_known():
    def meeting(completed):
        return completion_declaration(completed=completed, openings=MEETINGS)

    assert meeting(date(2020, 7, 14)) == Reasoned(
        date(2020, 11, 25), "completion-declaration", "4(1)(c)", date(2020, 7, 14)
    )
    assert meeting(date(2025, 9, 17)) is None


@pytest.mark.parametrize(
    ("state", "in_force", "year_after_initial", "next_30_april"),
    [
        ("initial report due 28 January 2024", date(2023, 8, 1), 2024, 2023),
        ("initial report due 30 April 2018", date(2017, 11, 1), 2018, 2018),
        ("initial report due 29 April 2016", date(2015, 11, 1), 2016, 2015),
        ("initial report due 28 August 2026", date(2026, 3, 1), 2026, 2026),
    ],
)
def test_the_first_annual_report_in_both_readings(state, in_force, year_after_initial, next_30_april):
    assert first_annual_year(entry_into_force=in_force) == year_after_initial
    assert first_annual_year(entry_into_force=in_force, reading=FirstAnnual.NEXT_30_APRIL) == next_30_april
