"""Papers of meetings: proposed for one, accepted onto its items, put on others, published where everybody may read.

Papers hold on to items by their ``code``. A paper may be published before its item is: it then stands under the
meeting, and with the item once an agenda that holds it is published (``paper_reading.not_yet_public``).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain import document_symbols, document_texts, documents
from ccm_portal.core.domain.document_texts import NewText
from ccm_portal.core.domain.documents import DocumentRefused, Issuer
from ccm_portal.core.enums import DocumentKind
from ccm_portal.core.models import Document, User
from ccm_portal.core.symbols import SymbolRefused, next_free, parse
from meetings import emails_papers
from meetings.domain.agenda_reading import desk_items, public_items
from meetings.enums import MeetingStatus
from meetings.models import ItemPaper, Meeting, MeetingPaper
from meetings.rules import is_public

MOST_ITEMS = 20
# Kinds that are counted apart from the numbered papers of a meeting.
SERIES_OF = {DocumentKind.WORKING_PAPER: "WP", DocumentKind.INFORMATION: "INF"}


@transaction.atomic
def propose(
    *,
    meeting: Meeting,
    codes: Sequence[int],
    title: str,
    kind: str,
    language: str,
    issuers: Sequence[Issuer],
    texts: Sequence[NewText],
    note: str,
    by: User,
    at: datetime,
    revises: Document | None = None,
) -> Document:
    """Propose a paper for a meeting and some of its items, with its texts. The ISO finds it on its desk.

    :raises DocumentRefused: if it lacks something, an item is not on the agenda, or the meeting was called off.
    :raises FileRefused: if a file cannot be taken.
    """
    if meeting.status == MeetingStatus.CANCELLED:
        raise DocumentRefused(_("This meeting was called off. It takes no papers."))
    if not texts:
        raise DocumentRefused(_("Choose the file of the paper."))

    def also(document: Document) -> None:
        MeetingPaper.objects.create(meeting=meeting, document=document)
        _put(document, meeting, codes)
        document_texts.take_in(document, texts, by=by, at=at)

    return documents.propose(
        title=title,
        kind=kind,
        language=language,
        issuers=issuers,
        note=note,
        revises=revises,
        by=by,
        at=at,
        also=also,
    )


@transaction.atomic
def enter(
    *,
    meeting: Meeting,
    codes: Sequence[int],
    title: str,
    kind: str,
    language: str,
    symbol: str,
    issuers: Sequence[Issuer],
    by: User | None,
    at: datetime,
    texts: Sequence[NewText] = (),
    revises: Document | None = None,
) -> Document:
    """A paper that waits for nobody: the ISO's own, or one of the past.

    :raises SymbolRefused: if the symbol is wrong, or another meeting's.
    :raises DocumentRefused: if it lacks something, the symbol is taken, or an item is not on the agenda.
    :raises FileRefused: if a file cannot be taken.
    """

    refuse_foreign(symbol, [meeting])

    def also(document: Document) -> None:
        MeetingPaper.objects.create(meeting=meeting, document=document)
        _put(document, meeting, codes)
        document_texts.take_in(document, texts, by=by, at=at)

    return documents.enter(
        title=title,
        kind=kind,
        language=language,
        symbol=symbol,
        issuers=issuers,
        revises=revises,
        by=by,
        at=at,
        also=also,
    )


def accept(
    *, document: Document, meeting: Meeting, symbol: str, codes: Sequence[int], version: int, by: User, at: datetime
) -> Document:
    """Take the paper in under its symbol and onto items; whoever proposed it is told.

    :raises SymbolRefused: if the symbol is wrong, or another meeting's.
    :raises DocumentRefused: if the symbol is taken, it waits no longer, was changed, or an item is not on the agenda.
    """

    refuse_foreign(symbol, [meeting])

    def also(held: Document) -> None:
        _put(held, meeting, codes)
        emails_papers.accepted(held, at=at)

    return documents.accept(document=document, symbol=symbol, version=version, by=by, at=at, also=also)


def refuse(*, document: Document, note: str, version: int, by: User, at: datetime) -> Document:
    """Do not take it in; whoever proposed it is told, and reads why on its page.

    :raises DocumentRefused: if no reason is given, it waits no longer, or was changed.
    """
    return documents.refuse(
        document=document,
        note=note,
        version=version,
        by=by,
        at=at,
        also=lambda held: emails_papers.refused(held, at=at),
    )


def revise(*, document: Document, by: User, at: datetime, symbol: str = "") -> Document:
    """The next revision: a new paper for the same meetings and items.

    :raises DocumentRefused: if the paper was not accepted, or has been revised.
    """

    def also(new: Document) -> None:
        for row in document.meetings.order_by("pk"):
            MeetingPaper.objects.create(meeting_id=row.meeting_id, document=new)
        for held in document.items.order_by("pk"):
            ItemPaper.objects.create(meeting_id=held.meeting_id, code=held.code, document=new)

    return documents.revise(document=document, symbol=symbol, by=by, at=at, also=also)


@transaction.atomic
def put_on_items(
    *, document: Document, meeting: Meeting, codes: Sequence[int], version: int, by: User, at: datetime
) -> Document:
    """On which items of this meeting the paper stands; on no others.

    :raises DocumentRefused: if an item is not on the agenda, or the paper was changed meanwhile.
    """
    document = documents.held(document, version)
    MeetingPaper.objects.get_or_create(meeting=meeting, document=document)
    _put(document, meeting, codes)
    document.version += 1
    document.save()
    register.append(
        action="core.document.put_on_items",
        by=by,
        at=at,
        obj=document,
        data={"meeting": meeting.key, "codes": sorted(set(codes))},
    )
    return document


def publish(
    *, document: Document, version: int, by: User, at: datetime, languages: list[str] | None = None
) -> Document:
    """Everybody may read the texts that wait.

    :raises DocumentRefused: if there is none, the paper is not accepted, or no meeting of it is public.
    """
    refuse_unpublishable(document)
    return document_texts.publish_texts(document=document, version=version, languages=languages, by=by, at=at)


def refuse_unpublishable(document: Document) -> None:
    """:raises DocumentRefused: if the paper is for meetings that not everybody may know of."""
    meetings = list(Meeting.objects.filter(papers__document=document))
    if meetings and not any(is_public(meeting) for meeting in meetings):
        raise DocumentRefused(
            _(
                "Not everybody may know of this meeting, so its papers are not published."
                " Its members read them once they are accepted."
            )
        )


def correct_symbol(*, document: Document, symbol: str, version: int, by: User, at: datetime) -> Document:
    """Give a paper that was taken in under a wrong symbol the right one, of one of its meetings.

    :raises SymbolRefused: if the symbol is wrong, or another meeting's.
    :raises DocumentRefused: if the symbol is taken, or the paper was not accepted or was changed meanwhile.
    """
    refuse_foreign(symbol, list(Meeting.objects.filter(papers__document=document).order_by("pk")))
    return document_symbols.correct_symbol(document=document, symbol=symbol, version=version, by=by, at=at)


def refuse_foreign(symbol: str, meetings: Sequence[Meeting]) -> None:
    """A meeting without a stem takes any symbol.

    :raises SymbolRefused: if the symbol is wrong, or begins as those of none of the meetings.
    """
    stems = [meeting.symbol_stem for meeting in meetings]
    if not symbol.strip() or not all(stems):
        return
    text = str(parse(symbol))
    if stems and not any(text.casefold().startswith(f"{stem}/".casefold()) for stem in stems):
        raise SymbolRefused(
            _("%(symbol)s is the symbol of another meeting. Those of this meeting begin with %(stem)s/.")
            % {"symbol": text, "stem": stems[0]}
        )


def proposed_symbol(document: Document, meeting: Meeting) -> str:
    """The symbol that the ISO is offered: the next revision, or the next number of its kind; empty where none fits."""
    if document.revises_id and document.revises and document.revises.symbol:
        return str(parse(document.revises.symbol).next_revision)
    return free_symbol(meeting, document.kind)


def free_symbol(meeting: Meeting, kind: str) -> str:
    """The next free symbol of a meeting for a kind of paper; empty for a non-paper, or a meeting without a stem."""
    if not meeting.symbol_stem or kind == DocumentKind.NON_PAPER:
        return ""
    taken = Document.objects.filter(symbol__startswith=f"{meeting.symbol_stem}/").values_list("symbol", flat=True)
    try:
        return str(next_free(meeting.symbol_stem, SERIES_OF.get(DocumentKind(kind), ""), taken))
    except SymbolRefused:
        return ""


def item_choices(meeting: Meeting, *, for_desk: bool) -> list[tuple[int, str]]:
    """The items that a paper can be put on: the desk's for who runs the meeting, else those that are published."""
    items = desk_items(meeting) if for_desk else public_items(meeting)
    return [(item.code, item.label) for item in items]


def _put(document: Document, meeting: Meeting, codes: Iterable[int]) -> None:
    wanted = set(codes)
    held = {row.code: row for row in ItemPaper.objects.filter(meeting=meeting, document=document)}
    new = wanted - set(held)
    if new:
        known = {item.code for item in desk_items(meeting)} | {item.code for item in public_items(meeting)}
        if new - known:
            raise DocumentRefused(_("One of the items is no longer on the agenda. Choose again."))
    if len(wanted) > MOST_ITEMS:
        raise DocumentRefused(_("A paper stands on at most %(limit)s items.") % {"limit": MOST_ITEMS})
    ItemPaper.objects.filter(pk__in=[row.pk for code, row in held.items() if code not in wanted]).delete()
    for code in sorted(new):
        ItemPaper.objects.create(meeting=meeting, code=code, document=document)
