"""Who hears of proposed papers: whoever proposed one, when it is accepted or not. The reason is read on its page."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ccm_portal.core import outbox
from ccm_portal.core.enums import TAKEN_IN, DocumentStatus
from ccm_portal.core.models import Document, OutgoingMessage

ACCEPTED = "meetings.paper_accepted"
REFUSED = "meetings.paper_refused"

Context = dict[str, object] | None


def register() -> None:
    """Make these messages known to the outbox."""
    for name, label, template, context in (
        (ACCEPTED, _("A proposed paper is accepted"), "paper_accepted", _of_accepted),
        (REFUSED, _("A proposed paper is not accepted"), "paper_refused", _of_refused),
    ):
        outbox.register_kind(
            outbox.MessageKind(name=name, label=label, template=f"meetings/emails/{template}.txt", context=context)
        )


def accepted(document: Document, *, at: datetime) -> None:
    """To whoever proposed it."""
    _owe(ACCEPTED, document, at=at)


def refused(document: Document, *, at: datetime) -> None:
    """To whoever proposed it."""
    _owe(REFUSED, document, at=at)


def _owe(kind: str, document: Document, *, at: datetime) -> None:
    if document.proposed_by is not None:
        outbox.owe(
            kind=kind,
            key=f"{kind}:{document.pk}",
            to=document.proposed_by,
            ids={"document": document.pk},
            at=at,
        )


def _of_accepted(message: OutgoingMessage, at: datetime) -> Context:
    document = _document(message)
    if document.status not in TAKEN_IN:
        return None
    return _words(document)


def _of_refused(message: OutgoingMessage, at: datetime) -> Context:
    document = _document(message)
    return _words(document) if document.status == DocumentStatus.REFUSED else None


def _words(document: Document) -> dict[str, object]:
    """The symbol is public by nature; title and reason stay on the page, for who signs in."""
    return {
        "symbol": document.symbol,
        "day": document.proposed_at,
        "url": settings.SITE_ADDRESS + reverse("meetings:my-paper", args=[document.pk]),
    }


def _document(message: OutgoingMessage) -> Document:
    return Document.objects.get(pk=message.ids["document"])
