"""The outbox: messages are owed in the transaction of the fact, then sent by a worker.

A row is claimed, and the claim committed, before the mail server is spoken to. A message whose
outcome never came back, because a worker died or the mail server fell silent, is put before the
office's eyes, never sent a second time in silence.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise

from ccm_portal.core import doorbell, files
from ccm_portal.core.enums import MessageStatus
from ccm_portal.core.models import OutgoingMessage, StoredFile, User

log = logging.getLogger(__name__)

DELIVER = "core.deliver"
RING_AGAIN_AFTER = timedelta(seconds=45)
UNCLEAR_AFTER = timedelta(minutes=10)
BACK_OFF = (1, 5, 15, 60, 240)  # minutes after each failed attempt; the last one repeats
GIVE_UP_AFTER = 24


@dataclass(frozen=True)
class Attachment:
    """What goes with a message."""

    name: str
    file: StoredFile


@dataclass(frozen=True, kw_only=True)
class MessageKind:
    """One sort of message.

    ``context`` gives the template's words as they are true when it leaves, or ``None`` when the
    message is no longer true (it is then withdrawn). ``attachment`` answers ``None`` while the file
    it needs is not there yet. ``on_sent`` notes that it went, in the transaction that says so.
    ``held_until`` says until when it may not leave, though it is owed. ``recipient`` gives the address where the row
    may not hold it, because the office reads the list of mails; nobody (``""``) takes the message back.
    """

    name: str
    template: str
    context: Callable[[OutgoingMessage, datetime], dict[str, object] | None]
    label: str | Promise = ""  # for the office's list
    attachment: Callable[[OutgoingMessage], Attachment | None] | None = None
    on_sent: Callable[[OutgoingMessage, datetime], None] | None = None
    held_until: Callable[[OutgoingMessage, datetime], datetime | None] | None = None
    recipient: Callable[[OutgoingMessage], str] | None = None


_kinds: dict[str, MessageKind] = {}


def register_kind(kind: MessageKind) -> MessageKind:
    """Called by an app's ``ready()``."""
    _kinds[kind.name] = kind
    return kind


def kinds() -> dict[str, MessageKind]:
    """Every kind of message, by name."""
    return dict(_kinds)


