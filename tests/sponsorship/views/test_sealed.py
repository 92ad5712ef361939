"""Pages of sealed data: masked, read after a fresh sign-in, logged; two persons for a changed account; the end."""

from datetime import date

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from sponsorship import keys, work_items_sealed
from sponsorship.domain import bank_changes, round_keys, sealed_files, sealing
from sponsorship.enums import BankChangeStatus, RoundStatus, SealedKind
from sponsorship.models import BankChange, Nominee, PersonalLink, RoundKey, SealedFile, SealedReading
from tests.factories import person
from tests.sponsorship import sealed
from tests.sponsorship.factories import AT
from tests.support import sign_in

pytestmark = pytest.mark.django_db
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def nominee():
    return sealed.a_sealed_person()


def officer():
    return person(Role.SPONSORSHIP_OFFICER, "iso")


def signed_in(user):
    return sign_in(Client(), user)


def long_ago(client):
    """The sign-in of this client is six minutes old."""
    session = client.session
    for record in (records := session[AUTHENTICATION_METHODS_SESSION_KEY]):
        record["at"] -= 360
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session.save()
    return client


def address(name, *args):
    return reverse(f"sponsorship:{name}", args=args)


def post(client, view, /, *args, **body):
    return client.post(address(view, *args), body, headers=ORIGIN)


def met(answer):
    """What of the sealed values, or of their ends, a page shows."""
    return [needle for needle in (*sealed.NEEDLES, "4711", "2957") if needle.encode() in answer.content]


def test_the_page_of_a_person_shows_nothing_of_what_is_sealed(nominee):
    answer = signed_in(officer()).get(address("sealed", nominee.pk))

    assert (answer.status_code, met(answer)) == (200, [])
    assert not SealedReading.objects.exists()


def test_each_reading_asks_for_a_fresh_sign_in_and_is_logged(nominee):
    user = officer()
    client = signed_in(user)

    read = [post(client, "sealed-read", nominee.pk, kind) for kind in SealedKind]
    refused = post(long_ago(client), "sealed-read", nominee.pk, "passport")

    assert [answer.status_code for answer in read] == [200, 200, 200]
    assert all("no-store" in answer.headers["Cache-Control"] for answer in read)
    assert b"CANARYS3P4711" in read[0].content and b"28 February 2031" in read[0].content
    assert "/account/reauthenticate/" in refused.url
    assert sorted(SealedReading.objects.values_list("what", "user")) == [
        ("bank", user.pk),
        ("health", user.pk),
        ("passport", user.pk),
    ]


@pytest.mark.parametrize(
    ("name", "args", "body"),
    [
        ("sealed-file-read", "file", {}),
        ("bank-change-read", "change", {}),
        ("bank-change-settle", "change", {"act": "confirm", "version": 1}),
        ("sealed-write", "passport", sealed.PASSPORT | {"version": 1}),
        ("sealed-write", "bank", sealed.OTHER_BANK | {"version": 1, "reason": "New"}),
        ("round-purge", "round", {"version": 1, "sure": "on"}),
    ],
)
def test_an_old_sign_in_does_nothing(nominee, name, args, body):
    scan = sealed_files.store_file(nominee, sealed.SCAN, "scan.pdf", by=None, at=AT)
    change = BankChange.objects.filter(nominee=nominee).first() or proposed(nominee)
    of = {
        "file": [nominee.pk, scan.pk],
        "change": [change.pk],
        "passport": [nominee.pk, "passport"],
        "bank": [nominee.pk, "bank"],
        "round": [nominee.application.round.key],
    }
    nominee.application.round.status = RoundStatus.SETTLED
    nominee.application.round.save()

    answer = post(long_ago(signed_in(officer())), name, *of[args], **body)

    assert answer.status_code in (302, 422)
    assert (answer.status_code == 302) == ("/account/reauthenticate/" in getattr(answer, "url", ""))
    change.refresh_from_db()
    assert (change.status, SealedReading.objects.count(), BankChange.objects.count()) == ("proposed", 0, 1)
    assert [one.version for one in sealing.masked(nominee)] == [1, 1, 1]


