"""Each State's dates, base and current, and their reasons in words."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from ccm_portal.core.clock_sentences import SENTENCES, explain, explain_current, explain_entry_into_force
from ccm_portal.core.domain.treaty_dates import treaty_dates
from ccm_portal.core.enums import Clock
from ccm_portal.core.models import State, StateClock
from ccm_portal.treaty.clocks import (
    Reasoned,
    Rule,
    annual_report_due,
    entry_into_force,
    extension_lodging,
    withdrawal_effective,
)

DERIVED = Path(__file__).parents[1] / "treaty" / "data" / "states_derived.csv"
COLUMNS = (
    "entry_into_force",
    "initial_report_due",
    "art3_base_deadline",
    "art3_deadline",
    "art4_base_deadline",
    "art4_deadline",
)


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("treaty_dates", *arguments, stdout=out)
    return out.getvalue()


def rows(*arguments: str) -> dict[str, dict]:
    return {row["iso3"]: row for row in json.loads(printed("--json", *arguments))}


@pytest.mark.django_db
def test_the_json_has_the_dates_of_the_table_for_every_state_that_joined_and_none_for_the_others():
    given = rows("--on", "2026-11-24")

    columns = ("entry_into_force", "initial_report_due", "art3_base_deadline", "art4_base_deadline")
    with DERIVED.open(encoding="utf-8", newline="") as file:
        expected = {row["iso3"]: [row[column] for column in columns] for row in csv.DictReader(file)}
    assert len(given) == 197
    assert {iso3: [given[iso3][column] for column in columns] for iso3 in expected} == expected
    assert {row[column] for iso3, row in given.items() if iso3 not in expected for column in COLUMNS} == {None}


@pytest.mark.django_db
def test_a_row_says_why_each_date_is_what_it_is():
    lao = rows("--on", "2026-11-24")["LAO"]

    assert lao == {
        "iso3": "LAO",
        "name": "Lao People's Democratic Republic",
        "status": "state_party",
        "entry_into_force": "2010-08-01",
        "withdrawn_effective": None,
        "initial_report_due": "2011-01-28",
        "art3_base_deadline": "2018-08-01",
        "art3_deadline": "2018-08-01",
        "art4_base_deadline": "2020-08-01",
        "art4_deadline": "2030-08-01",
        "reasons": {
            "entry_into_force": "In force from 1 August 2010: first day of the sixth month after the thirtieth"
            " instrument was deposited, on 16 February 2010 (Article 17(1)).",
            "initial_report_due": "Due on 28 January 2011: 180 days after entry into force"
            " on 1 August 2010 (Article 7(1)).",
            "art3_base_deadline": "All stocks to be destroyed by 1 August 2018: eight years after entry into force"
            " on 1 August 2010 (Article 3(2)).",
            "art3_deadline": "All stocks to be destroyed by 1 August 2018: eight years after entry into force"
            " on 1 August 2010 (Article 3(2)).",
            "art4_base_deadline": "Clearance to be completed by 1 August 2020: ten years after entry into force"
            " on 1 August 2010 (Article 4(1)(a)).",
            "art4_deadline": "Extended until 1 August 2030 according to sources not yet confirmed (Article 4(5))."
            " Without an extension: 1 August 2020.",
        },
        "notes": {
            "art4": "Base 2020-08-01; extended to 2025-08-01 at 9MSP; second request considered at 12MSP,"
            " 2030-08-01 unconfirmed."
        },
    }


@pytest.mark.django_db
def test_a_state_that_left_keeps_its_dates_but_no_deadline_counts():
    before, after = rows("--on", "2025-03-05")["LTU"], rows("--on", "2025-03-06")["LTU"]

    assert [before[c] for c in ("status", "art3_deadline", "art4_deadline", "withdrawn_effective")] == [
        "state_party",
        "2019-09-01",
        "2021-09-01",
        None,
    ]
    assert [after[c] for c in ("status", "art3_deadline", "art4_deadline", "withdrawn_effective")] == [
        "withdrawn",
        None,
        None,
        "2025-03-06",
    ]
    assert after["art4_base_deadline"] == "2021-09-01"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "status", "in_force"),
    [
        ("2025-09-04", "non_party", None),
        ("2025-09-05", "non_party", "2026-03-01"),
        ("2026-03-01", "state_party", "2026-03-01"),
    ],
)
def test_the_dates_are_those_known_on_the_day_asked_for(on, status, in_force):
    vanuatu = rows("--on", on)["VUT"]

    assert (vanuatu["status"], vanuatu["entry_into_force"]) == (status, in_force)


@pytest.mark.django_db
def test_the_printed_table_reads_well():
    text = printed("--on", "2026-11-24")

    assert text.startswith("AFG  Afghanistan (State Party)\n")
    assert (
        "PER  Peru (State Party)\n"
        "     in force         2013-03-01  In force from 1 March 2013: first day of the sixth month after the"
        " instrument was deposited, on 26 September 2012 (Article 17(2)).\n"
        "     initial report   2013-08-28  Due on 28 August 2013: 180 days after entry into force on 1 March 2013"
        " (Article 7(1)).\n"
        "     Art. 3, base     2021-03-01  All stocks to be destroyed by 1 March 2021: eight years after entry into"
        " force on 1 March 2013 (Article 3(2)).\n"
        "     Art. 3, current  2024-04-01  Extended until 1 April 2024 according to sources not yet confirmed"
        " (Article 3(3)). Without an extension: 1 March 2021.\n"
        "     Art. 4, base     2023-03-01  Clearance to be completed by 1 March 2023: ten years after entry into force"
        " on 1 March 2013 (Article 4(1)(a)).\n"
        "     Art. 4, current  2023-03-01  Not extended.\n"
    ) in text
    assert "\nAGO  Angola (Signatory)\nATG " in text


@pytest.mark.django_db
def test_the_dates_of_all_states_cost_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(treaty_dates(on=date(2026, 11, 24))) == 197


@pytest.mark.django_db
def test_published_dates_are_shown_with_their_source_and_beside_what_the_rule_gives():
    peru = State.objects.get(iso3="PER")
    peru.entry_into_force = peru.entry_into_force_override = date(2013, 4, 1)
    peru.override_source = "Depositary notification"
    clock = StateClock(
        state=peru, clock=Clock.ART4, base=date(2023, 4, 1), override=date(2023, 5, 1), override_source="Official list"
    )

    assert explain_entry_into_force(peru) == (
        "In force from 1 April 2013, as published: Depositary notification. By the rule: In force from 1 March 2013:"
        " first day of the sixth month after the instrument was deposited, on 26 September 2012 (Article 17(2))."
    )
    assert explain_current(clock, state=peru) == (
        "1 May 2023, as published: Official list. The Convention gives 1 April 2023."
    )


def test_every_rule_has_its_sentence_with_the_day_and_the_article():
    day, start = date(2026, 4, 30), date(2025, 1, 1)

    assert set(SENTENCES) == set(Rule)
    for rule in Rule:
        sentence = explain(Reasoned(day, rule, "9(9)", start))
        assert "30 April 2026" in sentence and "(Article 9(9))" in sentence and "%(" not in sentence


@pytest.mark.parametrize(
    ("reasoned", "sentence"),
    [
        (
            entry_into_force(deposited=date(2015, 10, 1)),
            "In force from 1 April 2016: first day of the sixth month after the instrument was deposited,"
            " on 1 October 2015 (Article 17(2)).",
        ),
        (
            annual_report_due(year=2025),
            "Due on 30 April 2026: 30 April after the year that the report covers, 2025 (Article 7(2)).",
        ),
        (
            extension_lodging(meeting_opens=date(2025, 9, 16)),
            "Extension request to be lodged by 16 December 2024: nine months before the meeting that opens on"
            " 16 September 2025 (Article 3(5) or 4(6)).",
        ),
        (
            withdrawal_effective(received=date(2024, 9, 6)),
            "Withdrawal takes effect on 6 March 2025: six months after the Depositary received the instrument,"
            " on 6 September 2024 (Article 20(3)).",
        ),
    ],
)
def test_a_reason_reads_as_a_sentence(reasoned, sentence):
    assert explain(reasoned) == sentence


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "1 April 2016"),
        ("fr", "1 avril 2016"),
        ("es", "1 de abril de 2016"),
        ("ru", "1 апреля 2016\u202fг."),
        ("ar", "1 أبريل 2016"),
        ("zh-hans", "2016年4月1日"),
    ],
)
def test_the_day_is_written_as_the_reader_writes_it(language, day):
    with translation.override(language):
        assert day in explain(entry_into_force(deposited=date(2015, 10, 1)))
