"""The report of a meeting says what the portal holds, and can be taken away to be edited."""

import io
from datetime import UTC, date, datetime

import pytest
from docx import Document as Docx

from ccm_portal.core.enums import DocumentStatus, Role
from meetings.domain import meeting_report, report_files
from meetings.enums import DecisionKind, DelegationStatus, SlotStatus
from meetings.models import MeetingPresence, Participant, SpeakersList, SpeakerSlot
from tests.factories import person, state
from tests.meetings.decisions import AT, drafted, taken
from tests.meetings.factories import delegation, item, meeting, sittings

OVER = datetime(2027, 9, 17, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def held():
    """A meeting at which two delegations spoke and one decision was taken."""
    sittings(of := meeting())
    topic = item(of, "Clearance")
    speakers = SpeakersList.objects.create(meeting=of, code=topic.code)
    for iso3 in ("LAO", "NOR"):
        SpeakerSlot.objects.create(
            list=speakers, delegation=delegation(of, iso3), status=SlotStatus.SPOKEN, requested_at=AT,
            limit_seconds=240, started_at=AT,
        )  # fmt: skip
    taken(of, text="The meeting decides to meet in Vientiane.", kind=DecisionKind.VENUE, title="Next meeting",
          about_starts=date(2028, 9, 4), about_ends=date(2028, 9, 7), about_city="Vientiane")  # fmt: skip
    drafted(of, text="CANARY-M1 never adopted")
    return of


def test_it_tells_where_who_took_part_who_spoke_and_what_was_decided():
    draft = meeting_report.assemble(held(), at=OVER)

    told = {
        section.title: [(one.number, one.text, one.quoted, one.lines) for one in section.paragraphs]
        for section in draft.sections
    }
    lao, norway = state("LAO").name, "Norway"
    assert told == {
        "Opening and organisation": [
            (1, "The Fourteenth Meeting of States Parties was held: 13–16 September 2027, Geneva.", "", ()),
            (2, "It held 8 sittings.", "", ()),
        ],
        "Participation": [(3, "States Parties: 2 delegations took part.", "", (f"{lao}, {norway}",))],
        "Statements": [(4, "Under item 1 Clearance statements were made by:", "", (f"{lao}, {norway}",))],
        "Decisions": [
            (
                5,
                "The meeting adopted by general agreement (Next meeting):",
                "The meeting decides to meet in Vientiane.",
                (),
            )
        ],
        "Next meeting": [(6, "Decided for Next meeting: 4–7 September 2028, Vientiane.", "", ())],
    }


def test_it_tells_of_a_meeting_ahead_what_is_planned_and_counts_who_came_once_it_is_over():
    """Norway notified, the Lao PDR named a person, Lebanon was in the room; Austria and Zambia are only expected, and
    France is only invited."""
    sittings(of := meeting())
    delegation(of, "NOR")
    named, seen, *_expected = (
        delegation(of, iso3, status=DelegationStatus.EXPECTED) for iso3 in ("LAO", "LBN", "AUT", "ZMB")
    )
    delegation(of, "FRA", status=DelegationStatus.INVITED)
    Participant.objects.create(delegation=named, name="Delegate, Lao PDR")
    MeetingPresence.objects.create(meeting=of, delegation=seen, day=of.starts)

    told = [
        [one.text for section in meeting_report.assemble(of, at=at).sections[:2] for one in section.paragraphs]
        for at in (AT, OVER)
    ]

    assert told == [
        [
            "The Fourteenth Meeting of States Parties is not over. It is planned: 13–16 September 2027, Geneva.",
            "8 sittings are planned.",
            "States Parties: 5 delegations are expected.",
        ],
        [
            "The Fourteenth Meeting of States Parties was held: 13–16 September 2027, Geneva.",
            "It held 8 sittings.",
            "States Parties: 3 delegations took part.",
        ],
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_opens_as_a_document_to_be_edited(language):
    of = held()

    file = Docx(io.BytesIO(report_files.docx(of, language=language, at=AT)))

    words = "\n".join(paragraph.text for paragraph in file.paragraphs)
    runs_from_the_right = "<w:bidi/>" in file.element.xml
    assert "The meeting decides to meet in Vientiane." in words
    assert ("CANARY-M1" in words, runs_from_the_right) == (False, language == "ar")


def test_it_is_set_on_paper():
    assert report_files.pdf(held(), language="en", at=AT, is_demonstration=False).startswith(b"%PDF-")


def test_it_is_kept_as_a_paper_that_is_not_public_yet():
    of = held()

    kept = report_files.keep(meeting=of, language="en", by=person(Role.ISO_STAFF, "iso"), at=AT)

    assert (kept.symbol, kept.kind, kept.status) == ("CCM/MSP/2027/1", "report", DocumentStatus.ACCEPTED)
    assert [text.language for text in kept.texts.all()] == ["en"]


def test_it_is_in_a_language_in_which_the_meeting_works():
    of = meeting()

    assert [report_files.language_of(of, asked) for asked in ("fr", "ru", "")] == ["fr", "en", "en"]
