"""Papers: proposed, accepted or not, withdrawn, revised. Their texts are in ``document_texts``.

Each act is one transaction. ``also`` is what an app above changes in the same act (which meeting, which items, who is
told): it runs before the act is recorded, because the register's entry is the transaction's last statement.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ccm_portal.core import document_workflow as workflow
from ccm_portal.core import register
from ccm_portal.core.enums import DocumentKind, DocumentStatus
from ccm_portal.core.models import Document, DocumentIssuer, Organisation, State, User
from ccm_portal.core.symbols import SymbolRefused, parse
from ccm_portal.core.workflow import Transition, TransitionRefused, locked
from ccm_portal.core.writing import plain

LONGEST_TITLE = 300
LONGEST_NOTE = 5000
MOST_ISSUERS = 60
Also = Callable[[Document], None]
# What may go without a symbol: all else of a formal meeting is found by its own.
WITHOUT_SYMBOL = frozenset(
    {DocumentKind.NON_PAPER, DocumentKind.MINUTES, DocumentKind.INFORMATION, DocumentKind.OTHER, DocumentKind.WORK_PLAN}
)

NEEDS_SYMBOL = gettext_lazy("A paper of this kind needs a symbol. Only a non-paper goes without.")


class DocumentRefused(Exception):
    """It cannot be done with this paper. The message is fit to show the user."""


class SymbolTaken(DocumentRefused):
    """Another paper has the symbol."""


class DocumentChanged(DocumentRefused):
    """Somebody else has changed it since the page was opened. ``document`` is as it is now."""

    def __init__(self, document: Document) -> None:
        super().__init__(
            _("This paper was changed after you opened the page. It is shown as it is now: look, then do it again.")
        )
        self.document = document


@dataclass(frozen=True)
class Issuer:
    """A State, an organisation, or an office by its name: one of the three."""

    state: State | None = None
    organisation: Organisation | None = None
    name: str = ""


@transaction.atomic
def propose(
    *,
    title: str,
    kind: str,
    language: str,
    issuers: Sequence[Issuer],
    by: User | None,
    at: datetime,
    note: str = "",
    revises: Document | None = None,
    also: Also | None = None,
) -> Document:
    """Propose a paper. ``language`` is the one in which it is written.

    :raises DocumentRefused: if it has no title or nobody issues it, or what it revises is not accepted.
    """
    document = _new(
        title=title, kind=kind, language=language, issuers=issuers, by=by, at=at, note=note, revises=revises
    )
    if also:
        also(document)
    register.append(
        action="core.document.propose", by=by, at=at, state=_first_state(document), obj=document, data={"kind": kind}
    )
    return document


@transaction.atomic
def accept(
    *, document: Document, symbol: str, version: int, by: User, at: datetime, also: Also | None = None
) -> Document:
    """The ISO takes the paper in and gives it its symbol, or none where its kind goes without.

    :raises SymbolRefused: if the symbol is wrong.
    :raises SymbolTaken: if another paper has it.
    :raises DocumentChanged: if the paper has another version than the one seen.
    :raises DocumentRefused: if it waits no longer.
    """
    document = _held(document, version)
    _decide(document, workflow.ACCEPT, by=by, at=at, symbol=fitting(symbol, document))
    if also:
        also(document)
    workflow.ACCEPT.record(document, by=by, at=at, data={"symbol": document.symbol})
    return document


@transaction.atomic
def enter(
    *,
    title: str,
    kind: str,
    language: str,
    symbol: str,
    issuers: Sequence[Issuer],
    by: User | None,
    at: datetime,
    revises: Document | None = None,
    also: Also | None = None,
) -> Document:
    """A paper that needs nobody's acceptance: the ISO's own, a body's, the next revision, one of the past.

    :raises SymbolRefused: if the symbol is wrong.
    :raises SymbolTaken: if another paper has it.
    :raises DocumentRefused: as for ``propose``.
    """
    document = _new(title=title, kind=kind, language=language, issuers=issuers, by=by, at=at, note="", revises=revises)
    _decide(document, workflow.ACCEPT, by=by, at=at, symbol=fitting(symbol, document))
    if also:
        also(document)
    register.append(
        action="core.document.enter",
        by=by,
        at=at,
        state=_first_state(document),
        obj=document,
        data={"kind": kind, "symbol": document.symbol},
    )
    return document


def revise(
    *, document: Document, by: User, at: datetime, symbol: str = "", title: str = "", also: Also | None = None
) -> Document:
    """The next revision: a new paper under the next symbol (or the one given), with the same title, kind and issuers.

    :raises DocumentRefused: if the paper was not accepted, or has been revised.
    :raises SymbolTaken: if another paper has the symbol.
    """
    follows = str(parse(document.symbol).next_revision) if document.symbol else ""
    return enter(
        title=title or document.title,
        kind=document.kind,
        language=document.original_language,
        symbol=symbol or follows,
        issuers=issuers_of(document),
        by=by,
        at=at,
        revises=document,
        also=also,
    )


@transaction.atomic
def refuse(
    *, document: Document, note: str, version: int, by: User, at: datetime, also: Also | None = None
) -> Document:
    """The ISO does not take the paper in, and says why.

    :raises DocumentRefused: if no reason is given, or it waits no longer.
    :raises DocumentChanged: if the paper has another version than the one seen.
    """
    note = _note(note)
    if not note:
        raise DocumentRefused(_("Say why, so that it can be put right."))
    return _ended(document, workflow.REFUSE, note=note, version=version, by=by, at=at, also=also)


@transaction.atomic
def withdraw(
    *, document: Document, version: int, by: User, at: datetime, note: str = "", also: Also | None = None
) -> Document:
    """Those who issue it take it back before it is published.

    :raises DocumentRefused: if it is published or closed.
    :raises DocumentChanged: if the paper has another version than the one seen.
    """
    return _ended(document, workflow.WITHDRAW, note=_note(note), version=version, by=by, at=at, also=also)


@transaction.atomic
def take_back(
    *, document: Document, note: str, version: int, by: User, at: datetime, also: Also | None = None
) -> Document:
    """The ISO takes a published paper back: its texts are given out no longer, its page says when and why.

    :raises DocumentRefused: if no reason is given, or it is not published.
    :raises DocumentChanged: if the paper has another version than the one seen.
    """
    note = _note(note)
    if not note:
        raise DocumentRefused(_("Say why: everybody reads it on the page of the paper."))
    return _ended(document, workflow.TAKE_BACK, note=note, version=version, by=by, at=at, also=also)


@transaction.atomic
def describe(
    *,
    document: Document,
    title: str,
    kind: str,
    language: str,
    issuers: Sequence[Issuer],
    version: int,
    by: User,
    at: datetime,
    also: Also | None = None,
) -> Document:
    """Put right what is said about a paper; its symbol and its texts stay.

    :raises DocumentRefused: if it has no title or nobody issues it.
    :raises DocumentChanged: if the paper has another version than the one seen.
    """
    document = _held(document, version)
    document.title, document.kind, document.original_language = _title(title), _kind(kind), language
    document.version += 1
    document.save()
    document.issuers.all().delete()
    _issue(document, issuers)
    if also:
        also(document)
    register.append(action="core.document.describe", by=by, at=at, state=_first_state(document), obj=document)
    return document


def issuers_of(document: Document) -> list[Issuer]:
    """Who issues it, in order."""
    rows = document.issuers.select_related("state", "organisation").order_by("position", "pk")
    return [Issuer(state=row.state, organisation=row.organisation, name=row.name) for row in rows]


def held(document: Document, version: int) -> Document:
    """A fresh copy, locked, for the other acts on papers.

    :raises DocumentChanged: if it has another version than the one seen.
    """
    return _held(document, version)


def _held(document: Document, version: int) -> Document:
    fresh = locked(document)
    if fresh.version != version:
        raise DocumentChanged(fresh)
    return fresh


def _new(
    *,
    title: str,
    kind: str,
    language: str,
    issuers: Sequence[Issuer],
    by: User | None,
    at: datetime,
    note: str,
    revises: Document | None,
) -> Document:
    if revises is not None:
        revises = locked(revises)
        if revises.status not in (DocumentStatus.ACCEPTED, DocumentStatus.PUBLISHED):
            raise DocumentRefused(_("Only a paper that was accepted can be revised."))
        if revises.revised_by.filter(status__in=(DocumentStatus.ACCEPTED, DocumentStatus.PUBLISHED)).exists():
            raise DocumentRefused(_("This paper has been revised. Revise its newest revision."))
    document = Document.objects.create(
        title=_title(title),
        kind=_kind(kind),
        original_language=language,
        note=_note(note),
        revises=revises,
        proposed_by=by,
        proposed_at=at,
    )
    _issue(document, issuers)
    return document


def _issue(document: Document, issuers: Sequence[Issuer]) -> None:
    once = list(dict.fromkeys(issuers))
    if not once:
        raise DocumentRefused(_("Say who issues the paper."))
    if len(once) > MOST_ISSUERS:
        raise DocumentRefused(_("A paper has at most %(limit)s issuers.") % {"limit": MOST_ISSUERS})
    DocumentIssuer.objects.bulk_create(
        DocumentIssuer(document=document, position=place, state=one.state, organisation=one.organisation, name=one.name)
        for place, one in enumerate(once)
    )


def _decide(document: Document, arrow: Transition, *, by: User | None, at: datetime, symbol: str) -> None:
    document.symbol, document.decided_by, document.decided_at = symbol, by, at
    document.version += 1
    try:
        with transaction.atomic():  # another officer may give the same symbol at this moment: the database says it
            _apply(document, arrow)
    except IntegrityError as same:
        if symbol and Document.objects.filter(symbol=symbol).exclude(pk=document.pk).exists():
            raise taken(symbol) from same
        raise


def taken(symbol: str) -> SymbolTaken:
    """What is said when a symbol is not free."""
    return SymbolTaken(
        _("Another paper has the symbol %(symbol)s. A changed text is its revision; a new paper takes the next number.")
        % {"symbol": symbol}
    )


def fitting(symbol: str, document: Document) -> str:
    """The symbol as it is kept.

    :raises SymbolRefused: if it is wrong, or missing where the kind needs one.
    :raises SymbolTaken: if another paper has it.
    """
    if not symbol.strip():
        if document.kind in WITHOUT_SYMBOL:
            return ""
        raise SymbolRefused(str(NEEDS_SYMBOL))
    text = str(parse(symbol))
    if Document.objects.filter(symbol=text).exclude(pk=document.pk).exists():
        raise taken(text)
    return text


def _ended(
    document: Document,
    arrow: Transition,
    *,
    note: str,
    version: int,
    by: User,
    at: datetime,
    also: Also | None,
) -> Document:
    document = _held(document, version)
    document.decision_note, document.decided_by, document.decided_at = note, by, at
    document.version += 1
    _apply(document, arrow)
    if also:
        also(document)
    arrow.record(document, by=by, at=at, data={"symbol": document.symbol} if document.symbol else None)
    return document


def _apply(document: Document, arrow: Transition) -> None:
    try:
        arrow.apply(document)
    except TransitionRefused as refusal:
        raise DocumentRefused(str(refusal)) from refusal


def _title(text: str) -> str:
    title = " ".join(plain(text).split())
    if not title:
        raise DocumentRefused(_("Write the title of the paper."))
    if len(title) > LONGEST_TITLE:
        raise DocumentRefused(_("A title has at most %(limit)s characters.") % {"limit": LONGEST_TITLE})
    return title


def _kind(kind: str) -> str:
    if kind not in DocumentKind.values:
        raise DocumentRefused(_("Choose what kind of paper it is."))
    return kind


def _note(text: str) -> str:
    text = plain(text)
    if len(text) > LONGEST_NOTE:
        raise DocumentRefused(_("Write at most %(limit)s characters.") % {"limit": LONGEST_NOTE})
    return text


def _first_state(document: Document) -> State | None:
    first = document.issuers.select_related("state").order_by("position", "pk").first()
    return first.state if first else None
