"""Papers as they are read: lines of lists with their languages, and the whole of one. A list costs a constant number of
queries, however many papers there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import Resolver404, resolve, reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ccm_portal.core import writing
from ccm_portal.core.document_rules import public_texts
from ccm_portal.core.enums import DocumentKind, DocumentStatus, TextStage
from ccm_portal.core.file_kinds import ENDINGS
from ccm_portal.core.models import Document, DocumentIssuer, DocumentText
from ccm_portal.core.symbols import sort_key
from ccm_portal.core.templatetags.portal import LANGUAGE_NAMES, LANGUAGE_TAGS
from meetings.domain.agenda_reading import Item, public_items
from meetings.models import ItemPaper, Meeting, MeetingPaper
from meetings.rules import public_meetings

SHORT = {"ar": "AR", "zh-hans": "ZH", "en": "EN", "fr": "FR", "ru": "RU", "es": "ES"}
# Offices that issue papers are kept by their names in English.
OFFICES = {"The President": _lazy("The President"), "The Secretariat": _lazy("The Secretariat")}
LANGUAGE_WORDS = dict(settings.LANGUAGES)  # in the reader's language


@dataclass(frozen=True)
class Language:
    """A language in which a paper is there, or is not yet (``url`` empty). Fits ``document_row.html``."""

    code: str
    tag: str
    short: str
    name: str
    url: str = ""
    is_advance: bool = False


@dataclass
class Line:
    """One paper in a list."""

    document: Document
    symbol: str
    title: str
    title_language: str  # empty where it is the reader's own
    url: str
    kind: str
    issuers: str
    languages: list[Language]
    advance: str  # the languages in which it is an advance copy, in words
    published_at: datetime | None
    items: list[tuple[str, str]] = field(default_factory=list)  # label, address
    meetings: list[Meeting] = field(default_factory=list)
    earlier: "list[Line]" = field(default_factory=list)  # what it revises, newest first


def listed(documents: QuerySet[Document]) -> QuerySet[Document]:
    """With everything that a line says."""
    issuers = DocumentIssuer.objects.select_related("state", "organisation").order_by("position", "pk")
    texts = public_texts().select_related("file", "document").order_by("language")
    known = MeetingPaper.objects.filter(meeting__in=public_meetings().order_by().values("pk"))
    return documents.prefetch_related(
        Prefetch("issuers", issuers),
        Prefetch("texts", texts, to_attr="read_texts"),
        Prefetch("meetings", known.select_related("meeting").order_by("meeting__starts", "pk")),
        Prefetch("items", ItemPaper.objects.select_related("meeting").order_by("code")),
    )


def lines(documents: Iterable[Document], *, expected: Collection[str] = ()) -> list[Line]:
    """A line for each of the papers (fetched by ``listed``). ``expected`` are the languages that are shown also while
    a paper is not there in them."""
    return [line(document, expected=expected) for document in documents]


def line(document: Document, *, expected: Collection[str] = ()) -> Line:
    texts: list[DocumentText] = document.read_texts  # type: ignore[attr-defined]
    title, language = title_of(document, texts)
    languages = languages_of(document, texts, expected=expected)
    return Line(
        document=document,
        symbol=document.symbol,
        title=title,
        title_language=language,
        url=address(document),
        kind=document.get_kind_display(),
        issuers=issuers_text(document.issuers.all()),
        languages=languages,
        advance=writing.listed(LANGUAGE_WORDS[one.code] for one in languages if one.is_advance),
        published_at=document.published_at,
        meetings=[row.meeting for row in document.meetings.all()],
    )


def of_meeting(papers: Sequence[Document], meeting: Meeting, *, items: Sequence[Item] | None = None) -> list[Line]:
    """The papers of a meeting in the order of their symbols, each revision with what it revises below it.

    ``items`` is the published agenda; without it, it is read.
    """
    items = public_items(meeting) if items is None else items
    labels = {item.code: item for item in items}
    base = items_address(meeting)
    found = []
    for document in sorted(papers, key=lambda one: sort_key(one.symbol or one.title)):
        one = line(document, expected=meeting.languages)
        one.items = [
            (labels[row.code].label, f"{base}{row.code}/" if base else "")
            for row in document.items.all()
            if row.meeting_id == meeting.pk and row.code in labels
        ]
        found.append(one)
    return grouped(found)


def grouped(found: Sequence[Line]) -> list[Line]:
    """Papers that are revised stand below their newest revision, where both are in the list."""
    by_pk = {one.document.pk: one for one in found}
    revised = {one.document.revises_id for one in found if one.document.revises_id in by_pk}
    heads = [one for one in found if one.document.pk not in revised]
    for head in heads:
        before = by_pk.get(head.document.revises_id or 0)
        seen = {head.document.pk}
        while before is not None and before.document.pk not in seen:
            head.earlier.append(before)
            seen.add(before.document.pk)
            before = by_pk.get(before.document.revises_id or 0)
    return heads


def on_item(papers: Iterable[Document], meeting: Meeting) -> list[Line]:
    """The papers of one item of a meeting, by symbol."""
    ordered = sorted(papers, key=lambda one: sort_key(one.symbol or one.title))
    return grouped(lines(ordered, expected=meeting.languages))


def not_yet_public(document: Document, meeting: Meeting, items: Sequence[Item]) -> list[int]:
    """The codes of items on which the paper stands and that the published agenda (``items``) does not hold."""
    held = {item.code for item in items}
    codes = ItemPaper.objects.filter(document=document, meeting=meeting).order_by("code").values_list("code", flat=True)
    return [code for code in codes if code not in held]


def address(document: Document) -> str:
    """The page of a paper: by its symbol, else by its number here."""
    return reverse("meetings:paper-detail", args=[document.symbol or str(document.pk)])


def items_address(meeting: Meeting) -> str:
    """What the addresses of the items of a meeting begin with; empty as long as there are no such pages."""
    base = f"{reverse('meetings:meeting-detail', args=[meeting.key])}items/"
    try:
        resolve(f"{base}1/")
    except Resolver404:
        return ""
    return base


def file_name(document: Document, text: DocumentText) -> str:
    """CCM-MSP-2027-WP.1-fr.pdf, with "advance" where it is an advance copy."""
    stem = document.symbol.replace("/", "-") or slugify(text.title)[:60] or "paper"
    stage = "-advance" if text.stage == TextStage.ADVANCE else ""
    return f"{stem}-{text.language}{stage}.{ENDINGS.get(text.file.content_type, 'bin')}"


def text_address(document: Document, text: DocumentText) -> str:
    """Where everybody gets the file of a published text."""
    return reverse("meeting-files:paper-text", args=[text.pk, file_name(document, text)])


def title_of(document: Document, texts: Sequence[DocumentText]) -> tuple[str, str]:
    """In the reader's language where a text has it; else as it was written, with that language."""
    here = get_language() or "en"
    if own := next((text.title for text in texts if text.language == here), ""):
        return own, ""
    return document.title, "" if document.original_language == here else document.original_language


