"""What is sealed is in no dump and no file; after its day, in no restored backup either."""

import base64
import copy
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from ccm_portal import embedded
from ccm_portal.core import outbox, sweeper
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from sponsorship import keys
from sponsorship.domain import bank_changes, purging, round_keys, sealed_files, sealing
from sponsorship.enums import SealedKind
from sponsorship.models import BankChange, Nominee, PersonalLink, RoundKey, SealedFile, SealedReading, SealedRecord
from tests import database
from tests.factories import person
from tests.sponsorship import sealed
from tests.sponsorship.factories import AT

LAST_DAY = datetime(2027, 9, 9, 12, tzinfo=UTC)


def dump():
    """The whole database, as a backup has it, in text."""
    name = connection.settings_dict["NAME"]
    done = embedded._client(database.server_folder(), "pg_dump", "-d", name)
    assert done.returncode == 0
    return done.stdout


def found_in(text, needles):
    """Which of them are there: as they are, in hexadecimal (as bytes are dumped), or in base64 at any offset."""
    found = []
    for needle in needles:
        raw = needle.encode()
        shifted = [base64.b64encode(bytes(n) + raw)[4 if n else 0 : -4].decode() for n in range(3)]
        found += [form for form in (needle, raw.hex(), *shifted) if form in text]
    return found


@pytest.mark.django_db(transaction=True)
def test_a_dump_holds_nothing_and_a_backup_opens_nothing_after_the_day(mailoutbox, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    nominee = sealed.a_sealed_person()
    name, email, officer = nominee.name, nominee.email, person(Role.SPONSORSHIP_OFFICER, "iso")
    scan = sealed_files.store_file(nominee, sealed.SCAN, f"{sealed.CANARY}.pdf", by=None, at=AT)
    bank_changes.propose(nominee, sealed.OTHER_BANK, reason="A new bank", by=None, at=AT, version=1)
    PersonalLink.objects.create(nominee=nominee, token_hash="x", made_at=AT, ends_at=AT + timedelta(days=999))
    sealing.read(nominee, SealedKind.BANK, by=officer, at=AT)
    for message in OutgoingMessage.objects.all():
        outbox.deliver(pk=message.pk, at=AT)

    # Before its day: the database, the files and the mails hold nothing of it.
    before = dump()
    assert name in before  # the dump is one
    assert found_in(before, sealed.NEEDLES) == []
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert default_storage.location == str(tmp_path) and files == []
    assert found_in("".join(mail.subject + mail.body for mail in mailoutbox), (*sealed.NEEDLES, name)) == []
    assert {mail.to[0] for mail in mailoutbox} == {officer.email, email}

    # The day passes: rows, names and the key are gone, also from the next dump. The log stays.
    backup = [
        (model, [copy.copy(row) for row in model.objects.all()])
        for model in (SealedRecord, SealedFile, BankChange, PersonalLink)
    ]
    kept = RoundKey.objects.get()
    file = round_keys.key_file(kept)
    purging.sweep(at=LAST_DAY + timedelta(days=89))
    assert Nominee.objects.get().name == name
    sweeper.sweep_all(at=LAST_DAY + timedelta(days=91))

    assert [model.objects.count() for model, _rows in backup] == [0, 0, 0, 0]
    assert (
        found_in(dump(), (*sealed.NEEDLES, name, email, kept.wrapped, base64.b64encode(bytes(scan.content)).decode()))
        == []
    )
    assert not (keys.folder() / file).exists()
    assert SealedReading.objects.get().what == "bank"
    assert RegisterEntry.objects.filter(action="sponsorship.round.purge").count() == 1

    # An old backup is restored: nothing opens, and the next sweep deletes it again, before any day of its own.
    for model, rows in backup:
        model.objects.bulk_create(rows)
    Nominee.objects.update(name=name, email=email)
    RoundKey.objects.update(wrapped=kept.wrapped, purged_at=None)
    nominee.refresh_from_db()
    for opens in (
        *(lambda kind=kind: sealing.read(nominee, kind, by=officer, at=AT) for kind in SealedKind),
        lambda: sealed_files.read_file(SealedFile.objects.get(), by=officer, at=AT),
        lambda: bank_changes.read_change(BankChange.objects.get(), by=officer, at=AT),
    ):
        with pytest.raises(sealing.KeyUnavailable, match="were destroyed"):
            opens()

    purging.sweep(at=AT)

    assert [model.objects.count() for model, _rows in backup] == [0, 0, 0, 0]
    assert (Nominee.objects.get().name, RoundKey.objects.get().wrapped) == ("", "")


@pytest.mark.django_db
def test_a_purge_that_stops_half_way_leaves_nothing_that_opens_and_goes_on():
    nominee = sealed.a_sealed_person()
    file = round_keys.key_file(RoundKey.objects.get())

    def fails(round, at):
        raise RuntimeError("the machine stopped")

    purging.also(fails)
    try:
        assert purging.sweep(at=LAST_DAY + timedelta(days=91)) == 0
    finally:
        purging._purgers.remove(fails)
    assert (SealedRecord.objects.count(), keys.is_destroyed(file)) == (3, True)
    with pytest.raises(sealing.KeyUnavailable):
        sealing.write(nominee, SealedKind.HEALTH, sealed.HEALTH, by=None, at=AT, seen=1)

    assert purging.sweep(at=AT) == 1
    assert SealedRecord.objects.count() == 0