def test_what_was_typed_stays_when_something_is_wrong_or_was_changed(nominee):
    client = signed_in(officer())
    wrong = post(client, "sealed-write", nominee.pk, "passport", **sealed.PASSPORT | {"number": "?", "version": 1})
    stale = post(client, "sealed-write", nominee.pk, "passport", **sealed.PASSPORT | {"number": "NEW12", "version": 7})

    assert (wrong.status_code, stale.status_code) == (422, 422)
    assert b"letters and digits" in wrong.content and b'value="NEW12"' in stale.content
    again = post(client, "sealed-write", nominee.pk, "passport", **sealed.PASSPORT | {"number": "NEW12", "version": 1})
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.pdf", b"<html><script>alert(1)</script></html>", b"This file is something else"),
        ("scan.pdf", b"\x89PNG\r\n\x1a\n", b"it ends in .pdf and is a .png file"),
        ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(5 * 1024 * 1024), b"at most 5 MB"),
        ("scan.pdf", b"", b"This file is empty"),
        ("scan.pdf", b"%PDF-1.7 /Encrypt 5 0 R", b"protected by a password"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_a_sentence(nominee, name, content, said):
    answer = post(
        signed_in(officer()), "sealed-file-add", nominee.pk, kind="passport", file=SimpleUploadedFile(name, content)
    )

    assert answer.status_code == 422
    assert said in answer.content
    assert not SealedFile.objects.exists()


def test_a_file_leaves_as_a_download_in_which_nothing_runs_and_is_logged(nominee):
    user = officer()
    client = signed_in(user)
    name = "../../Passport \u202escan.pdf"
    post(client, "sealed-file-add", nominee.pk, kind="passport", file=SimpleUploadedFile(name, sealed.SCAN))
    scan = SealedFile.objects.get()

    answer = post(client, "sealed-file-read", nominee.pk, scan.pk)

    assert answer.content == sealed.SCAN
    assert {name: answer.headers[name] for name in ("Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Disposition": 'attachment; filename="Passport scan.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert list(SealedReading.objects.values_list("what", "user")) == [("file:passport", user.pk)]
    assert sealed.SCAN not in bytes(scan.content) and "scan.pdf" not in scan.name


def proposed(nominee, by=None):
    return bank_changes.propose(nominee, sealed.OTHER_BANK, reason="A new bank", by=by or officer(), at=AT, version=1)


def settle(client, change, act="confirm", version=1):
    return post(client, "bank-change-settle", change.pk, act=act, version=version)


def account(nominee):
    record = nominee.sealed_records.get(kind=SealedKind.BANK)
    return sealing.opened_values(nominee, SealedKind.BANK, record.sealed)["account"]


def test_a_changed_account_is_in_force_once_a_second_officer_has_read_and_confirmed_it(nominee):
    first, second = officer(), officer()
    client = signed_in(first)
    body = sealed.OTHER_BANK | {"reason": "A new bank", "version": 1}
    assert post(client, "sealed-write", nominee.pk, "bank", **body).status_code == 302
    change = BankChange.objects.get()
    assert account(nominee) == sealed.BANK["account"]

    # With one account, with two sessions of it, by direct POST: refused.
    for session in (client, signed_in(first)):
        post(session, "bank-change-read", change.pk)
        assert settle(session, change).status_code == 403
    unread = settle(signed_in(second), change)
    assert (unread.status_code, account(nominee)) == (302, sealed.BANK["account"])

    other = signed_in(second)
    both = post(other, "bank-change-read", change.pk)
    settled = settle(other, change)

    assert all(one["account"].encode() in both.content for one in (sealed.BANK, sealed.OTHER_BANK))
    assert settled.url == address("sealed", nominee.pk)
    assert account(nominee) == sealed.OTHER_BANK["account"]
    change.refresh_from_db()
    assert (change.status, change.sealed, change.settled_by) == (BankChangeStatus.CONFIRMED, "", second)
    told = OutgoingMessage.objects.filter(kind="sponsorship.bank_change_settled", user__isnull=False)
    assert {one.user for one in told} == {first, second}
    assert not OutgoingMessage.objects.filter(address=nominee.email).exists()  # the office's list says not to whom


def test_two_officers_settling_at_once_settle_it_once(nominee):
    change, clients = proposed(nominee), [signed_in(officer()), signed_in(officer())]
    for client in clients:
        post(client, "bank-change-read", change.pk)

    settle(clients[0], change, act="refuse")
    settle(clients[1], change)

    change.refresh_from_db()
    assert (change.status, account(nominee)) == (BankChangeStatus.REFUSED, sealed.BANK["account"])


def test_who_made_the_link_by_which_a_change_came_is_no_second_person(nominee):
    maker = officer()
    PersonalLink.objects.create(nominee=nominee, token_hash="x", made_by=maker, made_at=AT, ends_at=AT)
    change = bank_changes.propose(nominee, sealed.OTHER_BANK, reason="New", by=None, at=AT, version=1)

    assert settle(signed_in(maker), change).status_code == 403
    other = signed_in(officer())
    post(other, "bank-change-read", change.pk)
    settle(other, change)
    assert account(nominee) == sealed.OTHER_BANK["account"]


def test_a_waiting_change_is_work_for_those_who_can_be_the_second_person(nominee):
    first, maker, second = officer(), officer(), officer()
    PersonalLink.objects.create(nominee=nominee, token_hash="x", made_by=maker, made_at=AT, ends_at=AT)
    change = proposed(nominee, by=first)

    def work(user):
        return [item.url for item in work_items_sealed.changes_to_confirm(user, AT.date())]

    page = address("bank-change", change.pk)
    assert [work(user) for user in (first, maker, second)] == [[], [page], [page]]
    BankChange.objects.update(proposed_by=None, link_by=maker)
    assert [len(work(user)) for user in (first, maker, second)] == [1, 0, 1]
    assert work(person(Role.ISO_STAFF, "iso")) == []


def test_an_unsettled_round_is_work_before_its_receipts_go(nominee):
    def work(day):
        return [item.due for item in work_items_sealed.rounds_to_settle_in_time(user, day)]

    user = officer()
    assert [work(date(2027, 9, 20)), work(date(2027, 11, 20))] == [[], [date(2027, 12, 8)]]


def test_a_key_that_is_lost_for_good_is_given_up_and_the_person_asked_again(nominee, capsys):
    with pytest.raises(CommandError, match="not missing"):
        call_command("sealing_keys", give_up="14msp")
    (keys.folder() / round_keys.key_file(RoundKey.objects.get())).unlink()
    call_command("sealing_keys")
    call_command("sealing_keys", give_up="14msp")

    assert capsys.readouterr().out.splitlines()[0] == "14msp: missing"
    assert (Nominee.objects.get().name, sealing.masked(nominee)[0].is_there) == (nominee.name, False)
    sealing.write(nominee, SealedKind.PASSPORT, sealed.PASSPORT, by=None, at=AT, seen=0)
    assert sealing.read(nominee, SealedKind.PASSPORT, by=officer(), at=AT) == sealed.PASSPORT


def test_the_auditor_sees_who_read_what_and_never_of_whom(nominee):
    user = officer()
    post(signed_in(user), "sealed-read", nominee.pk, "passport")
    page = address("reading-list", nominee.application.round.key)

    seen = signed_in(person(Role.AUDITOR, "iso")).get(page).content.decode()
    known = signed_in(user).get(page).content.decode()

    assert user.name in seen and "Passport" in seen
    desk = signed_in(person(Role.AUDITOR, "iso")).get(reverse("dashboard:desk"))
    assert page.encode() in desk.content
    assert (nominee.name in seen, "Lao" in seen, nominee.name in known) == (False, False, True)


def test_a_lost_key_is_a_sentence(nominee):
    (keys.folder() / round_keys.key_file(RoundKey.objects.get())).unlink()
    client = signed_in(officer())

    read = client.post(address("sealed-read", nominee.pk, "passport"), headers=ORIGIN, follow=True)
    written = post(client, "sealed-write", nominee.pk, "passport", **sealed.PASSPORT | {"version": 1})

    assert (read.status_code, written.status_code) == (200, 422)
    assert b"a key is missing" in read.content and b"a key is missing" in written.content


def test_an_officer_ends_a_round_early_once_it_is_settled(nominee):
    client, round = signed_in(officer()), nominee.application.round
    body = {"version": round.version, "sure": "on"}
    assert b"Settle the round first" in post(client, "round-purge", round.key, **body).content
    round.status = RoundStatus.SETTLED
    round.save()

    assert post(client, "round-purge", round.key, **body).status_code == 302
    assert Nominee.objects.get().name == ""
    assert b"destroyed" in client.get(address("round-purge", round.key)).content
    refused = post(client, "sealed-write", nominee.pk, "health", needs="again", version=0)
    assert b"were destroyed on" in refused.content
