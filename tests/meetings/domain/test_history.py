"""The meetings held before the portal, as their sources tell of them."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from ccm_portal.core.models import RegisterEntry
from meetings.domain import agenda_reading
from meetings.domain.history import FOLDER, load_history
from meetings.domain.reading import sentence, whole
from meetings.models import DateChange, Decision, Meeting, Sitting
from tests.meetings.factories import A_MOMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return load_history(by=None, at=A_MOMENT)


def test_every_meeting_from_the_first_to_the_third_review_conference_is_there(loaded):
    told = {one.key: sentence(one) for one in whole(Meeting.objects.all())}

    assert told == {
        "1msp": "9–12 November 2010, Vientiane",
        "2msp": "12–16 September 2011, Beirut",
        "3msp": "11–14 September 2012, Oslo",
        "4msp": "September 2013, Lusaka",
        "5msp": "2–5 September 2014, San José",
        "1rc": "7–11 September 2015, Dubrovnik",
        "1rc-prep1": "5 February 2015, Geneva",
        "1rc-prep2": "24 June 2015, Geneva",
        "6msp": "5–7 September 2016, Geneva",
        "7msp": "4–6 September 2017, Geneva",
        "8msp": "3–5 September 2018, Geneva",
        "9msp": "2–4 September 2019, Geneva",
        "2rc": "25–27 November 2020, Online; 20–21 September 2021, Geneva",
        "2rc-prep1": "29 June 2020, Geneva",
        "2rc-prep2": "4 September 2020, Geneva",
        "10msp": "30 August – 2 September 2022, Geneva",
        "11msp": "11–14 September 2023, Geneva",
        "12msp": "10–13 September 2024, Geneva",
        "13msp": "16–19 September 2025, Geneva",
        "3rc": "September 2026, Vientiane",
        "intersessional-2011": "27–30 June 2011, Geneva",
        "intersessional-2012": "16–19 April 2012, Geneva",
        "intersessional-2013": "15–18 April 2013, Geneva",
        "intersessional-2014": "7–9 April 2014, Geneva",
        "intersessional-2015": "22–23 June 2015, Geneva",
        "intersessional-2022": "16–17 May 2022, Geneva, and online",
    }


def test_moved_days_keep_what_they_were(loaded):
    assert [(one.part.meeting.key, one.starts) for one in DateChange.objects.order_by("starts")] == [
        ("1rc-prep2", date(2015, 6, 3)),
        ("2rc-prep1", date(2020, 6, 8)),
    ]


def test_an_agenda_keeps_its_letters_its_unnumbered_acts_and_its_slots(loaded):
    def outline(key):
        return [
            (one.number, one.title, one.minutes) for one in agenda_reading.public_items(Meeting.objects.get(key=key))
        ]

    assert outline("2rc-prep2")[3:10] == [
        ("4", "Draft programme of work of the Review Conference", None),
        ("5", "Draft documents", None),
        ("5(a)", "Review 2016-2020", None),
        ("5(b)", "Lausanne Action Plan", None),
        ("5(c)", "Political declaration", None),
        ("5(d)", "Implementation support", None),
        ("6", "Financial status", None),
    ]
    assert outline("11msp")[:2] == [
        ("", "Opening video", None),
        ("", "Addresses: president, host, UN High Representative, ICRC, CMC", None),
    ]
    assert [(title, minutes) for _n, title, minutes in outline("intersessional-2013")] == [
        ("Technical workshops", None),
        ("Clearance", 90),
        ("Stockpile destruction", 90),
        ("Reporting", 60),
        ("Victim assistance", 90),
        ("Cooperation and assistance", 90),
        ("Sessions by theme (order known, times not)", None),
    ]
    assert [(f"{one.starts_at:%H:%M}", f"{one.ends_at:%H:%M}") for one in Sitting.objects.order_by("starts_at")] == [
        ("08:00", "11:00"),
        ("12:00", "16:00"),
    ]


def test_decisions_of_the_eleventh_meeting_stand_with_their_sources(loaded):
    assert list(Decision.objects.order_by("number").values_list("title", "granted_until", "about_state__iso3")) == [
        ("Completion under Article 4 noted: Bosnia and Herzegovina", None, "BIH"),
        ("Article 4 extension: Iraq", date(2028, 11, 1), "IRQ"),
        ("Completion under Article 3: Bulgaria", None, "BGR"),
    ]
    assert not Decision.objects.filter(source="").exists()


def test_loading_again_changes_nothing_and_what_the_office_changed_stays(loaded):
    Meeting.objects.filter(key="3rc").update(title="As the office says", version=2)
    entries = RegisterEntry.objects.count()

    assert load_history(by=None, at=A_MOMENT) == []
    assert RegisterEntry.objects.count() == entries
    assert Meeting.objects.get(key="3rc").title == "As the office says"


def test_the_agendas_are_the_sources_own(capsys):
    call_command("load_meeting_history", verbosity=0)

    assert capsys.readouterr().out == ""
    for path in (FOLDER / "agendas").glob("*.json"):
        told = json.loads(path.read_text())
        assert told["sources"]
        assert told["awkward"]
