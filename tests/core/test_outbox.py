"""Messages are owed with the fact, claimed before they leave, and leave once."""

import smtplib
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from ccm_portal.core import files, outbox
from ccm_portal.core.models import OutgoingMessage
from ccm_portal.core.register import Head
from tests.factories import UserFactory

AT = datetime(2027, 4, 1, 12, tzinfo=UTC)
KIND = "test.news"
ANYONE = "reader@example.org"


def seconds(count):
    return timedelta(seconds=count)


def minutes(count):
    return timedelta(minutes=count)


class Truth:
    """What the messages of this test say, and whether they still should."""

    def __init__(self):
        self.head = Head("main", 7, "a" * 64)
        self.attachment = None
        self.sent = []


@pytest.fixture
def truth(monkeypatch):
    truth = Truth()
    kind = outbox.MessageKind(
        name=KIND,
        template="core/emails/register_head.txt",
        context=lambda message, at: truth.head and {"head": truth.head},
        on_sent=lambda message, at: truth.sent.append((message.key, at)),
    )
    waiting = outbox.MessageKind(
        name="test.with_file",
        template=kind.template,
        context=kind.context,
        attachment=lambda message: truth.attachment,
    )
    monkeypatch.setitem(outbox._kinds, KIND, kind)
    monkeypatch.setitem(outbox._kinds, waiting.name, waiting)
    return truth


def owe(key="news:1", *, kind=KIND, to=ANYONE):
    outbox.owe(kind=kind, key=key, to=to, at=AT)
    return OutgoingMessage.objects.get(key=key)


def now(message):
    message.refresh_from_db()
    return message.status, message.attempts


@pytest.mark.django_db
def test_a_message_is_written_with_what_is_true_when_it_leaves(truth, mailoutbox):
    message = owe()
    truth.head = Head("main", 8, "b" * 64)

    assert outbox.deliver(pk=message.pk, at=AT) == "sent"

    [mail] = mailoutbox
    message.refresh_from_db()
    assert (mail.subject, mail.to, mail.extra_headers["Message-ID"]) == (
        "Register head 8",
        [ANYONE],
        message.message_id,
    )
    assert f"main:8:{'b' * 64}" in mail.body
    assert (message.attempts, message.claimed_at, message.settled_at) == (1, AT, AT)
    assert truth.sent == [("news:1", AT)]


@pytest.mark.django_db
def test_the_same_key_is_owed_once_and_sent_once(truth, mailoutbox):
    assert [outbox.owe(kind=KIND, key="news:1", to=ANYONE, at=AT) for _ in range(3)] == [True, False, False]
    message = OutgoingMessage.objects.get()

    assert [outbox.deliver(pk=message.pk, at=AT) for _ in range(3)] == ["sent", "not mine", "not mine"]
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_it_speaks_the_language_of_the_person(truth, mailoutbox):
    person = UserFactory(language="fr")
    message = owe(to=person)
    assert (message.user, message.address, message.language) == (person, "", "fr")


@pytest.mark.django_db
def test_a_kind_that_nobody_registered_is_refused():
    with pytest.raises(ValueError, match=r"no message of the kind 'test\.unknown'"):
        outbox.owe(kind="test.unknown", key="x", to=ANYONE, at=AT)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_owed(truth):
    with pytest.raises(RuntimeError), transaction.atomic():
        owe()
        raise RuntimeError
    assert list(OutgoingMessage.objects.all()) == []


# Not true any more


@pytest.mark.django_db
def test_a_message_that_is_no_longer_true_is_withdrawn(truth, mailoutbox):
    message = owe()
    truth.head = None

    assert outbox.deliver(pk=message.pk, at=AT) == "withdrawn"
    assert (now(message), mailoutbox, truth.sent) == (("withdrawn", 1), [], [])


@pytest.mark.django_db
def test_nobody_is_written_to_whose_account_is_closed(truth, mailoutbox):
    person = UserFactory()
    message = owe(to=person)
    person.is_active = False
    person.save()

    assert outbox.deliver(pk=message.pk, at=AT) == "withdrawn"
    assert mailoutbox == []


# The mail server says no


class Refusing(EmailBackend):
    """A mail server that is not there, until it is."""

    works = False

    def open(self):
        if not self.works:
            raise smtplib.SMTPServerDisconnected("gone")
        return super().open()