def languages_of(
    document: Document, texts: Sequence[DocumentText], *, expected: Collection[str] = ()
) -> list[Language]:
    """In which languages it is there, in the order of the languages of the United Nations."""
    by_language = {text.language: text for text in texts}
    found = []
    for code, _name in settings.LANGUAGES:
        text = by_language.get(code)
        if text is None and code not in expected:
            continue
        found.append(
            Language(
                code=code,
                tag=LANGUAGE_TAGS.get(code, code),
                short=SHORT[code],
                name=LANGUAGE_NAMES[code],
                url=text_address(document, text) if text else "",
                is_advance=text is not None and text.stage == TextStage.ADVANCE,
            )
        )
    return found


def issuers_text(issuers: Iterable[DocumentIssuer]) -> str:
    """ "Norway, Lao People's Democratic Republic"."""
    return writing.listed(name_of(one) for one in issuers)


def name_of(issuer: DocumentIssuer) -> str:
    """Who issues, in the reader's language."""
    who = issuer.state or issuer.organisation
    return who.name if who else str(OFFICES.get(issuer.name, issuer.name))


@dataclass(frozen=True)
class TextRow:
    """A text on the page of its paper."""

    language: Language
    word: str  # the language in the reader's own
    title: str
    stage: str
    is_advance: bool
    published_at: datetime | None
    replaced_at: datetime | None
    size: int
    ending: str