def owe(
    *, kind: str, key: str, to: User | str, at: datetime, ids: dict[str, object] | None = None, language: str = "en"
) -> bool:
    """Owe a message to one recipient. Owing the same key twice is harmless.

    :returns: whether it is new.
    """
    if kind not in _kinds:
        raise ValueError(f"There is no message of the kind {kind!r}.")
    person, address = (to, "") if isinstance(to, User) else (None, to)
    message, new = OutgoingMessage.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "user": person,
            "address": address,
            "language": person.language if person else language,
            "ids": ids or {},
            "owed_at": at,
            "not_before": at,
        },
    )
    if new:
        doorbell.ring(DELIVER, message.pk)
    return new


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One of many messages that are owed together."""

    key: str
    to: User | str
    language: str
    ids: dict[str, object]


def owe_many(*, kind: str, messages: Iterable[Owed], at: datetime) -> int:
    """Owe messages of one kind, in a constant number of statements; a key that is known stays as it is.

    :returns: how many are new. Of several at once that owe the same, one counts it.
    """
    if kind not in _kinds:
        raise ValueError(f"There is no message of the kind {kind!r}.")
    rows = [
        OutgoingMessage(
            key=one.key,
            kind=kind,
            user=one.to if isinstance(one.to, User) else None,
            address="" if isinstance(one.to, User) else one.to,
            language=one.language,
            ids=one.ids,
            owed_at=at,
            not_before=at,
            message_id=make_msgid(domain="portal"),
        )
        for one in sorted(messages, key=lambda one: one.key)  # in one order, so that two do not wait for each other
    ]
    if not rows:
        return 0
    with transaction.atomic():
        OutgoingMessage.objects.bulk_create(rows, ignore_conflicts=True)
        ours = OutgoingMessage.objects.filter(message_id__in=[row.message_id for row in rows])
        new = list(ours.values_list("pk", flat=True))
        for pk in new:
            doorbell.ring(DELIVER, pk)
    return len(new)


def _claim(pk: int, at: datetime) -> OutgoingMessage | None:
    """Take the row for this worker and commit that, before anything is sent."""
    with transaction.atomic():
        message = (
            OutgoingMessage.objects.select_for_update(skip_locked=True, of=("self",))
            .select_related("user")
            .filter(pk=pk, status=MessageStatus.OWED, not_before__lte=at)
            .first()
        )
        if message is None:
            return None
        message.status = MessageStatus.CLAIMED
        message.claimed_at = at
        message.attempts += 1
        message.message_id = message.message_id or make_msgid(domain="portal")
        message.save()
        return message


def deliver(*, pk: int, at: datetime) -> str:
    """Send one owed message. Returns its status afterwards; quiet if another worker has it."""
    message = _claim(pk, at)
    if message is None:
        return "not mine"
    kind = _kinds[message.kind]
    if kind.held_until and (until := kind.held_until(message, at)):
        return _hold(message, until)
    try:
        mail = _written(message, kind, at)
    except Exception as wrong:
        log.exception("message %s could not be written", message.key)
        return _retry(message, at, wrong)
    if isinstance(mail, str):
        status = _settle(message, mail, at)
        if status == MessageStatus.OWED and kind.attachment and kind.attachment(message):
            ready(pks=[message.pk], at=at)  # the file came while this worker held the message
        return status
    try:
        _hand_over(mail)
    except NotTaken as refusal:
        log.exception("message %s was not taken by the mail server", message.key)
        return _retry(message, at, refusal.__cause__ or refusal)
    except Exception as wrong:
        log.exception("message %s: the mail server did not answer; the office must look", message.key)
        OutgoingMessage.objects.filter(pk=message.pk).update(last_error=told_of(message, _told(wrong)))
        return _settle(message, MessageStatus.UNCLEAR, at)
    return _settle(message, MessageStatus.SENT, at, kind)


class NotTaken(Exception):
    """The mail server was not there, or said no: the message has not left."""


def _hand_over(mail: EmailMessage) -> None:
    """Give the mail to the mail server.

    :raises NotTaken: if it certainly has not left. Any other error leaves open whether it has.
    """
    server = get_connection()
    try:
        server.open()
    except Exception as wrong:
        raise NotTaken from wrong
    try:
        server.send_messages([mail])
    except (SMTPResponseException, SMTPRecipientsRefused) as refusal:
        raise NotTaken from refusal
    finally:
        try:
            server.close()
        except Exception:
            log.exception("the mail server broke off at the end; what it took, it has")


def _told(wrong: BaseException) -> str:
    return f"{type(wrong).__name__}: {wrong}"[:300]


def told_of(message: OutgoingMessage, words: str) -> str:
    """What a machine said of a message, as the office may read it: nothing of one whose address the row does not hold,
    since machines repeat addresses."""
    kind = _kinds.get(message.kind)
    return "" if kind and kind.recipient else words[:300]


def _written(message: OutgoingMessage, kind: MessageKind, at: datetime) -> EmailMessage | str:
    """The mail; or the status in which the row is to rest instead."""
    if message.user and not message.user.is_active:
        return MessageStatus.WITHDRAWN
    with translation.override(message.language):
        context = kind.context(message, at)
        to = kind.recipient(message) if kind.recipient else message.user.email if message.user else message.address
        if context is None or not to:
            return MessageStatus.WITHDRAWN
        attachment = kind.attachment(message) if kind.attachment else None
        if kind.attachment and attachment is None:
            return MessageStatus.OWED
        words = {"site": settings.SITE_ADDRESS, "person": message.user, "now": at, **context}
        text = render_to_string(kind.template, words)
    first, _rule, body = text.strip().partition("\n")
    mail = EmailMessage(
        subject=" ".join(first.removeprefix("Subject:").split()),
        body=body.strip() + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[to],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )
    if attachment:
        mail.attach(attachment.name, files.read(attachment.file), attachment.file.content_type)
    mail.message()  # what cannot be written fails here, before anybody is spoken to
    return mail


def _hold(message: OutgoingMessage, until: datetime) -> str:
    """Give the claim back until then; this was no attempt."""
    OutgoingMessage.objects.filter(pk=message.pk, status=MessageStatus.CLAIMED).update(
        status=MessageStatus.OWED, not_before=until, attempts=F("attempts") - 1
    )
    return MessageStatus.OWED


def _retry(message: OutgoingMessage, at: datetime, wrong: BaseException) -> str:
    if message.attempts >= GIVE_UP_AFTER:
        return _settle(message, MessageStatus.FAILED, at)
    wait = BACK_OFF[min(message.attempts, len(BACK_OFF)) - 1]
    OutgoingMessage.objects.filter(pk=message.pk, status=MessageStatus.CLAIMED).update(
        status=MessageStatus.OWED,
        not_before=at + timedelta(minutes=wait),
        last_error=told_of(message, _told(wrong)),
    )
    return MessageStatus.OWED


@transaction.atomic
def _settle(message: OutgoingMessage, status: str, at: datetime, kind: MessageKind | None = None) -> str:
    """Note the outcome. Waiting for a file gives the claim back and does not count as an attempt.

    A worker so slow that its claim was set apart as unclear still knows that the message went.
    """
    known = [MessageStatus.CLAIMED, MessageStatus.UNCLEAR] if status == MessageStatus.SENT else [MessageStatus.CLAIMED]
    changes: dict[str, object] = {"status": status}
    if status == MessageStatus.OWED:
        changes |= {"attempts": F("attempts") - 1, "not_before": at + timedelta(seconds=20)}
    else:
        changes["settled_at"] = at
    OutgoingMessage.objects.filter(pk=message.pk, status__in=known).update(**changes)
    if kind and kind.on_sent:
        kind.on_sent(message, at)
    return status


def ready(*, pks: list[int], at: datetime) -> None:
    """Ring at once for messages that waited for a file that is there now."""
    OutgoingMessage.objects.filter(pk__in=pks, status=MessageStatus.OWED, not_before__gt=at).update(not_before=at)
    for pk in pks:
        doorbell.ring(DELIVER, pk)


def withdraw(*, kinds: Collection[str], versions: Collection[int], at: datetime) -> int:
    """Take back what is owed about these filed versions and has not left. Returns how many messages."""
    owed = OutgoingMessage.objects.filter(kind__in=kinds, ids__version__in=list(versions), status=MessageStatus.OWED)
    return owed.update(status=MessageStatus.WITHDRAWN, settled_at=at)


def sweep(*, at: datetime) -> int:
    """Find what the queue lost, and set apart the claims whose outcome never came back."""
    unclear = OutgoingMessage.objects.filter(status=MessageStatus.CLAIMED, claimed_at__lt=at - UNCLEAR_AFTER)
    for key in unclear.values_list("key", flat=True):
        log.error("message %s: a worker died while sending; the office must look", key)
    unclear.update(status=MessageStatus.UNCLEAR, settled_at=at)
    waiting = OutgoingMessage.objects.filter(
        status=MessageStatus.OWED, not_before__lte=at, owed_at__lt=at - RING_AGAIN_AFTER
    ).order_by("not_before", "pk")
    pks = list(waiting.values_list("pk", flat=True)[:500])
    for pk in pks:
        doorbell.ring_now(DELIVER, pk)
    return len(pks)