@pytest.fixture
def mail_server(settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.Refusing"
    monkeypatch.setattr(Refusing, "works", False)
    return Refusing


@pytest.mark.django_db
def test_a_refused_message_is_tried_again_later_and_later(truth, mail_server, mailoutbox):
    message = owe()
    at, waits = AT, []
    for _attempt in range(6):
        assert outbox.deliver(pk=message.pk, at=at) == "owed"
        message.refresh_from_db()
        waits.append(message.not_before - at)
        assert outbox.deliver(pk=message.pk, at=message.not_before - seconds(1)) == "not mine"
        at = message.not_before

    assert waits == [minutes(count) for count in (1, 5, 15, 60, 240, 240)]
    assert message.last_error == "SMTPServerDisconnected: gone"
    mail_server.works = True
    assert outbox.deliver(pk=message.pk, at=at) == "sent"
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_a_message_nobody_takes_is_given_up_in_the_end(truth, mail_server):
    message = owe()
    at = AT
    for _attempt in range(outbox.GIVE_UP_AFTER):
        outbox.deliver(pk=message.pk, at=at)
        message.refresh_from_db()
        at = max(at, message.not_before)
    assert now(message) == ("failed", outbox.GIVE_UP_AFTER)
    assert at - AT > timedelta(hours=72)


class Busy(EmailBackend):
    """A mail server that answers, and takes nothing for now."""

    def send_messages(self, messages):
        raise smtplib.SMTPDataError(451, b"try later")


@pytest.mark.django_db
def test_a_message_that_the_mail_server_does_not_take_is_tried_again(truth, settings, mailoutbox):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.Busy"
    message = owe()
    assert outbox.deliver(pk=message.pk, at=AT) == "owed"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert outbox.deliver(pk=message.pk, at=AT + minutes(1)) == "sent"
    assert len(mailoutbox) == 1


# A worker dies, or is only slow


class Silent(EmailBackend):
    """The mail server has the message, and its answer never comes."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise TimeoutError("timed out")


@pytest.mark.django_db
def test_a_message_whose_taking_was_not_answered_goes_to_the_office_and_never_out_again(
    truth, settings, mailoutbox, caplog
):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.Silent"
    message = owe()
    assert outbox.deliver(pk=message.pk, at=AT) == "unclear"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    later = AT + timedelta(days=1)
    outbox.sweep(at=later)
    assert outbox.deliver(pk=message.pk, at=later) == "not mine"
    message.refresh_from_db()
    assert (now(message), message.last_error) == (("unclear", 1), "TimeoutError: timed out")
    assert [record.levelname for record in caplog.records if "news:1" in record.getMessage()] == ["ERROR"]
    assert len(mailoutbox) == 1


class Unpolite(EmailBackend):
    """The mail server has the message, and breaks off instead of saying good-bye."""

    def close(self):
        raise OSError("broken off")


@pytest.mark.django_db
def test_a_good_bye_that_fails_takes_nothing_back(truth, settings, mailoutbox):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.Unpolite"
    assert outbox.deliver(pk=owe().pk, at=AT) == "sent"
    assert len(mailoutbox) == 1


class Dying(EmailBackend):
    """The machine is switched off while the mail server has the message."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SystemExit


@pytest.mark.django_db
def test_a_claim_whose_outcome_is_not_known_goes_to_the_office_and_never_out_again(truth, settings, mailoutbox, caplog):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.Dying"
    message = owe()
    with pytest.raises(SystemExit):
        outbox.deliver(pk=message.pk, at=AT)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    outbox.sweep(at=AT + minutes(9))
    assert now(message) == ("claimed", 1)
    outbox.sweep(at=AT + minutes(11))
    assert now(message) == ("unclear", 1)
    assert [record.levelname for record in caplog.records if "news:1" in record.getMessage()] == ["ERROR"]

    later = AT + timedelta(days=1)
    outbox.sweep(at=later)
    assert outbox.deliver(pk=message.pk, at=later) == "not mine"
    assert len(mailoutbox) == 1


class Slow(EmailBackend):
    """A mail server that takes eleven minutes; the sweeper comes by in between."""

    def send_messages(self, messages):
        outbox.sweep(at=AT + minutes(11))
        return super().send_messages(messages)


@pytest.mark.django_db
def test_a_slow_worker_that_comes_back_says_that_it_was_sent(truth, settings):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.Slow"
    message = owe()
    assert outbox.deliver(pk=message.pk, at=AT) == "sent"
    assert now(message) == ("sent", 1)


class Holding(EmailBackend):
    """Keeps the first message until it is told to let go."""

    reached, let_go = threading.Event(), threading.Event()

    def send_messages(self, messages):
        self.reached.set()
        self.let_go.wait(10)
        return super().send_messages(messages)


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_speaks_to_the_mail_server_no_other_sends_the_same(truth, settings, mailoutbox):
    settings.EMAIL_BACKEND = "tests.core.test_outbox.Holding"
    message = owe()
    outcomes = []

    def work():
        outcomes.append(outbox.deliver(pk=message.pk, at=AT))
        connection.close()

    first = threading.Thread(target=work)
    first.start()
    assert Holding.reached.wait(10)
    others = [threading.Thread(target=work) for _ in range(4)]
    for other in others:
        other.start()
    for other in others:
        other.join(10)
    Holding.let_go.set()
    first.join(10)

    assert outcomes == ["not mine"] * 4 + ["sent"]
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_while_one_worker_is_writing_its_claim_no_other_takes_the_message(truth, mailoutbox):
    message = owe()
    outcomes = []

    def work():
        outcomes.append(outbox.deliver(pk=message.pk, at=AT))
        connection.close()

    with transaction.atomic():
        OutgoingMessage.objects.select_for_update().get(pk=message.pk)
        others = [threading.Thread(target=work) for _ in range(3)]
        for other in others:
            other.start()
        for other in others:
            other.join(3)
        told = list(outcomes)

    assert told == ["not mine"] * 3
    assert outbox.deliver(pk=message.pk, at=AT) == "sent"
    assert len(mailoutbox) == 1


# Waiting for a file


@pytest.mark.django_db
def test_a_message_waits_for_its_file_without_using_up_attempts(truth, mailoutbox):
    message = owe(kind="test.with_file")

    for count in range(30):
        assert outbox.deliver(pk=message.pk, at=AT + minutes(count)) == "owed"
    assert (now(message), mailoutbox) == (("owed", 0), [])

    stored = files.store(content=b"%PDF-1.7 the report", name="report.pdf", at=AT)
    truth.attachment = outbox.Attachment("ccm-lao-pdr-2025.pdf", stored)
    assert outbox.deliver(pk=message.pk, at=AT + minutes(40)) == "sent"
    [mail] = mailoutbox
    assert mail.attachments == [("ccm-lao-pdr-2025.pdf", b"%PDF-1.7 the report", "application/pdf")]


@pytest.mark.django_db
def test_a_message_whose_file_has_just_come_need_not_wait_for_its_next_turn(truth, mailoutbox):
    message = owe(kind="test.with_file")
    outbox.deliver(pk=message.pk, at=AT)
    assert outbox.deliver(pk=message.pk, at=AT + seconds(5)) == "not mine"

    truth.attachment = outbox.Attachment("a.pdf", files.store(content=b"%PDF-1.7", name="a.pdf", at=AT))
    outbox.ready(pks=[message.pk], at=AT + seconds(5))

    assert outbox.deliver(pk=message.pk, at=AT + seconds(5)) == "sent"


@pytest.mark.django_db
def test_a_file_that_comes_while_a_worker_looks_for_it_is_not_overlooked(truth, monkeypatch, mailoutbox):
    message = owe(kind="test.with_file")
    stored = outbox.Attachment("a.pdf", files.store(content=b"%PDF-1.7", name="a.pdf", at=AT))
    answers = iter([None, stored, stored])
    kind = outbox._kinds["test.with_file"]
    monkeypatch.setitem(outbox._kinds, kind.name, replace(kind, attachment=lambda message: next(answers)))

    assert outbox.deliver(pk=message.pk, at=AT) == "owed"
    assert outbox.deliver(pk=message.pk, at=AT) == "sent"


# The sweeper


@pytest.mark.django_db
def test_the_sweeper_rings_for_what_should_have_left_and_for_nothing_else(truth):
    old, waiting, sent = owe("old"), owe("waiting"), owe("sent")
    OutgoingMessage.objects.filter(pk=waiting.pk).update(not_before=AT + minutes(5))
    outbox.deliver(pk=sent.pk, at=AT)

    assert outbox.sweep(at=AT + seconds(30)) == 0  # the queue still has them
    assert outbox.sweep(at=AT + seconds(60)) == 1
    assert outbox.sweep(at=AT + minutes(6)) == 2
    assert now(old) == now(waiting) == ("owed", 0)