def text_rows(document: Document) -> list[TextRow]:
    """The texts that everybody may read, language by language."""
    texts: list[DocumentText] = document.read_texts  # type: ignore[attr-defined]
    languages = {one.code: one for one in languages_of(document, texts)}
    by_language = {text.language: text for text in texts}
    return [_text_row(by_language[code], language) for code, language in languages.items()]


def replaced_rows(document: Document) -> list[TextRow]:
    """The copies that everybody read before another took their place; their files are no longer given out."""
    rows = document.texts.select_related("file").filter(published_at__isnull=False, replaced_at__isnull=False)
    return [
        _text_row(text, Language(text.language, text.language, SHORT[text.language], LANGUAGE_NAMES[text.language]))
        for text in rows.order_by("published_at", "language")
    ]


def _text_row(text: DocumentText, language: Language) -> TextRow:
    return TextRow(
        language=language,
        word=str(LANGUAGE_WORDS[text.language]),
        title=text.title,
        stage=text.get_stage_display(),
        is_advance=text.stage == TextStage.ADVANCE,
        published_at=text.published_at,
        replaced_at=text.replaced_at,
        size=text.file.size,
        ending=ENDINGS.get(text.file.content_type, "").upper(),
    )


@dataclass(frozen=True)
class Place:
    """A meeting for which a paper is, and its items there that are published."""

    meeting: Meeting
    items: list[tuple[str, str]]  # label, address


def places_of(document: Document, meetings: Sequence[Meeting]) -> list[Place]:
    """For which of these meetings the paper is, and on which of their items."""
    found = []
    for meeting in meetings:
        labels = {item.code: item.label for item in public_items(meeting)}
        base = items_address(meeting)
        codes = [row.code for row in document.items.all() if row.meeting_id == meeting.pk and row.code in labels]
        found.append(Place(meeting, [(labels[code], f"{base}{code}/" if base else "") for code in codes]))
    return found


def saying(words: str) -> Q:
    """Papers whose symbol, or whose title in one of its published languages, holds every one of the words. Chinese has
    no spaces between words: there a piece of the title is found as it stands."""
    condition = Q()
    for word in words.split()[:10]:
        titles = public_texts().filter(title__icontains=word).values("document")
        condition &= Q(symbol__icontains=word) | Q(title__icontains=word) | Q(pk__in=titles)
    return condition


def changes_of(document: Document, papers: QuerySet[Document]) -> dict[str, list[Document]]:
    """What it revises, what has revised it, and what adds to, corrects or amends it, among ``papers``."""
    found: dict[str, list[Document]] = defaultdict(list)
    found["revises"] = list(papers.filter(pk=document.revises_id)) if document.revises_id else []
    found["revised_by"] = list(papers.filter(revises=document).order_by("pk"))
    if document.symbol:
        known = {one.pk for kind in ("revises", "revised_by") for one in found[kind]}
        behind = papers.filter(symbol__startswith=f"{document.symbol}/").exclude(pk__in=known)
        found["changed_by"] = sorted(behind, key=lambda one: sort_key(one.symbol))
    return found


def status_words(document: Document) -> str:
    """Its status, as its proposer reads it."""
    if document.status == DocumentStatus.PROPOSED:
        return _("Waits for the ISO")
    return str(document.get_status_display())


def kinds_here(documents: QuerySet[Document]) -> list[tuple[str, str]]:
    """The kinds that occur, with their words."""
    present = set(documents.order_by().values_list("kind", flat=True).distinct())
    return [(value, str(label)) for value, label in DocumentKind.choices if value in present]
