"""Sealed data: what opens them, what does not, who is noted."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from committees.domain.said import WorkChanged
from meetings.models import Meeting
from sponsorship import keys
from sponsorship.domain import round_keys, sealing
from sponsorship.domain.sealed_values import ValuesRefused, checked
from sponsorship.enums import PassportStanding, SealedKind
from sponsorship.models import RoundKey, SealedReading, SealedRecord
from tests.factories import person, state
from tests.sponsorship.factories import AT, a_round, an_application
from tests.sponsorship.sealed import BANK, CANARY, HEALTH, PASSPORT

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person(Role.SPONSORSHIP_OFFICER, "iso")


@pytest.fixture
def nominee():
    meeting = Meeting.objects.create(
        key="14msp", kind="msp", ordinal=14, year=2027, starts=date(2027, 9, 6), ends=date(2027, 9, 9), changed_at=AT
    )
    return an_application(a_round(meeting), state("LAO")).nominees.get()


def write(nominee, kind, values, by=None, seen=0):
    return sealing.write(nominee, kind, values, by=by, at=AT, seen=seen)


def test_what_was_written_is_read_by_an_officer_and_each_reading_is_logged(nominee, officer):
    write(nominee, SealedKind.PASSPORT, PASSPORT)

    assert sealing.read(nominee, SealedKind.PASSPORT, by=officer, at=AT) == PASSPORT
    assert sealing.read(nominee, SealedKind.BANK, by=officer, at=AT) == {}  # nothing there, so nothing was read
    logged = SealedReading.objects.values_list("round__key", "nominee_key", "what", "user", "at")
    assert list(logged) == [("14msp", nominee.pk, "passport", officer.pk, AT)]


@pytest.mark.parametrize("role", [Role.ISO_STAFF, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_in_the_office_reads(nominee, role):
    write(nominee, SealedKind.HEALTH, HEALTH)

    with pytest.raises(PermissionDenied):
        sealing.read(nominee, SealedKind.HEALTH, by=person(role, "iso"), at=AT)
    assert not SealedReading.objects.exists()


def test_without_its_key_file_nothing_opens_and_it_is_said_so(nominee, officer):
    write(nominee, SealedKind.PASSPORT, PASSPORT)
    file = keys.folder() / round_keys.key_file(RoundKey.objects.get())
    elsewhere = file.rename(file.with_suffix(".elsewhere"))

    for act in (
        lambda: sealing.read(nominee, SealedKind.PASSPORT, by=officer, at=AT),
        lambda: write(nominee, SealedKind.BANK, BANK),
    ):
        with pytest.raises(sealing.KeyUnavailable, match="a key is missing"):
            act()
    assert sealing.passport_standing(nominee, departs=date(2027, 9, 10), months=3) == PassportStanding.UNKNOWN

    elsewhere.rename(file)
    assert sealing.read(nominee, SealedKind.PASSPORT, by=officer, at=AT) == PASSPORT


def test_a_row_moved_to_another_person_or_kind_does_not_open(nominee, officer):
    write(nominee, SealedKind.PASSPORT, PASSPORT)
    other = an_application(nominee.application.round, state("LBN")).nominees.get()
    SealedRecord.objects.update(nominee=other)
    with pytest.raises(sealing.KeyUnavailable, match="does not open"):
        sealing.read(other, SealedKind.PASSPORT, by=officer, at=AT)

    SealedRecord.objects.update(nominee=nominee, kind=SealedKind.HEALTH)
    with pytest.raises(sealing.KeyUnavailable, match="does not open"):
        sealing.read(nominee, SealedKind.HEALTH, by=officer, at=AT)


def test_the_key_lies_in_a_folder_of_its_own_open_to_the_portal_alone(nominee):
    write(nominee, SealedKind.PASSPORT, PASSPORT)
    file = keys.folder() / round_keys.key_file(RoundKey.objects.get())

    assert (keys.folder().stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    assert keys.read(file.name).hex() not in RoundKey.objects.get().wrapped


def test_who_comes_second_does_not_overwrite_what_they_have_not_seen(nominee, officer):
    write(nominee, SealedKind.PASSPORT, PASSPORT)

    with pytest.raises(WorkChanged):
        write(nominee, SealedKind.PASSPORT, PASSPORT | {"number": "OTHER9"}, seen=0)
    write(nominee, SealedKind.PASSPORT, PASSPORT | {"number": "OTHER9"}, seen=1)
    assert sealing.read(nominee, SealedKind.PASSPORT, by=officer, at=AT)["number"] == "OTHER9"


def test_masked_says_what_is_there_and_since_when(nominee, officer):
    write(nominee, SealedKind.BANK, BANK, by=officer)

    assert sealing.masked(nominee) == [
        sealing.Masked(SealedKind.PASSPORT),
        sealing.Masked(SealedKind.BANK, since=AT, by=officer, version=1),
        sealing.Masked(SealedKind.HEALTH),
    ]
    with pytest.raises(sealing.SecondPersonNeeded):
        write(nominee, SealedKind.BANK, BANK, by=officer, seen=1)


@pytest.mark.parametrize(
    ("until", "standing"),
    [
        ("2027-09-09", PassportStanding.EXPIRES),
        ("2027-12-09", PassportStanding.TOO_SHORT),
        ("2027-12-10", PassportStanding.FINE),
    ],
)
def test_a_passport_is_measured_against_the_end_of_the_journey(nominee, until, standing):
    write(nominee, SealedKind.PASSPORT, PASSPORT | {"valid_until": until})

    assert sealing.passport_standing(nominee, departs=date(2027, 9, 10), months=3) == standing


def test_the_register_says_that_it_was_written_and_nothing_of_it(nominee, officer):
    write(nominee, SealedKind.PASSPORT, PASSPORT, by=officer)

    entry = RegisterEntry.objects.get(action="sponsorship.sealed.write")
    assert '"data":{"kind":"passport"}' in entry.payload
    assert not any(word in entry.payload for word in (PASSPORT["number"], CANARY, nominee.name))


@pytest.mark.parametrize(
    ("kind", "values", "faults"),
    [
        (SealedKind.PASSPORT, {}, {"number", "issuing", "valid_until", "name"}),
        (SealedKind.PASSPORT, PASSPORT | {"number": "<b>", "issuing": "XXX"}, {"number", "issuing"}),
        (SealedKind.PASSPORT, PASSPORT | {"valid_until": "2021-03-01"}, {"valid_until"}),
        (SealedKind.PASSPORT, PASSPORT | {"valid_until": "2301-01-01"}, {"valid_until"}),
        (SealedKind.BANK, BANK | {"account": "CH93 0076 2011 6238 5295 8"}, {"account"}),  # one digit wrong
        (SealedKind.BANK, BANK | {"bic": "ABC"}, {"bic"}),
    ],
)
def test_what_is_wrong_is_said_of_each_field(kind, values, faults):
    with pytest.raises(ValuesRefused) as refusal:
        checked(kind, values)

    assert set(refusal.value.faults) == faults


def test_a_passport_that_is_no_longer_valid_is_told_and_not_sealed(nominee):
    with pytest.raises(ValuesRefused) as refusal:
        write(nominee, SealedKind.PASSPORT, PASSPORT | {"valid_from": "", "valid_until": "2020-01-01"})

    assert refusal.value.faults == {"valid_until": "This passport is no longer valid."}
    assert not nominee.sealed_records.exists()


def test_an_account_that_is_no_iban_is_taken_as_it_is():
    assert checked(SealedKind.BANK, BANK | {"account": " 160-1200 123456001 "})["account"] == "1601200123456001"
    assert checked(SealedKind.BANK, BANK | {"account": "ch93 0076 2011 6238 5295 7"})["account"] == BANK["account"]
