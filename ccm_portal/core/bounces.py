"""Mail that came back: delivery status notifications (RFC 3464), matched to the outbox by Message-ID alone.

Whoever sends such a notice is unknown and may be hostile: a notice is read, never believed beyond the
message it names, and one that cannot be read stops nothing.
"""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from pathlib import Path

from ccm_portal.core.domain import messages
from ccm_portal.core.models import OutgoingMessage

LARGEST_BYTES = 2_000_000
HEADERS = ("text/rfc822-headers", "message/rfc822", "message/global", "message/global-headers")


@dataclass(frozen=True)
class Notice:
    """What a notice says: which message did not arrive, and what the machine said."""

    message_id: str
    diagnostic: str


@dataclass(frozen=True)
class Outcome:
    """What became of one piece of mail: ``bounced``, ``known`` (noted before), ``unknown`` (no such message
    went out), ``no notice`` (nothing in it says that a message failed) or ``unreadable``."""

    name: str
    what: str
    told: str = ""


def files_of(path: Path) -> list[Path]:
    """The messages in a Maildir or a folder, or the one file. Links are not followed."""
    if not path.is_dir():
        return [path]
    folders = [path / "new", path / "cur"] if (path / "cur").is_dir() else [path]
    return sorted(one for folder in folders if folder.is_dir() for one in folder.iterdir() if _is_mail(one))


def _is_mail(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.startswith(".")


def take_in(path: Path, *, at: datetime) -> Iterator[Outcome]:
    """Read each piece of mail and note what came back. Doing it again changes nothing."""
    for one in files_of(path):
        try:
            with one.open("rb") as mail:
                raw = mail.read(LARGEST_BYTES)
            notice = notice_in(raw)
        except Exception as odd:  # odd mail is no reason to leave the rest unread
            yield Outcome(one.name, "unreadable", type(odd).__name__)
            continue
        if notice is None:
            yield Outcome(one.name, "no notice")
        else:
            yield _noted(one.name, notice, at)


def _noted(name: str, notice: Notice, at: datetime) -> Outcome:
    message = OutgoingMessage.objects.filter(message_id=notice.message_id).first() if notice.message_id else None
    if message is None:
        return Outcome(name, "unknown", notice.message_id)
    new = messages.note_bounce(message=message, diagnostic=notice.diagnostic, at=at)
    return Outcome(name, "bounced" if new else "known", message.key)


def notice_in(raw: bytes) -> Notice | None:
    """The failure that a piece of mail reports, or ``None`` where it reports none for good: a delay is no failure."""
    mail = email.message_from_bytes(raw, policy=email.policy.compat32)
    if mail.get_content_type() != "multipart/report":
        return None
    failed = None
    message_id = ""
    for part in _parts(mail):
        kind = part.get_content_type()
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            failed = failed or _failure(part)
        elif kind in HEADERS and not message_id:
            message_id = _message_id(part)
    return Notice(message_id, failed) if failed else None


def _parts(mail: Message) -> list[Message]:
    """The messages inside a message; none where it holds text."""
    inside = mail.get_payload()
    return [part for part in inside if isinstance(part, Message)] if isinstance(inside, list) else []


def _failure(status: Message) -> str:
    """What the machine said of a recipient whom the message did not reach; empty where it reached all."""
    for block in _parts(status):
        if str(block.get("Action", "")).strip().lower() == "failed":
            told = " ".join(str(block.get(name, "")) for name in ("Status", "Diagnostic-Code"))
            return _plain(told) or "failed"
    return ""


def _message_id(part: Message) -> str:
    if part.is_multipart():
        return "".join(_plain(str(inner.get("Message-ID", ""))) for inner in _parts(part)[:1])
    decoded = part.get_payload(decode=True)
    headers = decoded if isinstance(decoded, bytes) else str(part.get_payload()).encode()
    return _plain(str(email.message_from_bytes(headers, policy=email.policy.compat32).get("Message-ID", "")))


def _plain(text: str) -> str:
    """One line that can be kept and shown."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:200]
