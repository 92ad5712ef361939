"""The list of participants on paper: an accessible archive file, and without a name after their time."""

import io
import subprocess
from datetime import date, timedelta

import page
import pikepdf
import pytest

from meetings.domain import participant_list, retention
from meetings.enums import DelegationStatus
from meetings.models import Participant
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db

ON = date(2027, 9, 1)
CANARY = "CANARY-M1"


@pytest.fixture
def meeting():
    """With a name in Arabic, one that no font draws, and hostile markup."""
    found = made.meeting()
    for iso3, name in (
        ("ZMB", "<img src='http://127.0.0.1:1/x'>&amp; 😀"),
        ("LAO", "ສະຫວັນນະເຂດ"),
        ("LBN", "سلمى، مديرة"),
    ):
        delegation = made.delegation(found, iso3)
        Participant.objects.create(delegation=delegation, name=f"Delegate, {iso3}", function=name, position=1)
        Participant.objects.create(
            delegation=delegation,
            title="H.E.",
            name=f"{CANARY} {iso3}",
            function="Ambassador",
            is_head=True,
            position=2,
        )
    absent = made.delegation(found, "NOR", status=DelegationStatus.WITHDRAWN)
    Participant.objects.create(delegation=absent, name="Stays at home")
    return found


def pdf(meeting, language="en", on=ON):
    return participant_list.pdf(meeting, language=language, on=on, is_demonstration=True)


def words(content, folder):
    path = folder / "list.pdf"
    path.write_bytes(content)
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return told.stdout.decode()


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_it_passes_as_an_archive_file_and_as_accessible(meeting, language, tmp_path):
    path = tmp_path / "list.pdf"
    path.write_bytes(pdf(meeting, language))

    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        result = str(page.validate_pdf(str(path), profile=profile))
        assert "Result: no failures in implemented checks" in result, result


def test_states_stand_in_alphabetical_order_with_heads_first_and_who_stays_away_does_not(meeting, tmp_path):
    told = words(pdf(meeting), tmp_path)
    places = [told.index(f"{CANARY} {iso3}") for iso3 in ("LAO", "LBN", "ZMB")]

    assert places == sorted(places)
    assert told.index(f"{CANARY} LAO") < told.index("Delegate, LAO")
    assert "Head of delegation" in told and "Stays at home" not in told
    assert "the portal deletes these names after 15 December 2027" in " ".join(told.split())


def test_made_twice_it_is_the_same_to_the_last_byte_and_carries_nothing_else(meeting):
    first = pdf(meeting)
    assert first == pdf(meeting)
    with pikepdf.open(io.BytesIO(first)) as opened:
        assert list(opened.attachments) == []


def test_after_their_time_it_has_no_name(meeting, tmp_path):
    told = words(pdf(meeting, on=retention.kept_until(meeting) + timedelta(days=1)), tmp_path)
    assert CANARY not in told and "Delegate" not in told
    assert "No names have been entered." in told
