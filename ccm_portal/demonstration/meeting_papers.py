"""Papers of demonstration meetings, as the office and delegations bring them; each comes language by language."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation

from ccm_portal.core import files
from ccm_portal.core.domain.document_texts import KINDS, NewText, add_text
from ccm_portal.core.enums import DocumentKind, TextStage
from ccm_portal.core.models import Document, DocumentText
from ccm_portal.demonstration.scenes import Cast, codes
from ccm_portal.demonstration.sheets import sheet
from meetings.domain import papers
from meetings.models import Meeting

Row = Mapping[str, Any]
MARKS = {
    "ar": "نص تجريبي",
    "en": "Demonstration",
    "es": "Demostración",
    "fr": "Démonstration",
    "ru": "Демонстрация",
    "zh-hans": "演示",
}
# Who proposes a paper of their own, where the demonstration has an account for them.
PROPOSERS = {"NOR": "leader", "LAO": "head.lao", "LBN": "approver.lbn", "cmc": "observer"}


@cache
def told() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "meeting_papers.json").read_text())
    return found


class Shelf:
    """The papers of one meeting as they come in; ``latest`` is now."""

    def __init__(self, meeting: Meeting, cast: Cast, *, latest: datetime) -> None:
        self.meeting, self.cast, self.latest = meeting, cast, latest
        self.codes = codes(meeting)
        self._late: list[DocumentText] = []

    def bring(self, rows: Iterable[Row], *, starting: datetime) -> list[Document]:
        """Each paper on its day, two a day; what waits to be published stays so."""
        brought = [
            self._bring(row, at=min(starting + timedelta(hours=12 * place), self.latest))
            for place, row in enumerate(rows)
        ]
        DocumentText.objects.bulk_create(self._late)
        self._late = []
        return brought

    def revise(self, document: Document, *, at: datetime) -> Document:
        """Its first revision, published in the language in which it was written."""
        at = min(at, self.latest)
        language = document.original_language
        new = papers.revise(document=document, by=self.cast.office, at=at, symbol=f"{document.symbol}/Rev.1")
        add_text(
            document=new,
            language=language,
            title=new.title,
            stage=TextStage.FINAL,
            content=sheet(new.symbol, language),
            name=_file_name(new.symbol, language),
            version=new.version,
            by=self.cast.office,
            at=at,
            publish=True,
        )
        return new

    def _bring(self, row: Row, *, at: datetime) -> Document:
        first, *others = row["languages"]
        symbol = f"{self.meeting.symbol_stem}/{row['number']}" if row["number"] else ""
        on = [self.codes[title] for title in row["items"]]
        shared = {
            "meeting": self.meeting,
            "codes": on,
            "title": row["title"],
            "kind": row["kind"],
            "language": first,
            "issuers": [self.cast.issuer(row["issuer"])],
            "at": at,
        }
        stage = TextStage.FINAL if row["state"] == "published" else TextStage.ADVANCE
        text = NewText(first, sheet(symbol, first), _file_name(symbol, first), title=row["title"], stage=stage)
        if row["state"] == "proposed":
            by = self.cast.people[PROPOSERS[row["issuer"]]]
            return papers.propose(**shared, texts=[text], note="Demonstration: proposed for the next meeting.", by=by)
        document = papers.enter(**shared, symbol=symbol, texts=[text], by=self.cast.office)
        if row["state"] == "accepted":
            return document
        document = papers.publish(document=document, version=document.version, by=self.cast.office, at=at)
        for place, language in enumerate(others, start=1):
            self._add_late(document, language, stage=stage, at=min(at + timedelta(days=4 * place), self.latest))
        return document

    def _add_late(self, document: Document, language: str, *, stage: str, at: datetime) -> None:
        """A language that came some days after the first. These rows are written in bulk, without an act of their own
        in the register: 200 operations would double the time that the whole demonstration takes."""
        with translation.override(language):
            kind = DocumentKind(document.kind).label
        tail = document.symbol.removeprefix(f"{self.meeting.symbol_stem}/")
        content, name = sheet(document.symbol, language), _file_name(document.symbol, language)
        self._late.append(
            DocumentText(
                document=document,
                language=language,
                title=document.title if language == "en" else f"{MARKS[language]}: {kind}, {tail}",
                stage=stage,
                file=files.store(content=content, name=name, at=at, kinds=KINDS),
                added_by=self.cast.office,
                added_at=at,
                published_at=at,
            )
        )


def _file_name(symbol: str, language: str) -> str:
    return f"{symbol.replace('/', '-') or 'paper'}-{language}-demonstration.pdf"
