"""Papers as those read them who may before everybody does: their people, and who runs the meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from ccm_portal.core.enums import DocumentStatus, TextStage
from ccm_portal.core.file_kinds import ENDINGS
from ccm_portal.core.models import Document, DocumentIssuer, DocumentText
from ccm_portal.core.symbols import sort_key
from meetings.domain.paper_reading import LANGUAGE_WORDS, file_name, issuers_text, status_words
from meetings.models import ItemPaper, Meeting, MeetingPaper

BADGES = {
    DocumentStatus.PROPOSED: "in-progress",
    DocumentStatus.ACCEPTED: "yours",
    DocumentStatus.PUBLISHED: "done",
    DocumentStatus.REFUSED: "refused",
    DocumentStatus.WITHDRAWN: "unchanged",
}


@dataclass(frozen=True)
class Row:
    """A paper in a private list."""

    document: Document
    title: str
    symbol: str
    issuers: str
    status: str  # of the badge
    label: str
    meeting: Meeting | None
    waiting: list[str]  # languages whose text waits to be published


@dataclass(frozen=True)
class OwnText:
    """A text on a private page."""

    language: str  # the code
    word: str
    title: str
    stage: str
    is_advance: bool
    added_at: datetime
    published_at: datetime | None
    replaced_at: datetime | None
    url: str
    size: int
    ending: str


def listed(documents: QuerySet[Document]) -> QuerySet[Document]:
    """With what a row says."""
    issuers = DocumentIssuer.objects.select_related("state", "organisation").order_by("position", "pk")
    texts = DocumentText.objects.filter(replaced_at=None).order_by("language")
    meetings = MeetingPaper.objects.select_related("meeting").order_by("pk")
    return documents.prefetch_related(
        Prefetch("issuers", issuers), Prefetch("texts", texts, to_attr="own_texts"), Prefetch("meetings", meetings)
    )


def rows(documents: Iterable[Document]) -> list[Row]:
    """A row for each paper that ``listed`` has fetched."""
    return [_row(document) for document in documents]


def in_order(documents: Iterable[Document]) -> list[Row]:
    """The same in the order of their symbols; what has none yet comes last."""
    return rows(sorted(documents, key=lambda one: (not one.symbol, sort_key(one.symbol or one.title))))


def _row(document: Document) -> Row:
    texts: list[DocumentText] = document.own_texts  # type: ignore[attr-defined]
    meetings = [row.meeting for row in document.meetings.all()]
    return Row(
        document=document,
        title=document.title,
        symbol=document.symbol,
        issuers=issuers_text(document.issuers.all()),
        status=BADGES[DocumentStatus(document.status)],
        label=status_words(document),
        meeting=meetings[0] if meetings else None,
        waiting=[str(LANGUAGE_WORDS[text.language]) for text in texts if text.published_at is None],
    )


def texts_of(document: Document) -> list[OwnText]:
    """Every text, those that stand first, then those that were replaced."""
    texts = document.texts.select_related("file").order_by("language", "-added_at", "-pk")
    found = [
        OwnText(
            language=text.language,
            word=str(LANGUAGE_WORDS[text.language]),
            title=text.title,
            stage=text.get_stage_display(),
            is_advance=text.stage == TextStage.ADVANCE,
            added_at=text.added_at,
            published_at=text.published_at,
            replaced_at=text.replaced_at,
            url=reverse("meeting-files:paper-text-before", args=[text.pk, file_name(document, text)]),
            size=text.file.size,
            ending=ENDINGS.get(text.file.content_type, "").upper(),
        )
        for text in texts
    ]
    return sorted(found, key=lambda text: text.replaced_at is not None)


def codes_of(document: Document, meeting: Meeting) -> list[int]:
    """The items of the meeting on which the paper stands."""
    rows_there = ItemPaper.objects.filter(document=document, meeting=meeting)
    return list(rows_there.order_by("code").values_list("code", flat=True))


def labels_of(codes: Sequence[int], choices: Sequence[tuple[int, str]]) -> list[str]:
    """The items by their words; one that is no longer on the agenda is left out."""
    words = dict(choices)
    return [words[code] for code in codes if code in words]
